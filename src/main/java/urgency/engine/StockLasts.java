package urgency.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import urgency.scoring.Score;
import urgency.statistics.NegativeBinomial;

/**
 * How long the units last: the chance that they are gone after each while. Orders come at a steady
 * rate whose size is uncertain, so the mean grows with time and the shape stays.
 *
 * @param early the time by which they are gone with a chance of 10 %
 * @param half the same for 50 %
 * @param late the same for 90 %
 */
record StockLasts(
    List<Point> curve, Optional<Duration> early, Optional<Duration> half, Optional<Duration> late) {
  /** Nothing is said of what lies further ahead. */
  static final Duration AHEAD_MAX = Duration.ofDays(60);

  private static final int POINTS = 48;
  private static final int HALVINGS = 40;

  /** The chance that units are left after a while. */
  record Point(Duration after, double left) {}

  StockLasts {
    curve = List.copyOf(curve);
  }

  /**
   * For the units of a product.
   *
   * @param horizon within which the score expects its orders
   * @param dispersion of the rating
   */
  static StockLasts of(Score score, int units, Duration horizon, double dispersion) {
    var early = by(score, units, horizon, dispersion, 0.1);
    var half = by(score, units, horizon, dispersion, 0.5);
    var late = by(score, units, horizon, dispersion, 0.9);
    var end = late.orElse(AHEAD_MAX);
    if (end.compareTo(horizon) < 0) end = horizon;
    var curve = new ArrayList<Point>(POINTS + 1);
    for (var i = 0; i <= POINTS; i++) {
      var after = end.multipliedBy(i).dividedBy(POINTS);
      curve.add(new Point(after, 1 - gone(score, units, horizon, dispersion, after)));
    }
    return new StockLasts(curve, early, half, late);
  }

  private static Optional<Duration> by(
      Score score, int units, Duration horizon, double dispersion, double chance) {
    if (units <= 0) return Optional.of(Duration.ZERO);
    if (gone(score, units, horizon, dispersion, AHEAD_MAX) < chance) return Optional.empty();
    var before = Duration.ZERO;
    var after = AHEAD_MAX;
    for (var i = 0; i < HALVINGS && after.minus(before).toSeconds() > 30; i++) {
      var middle = before.plus(after).dividedBy(2);
      if (gone(score, units, horizon, dispersion, middle) < chance) {
        before = middle;
      } else {
        after = middle;
      }
    }
    return Optional.of(after);
  }

  private static double gone(
      Score score, int units, Duration horizon, double dispersion, Duration after) {
    if (units <= 0) return 1;
    if (after.isZero()) return 0;
    var mean = score.expectedOrders() * after.toMillis() / horizon.toMillis();
    return NegativeBinomial.predictive(mean, score.worth(), dispersion).atLeast(units);
  }
}
