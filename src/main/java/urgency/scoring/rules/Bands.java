package urgency.scoring.rules;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import urgency.scoring.BreakOut;
import urgency.scoring.Score.Band;
import urgency.scoring.Scorer.Link;
import urgency.scoring.TrendOutlook;
import urgency.statistics.NegativeBinomial;

/** From where to where the two numbers of a score may well be, as far as is known. */
final class Bands {
  /** The standard normal quantile of 0.9. */
  private static final double Z = 1.2815515655446004;

  /** So many orders behind a rate that it counts as known. */
  private static final double KNOWN = 1e4;

  private final double dispersion;
  private final DoubleUnaryOperator sellOutCorrection;
  private final DoubleUnaryOperator breakOutCorrection;

  Bands(
      double dispersion,
      DoubleUnaryOperator sellOutCorrection,
      DoubleUnaryOperator breakOutCorrection) {
    this.dispersion = dispersion;
    this.sellOutCorrection = sellOutCorrection;
    this.breakOutCorrection = breakOutCorrection;
  }

  /**
   * From what is left without the strongest trend to what there is if every trend surely fits.
   *
   * @param own chance to break out by itself
   */
  Band virality(int number, List<Link> links, double own) {
    if (links.isEmpty()) return new Band(number, number);
    var certain = links.stream().map(Link::certain).toList();
    return Band.around(
        number, breakOut(links.subList(1, links.size()), own), breakOut(certain, own));
  }

  private double breakOut(List<Link> links, double own) {
    return breakOutCorrection.applyAsDouble(BreakOut.either(TrendOutlook.together(links), own));
  }

  /**
   * At the rates of orders that demand falls below, and exceeds, one time in ten.
   *
   * @param expected orders
   * @param worth orders that the expectation rests on
   * @param closing chance that the trend is over first
   */
  Band urgency(int number, double expected, double worth, int units, double closing) {
    if (units <= 0) return new Band(number, number);
    var shape = 1 / (1 / worth + dispersion);
    return Band.around(
        number,
        urgency(expected * quantile(shape, -Z) / shape, units, closing),
        urgency(expected * quantile(shape, Z) / shape, units, closing));
  }

  private double urgency(double rate, int units, double closing) {
    var chance = new NegativeBinomial(rate, KNOWN).atLeast(units);
    return 1 - (1 - sellOutCorrection.applyAsDouble(chance)) * (1 - closing);
  }

  // Of a gamma variate with scale 1 (Wilson and Hilferty, PNAS 1931).
  private static double quantile(double shape, double z) {
    var root = 1 - 1 / (9 * shape) + z / (3 * StrictMath.sqrt(shape));
    return root <= 0 ? 0 : shape * root * root * root;
  }
}
