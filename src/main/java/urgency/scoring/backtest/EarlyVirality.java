package urgency.scoring.backtest;

import urgency.statistics.Ewma;

/**
 * How far a young thing will go, from its first hours: {@code 0.5 ln(1 + total) + 0.5 ln(1 +
 * rate)}. Needs no training, and on social feedback is as good at ranking the final counts as
 * models that were trained. A shop has no first hours of its products to feed it with, so it is
 * measured here and rates nothing.
 */
final class EarlyVirality {
  private static final double TOTAL_WEIGHT = 0.5;
  private static final double RATE_WEIGHT = 0.5;

  /** A rate this many hours old weighs half. */
  static final double HALF_LIFE_HOURS = 3;

  private EarlyVirality() {}

  /**
   * In nats; only comparable between things of one age.
   *
   * @param total what was counted so far
   * @param perHour {@link Ewma} of the counts of an hour
   */
  static double of(double total, double perHour) {
    return TOTAL_WEIGHT * StrictMath.log1p(Math.max(0, total))
        + RATE_WEIGHT * StrictMath.log1p(Math.max(0, perHour));
  }
}
