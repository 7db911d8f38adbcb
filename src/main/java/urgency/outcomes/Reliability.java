package urgency.outcomes;

import java.util.ArrayList;
import java.util.List;

/**
 * How far chances can be trusted, once it is known what came: of what was foretold with 70 %, seven
 * in ten should have come.
 *
 * @param bins cases by the tenth their chance lies in, lowest first; empty tenths are left out
 * @param brier mean squared distance of the chances from what came (Brier 1950); lower is better
 * @param ece expected calibration error: mean distance between foretold and come over the bins,
 *     each weighted by its cases (Naeini, Cooper and Hauskrecht, AAAI 2015); lower is better
 */
public record Reliability(int cases, int came, List<Bin> bins, double brier, double ece) {
  /** Chances are sorted into this many bins of equal width. */
  public static final int BINS = 10;

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * Cases whose chances lie in one tenth.
   *
   * @param foretold mean chance
   * @param share of the cases that came
   */
  public record Bin(int cases, double foretold, double share) {}

  /** Chances from 0 to 1 and, at the same places, whether it came so. */
  public static Reliability of(double[] chances, boolean[] came) {
    if (chances.length != came.length) {
      throw new IllegalArgumentException(chances.length + " chances, " + came.length + " outcomes");
    }
    var cases = new int[BINS];
    var foretold = new double[BINS];
    var hits = new int[BINS];
    var squares = 0.0;
    for (var i = 0; i < chances.length; i++) {
      var bin = Math.clamp((int) (chances[i] * BINS), 0, BINS - 1);
      cases[bin]++;
      foretold[bin] += chances[i];
      if (came[i]) hits[bin]++;
      var miss = chances[i] - (came[i] ? 1 : 0);
      squares += miss * miss;
    }
    var bins = new ArrayList<Bin>();
    var error = 0.0;
    var all = 0;
    for (var bin = 0; bin < BINS; bin++) {
      if (cases[bin] == 0) continue;
      var mean = foretold[bin] / cases[bin];
      var share = hits[bin] / (double) cases[bin];
      bins.add(new Bin(cases[bin], mean, share));
      error += cases[bin] * Math.abs(mean - share);
      all += hits[bin];
    }
    var count = Math.max(1, chances.length);
    return new Reliability(chances.length, all, bins, squares / count, error / count);
  }

  /**
   * What comes of always foretelling the share that came: the best that a constant can do, and more
   * than anyone could know beforehand.
   */
  public static Reliability ofBaseRate(boolean[] came) {
    var share = 0.0;
    for (var it : came) share += it ? 1 : 0;
    var chances = new double[came.length];
    java.util.Arrays.fill(chances, came.length == 0 ? 0 : share / came.length);
    return of(chances, came);
  }

  /** The share of the cases that came. */
  public double share() {
    return cases == 0 ? 0 : came / (double) cases;
  }
}
