package urgency.statistics;

import java.util.Arrays;

/**
 * Places of values among each other. One rule for ties everywhere: equal values share the average
 * of their ranks; where exactly so many must be chosen, of equals the one that stands first is.
 */
public final class Ranks {
  private Ranks() {}

  /** Positions of the values, highest first; equal values keep their order. */
  public static int[] order(double[] values) {
    var boxed = new Integer[values.length];
    for (var i = 0; i < boxed.length; i++) boxed[i] = i;
    // Stable, so equal values keep their order; adding 0 makes one of the two zeros.
    Arrays.sort(boxed, (a, b) -> Double.compare(values[b] + 0.0, values[a] + 0.0));
    var order = new int[boxed.length];
    for (var i = 0; i < order.length; i++) order[i] = boxed[i];
    return order;
  }

  /** The highest {@code ceil(share n)} of the values. */
  public static boolean[] top(double[] values, double share) {
    var top = new boolean[values.length];
    var count = (int) Math.ceil(values.length * share);
    var order = order(values);
    for (var i = 0; i < count; i++) top[order[i]] = true;
    return top;
  }

  /** Ranks from 1 for the lowest; equal values share the average of theirs. */
  public static double[] of(double[] values) {
    var order = order(values);
    var ranks = new double[values.length];
    for (var from = 0; from < order.length; ) {
      var to = from;
      while (to + 1 < order.length && values[order[to + 1]] == values[order[from]]) to++;
      for (var i = from; i <= to; i++) ranks[order[i]] = values.length - (from + to) / 2.0;
      from = to + 1;
    }
    return ranks;
  }

  /** Ranks as shares of all, above 0 to 1, so that many values compare with few: percentiles. */
  public static double[] shares(double[] values) {
    return Arrays.stream(of(values)).map(it -> it / values.length).toArray();
  }
}
