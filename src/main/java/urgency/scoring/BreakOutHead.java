package urgency.scoring;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import urgency.catalog.SalesHistory;
import urgency.statistics.Ewma;
import urgency.statistics.Logistic;

/**
 * The chance that a product is among the tenth that outgrows its own past most. Growth falls back
 * towards the mean, so every formula made by hand is worse than a coin here; this one is learnt
 * from what became of the shop's own products.
 */
public final class BreakOutHead {
  /** The share of products that counts as a break-out. */
  public static final double TOP_SHARE = 0.1;

  public static final int HORIZON_DAYS = 7;
  public static final double HALF_LIFE_DAYS = 7;

  /** How far back a product's own past is looked at. */
  public static final int PAST_DAYS = 120;

  private static final double LONG_HALF_LIFE_DAYS = 28;
  private static final int WEEKS = 6;
  private static final double FLOOR_PER_DAY = 0.1;
  private static final double GROWTH_FLOOR = 2;
  private static final double RIDGE = 1;

  /**
   * What a shop learnt, as it is kept.
   *
   * @param cases products in weeks that it was learnt from
   */
  public record Learnt(int cases, Logistic.Learnt logistic) {}

  private final Logistic logistic;

  private BreakOutHead(Logistic logistic) {
    this.logistic = logistic;
  }

  /**
   * Learns; the rows come in a fixed order, such as by date and id.
   *
   * @param features from {@link #features} at the time of each decision
   * @param brokeOut whether it came to be in the top tenth by {@link #growth}
   */
  public static BreakOutHead fit(double[][] features, boolean[] brokeOut) {
    return new BreakOutHead(Logistic.fit(features, brokeOut, RIDGE));
  }

  /** The same again from what was kept. */
  public static BreakOutHead of(Learnt it) {
    return new BreakOutHead(Logistic.of(it.logistic()));
  }

  public Learnt learnt(int cases) {
    return new Learnt(cases, logistic.learnt());
  }

  /**
   * Orders by day of the last {@link #PAST_DAYS} days that are over, oldest first.
   *
   * @param today the first day that is not
   */
  public static int[] past(List<SalesHistory.Day> sales, LocalDate today) {
    var past = new int[PAST_DAYS];
    for (var day : sales) {
      var age = ChronoUnit.DAYS.between(day.date(), today);
      if (age >= 1 && age <= PAST_DAYS) past[(int) (PAST_DAYS - age)] = day.orders();
    }
    return past;
  }

  public double chance(double[] features) {
    return logistic.chance(features);
  }

  /** {@code ln((orders + 2) / (7 rate + 2))} [nats]: orders that came against those expected. */
  public static double growth(int[] ordersByDay, int ordersNext) {
    var expected = HORIZON_DAYS * Ewma.rate(ordersByDay, HALF_LIFE_DAYS);
    return StrictMath.log((ordersNext + GROWTH_FLOOR) / (expected + GROWTH_FLOOR));
  }

  /**
   * Level, level against the longer past twice, time since the last order, and how unsteady weeks
   * are.
   *
   * @param ordersByDay oldest first, the last day is the latest that is over
   */
  public static double[] features(int[] ordersByDay) {
    var rate = Ewma.rate(ordersByDay, HALF_LIFE_DAYS) + FLOOR_PER_DAY;
    var longRate = Ewma.rate(ordersByDay, LONG_HALF_LIFE_DAYS) + FLOOR_PER_DAY;
    var first = ordersByDay.length;
    var last = -1;
    var total = 0.0;
    for (var day = 0; day < ordersByDay.length; day++) {
      if (ordersByDay[day] <= 0) continue;
      if (total == 0) first = day;
      last = day;
      total += ordersByDay[day];
    }
    var lifeRate = total / Math.max(1, ordersByDay.length - first) + FLOOR_PER_DAY;
    var level = StrictMath.log(rate);
    return new double[] {
      level,
      level * level,
      StrictMath.log(longRate / rate),
      StrictMath.log(lifeRate / rate),
      StrictMath.log1p(ordersByDay.length - 1.0 - last),
      StrictMath.log1p(weeklySpread(ordersByDay))
    };
  }

  // Standard deviation of the orders of the last six weeks, days before the first are empty.
  private static double weeklySpread(int[] ordersByDay) {
    var weeks = new double[WEEKS];
    var mean = 0.0;
    for (var age = 0; age < WEEKS * HORIZON_DAYS; age++) {
      var day = ordersByDay.length - 1 - age;
      if (day < 0) break;
      weeks[age / HORIZON_DAYS] += ordersByDay[day];
      mean += ordersByDay[day] / (double) WEEKS;
    }
    var spread = 0.0;
    for (var week : weeks) spread += (week - mean) * (week - mean) / WEEKS;
    return StrictMath.sqrt(spread);
  }
}
