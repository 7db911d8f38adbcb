package urgency.statistics;

/**
 * How many orders come, when their rate itself is uncertain: a Poisson count whose rate is Gamma
 * distributed, with mean {@code mu} and shape {@code r}; variance {@code mu + mu^2 / r}.
 *
 * <p>{@code P(Y <= k) = I_p(r, k + 1)} with {@code p = r / (r + mu)} and {@code I} the regularised
 * incomplete beta function, by Lentz's continued fraction. No sum over units, so a huge stock costs
 * as little as a small one; StrictMath throughout, so every machine gives the same bits.
 */
public final class NegativeBinomial {
  private static final double MEAN_MIN = 1e-9;
  private static final double MEAN_MAX = 1e9;
  private static final double SHAPE_MIN = 1e-9;
  private static final double SHAPE_MAX = 1e6;
  private static final int STEPS_MAX = 20_000;
  private static final int COUNT_MAX = 1 << 30;
  private static final double CLOSE = 1e-15;
  private static final double TINY = 1e-300;

  /** From here on Stirling's series is exact to the last digits. */
  private static final double LARGE = 1000;

  private static final double[] LANCZOS = {
    0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531,
    -176.6150291621406, 12.507343278686905, -0.13857109526572012, 9.984369578019572e-6,
    1.5056327351493116e-7
  };

  private final double mean;
  private final double shape;

  /** What is not a number, or beyond all sense, is moved to the nearest sensible value. */
  public NegativeBinomial(double mean, double shape) {
    this.mean = bounded(mean, MEAN_MIN, MEAN_MAX);
    this.shape = bounded(shape, SHAPE_MIN, SHAPE_MAX);
  }

  /**
   * The predictive count of a Gamma-Poisson demand, with {@code r = 1 / (1 / worth + phi)}.
   *
   * @param worth orders that the estimate rests on
   * @param dispersion phi: how much demand wobbles beyond chance
   */
  public static NegativeBinomial predictive(double mean, double worth, double dispersion) {
    return new NegativeBinomial(mean, 1 / (1 / Math.max(worth, SHAPE_MIN) + dispersion));
  }

  public double mean() {
    return mean;
  }

  /** {@code P(Y >= n)}; 1 for none or fewer. */
  public double atLeast(int n) {
    if (n <= 0) return 1;
    return beta(mean / (shape + mean), n, shape);
  }

  /**
   * {@code E[min(Y, n)]}: what can be sold of {@code n} units. By {@code k P(Y = k; r) = mu P(Y = k
   * - 1; r + 1)} it is {@code mu P(Y' <= n - 2) + n P(Y >= n)}.
   */
  public double expectedMin(int n) {
    if (n <= 0) return 0;
    var below = n == 1 ? 0 : mean * beta(shape / (shape + mean), shape + 1, n - 1.0);
    return Math.min(below + n * atLeast(n), Math.min(mean, n));
  }

  /** The largest count that is reached with at least this chance. */
  public int reachedWith(double chance) {
    var reached = 0;
    var missed = 1;
    while (missed < COUNT_MAX && atLeast(missed) >= chance) {
      reached = missed;
      missed *= 2;
    }
    while (missed - reached > 1) {
      var middle = reached + (missed - reached) / 2;
      if (atLeast(middle) >= chance) {
        reached = middle;
      } else {
        missed = middle;
      }
    }
    return reached;
  }

  /** Regularised incomplete beta function {@code I_x(a, b)}. */
  static double beta(double x, double a, double b) {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    var front = StrictMath.exp(a * StrictMath.log(x) + b * StrictMath.log1p(-x) - logBeta(a, b));
    var result =
        x < (a + 1) / (a + b + 2)
            ? front * fraction(x, a, b) / a
            : 1 - front * fraction(1 - x, b, a) / b;
    return bounded(result, 0, 1);
  }

  // Modified Lentz (1976), as in Numerical Recipes 6.4: even and odd step in one turn.
  private static double fraction(double x, double a, double b) {
    var c = 1.0;
    var d = 1 / away(1 - (a + b) * x / (a + 1));
    var result = d;
    for (var m = 1; m <= STEPS_MAX; m++) {
      var even = m * (b - m) * x / ((a - 1 + 2 * m) * (a + 2 * m));
      d = 1 / away(1 + even * d);
      c = away(1 + even / c);
      result *= d * c;
      var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 1 + 2 * m));
      d = 1 / away(1 + odd * d);
      c = away(1 + odd / c);
      result *= d * c;
      if (Math.abs(d * c - 1) < CLOSE) break;
    }
    return result;
  }

  private static double away(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  static double logBeta(double a, double b) {
    var small = Math.min(a, b);
    var large = Math.max(a, b);
    if (large < LARGE) return logGamma(a) + logGamma(b) - logGamma(a + b);
    // The two large gammas nearly cancel; Stirling's series for their difference does not.
    var both = small + large;
    var difference =
        -(large - 0.5) * StrictMath.log1p(small / large)
            - small * StrictMath.log(both)
            + small
            + (1 / large - 1 / both) / 12;
    return logGamma(small) + difference;
  }

  // Lanczos (1964), g = 7.
  static double logGamma(double z) {
    if (z < 0.5) {
      return StrictMath.log(Math.PI / Math.abs(StrictMath.sin(Math.PI * z))) - logGamma(1 - z);
    }
    var x = z - 1;
    var sum = LANCZOS[0];
    for (var i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i] / (x + i);
    var t = x + LANCZOS.length - 1.5;
    return 0.5 * StrictMath.log(2 * Math.PI)
        + (x + 0.5) * StrictMath.log(t)
        - t
        + StrictMath.log(sum);
  }

  private static double bounded(double value, double min, double max) {
    if (!(value > min)) return min;
    return value > max ? max : value;
  }
}
