package urgency.scoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import urgency.statistics.Ranks;
import urgency.trends.Trend;
import urgency.trends.TrendObservation.Kind;
import urgency.trends.Trends.Followed;
import urgency.trends.Trends.Told;

/**
 * Where a trend stands among those of its region that are measured as it is, and the chance that
 * follows from it. Stored with the rating that used it.
 *
 * @param value what is ranked: momentum [1/day], or the curve's last value
 * @param percentile its rank as a share of all, above 0 to 1; equals share the average of theirs
 * @param among how many were ranked, itself among them
 * @param chance {@code q}: to be in the tenth that grows most within a week
 */
public record TrendPlace(
    Measure measure, double value, double percentile, int among, double chance) {
  /** A rank among fewer says little; they keep the table by the curve's end. */
  public static final int AMONG_MIN = 10;

  /** What trends are ranked by, each kind among its own. */
  public enum Measure {
    /** Relative momentum of views: {@link TrendPace#momentum}. */
    VIEWS,
    /** The same of units that a product sold. */
    UNITS,
    /** The last value of the popularity curve, where no absolute counts are known. */
    CURVE
  }

  /** The places of the trends of now, of those that can be ranked. */
  public static Map<Trend, TrendPlace> byTrend(List<Followed> followed, Calibration calibration) {
    var places = of(followed.stream().map(Followed::told).toList(), calibration);
    var byTrend = new HashMap<Trend, TrendPlace>();
    for (var i = 0; i < places.size(); i++) {
      var trend = followed.get(i).trend();
      places.get(i).ifPresent(it -> byTrend.putIfAbsent(trend, it));
    }
    return byTrend;
  }

  /** What can be ranked of a trend. */
  private record Ranked(String region, Measure measure, double value) {}

  private record Group(String region, Measure measure) {}

  /**
   * The places of all trends of a moment, in their order; none for a trend that cannot be ranked.
   *
   * @param trends what was told of each, oldest first
   */
  public static List<Optional<TrendPlace>> of(List<List<Told>> trends, Calibration calibration) {
    var members = new HashMap<Group, List<Integer>>();
    var values = new double[trends.size()];
    for (var i = 0; i < values.length; i++) {
      var it = ranked(trends.get(i));
      if (it.isEmpty()) continue;
      values[i] = it.get().value();
      members
          .computeIfAbsent(new Group(it.get().region(), it.get().measure()), _ -> new ArrayList<>())
          .add(i);
    }
    var places = new ArrayList<Optional<TrendPlace>>();
    for (var i = 0; i < values.length; i++) places.add(Optional.empty());
    members.forEach(
        (group, all) -> {
          if (all.size() < AMONG_MIN) return;
          var measure = group.measure();
          var shares = Ranks.shares(all.stream().mapToDouble(i -> values[i]).toArray());
          for (var i = 0; i < shares.length; i++) {
            var chance = TrendOutlook.breakOut(measure, shares[i], shares.length, calibration);
            var at = all.get(i);
            places.set(
                at,
                Optional.of(new TrendPlace(measure, values[at], shares[i], shares.length, chance)));
          }
        });
    return places;
  }

  // A curve of fewer than four days ends near its own maximum by nature and is not ranked.
  private static Optional<Ranked> ranked(List<Told> told) {
    var last = told.getLast();
    var region = last.subject().region();
    var pace = TrendPace.of(told);
    if (pace.isPresent()) {
      var measure = last.subject().kind() == Kind.PRODUCT ? Measure.UNITS : Measure.VIEWS;
      return Optional.of(new Ranked(region, measure, pace.get().momentum()));
    }
    if (last.curve().isEmpty() || last.stage() == Trend.Stage.NEW) return Optional.empty();
    return Optional.of(new Ranked(region, Measure.CURVE, last.curve().getLast().value()));
  }
}
