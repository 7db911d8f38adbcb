package urgency.trends;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import urgency.trends.Trend.Stage;
import urgency.trends.TrendObservation.Point;

/**
 * What time does to a trend: how fresh its evidence is, and where on its curve it stands.
 *
 * <p>The numbers are measured on 144 sweeps of the American charts over 34.6 days: a hashtag stays
 * listed for 2.8 days in the median, the data move once a day, and the stage tells who is still
 * listed 48 hours later.
 */
final class Ageing {
  private static final Duration FRESH_MAX = Duration.ofHours(30);
  private static final Duration GONE_AFTER = Duration.ofDays(14);
  private static final double HALF_LIFE_DAYS = 2.8;

  /** A source's newest day may lag behind the calendar this long before its data count as old. */
  private static final int LAG_DAYS_MAX = 3;

  private static final double RISING_MIN = 80;
  private static final double PEAK_MIN = 99;
  private static final double FADING_BELOW = 30;
  private static final int YOUNG_POINTS_MAX = 3;
  private static final int RECENT_POINTS = 3;

  /** Below this a value of the curve is mostly rounding, and growth from it means nothing. */
  private static final double BASE_MIN = 1;

  private Ageing() {}

  /**
   * @param confirmedAt when the source last said so
   * @param asOf the day on which its data end; a source that repeats old data ages all the same
   */
  static double freshness(Instant confirmedAt, LocalDate asOf, Instant now) {
    var told = Duration.between(confirmedAt, now);
    var lagging =
        Duration.between(asOf.plusDays(LAG_DAYS_MAX).atStartOfDay(ZoneOffset.UTC).toInstant(), now);
    var age = told.compareTo(lagging) > 0 ? told : lagging;
    if (age.compareTo(FRESH_MAX) <= 0) return 1;
    if (age.compareTo(GONE_AFTER) >= 0) return 0;
    var days = age.minus(FRESH_MAX).toMillis() / (double) Duration.ofDays(1).toMillis();
    return StrictMath.pow(2, -days / HALF_LIFE_DAYS);
  }

  static Stage stage(List<Point> curve) {
    if (curve.isEmpty()) return Stage.DORMANT;
    var last = curve.getLast().value();
    var recent = 0.0;
    for (var point : curve.subList(Math.max(0, curve.size() - RECENT_POINTS), curve.size())) {
      recent = Math.max(recent, point.value());
    }
    if (recent == 0) return Stage.DORMANT;
    if (curve.size() <= YOUNG_POINTS_MAX) return Stage.NEW;
    if (last >= RISING_MIN) return Stage.RISING;
    if (recent >= PEAK_MIN) return Stage.PEAKED;
    if (last < FADING_BELOW) return Stage.FADING;
    return Stage.MID;
  }

  /** Change of the last day against the day before it, in percent; 0 when that is not known. */
  static int growthPercent(List<Point> curve) {
    if (curve.size() < 2) return 0;
    var last = curve.getLast();
    var before = curve.get(curve.size() - 2);
    if (!before.day().plusDays(1).equals(last.day()) || before.value() < BASE_MIN) return 0;
    return (int) StrictMath.rint((last.value() - before.value()) / before.value() * 100);
  }
}
