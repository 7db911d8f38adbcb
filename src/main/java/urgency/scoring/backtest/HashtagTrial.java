package urgency.scoring.backtest;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import urgency.statistics.Isotonic;
import urgency.statistics.Momentum;
import urgency.statistics.Ranks;

/**
 * Foretells each week which hashtags grow most, and with what chance, from the views of the last
 * four weeks.
 */
final class HashtagTrial {
  static final String OURS = "Urgency Shelf, relative EWMA, half-life 7 d";

  private static final int WINDOW_DAYS = 28;
  private static final int HORIZON_DAYS = 7;
  private static final int STALE_DAYS = 3;
  private static final int TAGS_MIN = 20;
  private static final int SHELF = 20;
  private static final int TEACHING_MAX = 30;
  private static final int BINS = 15;
  private static final int DECISIONS_MAX = 1_000;
  private static final double TOP = 0.1;
  private static final double TINY = 1e-5;
  private static final double AUC_MIN = 0.82;
  private static final double PRECISION_MIN = 0.59;
  private static final double ECE_MAX = 0.02;

  private final Hashtags hashtags;
  private final Report.Means means = new Report.Means();
  private final Cases cases = new Cases();

  /** Ranks and outcomes of past decisions, for the calibration. */
  private final Cases learnt = new Cases();

  HashtagTrial(Hashtags hashtags) {
    this.hashtags = hashtags;
  }

  Report run() {
    var decisions = 0;
    var last = hashtags.last().minusDays(HORIZON_DAYS);
    var weeks = hashtags.first().plusDays(WINDOW_DAYS).until(last, ChronoUnit.WEEKS) + 1;
    // Thirty weeks teach the calibration, and of a short series half of them.
    var teaching = Math.clamp(weeks / 2, 1, TEACHING_MAX);
    for (var today = hashtags.first().plusDays(WINDOW_DAYS);
        !today.isAfter(last) && decisions < DECISIONS_MAX;
        today = today.plusDays(HORIZON_DAYS)) {
      if (decide(today, decisions, teaching)) decisions++;
    }
    if (decisions <= teaching) {
      return Report.of(
          ("the hashtag series: %d weeks with at least %d tags."
                  + " Next step: add readings until there are more than %d.")
              .formatted(decisions, TAGS_MIN, teaching));
    }
    cases.tell(means, OURS, BINS);
    var table =
        new Report.Table(
            "hashtags",
            "Hashtags: growth of the next seven days",
            ("%d tags; %d weekly decisions, of which the first %d only teach the calibration; %d"
                    + " cases. Growth is ln((views + 1) / (views now + 1)); AUC, AP and P@20 are"
                    + " about the tenth that grows most. ECE in %d bins of equal count.")
                .formatted(hashtags.tags().size(), decisions, teaching, cases.count(), BINS),
            means.rows(List.of(OURS)));
    return new Report(
        List.of(),
        List.of(table),
        List.of(new Report.Plot("hashtags", "Chance of a hashtag to break out", cases.bins(BINS))),
        bars(table),
        List.of());
  }

  /** The chances of the tags that were measured, decision by decision. */
  double[] foretold() {
    return cases.chances();
  }

  // A week with too few tags is no decision. All tags known by then are scored and ranked; which of
  // them are read again later is not known by then, and decides only which are measured.
  private boolean decide(LocalDate today, int decision, int teaching) {
    var pasts = new ArrayList<double[]>();
    var nextViews = new ArrayList<Double>();
    var measured = new ArrayList<Integer>();
    for (var tag : hashtags.tags()) {
      var past = hashtags.until(tag, today, WINDOW_DAYS, STALE_DAYS);
      if (past.length == 0) continue;
      pasts.add(past);
      var truth = hashtags.until(tag, today.plusDays(HORIZON_DAYS), 0, STALE_DAYS);
      if (truth.length == 0) continue;
      measured.add(pasts.size() - 1);
      nextViews.add(Math.max(0, truth[0] - past[WINDOW_DAYS]));
    }
    if (measured.size() < TAGS_MIN) return false;
    var next = nextViews.stream().mapToDouble(Double::doubleValue).toArray();
    var growth = new double[next.length];
    for (var i = 0; i < growth.length; i++) {
      var now = pasts.get(measured.get(i))[WINDOW_DAYS];
      growth[i] = StrictMath.log((now + next[i] + 1) / (now + 1));
    }
    var grewMost = Metrics.top(growth, TOP);
    var scores = scores(pasts, decision);
    var ranks = of(measured, Ranks.shares(scores.getOrDefault(OURS, new double[pasts.size()])));
    if (decision >= teaching) {
      scores.forEach((model, it) -> measure(model, of(measured, it), next, growth, grewMost));
      var calibration = Isotonic.fit(learnt.chances(), learnt.hits());
      cases.add(Arrays.stream(ranks).map(calibration::chance).toArray(), grewMost);
    }
    learnt.add(ranks, grewMost);
    return true;
  }

