package urgency.judging;

import java.util.List;

/**
 * Which way a verdict leans, as one number with mean 0 and variance near 1: a ridge regression of
 * what statistics missed on the four fields, each standardised.
 *
 * @param means of fit, audience, demonstrable and timing
 * @param spreads of the same, all positive
 * @param weights of the same
 */
public record Lean(List<Double> means, List<Double> spreads, List<Double> weights) {
  public static final int FIELDS = 4;

  /**
   * Before anything was learnt: all four alike. It counts nothing, since judges then have no
   * weight.
   */
  public static final Lean START =
      new Lean(
          List.of(1.5, 1.5, 1.5, 2.0), List.of(1.3, 1.0, 1.0, 1.0), List.of(0.5, 0.5, 0.5, 0.5));

  private static final double FAR = 4;

  public Lean {
    means = List.copyOf(means);
    spreads = List.copyOf(spreads);
    weights = List.copyOf(weights);
    if (means.size() != FIELDS || spreads.size() != FIELDS || weights.size() != FIELDS) {
      throw new IllegalArgumentException("four fields are needed");
    }
    for (var it : spreads) if (!(it > 0)) throw new IllegalArgumentException("spread " + it);
  }

  /** {@code g}: positive when the fields speak for more orders than statistics expect. */
  public double of(Verdict verdict) {
    var fields = fields(verdict);
    var sum = 0.0;
    for (var i = 0; i < FIELDS; i++) {
      sum += weights.get(i) * (fields[i] - means.get(i)) / spreads.get(i);
    }
    return Math.clamp(sum, -FAR, FAR);
  }

  /** Fit, audience, demonstrable, timing. */
  public static double[] fields(Verdict it) {
    return new double[] {it.fit(), it.audience(), it.demonstrable(), it.timing()};
  }
}
