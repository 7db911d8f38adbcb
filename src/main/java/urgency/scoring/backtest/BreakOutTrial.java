package urgency.scoring.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import urgency.scoring.BreakOutHead;

/**
 * Foretells, week by week, which products outgrow their own past, learning only from weeks that
 * were over. Decisions are a horizon apart, so every earlier one is.
 */
final class BreakOutTrial {
  static final String LEARNT = "Urgency Shelf, learnt break-out head";

  private static final int TEACHING_MAX = 10;

  private static final int SHELF = 20;
  private static final int BINS = 10;
  private static final double AUC_MIN = 0.645;
  private static final double ECE_MAX = 0.02;

  private final List<double[]> learntFeatures = new ArrayList<>();
  private final Cases learnt = new Cases();
  private final Report.Means means = new Report.Means();
  private final Cases cases = new Cases();
  private final Cases base = new Cases();
  private final int teaching;
  private int weeks;
  private int tested;

  /**
   * @param teaching weeks that only teach
   */
  BreakOutTrial(int teaching) {
    this.teaching = teaching;
  }

  /** How many of so many weeks only teach: ten, and of few weeks half, so that some are tested. */
  static int teaching(int weeks) {
    return Math.clamp(weeks / 2, 1, TEACHING_MAX);
  }

  /** The chances of the coming week, by candidate; none while there is too little to learn from. */
  Optional<double[]> foretell(int[][] orders) {
    if (weeks < teaching) return Optional.empty();
    var head = BreakOutHead.fit(learntFeatures.toArray(double[][]::new), learnt.hits());
    var chances = new double[orders.length];
    for (var i = 0; i < chances.length; i++) {
      chances[i] = head.chance(BreakOutHead.features(orders[i]));
    }
    return Optional.of(chances);
  }

  /** Foretells a week when there is enough to learn from, then learns it; answers the truth. */
  boolean[] week(Retail.Past past, double[] next, Map<String, double[]> formulas) {
    var orders = past.orders();
    var growth = new double[orders.length];
    var features = new double[orders.length][];
    for (var i = 0; i < orders.length; i++) {
      growth[i] = BreakOutHead.growth(orders[i], (int) next[i]);
      features[i] = BreakOutHead.features(orders[i]);
    }
    var brokeOut = Metrics.top(growth, BreakOutHead.TOP_SHARE);
    var foretold = foretell(orders);
    if (foretold.isPresent()) {
      var chances = foretold.get();
      cases.add(chances, brokeOut);
      measure(LEARNT, chances, brokeOut);
      formulas.forEach((model, scores) -> measure(model, scores, brokeOut));
      var share = new double[brokeOut.length];
      java.util.Arrays.fill(share, BreakOutHead.TOP_SHARE);
      base.add(share, brokeOut);
      tested++;
    }
    weeks++;
    learntFeatures.addAll(List.of(features));
    learnt.add(growth, brokeOut);
    return brokeOut;
  }

  void tell(
      List<Report.Table> tables,
      List<Report.Plot> plots,
      List<Report.Bar> bars,
      List<String> missing) {
    if (tested == 0) return;
    cases.tell(means, LEARNT, BINS);
    base.tell(means, "always one in ten", BINS);
    var table =
        new Report.Table(
            "retail-break-out",
            "Product sales: break-outs",
            ("The tenth of products with the highest ln((orders + 2) / (7 EWMA + 2)) of the next 7"
                    + " trading days. The first %d decisions only teach; %d are tested, %d cases,"
                    + " each foretold from decisions whose week was over. AUC, AP and P@20 are"
                    + " means over decisions, Brier, ECE (%d bins of equal count) and log loss"
                    + " over all cases; chance alone would give an ECE of %.4f.")
                .formatted(teaching, tested, cases.count(), BINS, cases.eceOfChance(BINS)),
            means.rows(List.of(LEARNT)));
    tables.add(table);
    plots.add(new Report.Plot("break-out", "Chance to break out", cases.bins(BINS)));
    var few = cases.tooFew("break-outs", BINS, ECE_MAX);
    if (few.isPresent()) {
      missing.add(few.get());
      return;
    }
    bars.add(
        new Report.Bar(
            2,
            "break-out: AUC",
            table.figure(LEARNT, "AUC").orElseThrow(),
            Report.Bar.Bound.AT_LEAST,
            AUC_MIN));
    bars.add(
        new Report.Bar(
            2,
            "break-out: ECE",
            table.figure(LEARNT, "ECE").orElseThrow(),
            Report.Bar.Bound.AT_MOST,
            ECE_MAX));
  }

  private void measure(String model, double[] scores, boolean[] brokeOut) {
    means.add(model, "AUC", Metrics.auc(scores, brokeOut));
    means.add(model, "AP", Metrics.averagePrecision(scores, brokeOut));
    means.add(model, "P@20", Metrics.precision(scores, brokeOut, SHELF));
  }
}
