package urgency.engine;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import urgency.scoring.Calibration;
import urgency.scoring.Scorer.Link;
import urgency.scoring.TrendOutlook;
import urgency.scoring.TrendPace;
import urgency.scoring.TrendPlace;
import urgency.trends.Trends.Followed;

/**
 * What a trend's chance to grow rests on, in words, and what is only there to be looked at.
 *
 * @param momentum recent views a day as a share of all; empty without absolute counts
 * @param place its rank as a share of those that are measured as it is, or why it has none
 * @param chance {@code q}
 * @param acceleration empty where there is no long past; weight 0, as burst and flag
 * @param flag that views moved and posts did not; empty otherwise
 */
record TrendFigures(
    String momentum, String place, String chance, String acceleration, String burst, String flag) {
  private static final String UNKNOWN = "–";
  private static final double LARGE = 100;

  /** Acceleration and burst, or that neither is known. */
  public String pace() {
    var unknown = acceleration.equals(UNKNOWN) && burst.equals(UNKNOWN);
    return unknown ? UNKNOWN : acceleration + ", " + burst;
  }

  static TrendFigures of(Followed it, Optional<TrendPlace> place) {
    var pace = TrendPace.of(it.told());
    var link = new Link(it.trend(), 1, "", place);
    var burst = pace.map(TrendPace::burst).orElse(OptionalDouble.empty());
    return new TrendFigures(
        pace.map(its -> "%s %% a day".formatted(Say.decimals(2, 100 * its.momentum())))
            .orElse(UNKNOWN),
        place.map(TrendFigures::place).orElse("not ranked"),
        Say.decimals(2, TrendOutlook.breakOut(link)),
        signed(2, pace.map(TrendPace::acceleration).orElse(OptionalDouble.empty())),
        burst.isEmpty()
            ? UNKNOWN
            : signed(Math.abs(burst.getAsDouble()) < LARGE ? 1 : 0, burst) + " σ",
        pace.filter(TrendPace::viewsAlone).isEmpty()
            ? ""
            : burst.orElse(0) > 0 ? "views jumped, posts did not" : "views fell, posts did not");
  }

  /** Such as {@code 0.93 of 41, by momentum}. */
  static String place(TrendPlace it) {
    var by =
        switch (it.measure()) {
          case VIEWS -> "momentum";
          case UNITS -> "momentum of units";
          case CURVE -> "end of curve";
        };
    return "%s of %d, by %s".formatted(Say.decimals(2, it.percentile()), it.among(), by);
  }

  /** What the chances by place rest on. */
  static String state(Calibration it) {
    var trends = it.trends().orElse(Calibration.OfTrends.PRIOR);
    if (!trends.own()) return "prior, not yet own data";
    return "by momentum: %s; by end of curve: %s; by momentum of units: %s"
        .formatted(of(trends.views()), of(trends.shape()), of(trends.units()));
  }

  private static String of(Calibration.Curve curve) {
    return curve.own() ? "own data, %d cases".formatted(curve.cases()) : "prior, not yet own data";
  }

  private static String signed(int digits, OptionalDouble it) {
    if (it.isEmpty()) return UNKNOWN;
    return String.format(Locale.ROOT, "%+." + digits + "f", it.getAsDouble());
  }
}
