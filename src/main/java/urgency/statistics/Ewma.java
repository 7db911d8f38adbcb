package urgency.statistics;

/**
 * A rate that forgets: the mean count of a slice, where a slice one half-life old weighs half. It
 * is the intensity of a self-exciting process with an exponential kernel, and the best single
 * signal of every data set the back-test reads.
 */
public final class Ewma {
  private Ewma() {}

  /**
   * {@code sum 2^(-age/h) count / sum 2^(-age/h)}, in counts a slice.
   *
   * @param counts one a slice, oldest first; what is below zero counts as zero
   * @param halfLife in slices
   */
  public static double rate(int[] counts, double halfLife) {
    var exact = new double[counts.length];
    for (var i = 0; i < counts.length; i++) exact[i] = counts[i];
    return rate(exact, halfLife);
  }

  /** As {@link #rate(int[], double)}, for counts that were spread over several slices. */
  public static double rate(double[] counts, double halfLife) {
    if (!(halfLife > 0)) throw new IllegalArgumentException("half-life " + halfLife);
    var fade = StrictMath.pow(2, -1 / halfLife);
    var sum = 0.0;
    var weight = 0.0;
    for (var count : counts) {
      sum = sum * fade + Math.max(0, count);
      weight = weight * fade + 1;
    }
    return weight == 0 ? 0 : sum / weight;
  }
}
