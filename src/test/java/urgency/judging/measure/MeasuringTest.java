package urgency.judging.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.judging.FakeLlm;
import urgency.judging.JudgeSettings;
import urgency.judging.Lean;
import urgency.judging.Rubric;
import urgency.judging.Standing;
import urgency.judging.Standing.Mode;
import urgency.judging.chain.Judges;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

/** How a judge comes to count, and how it ceases to. */
class MeasuringTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final String MODEL = "luna-2026";

  private final Database database = TestDatabase.fresh();
  private final JudgeSettings settings;
  private final Measuring measuring;

  MeasuringTest() {
    try (var fake = new FakeLlm(0)) {
      settings = Judges.settings(fake, JudgeSettings.Provider.OPENAI);
    }
    measuring = new Measuring(database, settings);
  }

  @BeforeEach
  void an_answer() {
    answered(MODEL, NOW.minusSeconds(60));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_judge_without_trials_stays_in_shadow() {
    measuring.run(NOW);

    assertThat(standing()).isEqualTo(Standing.FIRST);
  }

  @Test
  void a_judge_over_the_gate_goes_live_with_what_was_measured() {
    trials(0.7);

    measuring.run(NOW);

    assertThat(standing().mode()).isEqualTo(Mode.LIVE);
    assertThat(standing().rho()).isBetween(0.1, 1.0);
    assertThat(standing().model()).isEqualTo(MODEL);
    assertThat(standing().reason()).contains("trials");
  }

  @Test
  void a_live_judge_whom_nothing_is_wrong_with_stays_live() {
    live(MODEL);

    measuring.run(NOW);

    assertThat(standing().mode()).isEqualTo(Mode.LIVE);
  }

  @Test
  void another_model_behind_the_same_name_puts_the_judge_back_into_shadow() {
    live(MODEL);
    answered(MODEL + "-next", NOW);

    measuring.run(NOW);

    assertThat(standing().mode()).isEqualTo(Mode.SHADOW);
    assertThat(standing().reason()).contains("another model").contains(MODEL + "-next");
  }

  @Test
  void known_answers_that_are_wrong_put_the_judge_back_into_shadow() {
    live(MODEL);
    canaries(18, 2);
    measuring.run(NOW);
    assertThat(standing().mode()).isEqualTo(Mode.LIVE);

    canaries(0, 1);
    measuring.run(NOW);

    assertThat(standing().mode()).isEqualTo(Mode.SHADOW);
    assertThat(standing().reason()).contains("18 of 21 known answers");
  }

  @Test
  void verdicts_that_shift_put_the_judge_back_into_shadow() {
    live(MODEL);
    judgements(200, 1, NOW.minus(Duration.ofDays(20)));
    judgements(200, 4, NOW.minus(Duration.ofDays(2)));

    measuring.run(NOW);

    assertThat(standing().reason()).contains("fit").contains("shifted");
  }

  @Test
  void promises_that_do_not_hold_put_the_judge_back_into_shadow() {
    live(MODEL);
    database.change(
        tx ->
            tx.createUpdate(
                    """
                    insert into judging.trial
                    select date '2026-11-16', gen_random_uuid(), :judge, :verdict::jsonb, 1, 0,
                           0.9, 0
                      from generate_series(1, 120)
                    """)
                .bind("judge", judge())
                .bind("verdict", verdict(2))
                .execute());

    measuring.run(NOW);

    assertThat(standing().reason()).contains("chances were off by 0.900");
  }

  @Test
  void a_judge_that_drifts_cannot_come_back_while_it_does() {
    trials(0.7);
    canaries(1, 19);

    measuring.run(NOW);

    assertThat(standing().mode()).isEqualTo(Mode.SHADOW);
  }

  private Standing standing() {
    return database.read(Standing::current);
  }

  private void live(String model) {
    var live = new Standing(Mode.LIVE, 0.2, Lean.START, model, Rubric.version(), "measured", NOW);
    database.change(live::put);
  }

  private void answered(String model, Instant at) {
    database.change(
        tx ->
            tx.createUpdate(
                    """
                    insert into judging.call (id, run, started_at, provider, model, tier, prompt,
                           items, seed, request_digest, request, outcome, model_returned)
                    values (:id, :id, :at, 'openai', 'gpt-6-luna', 'flex', 'p', 20, 7, '', '',
                           'ANSWERED', :model)
                    """)
                .bind("id", UUID.randomUUID())
                .bind("at", at.atOffset(java.time.ZoneOffset.UTC))
                .bind("model", model)
                .execute());
  }

  private void canaries(int hits, int misses) {
    database.change(
        tx ->
            tx.createUpdate(
                    """
                    insert into judging.canary
                    select gen_random_uuid(), 'lamp', n <= :hits, :at
                      from generate_series(1, :all) n
                    """)
                .bind("hits", hits)
                .bind("all", hits + misses)
                .bind("at", NOW.minusSeconds(60).atOffset(java.time.ZoneOffset.UTC))
                .execute());
  }

  private void judgements(int count, int fit, Instant at) {
    database.change(
        tx ->
            tx.createUpdate(
                    """
                    insert into judging.judgement (content, call, model, prompt, verdict, at)
                    select 'c' || n, gen_random_uuid(), :model, :prompt, :verdict::jsonb, :at
                      from generate_series(1, :count) n
                    """)
                .bind("count", count)
                .bind("model", MODEL)
                .bind("prompt", Rubric.version())
                .bind("verdict", verdict(fit))
                .bind("at", at.atOffset(java.time.ZoneOffset.UTC))
                .execute());
  }

  // Orders go with the fit, as strongly as said, and chances hold.
  private void trials(double strength) {
    database.change(
        tx ->
            tx.createUpdate(
                    """
                    insert into judging.trial
                    select date '2026-05-04' + 7 * week, gen_random_uuid(), :judge,
                           jsonb_set(:verdict::jsonb, '{fit}', to_jsonb(n % 5)), 4, 0, 1,
                           greatest(1, round(4 * exp(:strength * ((n % 5) - 2) * 0.5))::int
                             + (n * 7 + week) % 3 - 1)
                      from generate_series(0, 20) week, generate_series(1, 80) n
                    """)
                .bind("judge", judge())
                .bind("verdict", verdict(0))
                .bind("strength", strength)
                .execute());
  }

  private static String judge() {
    return urgency.judging.Trial.judge(MODEL, Rubric.version());
  }

  private static String verdict(int fit) {
    return """
    {"evidence":"","fit":%d,"audience":2,"demonstrable":1,"timing":2,"risks":["NONE"],
     "suspicious":false,"confidence":2}
    """
        .formatted(fit);
  }
}