  private static double[] of(List<Integer> chosen, double[] values) {
    return chosen.stream().mapToDouble(it -> values[it]).toArray();
  }

  /**
   * What each formula says.
   *
   * @param pasts views so far at the end of each day of the window, by tag
   */
  static Map<String, double[]> scores(List<double[]> pasts, int decision) {
    var total = pasts.stream().mapToDouble(it -> it[WINDOW_DAYS]).toArray();
    var days1 = last(pasts, 1);
    var days3 = last(pasts, 3);
    var days7 = last(pasts, 7);
    var days14 = last(pasts, 14);
    var days28 = last(pasts, WINDOW_DAYS);
    var acceleration = new double[total.length];
    var relative = new double[total.length];
    for (var i = 0; i < total.length; i++) {
      var floor = TINY * Math.max(1, total[i]);
      acceleration[i] = StrictMath.log((days3[i] / 3 + floor) / (days14[i] / 14 + floor));
      relative[i] = days7[i] / Math.max(1, total[i]);
    }
    var scores = new LinkedHashMap<String, double[]>();
    scores.put(OURS, relativeEwma(pasts, 7));
    scores.put("same, half-life 3 d", relativeEwma(pasts, 3));
    scores.put("same, half-life 14 d", relativeEwma(pasts, 14));
    scores.put("same, half-life 28 d", relativeEwma(pasts, 28));
    scores.put("relative growth, 7 d", relative);
    scores.put("total views", total);
    scores.put("velocity, 1 d", days1);
    scores.put("velocity, 7 d", days7);
    scores.put("burst z, 3 : 28 d", Formulas.burst(days3, 3, days28, WINDOW_DAYS));
    scores.put("acceleration, 3 : 14 d", acceleration);
    scores.put("mix 0.5 / 0.3 / 0.2", Formulas.mix(days7, acceleration, total));
    scores.put("random, seeded", Formulas.random(total.length, decision));
    return scores;
  }

  private void measure(
      String model, double[] scores, double[] next, double[] growth, boolean[] grewMost) {
    means.add(model, "rho views", Metrics.rho(scores, next));
    means.add(model, "rho growth", Metrics.rho(scores, growth));
    means.add(model, "AUC", Metrics.auc(scores, grewMost));
    means.add(model, "AP", Metrics.averagePrecision(scores, grewMost));
    means.add(model, "P@20", Metrics.precision(scores, grewMost, SHELF));
  }

  private static List<Report.Bar> bars(Report.Table table) {
    return List.of(
        new Report.Bar(
            5,
            "hashtags: AUC",
            table.figure(OURS, "AUC").orElseThrow(),
            Report.Bar.Bound.AT_LEAST,
            AUC_MIN),
        new Report.Bar(
            5,
            "hashtags: P@20",
            table.figure(OURS, "P@20").orElseThrow(),
            Report.Bar.Bound.AT_LEAST,
            PRECISION_MIN),
        new Report.Bar(
            5,
            "hashtags: ECE",
            table.figure(OURS, "ECE").orElseThrow(),
            Report.Bar.Bound.AT_MOST,
            ECE_MAX));
  }

  private static double[] last(List<double[]> pasts, int days) {
    return pasts.stream().mapToDouble(it -> it[WINDOW_DAYS] - it[WINDOW_DAYS - days]).toArray();
  }

  /** Recent views a day as a share of all views. */
  private static double[] relativeEwma(List<double[]> pasts, double halfLife) {
    return pasts.stream()
        .mapToDouble(it -> Momentum.relative(Momentum.steps(it), it[WINDOW_DAYS], halfLife))
        .toArray();
  }
}
