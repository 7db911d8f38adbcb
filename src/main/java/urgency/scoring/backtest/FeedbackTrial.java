package urgency.scoring.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import urgency.statistics.Ewma;

/**
 * Ranks news items after a few hours by how far they will have gone after 48, block by block in the
 * order they came. Nothing here is learnt; the first blocks are left to those who want to.
 */
final class FeedbackTrial {
  static final String OURS = "Urgency Shelf, 0.5 ln total + 0.5 ln EWMA";
  static final String TOTAL = "total so far";

  private static final int[] HOURS = {1, 3, 6, 12, 24};
  private static final int BAR_HOURS = 6;
  private static final int BLOCKS = 6;
  private static final int ITEMS_MIN = BLOCKS * 2;
  private static final int JUDGED_MIN = 300;
  private static final int FIRST_BLOCK = 2;
  private static final double TOP = 0.1;
  private static final double FEW = 0.05;
  private static final double TOLERANCE = 0.003;
  private static final String LIMITED = "facebook";
  private static final Map<String, Double> LIMITS = Map.of("rho", 0.864, "AUC", 0.906, "AP", 0.68);

  private final String name;
  private final Feedback feedback;

  /**
   * @param name tells this network from others in the report
   */
  FeedbackTrial(String name, Feedback feedback) {
    this.name = name;
    this.feedback = feedback;
  }

  Report run() {
    var tables = new ArrayList<Report.Table>();
    var bars = new ArrayList<Report.Bar>();
    var missing = new ArrayList<String>();
    for (var hours : HOURS) {
      var items = feedback.seenBy(hours * Feedback.SLICES_AN_HOUR);
      if (items.size() < ITEMS_MIN) {
        missing.add(
            "%s after %d h: %d items were seen by then and counted to the end. Next step: add rows"
                    .formatted(name, hours, items.size())
                + " until there are %d or more.".formatted(ITEMS_MIN));
        continue;
      }
      var table = table(hours, items);
      tables.add(table);
      if (hours != BAR_HOURS) continue;
      if (items.size() < JUDGED_MIN) {
        missing.add(
            ("%s after %d h: %d items are shown and not judged."
                    + " Next step: add rows until there are %d.")
                .formatted(name, hours, items.size(), JUDGED_MIN));
      } else {
        bars.addAll(bars(table));
      }
    }
    return new Report(List.of(), tables, List.of(), bars, missing);
  }

  /** What each formula says of items at the end of a slice, counted from 1. */
  static Map<String, double[]> scores(List<Feedback.Item> items, int slice) {
    var total = new double[items.size()];
    var rate = new double[items.size()];
    var velocity = new double[items.size()];
    var past = new double[items.size()];
    var ours = new double[items.size()];
    for (var i = 0; i < total.length; i++) {
      var steps = increments(items.get(i).counts(), slice);
      total[i] = Math.max(0, items.get(i).counts()[slice - 1]);
      rate[i] =
          Ewma.rate(steps, EarlyVirality.HALF_LIFE_HOURS * Feedback.SLICES_AN_HOUR)
              * Feedback.SLICES_AN_HOUR;
      velocity[i] = Arrays.stream(steps, Math.max(0, slice - Feedback.SLICES_AN_HOUR), slice).sum();
      past[i] = total[i];
      ours[i] = EarlyVirality.of(total[i], rate[i]);
    }
    var acceleration =
        Formulas.acceleration(velocity, Feedback.SLICES_AN_HOUR, past, Math.max(1, slice));
    var scores = new LinkedHashMap<String, double[]>();
    scores.put(OURS, ours);
    scores.put(TOTAL, total);
    scores.put("EWMA rate, half-life 3 h", rate);
    scores.put("velocity, last hour", velocity);
    scores.put("mix 0.5 / 0.3 / 0.2", Formulas.mix(velocity, acceleration, total));
    scores.put("acceleration, last hour : all", acceleration);
    scores.put("random, seeded", Formulas.random(items.size(), slice));
    return scores;
  }

  private Report.Table table(int hours, List<Feedback.Item> items) {
    var slice = hours * Feedback.SLICES_AN_HOUR;
    var means = new Report.Means();
    for (var block = FIRST_BLOCK; block < BLOCKS; block++) {
      var part = items.subList(items.size() * block / BLOCKS, items.size() * (block + 1) / BLOCKS);
      var last = part.stream().mapToDouble(it -> it.counts()[Feedback.SLICES - 1]).toArray();
      var growth =
          part.stream()
              .mapToDouble(it -> it.counts()[Feedback.SLICES - 1] - it.counts()[slice - 1])
              .toArray();
      var grewMost = Metrics.top(growth, TOP);
      var few = (int) Math.ceil(part.size() * FEW);
      scores(part, slice)
          .forEach(
              (model, it) -> {
                means.add(model, "rho", Metrics.rho(it, last));
                means.add(model, "AUC", Metrics.auc(it, grewMost));
                means.add(model, "AP", Metrics.averagePrecision(it, grewMost));
                means.add(model, "P@5%", Metrics.precision(it, last, few));
              });
    }
    return new Report.Table(
        "%s-%dh".formatted(name, hours),
        "Social feedback (%s): after %d h of 48".formatted(name, hours),
        ("%d items, in the order of their ids in %d blocks, means over the last %d. rho: against"
                + " the final count. AUC and AP: the tenth that grows most from here on. P@5%%:"
                + " precision among the best twentieth by final count.")
            .formatted(items.size(), BLOCKS, BLOCKS - FIRST_BLOCK),
        means.rows(List.of(OURS)));
  }

  private List<Report.Bar> bars(Report.Table table) {
    var bars = new ArrayList<Report.Bar>();
    for (var metric : List.of("rho", "AUC", "AP")) {
      var figure = table.figure(OURS, metric).orElseThrow();
      // The limits were set on that network; of others they say nothing.
      if (name.toLowerCase(Locale.ROOT).startsWith(LIMITED)) {
        bars.add(
            new Report.Bar(
                3,
                "%s after %d h: %s".formatted(name, BAR_HOURS, metric),
                figure,
                Report.Bar.Bound.AT_LEAST,
                LIMITS.getOrDefault(metric, 0.0)));
      }
      bars.add(
          new Report.Bar(
              3,
              "%s after %d h: %s, at most 0.003 below the total so far"
                  .formatted(name, BAR_HOURS, metric),
              figure,
              Report.Bar.Bound.AT_LEAST,
              table.figure(TOTAL, metric).orElseThrow() - TOLERANCE));
    }
    return bars;
  }

  // Before an item is seen its count is -1, which is none.
  private static int[] increments(int[] counts, int slice) {
    var steps = new int[slice];
    for (var i = 0; i < slice; i++) {
      steps[i] = Math.max(0, counts[i]) - (i == 0 ? 0 : Math.max(0, counts[i - 1]));
    }
    return steps;
  }
}
