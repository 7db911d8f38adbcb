package urgency.outcomes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import urgency.scoring.BreakOutHead;

/**
 * Learns how the shop's own products outgrow their past. Pure: the same weeks give the same model.
 *
 * <p>It must earn its place as a curve must: learnt from the older two thirds of the weeks, it has
 * to make less of an error (Brier) on the newest third than saying of each product what share broke
 * out before, by more than the standard error of the difference.
 */
final class GrowthLearning {
  /** Weeks that are looked at, the newest. */
  static final int WEEKS = 26;

  static final int WEEKS_MIN = 12;

  /** A tenth of fewer products is too coarse. */
  static final int PRODUCTS_MIN = 20;

  /** So much of each week, that all of them stay small in memory. */
  static final int ROWS_A_WEEK = 2_000;

  private GrowthLearning() {}

  /** What was learnt, if anything, and why or why not. */
  record Result(Optional<BreakOutHead.Learnt> learnt, String note) {}

  /** Learns from weeks, oldest first. */
  static Result of(List<GrowthWeek> all) {
    var weeks = all.stream().filter(it -> it.brokeOut().length >= PRODUCTS_MIN).toList();
    if (weeks.size() < WEEKS_MIN) {
      return new Result(
          Optional.empty(),
          "own growth: not learnt, %d weeks of %d or more products are too few"
              .formatted(weeks.size(), PRODUCTS_MIN));
    }
    var older = weeks.size() * 2 / 3;
    var past = Rows.of(weeks.subList(0, older));
    var tried = BreakOutHead.fit(past.features(), past.brokeOut());
    var newest = Rows.of(weeks.subList(older, weeks.size()));
    var share = past.share();
    var cases = newest.brokeOut().length;
    var learnt = 0.0;
    var flat = 0.0;
    var squares = 0.0;
    for (var i = 0; i < cases; i++) {
      var truth = newest.brokeOut()[i] ? 1 : 0;
      var miss = square(tried.chance(newest.features()[i]) - truth);
      learnt += miss;
      flat += square(share - truth);
      squares += square(square(share - truth) - miss);
    }
    var lead = (flat - learnt) / cases;
    var error = StrictMath.sqrt(Math.max(0, squares / cases - lead * lead) / cases);
    var said =
        String.format(
            Locale.ROOT,
            "%d weeks, Brier on the newest third %.4f learnt, %.4f by the share alone",
            weeks.size(),
            learnt / cases,
            flat / cases);
    if (!(lead > error)) {
      return new Result(Optional.empty(), "own growth: not used, " + said);
    }
    var rows = Rows.of(weeks);
    var head = BreakOutHead.fit(rows.features(), rows.brokeOut());
    return new Result(
        Optional.of(head.learnt(rows.brokeOut().length)), "own growth: learnt, " + said);
  }

  @SuppressWarnings("ArrayRecordComponent") // Rows are carried, and no record is compared.
  private record Rows(double[][] features, boolean[] brokeOut) {
    static Rows of(List<GrowthWeek> weeks) {
      var features = new ArrayList<double[]>();
      for (var week : weeks) features.addAll(List.of(week.features()));
      var hits = new boolean[features.size()];
      var at = 0;
      for (var week : weeks) {
        for (var hit : week.brokeOut()) hits[at++] = hit;
      }
      return new Rows(features.toArray(double[][]::new), hits);
    }

    double share() {
      var count = 0;
      for (var hit : brokeOut) if (hit) count++;
      return count / (double) brokeOut.length;
    }
  }

  private static double square(double it) {
    return it * it;
  }
}
