package urgency.scoring;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import urgency.scoring.Scorer.Link;
import urgency.trends.Trend;
import urgency.trends.TrendObservation.Point;

/**
 * What a trend promises: the chance that it breaks out, and the chance that it closes.
 *
 * <p>A break-out is foretold from a trend's {@link TrendPlace} among those of its region; where it
 * has none, and in ratings that were stored before there were places, from the end of its curve
 * alone.
 *
 * <p><b>These tables are a prior, not yet own data.</b> {@link Calibration#trends} is what a shop
 * learnt in their place. By the curve's end the strongest come to 0.6, the share of true break-outs
 * among the top 20 that was measured on 343 hashtags. By the percentile of momentum the table has
 * the figures that were measured there: one in ten on average, AUC 0.83, a Brier score 31 % below
 * that of always saying one in ten. By the percentile of the curve's end it is flatter, as that
 * tells less (rank correlation with growth 0.53 to 0.64). The survival of 48 hours was measured per
 * stage on 34 days of American charts.
 */
public final class TrendOutlook {
  private static final double[] LAST = {0, 30, 50, 70, 80, 90, 100};
  private static final double[] BREAK_OUT = {0.01, 0.03, 0.06, 0.12, 0.20, 0.35, 0.60};

  /** A curve of fewer than four days ends near its own maximum by nature and tells little. */
  private static final double BREAK_OUT_NEW = 0.20;

  private static final double[] PERCENTILE = {0, 0.5, 0.7, 0.8, 0.9, 0.95, 1};
  private static final double[] BY_MOMENTUM = {0.02, 0.04, 0.06, 0.09, 0.18, 0.52, 0.96};
  private static final double[] BY_CURVE = {0.03, 0.06, 0.09, 0.12, 0.20, 0.35, 0.60};

  private static final double NOVELTY_HALF_LIFE_DAYS = 2.8;
  private static final double SURVIVAL_HOURS = 48;

  private TrendOutlook() {}

  /** {@code q}: chance to be among the tenth that grows most within a week. */
  public static double breakOut(Link link) {
    return link.place().map(TrendPlace::chance).orElseGet(() -> breakOut(link.trend()));
  }

  /** The same from the end of the curve alone. */
  static double breakOut(Trend trend) {
    if (trend.stage() == Trend.Stage.NEW) return BREAK_OUT_NEW;
    if (trend.curve().isEmpty()) return BREAK_OUT[0];
    return between(LAST, BREAK_OUT, Math.clamp(trend.curve().getLast().value(), 0.0, 100.0));
  }

  /**
   * The same from a percentile: what the shop learnt, shrunk towards the prior.
   *
   * @param among how many were ranked
   */
  static double breakOut(
      TrendPlace.Measure measure, double percentile, int among, Calibration calibration) {
    return calibration.of(measure).chance(percentile, prior(measure, percentile, among));
  }

  /**
   * The prior of a percentile: the table in the middle of the slice that the rank takes up, so that
   * the chances of few come to one in ten as those of many do.
   */
  public static double prior(TrendPlace.Measure measure, double percentile, int among) {
    var table =
        switch (measure) {
          case VIEWS, UNITS -> BY_MOMENTUM;
          case CURVE -> BY_CURVE;
        };
    return between(PERCENTILE, table, Math.clamp(percentile - 0.5 / among, 0.0, 1.0));
  }

  private static double between(double[] from, double[] to, double at) {
    var i = 1;
    while (i < from.length - 1 && at > from[i]) i++;
    var share = (at - from[i - 1]) / (from[i] - from[i - 1]);
    return to[i - 1] + share * (to[i] - to[i - 1]);
  }

  /** {@code d = 2^(-days since the peak / 2.8)}. */
  public static double novelty(Trend trend) {
    return StrictMath.pow(2, -daysSincePeak(trend.curve()) / NOVELTY_HALF_LIFE_DAYS);
  }

  /** {@code L q d f}: the chance that this trend carries a product it is linked to. */
  public static double pull(Link link) {
    var trend = link.trend();
    return Math.clamp(
        link.strength() * breakOut(link) * novelty(trend) * trend.freshness(), 0.0, 1.0);
  }

  /** {@code T = 1 - prod (1 - L q d f)}: the chance that any of its trends carries a product. */
  public static double together(List<Link> links) {
    var none = 1.0;
    for (var link : links) none *= 1 - pull(link);
    return 1 - none;
  }

  /** {@code max L P_close} over the links, with {@code P_close(H) = 1 - s48^(H / 48 h)}. */
  public static double closing(List<Link> links, Duration horizon) {
    var hours = horizon.toMillis() / (double) Duration.ofHours(1).toMillis();
    var most = 0.0;
    for (var link : links) {
      var closes = 1 - StrictMath.pow(survival(link.trend().stage()), hours / SURVIVAL_HOURS);
      most = Math.max(most, Math.clamp(link.strength(), 0.0, 1.0) * closes);
    }
    return most;
  }

  /** Share of trends of this stage that are still listed 48 hours later. */
  private static double survival(Trend.Stage stage) {
    return switch (stage) {
      case RISING -> 0.72;
      case NEW, PEAKED -> 0.51;
      case MID -> 0.39;
      case FADING, DORMANT -> 0.19;
    };
  }

  private static long daysSincePeak(List<Point> curve) {
    if (curve.isEmpty()) return 0;
    var peak = curve.getFirst();
    for (var point : curve) {
      if (point.value() >= peak.value()) peak = point;
    }
    return Math.max(0, ChronoUnit.DAYS.between(peak.day(), curve.getLast().day()));
  }
}
