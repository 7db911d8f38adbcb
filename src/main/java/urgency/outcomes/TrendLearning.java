package urgency.outcomes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import urgency.outcomes.TrendWeek.Case;
import urgency.scoring.Calibration.Curve;
import urgency.scoring.Calibration.OfTrends;
import urgency.scoring.TrendPlace.Measure;
import urgency.statistics.Isotonic;

/**
 * Learns what a trend's place among those of its region comes to, from the shop's own archive.
 * Pure: the same weeks give the same curves.
 *
 * <p>A curve must earn its place as those of {@link Refit} must: learnt from the older two thirds
 * of the weeks and shrunk towards the prior, it has to make no more of an error (Brier) on the
 * newest third than the prior does.
 */
final class TrendLearning {
  /** Weeks that are looked at, the newest. */
  static final int WEEKS = 52;

  static final int WEEKS_MIN = 8;
  static final int CASES_MIN = 300;

  private TrendLearning() {}

  /** What was learnt, and why or why not. */
  record Result(OfTrends curves, String note) {}

  private record Learnt(Curve curve, String note) {}

  /** Learns from weeks, oldest first. */
  static Result of(List<Map<Measure, List<Case>>> weeks) {
    var views = learn("momentum of views", of(weeks, Measure.VIEWS));
    var units = learn("momentum of units", of(weeks, Measure.UNITS));
    var shape = learn("end of curves", of(weeks, Measure.CURVE));
    return new Result(
        new OfTrends(views.curve(), units.curve(), shape.curve()),
        "trends by " + String.join(", by ", views.note(), units.note(), shape.note()));
  }

  private static List<List<Case>> of(List<Map<Measure, List<Case>>> weeks, Measure measure) {
    return weeks.stream()
        .map(it -> it.getOrDefault(measure, List.of()))
        .filter(it -> !it.isEmpty())
        .toList();
  }

  private static Learnt learn(String by, List<List<Case>> weeks) {
    var all = flat(weeks);
    var came = all.stream().filter(Case::brokeOut).count();
    if (weeks.size() < WEEKS_MIN
        || all.size() < CASES_MIN
        || came < Refit.KIND_MIN
        || all.size() - came < Refit.KIND_MIN) {
      return new Learnt(
          Curve.PRIOR,
          "%s: prior, %d cases of %d weeks, of which %d grew most, are too few"
              .formatted(by, all.size(), weeks.size(), came));
    }
    var older = weeks.size() * 2 / 3;
    var tried = curve(flat(weeks.subList(0, older)));
    var newest = flat(weeks.subList(older, weeks.size()));
    var before = 0.0;
    var after = 0.0;
    for (var it : newest) {
      var truth = it.brokeOut() ? 1 : 0;
      before += square(it.prior() - truth);
      after += square(tried.chance(it.percentile(), it.prior()) - truth);
    }
    var said =
        String.format(
            Locale.ROOT,
            "%d cases of %d weeks, Brier on the newest third %.4f learnt, %.4f by the prior",
            all.size(),
            weeks.size(),
            after / newest.size(),
            before / newest.size());
    return after <= before
        ? new Learnt(curve(all), by + ": own data, " + said)
        : new Learnt(Curve.PRIOR, by + ": prior stays, " + said);
  }

  private static Curve curve(List<Case> cases) {
    var percentiles = cases.stream().mapToDouble(Case::percentile).toArray();
    var brokeOut = new boolean[percentiles.length];
    for (var i = 0; i < brokeOut.length; i++) brokeOut[i] = cases.get(i).brokeOut();
    return new Curve(percentiles.length, Isotonic.fit(percentiles, brokeOut).steps());
  }

  private static List<Case> flat(List<List<Case>> weeks) {
    var all = new ArrayList<Case>();
    weeks.forEach(all::addAll);
    return all;
  }

  private static double square(double it) {
    return it * it;
  }
}
