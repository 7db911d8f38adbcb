package urgency.statistics;

import java.time.LocalDate;
import java.util.List;

/** A count that only grows, as it was read on some days and not on others. */
public final class Readings {
  private Readings() {}

  /** The count so far at the end of a day. */
  public record Reading(LocalDate day, long count) {}

  /**
   * The count so far at the end of each day from one to another: an increment is spread evenly over
   * the days it took, a fall counts as none, and after the last reading nothing is assumed.
   *
   * @param known at least one, one a day at most, in order; the first is not after {@code from},
   *     and the last not after {@code until}
   */
  public static double[] soFar(List<Reading> known, LocalDate from, LocalDate until) {
    var counts = new double[(int) (until.toEpochDay() - from.toEpochDay()) + 1];
    var at = 0;
    var highest = 0.0;
    for (var i = 0; i < counts.length; i++) {
      var day = from.plusDays(i);
      while (at + 1 < known.size() && !known.get(at + 1).day().isAfter(day)) at++;
      highest = Math.max(highest, between(known, at, day));
      counts[i] = highest;
    }
    return counts;
  }

  private static double between(List<Reading> known, int at, LocalDate day) {
    var before = known.get(at);
    if (at + 1 == known.size()) return before.count();
    var after = known.get(at + 1);
    var whole = after.day().toEpochDay() - before.day().toEpochDay();
    var part = (day.toEpochDay() - before.day().toEpochDay()) / (double) whole;
    return before.count() + part * Math.max(0, after.count() - before.count());
  }
}
