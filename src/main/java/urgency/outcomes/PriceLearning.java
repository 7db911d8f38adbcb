package urgency.outcomes;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import urgency.demand.PriceEffect;

/**
 * Learns from own outcomes how far a price moves demand. Pure: the same outcomes give the same
 * slope.
 *
 * <p>A quasi-Poisson regression with the orders foretold as offset: {@code E[y] = mu e^(a + b x)},
 * with {@code y} the orders that came, {@code mu} those foretold without any effect of the price,
 * {@code x = ln(reference / price)} [nats] as offered, and {@code a} a level that takes what all
 * forecasts have in common. For the best {@code a} the slope is where {@code sum x y / sum y}
 * equals the mean of {@code x} weighted by {@code mu e^(b x)}; that mean only grows with {@code b},
 * so halving finds it. Its standard error is {@code sqrt(phi / sum m (x - mean)^2)} with {@code m}
 * the fitted orders and {@code phi} Pearson's dispersion.
 *
 * <p>What sold out would have sold more, which draws the slope towards 0.
 */
final class PriceLearning {
  /** No slope is steeper than this: an orderless side would make it endless. */
  private static final double STEEPEST = 5;

  private static final int HALVINGS = 60;

  /** A price that is off by less is its reference. */
  private static final double SAME = 1e-9;

  private PriceLearning() {}

  /** What was learnt, if anything, and why or why not. */
  record Result(Optional<PriceEffect> learnt, String note) {}

  /** What a slope makes of the outcomes. */
  private record Fit(double mean, double weight) {}

  /** Learns from outcomes in the order of edition and product. */
  static Result of(List<Outcome> outcomes) {
    var offered =
        outcomes.stream()
            .filter(it -> it.offer().filter(offer -> offer.plainOrders() > 0).isPresent())
            .toList();
    var x = new double[offered.size()];
    var mu = new double[x.length];
    var y = new double[x.length];
    var cases = 0;
    var came = 0.0;
    var moment = 0.0;
    for (var i = 0; i < x.length; i++) {
      var offer = offered.get(i).offer().orElseThrow();
      x[i] = offer.nats();
      mu[i] = offer.plainOrders();
      y[i] = offered.get(i).orders();
      if (Math.abs(x[i]) > SAME) cases++;
      came += y[i];
      moment += x[i] * y[i];
    }
    if (cases == 0 || came == 0 || !varies(x)) {
      return new Result(
          Optional.empty(),
          "price: prior, %d of %d outcomes at another price than their reference tell nothing"
              .formatted(cases, x.length));
    }
    var slope = slope(x, mu, moment / came);
    var effect = new PriceEffect(cases, slope);
    return new Result(
        Optional.of(effect),
        String.format(
            Locale.ROOT,
            "price: %d of %d outcomes at another price than their reference, b %.2f ± %.2f, used"
                + " %.2f",
            cases,
            x.length,
            slope,
            error(x, mu, y, came, slope),
            effect.weight()));
  }

  private static boolean varies(double[] x) {
    for (var it : x) if (Math.abs(it - x[0]) > SAME) return true;
    return false;
  }

  private static double slope(double[] x, double[] mu, double wanted) {
    var low = -STEEPEST;
    var high = STEEPEST;
    for (var i = 0; i < HALVINGS; i++) {
      var middle = (low + high) / 2;
      if (fit(x, mu, middle).mean() < wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static Fit fit(double[] x, double[] mu, double slope) {
    var weight = 0.0;
    var sum = 0.0;
    for (var i = 0; i < x.length; i++) {
      var it = mu[i] * StrictMath.exp(slope * x[i]);
      weight += it;
      sum += it * x[i];
    }
    return new Fit(sum / weight, weight);
  }

  private static double error(double[] x, double[] mu, double[] y, double came, double slope) {
    var fit = fit(x, mu, slope);
    var squares = 0.0;
    var pearson = 0.0;
    for (var i = 0; i < x.length; i++) {
      var fitted = mu[i] * StrictMath.exp(slope * x[i]) * came / fit.weight();
      squares += fitted * (x[i] - fit.mean()) * (x[i] - fit.mean());
      pearson += (y[i] - fitted) * (y[i] - fitted) / fitted;
    }
    return StrictMath.sqrt(pearson / Math.max(1, x.length - 2) / squares);
  }
}
