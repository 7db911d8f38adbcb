package urgency.scoring.backtest;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import urgency.statistics.Ewma;
import urgency.statistics.Momentum;

/** The scores others use, to be measured beside ours. */
final class Formulas {
  private static final long SEED = 20_101_201;
  private static final double TINY = 1e-9;

  private static final double VELOCITY = 0.5;
  private static final double ACCELERATION = 0.3;
  private static final double TOTAL = 0.2;

  private Formulas() {}

  /** By name, one score for each candidate. */
  static Map<String, double[]> ofSales(Retail.Past past) {
    var orders28 = past.last(past.orders(), 28);
    var orders7 = past.last(past.orders(), 7);
    var total = past.last(past.orders(), past.today() + 1);
    var acceleration = acceleration(orders7, 7, orders28, 28);
    var scores = new LinkedHashMap<String, double[]>();
    scores.put("EWMA of orders, half-life 7 d", rate(past.orders(), 7));
    scores.put("orders, last 28 d", orders28);
    scores.put("orders, last 7 d", orders7);
    scores.put("units, last 28 d", past.last(past.units(), 28));
    scores.put("units, last 7 d", past.last(past.units(), 7));
    scores.put("units, last 1 d", past.last(past.units(), 1));
    scores.put("mix 0.5 / 0.3 / 0.2", mix(orders7, acceleration, total));
    scores.put("mix 0.5 / 0.3 / 0.2, total of 28 d", mix(orders7, acceleration, orders28));
    scores.put("acceleration 7 : 28 d", acceleration);
    scores.put("burst z, 7 : 28 d", burst(orders7, 7, orders28, 28));
    scores.put("random, seeded", random(orders7.length, past.today()));
    return scores;
  }

  static double[] rate(int[][] counts, double halfLife) {
    return Arrays.stream(counts).mapToDouble(it -> Ewma.rate(it, halfLife)).toArray();
  }

  /** {@code ln} of the short rate over the long. */
  static double[] acceleration(double[] recent, int recentSpan, double[] past, int pastSpan) {
    var scores = new double[recent.length];
    for (var i = 0; i < scores.length; i++) {
      scores[i] = StrictMath.log((recent[i] / recentSpan + TINY) / (past[i] / pastSpan + TINY));
    }
    return scores;
  }

  /** By how many standard deviations of chance the short count is above what the long expects. */
  static double[] burst(double[] recent, int recentSpan, double[] past, int pastSpan) {
    var scores = new double[recent.length];
    for (var i = 0; i < scores.length; i++) {
      scores[i] = Momentum.burst(recent[i], recentSpan, past[i], pastSpan);
    }
    return scores;
  }

  /** "0.5 velocity + 0.3 acceleration + 0.2 total", each in standard deviations. */
  static double[] mix(double[] velocity, double[] acceleration, double[] total) {
    var v = standard(velocity);
    var a = standard(acceleration);
    var t = standard(total);
    var scores = new double[v.length];
    for (var i = 0; i < scores.length; i++) {
      scores[i] = VELOCITY * v[i] + ACCELERATION * a[i] + TOTAL * t[i];
    }
    return scores;
  }

  static double[] random(int count, int date) {
    var random = new SplittableRandom(SEED + date);
    var scores = new double[count];
    for (var i = 0; i < count; i++) scores[i] = random.nextDouble();
    return scores;
  }

  private static double[] standard(double[] values) {
    var mean = 0.0;
    for (var value : values) mean += value / values.length;
    var spread = TINY;
    for (var value : values) spread += (value - mean) * (value - mean) / values.length;
    var standard = new double[values.length];
    for (var i = 0; i < values.length; i++) {
      standard[i] = (values[i] - mean) / StrictMath.sqrt(spread);
    }
    return standard;
  }
}
