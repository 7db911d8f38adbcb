package urgency.judging.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import urgency.judging.JudgeLog;
import urgency.judging.JudgeSettings.Caps;
import urgency.judging.chain.Ledger.Reservation.OverCap;
import urgency.judging.chain.Ledger.Reservation.Reserved;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

class LedgerTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final Caps CAPS = new Caps(1_000, 4_000, 10_000, 25_000);
  private static final Database DATABASE = TestDatabase.fresh();

  private final Ledger ledger = new Ledger();

  @BeforeEach
  void empty() {
    DATABASE.change(tx -> tx.execute("truncate judging.ledger, judging.purse"));
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void what_is_reserved_gives_way_to_what_it_cost() {
    var call = UUID.randomUUID();
    assertThat(reserve(call, UUID.randomUUID(), 900, NOON)).isInstanceOf(Reserved.class);

    DATABASE.change(tx -> ledger.settle(tx, call, 120));
    DATABASE.change(tx -> ledger.settle(tx, call, 700));

    JudgeLog.Spend today = DATABASE.read(tx -> new JudgeLog().today(tx, NOON));
    assertThat(today).isEqualTo(new JudgeLog.Spend(120, 0, 1));
    assertThat(purse("day 2026-11-25")).isEqualTo(120);
  }

  @Test
  void a_call_that_could_cost_more_than_one_may_is_refused() {
    assertThat(reserve(UUID.randomUUID(), UUID.randomUUID(), 1_001, NOON))
        .isEqualTo(new OverCap("judge.cap.call-cents", 1_000));
  }

  @Test
  void a_run_stops_at_its_own_cap_and_the_next_one_goes_on() {
    var run = UUID.randomUUID();
    for (var i = 0; i < 4; i++) reserve(UUID.randomUUID(), run, 1_000, NOON);

    assertThat(reserve(UUID.randomUUID(), run, 1, NOON))
        .isEqualTo(new OverCap("judge.cap.run-cents", 4_000));
    assertThat(reserve(UUID.randomUUID(), UUID.randomUUID(), 1, NOON)).isInstanceOf(Reserved.class);
  }

  @Test
  void a_shop_that_died_between_sending_and_settling_keeps_the_reservation() {
    reserve(UUID.randomUUID(), UUID.randomUUID(), 900, NOON);

    // The next start knows nothing of the call; only the ledger does.
    JudgeLog.Spend today = DATABASE.read(tx -> new JudgeLog().today(tx, NOON));

    assertThat(today).isEqualTo(new JudgeLog.Spend(0, 900, 1));
    assertThat(today.atMostMicros()).isEqualTo(900);
  }

  @Test
  void a_refused_reservation_leaves_no_trace() {
    for (var i = 0; i < 10; i++) reserve(UUID.randomUUID(), UUID.randomUUID(), 1_000, NOON);

    var over = reserve(UUID.randomUUID(), UUID.randomUUID(), 1, NOON);

    assertThat(over).isEqualTo(new OverCap("judge.cap.day-cents", 10_000));
    assertThat(purse("month 2026-11")).isEqualTo(10_000);
  }

  /** Random reservations, settlements and crashes over days and months, checked at every step. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void no_history_of_calls_and_crashes_passes_a_cap(long seed) {
    var random = new Random(seed);
    var now = NOON;
    var run = UUID.randomUUID();
    var open = new ArrayList<UUID>();
    for (var step = 0; step < 150; step++) {
      switch (random.nextInt(8)) {
        case 0 -> now = now.plus(Duration.ofHours(random.nextInt(30)));
        case 1 -> run = UUID.randomUUID();
        // A crash: whatever is open is never heard of again.
        case 2 -> open.clear();
        case 3 -> {
          if (!open.isEmpty()) {
            var call = open.remove(random.nextInt(open.size()));
            var cost = random.nextInt(1_001);
            DATABASE.change(tx -> ledger.settle(tx, call, Math.min(cost, reserved(tx, call))));
          }
        }
        default -> {
          var call = UUID.randomUUID();
          if (reserve(call, run, random.nextInt(1_100), now) instanceof Reserved) open.add(call);
        }
      }
      assertNothingIsOverItsCap();
    }
  }

  @Test
  void many_at_once_cannot_pass_a_cap_together() throws Exception {
    var asked = new ArrayList<Future<Boolean>>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var i = 0; i < 200; i++) {
        asked.add(
            threads.submit(
                () -> {
                  var call = UUID.randomUUID();
                  var given = reserve(call, UUID.randomUUID(), 300, NOON) instanceof Reserved;
                  if (given && call.hashCode() % 2 == 0) {
                    DATABASE.change(tx -> ledger.settle(tx, call, 10));
                  }
                  return given;
                }));
      }
    }

    var given = 0;
    for (var it : asked) if (it.get()) given++;
    assertThat(given).isBetween(33, 200);
    assertNothingIsOverItsCap();
  }

  private Ledger.Reservation reserve(UUID call, UUID run, long micros, Instant now) {
    return DATABASE.write(tx -> ledger.reserve(tx, call, run, micros, "test", CAPS, now));
  }

  private static long reserved(org.jdbi.v3.core.Handle tx, UUID call) {
    return tx.createQuery("select reserved_micros from judging.ledger where call = :call")
        .bind("call", call)
        .mapTo(Long.class)
        .one();
  }

  private static long purse(String period) {
    return DATABASE.read(
        tx ->
            tx.createQuery("select micros from judging.purse where period = :period")
                .bind("period", period)
                .mapTo(Long.class)
                .one());
  }

  // From the ledger itself, not from the purses that the caps are kept with; and the two agree.
  private static void assertNothingIsOverItsCap() {
    var caps = List.of("day", "month", "run");
    var most = List.of(CAPS.dayMicros(), CAPS.monthMicros(), CAPS.runMicros());
    var by = List.of("day::text", "to_char(day, 'YYYY-MM')", "run::text");
    for (var i = 0; i < caps.size(); i++) {
      var cap = caps.get(i);
      var limit = most.get(i);
      var sums =
          DATABASE.read(
              tx ->
                  tx.createQuery(
                          """
                          select %s as period, sum(coalesce(settled_micros, reserved_micros)) as sum
                            from judging.ledger
                           group by 1
                          """
                              .formatted(by.get(caps.indexOf(cap))))
                      .map((row, _) -> List.of(row.getString("period"), row.getString("sum")))
                      .list());
      for (var sum : sums) {
        assertThat(Long.parseLong(sum.get(1))).as("%s %s", cap, sum.get(0)).isBetween(0L, limit);
        assertThat(purse(cap + " " + sum.get(0))).isEqualTo(Long.parseLong(sum.get(1)));
      }
    }
  }
}
