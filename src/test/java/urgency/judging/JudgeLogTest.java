package urgency.judging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.judging.Standing.Mode;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

class JudgeLogTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private final Database database = TestDatabase.fresh();
  private final JudgeLog log = new JudgeLog();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_shop_without_judges_has_spent_nothing_and_they_stand_in_shadow() {
    assertThat(database.<Integer>read(tx -> log.newest(tx, 10).size())).isZero();
    assertThat(database.<JudgeLog.Spend>read(tx -> log.month(tx, NOON)))
        .isEqualTo(new JudgeLog.Spend(0, 0, 0));
    assertThat(database.<Standing>read(log::standing)).isEqualTo(Standing.FIRST);
    assertThat(database.read(tx -> log.canaries(tx, NOON)).asked()).isZero();
  }

  @Test
  void the_newest_standing_holds() {
    var live = new Standing(Mode.LIVE, 0.2, Lean.START, "m", "p", "measured", NOON);

    database.change(live::put);
    assertThat(database.<Standing>read(log::standing)).isEqualTo(live);

    database.change(live.demoted("canaries", NOON)::put);
    assertThat(database.read(log::standing).mode()).isEqualTo(Mode.SHADOW);
    assertThat(database.read(log::standing).rho()).isZero();
  }

  @Test
  void a_call_of_which_nothing_was_heard_is_shown_with_what_it_may_have_cost() {
    var call = UUID.randomUUID();
    database.change(
        tx -> {
          tx.createUpdate(
                  """
                  insert into judging.call (id, run, started_at, provider, model, tier, prompt,
                         items, seed, request_digest, request)
                  values (:id, :id, '2026-11-25 12:00:00Z', 'openai', 'gpt-6-luna', 'flex', 'v1',
                         20, 7, '', '')
                  """)
              .bind("id", call)
              .execute();
          tx.createUpdate(
                  """
                  insert into judging.ledger (call, run, day, at, reserved_micros, prices)
                  values (:id, :id, '2026-11-25', '2026-11-25 12:00:00Z', 9, '2026')
                  """)
              .bind("id", call)
              .execute();
        });

    assertThat(database.<java.util.List<JudgeCall>>read(tx -> log.newest(tx, 10)))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.id()).isEqualTo(call);
              assertThat(it.outcome()).isEqualTo(JudgeCall.Outcome.OPEN);
              assertThat(it.reservedMicros()).isEqualTo(9);
              assertThat(it.settledMicros()).isEmpty();
            });
  }
}
