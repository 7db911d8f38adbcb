package urgency.statistics;

/**
 * How fast a count grows, from what it grew by in each slice of time. {@link #relative} is the best
 * single sign of growth to come on 343 hashtags (AUC 0.83 for the tenth that grows most);
 * acceleration and burst say next to nothing there (0.53, 0.55) and are for people to look at.
 */
public final class Momentum {
  private static final double FLOOR = 1e-5;

  private Momentum() {}

  /** What came in each slice, oldest first, from the counts so far at the ends of slices. */
  public static double[] steps(double[] soFar) {
    var steps = new double[Math.max(0, soFar.length - 1)];
    for (var i = 0; i < steps.length; i++) steps[i] = soFar[i + 1] - soFar[i];
    return steps;
  }

  /**
   * {@code m = r_h / N} [1/slice]: recent counts a slice as a share of all.
   *
   * @param steps what came in each slice, oldest first
   * @param total all that ever came
   * @param halfLife in slices
   */
  public static double relative(double[] steps, double total, double halfLife) {
    return Ewma.rate(steps, halfLife) / Math.max(1, total);
  }

  /** {@code a = ln((r_3 + e) / (r_14 + e))} [nats], with {@code e = 1e-5 N} a slice. */
  public static double acceleration(double[] steps, double total) {
    var floor = FLOOR * Math.max(1, total);
    return StrictMath.log((Ewma.rate(steps, 3) + floor) / (Ewma.rate(steps, 14) + floor));
  }

  /**
   * By how many standard deviations of chance the short count is above what the long expects.
   *
   * @param recent what came in the newest {@code recentSpan} slices
   * @param past what came in the newest {@code pastSpan}, those among them
   */
  public static double burst(double recent, int recentSpan, double past, int pastSpan) {
    var expected = past * recentSpan / pastSpan;
    return (recent - expected) / StrictMath.sqrt(expected + 1);
  }

  /** What came in the newest so many slices. */
  public static double last(double[] steps, int slices) {
    var sum = 0.0;
    for (var i = Math.max(0, steps.length - slices); i < steps.length; i++) sum += steps[i];
    return sum;
  }
}
