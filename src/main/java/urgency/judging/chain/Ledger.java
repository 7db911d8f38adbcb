package urgency.judging.chain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.judging.JudgeSettings.Caps;

/**
 * The money of the judges, kept so that no crash and no storm can overspend it.
 *
 * <p>Before a call is sent, the most it can cost is reserved against the caps of the call, its run,
 * the day and the month, all in one transaction under the locks of their rows. After the answer the
 * reservation gives way to the true cost. A call of which nothing is heard keeps its reservation
 * for good, since the provider may have charged it. So in every moment, for every period:
 *
 * <p>{@code money that can have been spent <= settled + open reservations <= cap}.
 */
final class Ledger {
  private static final String OPEN_PURSE =
      "insert into judging.purse (period, micros) values (:period, 0) on conflict do nothing";

  private static final String LOCK =
      """
      select period, micros
        from judging.purse
       where period in (<periods>)
       order by period
         for update
      """;

  private static final String TAKE =
      "update judging.purse set micros = micros + :micros where period in (<periods>)";

  private static final String RESERVE =
      """
      insert into judging.ledger (call, run, day, at, reserved_micros, prices)
      values (:call, :run, :day, :at, :micros, :prices)
      """;

  private static final String SETTLE =
      """
      update judging.ledger
         set settled_micros = least(:micros, reserved_micros)
       where call = :call and settled_micros is null
      returning settled_micros - reserved_micros as change
      """;

  private static final String FORGET_RUNS =
      """
      delete from judging.purse
       where period like 'run %'
         and period not in (select 'run ' || run from judging.ledger where day >= :day)
      """;

  private record Open(UUID run, LocalDate day) {}

  /** What came of asking for money. */
  sealed interface Reservation {
    /** It may be spent. */
    record Reserved() implements Reservation {}

    /** It would break a cap; nothing was changed. */
    record OverCap(String cap, long capMicros) implements Reservation {}
  }

  /** Reserves the most that a call can cost, or nothing. */
  Reservation reserve(
      Handle tx, UUID call, UUID run, long micros, String prices, Caps caps, Instant now) {
    if (micros < 0) throw new IllegalArgumentException("micros " + micros);
    if (micros > caps.callMicros()) {
      return new Reservation.OverCap("judge.cap.call-cents", caps.callMicros());
    }
    var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    var periods = periods(run, day);
    // In one order everywhere, or two reservations could wait for each other.
    for (var period : periods) tx.createUpdate(OPEN_PURSE).bind("period", period).execute();
    var spent = new HashMap<String, Long>();
    tx.createQuery(LOCK)
        .bindList("periods", periods)
        .map((row, _) -> Map.entry(row.getString("period"), row.getLong("micros")))
        .forEach(it -> spent.put(it.getKey(), it.getValue()));
    var limits = List.of(caps.dayMicros(), caps.monthMicros(), caps.runMicros());
    var names = List.of("judge.cap.day-cents", "judge.cap.month-cents", "judge.cap.run-cents");
    for (var i = 0; i < periods.size(); i++) {
      if (spent.getOrDefault(periods.get(i), 0L) + micros > limits.get(i)) {
        return new Reservation.OverCap(names.get(i), limits.get(i));
      }
    }
    take(tx, periods, micros);
    tx.createUpdate(RESERVE)
        .bind("call", call)
        .bind("run", run)
        .bind("day", day)
        .bind("at", now.atOffset(ZoneOffset.UTC))
        .bind("micros", micros)
        .bind("prices", prices)
        .execute();
    return new Reservation.Reserved();
  }

  /**
   * Puts the true cost in the place of the reservation, in the day that it was reserved in, and
   * never more than was reserved. What is settled stays so; a second try changes nothing.
   */
  void settle(Handle tx, UUID call, long micros) {
    // The purses first, as in reserve: the same order of locks everywhere.
    var open =
        tx.createQuery("select run, day from judging.ledger where call = :call")
            .bind("call", call)
            .map(
                (row, _) ->
                    new Open(
                        row.getObject("run", UUID.class), row.getObject("day", LocalDate.class)))
            .findOne();
    if (open.isEmpty()) return;
    var periods = periods(open.get().run(), open.get().day());
    tx.createQuery(LOCK).bindList("periods", periods).mapToMap().list();
    var settled =
        tx.createQuery(SETTLE)
            .bind("call", call)
            .bind("micros", micros)
            .map((row, _) -> row.getLong("change"))
            .findOne();
    settled.ifPresent(change -> take(tx, periods, change));
  }

  /** Purses of runs that are over. */
  void forget(Handle tx, Instant now) {
    var day = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
    tx.createUpdate(FORGET_RUNS).bind("day", day).execute();
  }

  private static void take(Handle tx, List<String> periods, long micros) {
    tx.createUpdate(TAKE).bindList("periods", periods).bind("micros", micros).execute();
  }

  // Day, month, run: also their alphabetical order, which is the order of the locks.
  private static List<String> periods(UUID run, LocalDate day) {
    return List.of("day " + day, "month " + day.toString().substring(0, 7), "run " + run);
  }
}
