package urgency.scoring.backtest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import urgency.scoring.Score;

/**
 * Fills a shelf of twenty each week from what was sold before, and counts what it would have sold.
 * Also foretells which products break out, and which run out.
 */
final class RetailTrial {
  static final String SHIPPED = "Urgency Shelf, rules v1";
  static final String EWMA = "EWMA of orders, half-life 7 d";
  static final List<String> METRICS = List.of("rho", "P@20", "ideal share", "NDCG@20");
  static final int HORIZON = 7;
  static final int RECENT = 28;

  private static final int FIRST = 45;
  private static final int STEP = 7;
  private static final int SHELF = 20;
  private static final int PLENTY = 1_000_000;

  /** Below the best baseline by this much is noise; more is a fault. */
  private static final double TOLERANCE = 0.003;

  private final Retail retail;
  private final Shipped shipped = new Shipped();

  RetailTrial(Retail retail) {
    this.retail = retail;
  }

  /** Trading days at whose end a decision is taken. */
  List<Integer> cuts() {
    var cuts = new ArrayList<Integer>();
    for (var today = FIRST; today + HORIZON < retail.tradingDays(); today += STEP) cuts.add(today);
    return cuts;
  }

  Report run(Consumer<String> progress) {
    var cuts = cuts();
    if (cuts.isEmpty()) {
      return Report.of(
          ("the product sales: only %d trading days."
                  + " Next step: add files until there are %d or more.")
              .formatted(retail.tradingDays(), FIRST + HORIZON + 1));
    }
    var means = new Report.Means();
    var teaching = BreakOutTrial.teaching(cuts.size());
    var breakOut = new BreakOutTrial(teaching);
    var sellOut = new SellOutTrial(shipped, teaching);
    for (var today : cuts) {
      progress.accept("product sales until %s".formatted(retail.day(today)));
      var past = retail.until(today, RECENT);
      var next = retail.next(today, RECENT, HORIZON);
      var scores = scores(past);
      var brokeOut = breakOut.week(past, next, scores);
      scores.forEach((model, it) -> measure(means, model, it, next, brokeOut));
      sellOut.week(past, next);
    }
    var tables = new ArrayList<Report.Table>();
    tables.add(
        new Report.Table(
            "retail-shelf",
            "Product sales: a shelf of twenty",
            protocol(cuts) + beside(means),
            means.rows(List.of(SHIPPED))));
    var plots = new ArrayList<Report.Plot>();
    var bars = new ArrayList<Report.Bar>();
    var missing = new ArrayList<>(missing(cuts.size()));
    if (retail.goods() > SHELF) {
      bars.addAll(bars(tables.getFirst()));
    } else {
      missing.add(
          "a shelf of %d: of %d products there is nothing to choose. Next step: add products."
              .formatted(SHELF, retail.goods()));
    }
    breakOut.tell(tables, plots, bars, missing);
    sellOut.tell(tables, plots, bars, missing);
    return new Report(List.of(), tables, plots, bars, missing);
  }

  /** What each ranker says at the end of a day; the shipped one first. */
  Map<String, double[]> scores(Retail.Past past) {
    var stock = new int[past.goods().size()];
    java.util.Arrays.fill(stock, PLENTY);
    var scores = new LinkedHashMap<String, double[]>();
    scores.put(
        SHIPPED, shipped.scores(past, stock, HORIZON).stream().mapToDouble(Score::value).toArray());
    scores.putAll(Formulas.ofSales(past));
    return scores;
  }

  private static void measure(
      Report.Means means, String model, double[] scores, double[] next, boolean[] brokeOut) {
    means.add(model, "rho", Metrics.rho(scores, next));
    means.add(model, "P@20", Metrics.precision(scores, next, SHELF));
    means.add(model, "ideal share", Metrics.idealShare(scores, next, SHELF));
    means.add(model, "NDCG@20", Metrics.ndcg(scores, next, SHELF));
    means.add(model, "break-out AUC", Metrics.auc(scores, brokeOut));
  }

  private static List<Report.Bar> bars(Report.Table table) {
    var bars = new ArrayList<Report.Bar>();
    for (var metric : METRICS) {
      var best =
          table.rows().stream()
              .filter(it -> !it.ours())
              .mapToDouble(it -> it.figures().getOrDefault(metric, 0.0))
              .max()
              .orElse(0);
      bars.add(
          new Report.Bar(
              1,
              "shelf: %s, at most 0.003 below the best baseline".formatted(metric),
              table.figure(SHIPPED, metric).orElseThrow(),
              Report.Bar.Bound.AT_LEAST,
              best - TOLERANCE));
    }
    return bars;
  }

  // The first decision teaches what the others are tested with.
  private List<String> missing(int decisions) {
    if (decisions > 1) return List.of();
    return List.of(
        ("break-outs and sell-outs: one decision in %d trading days, and it takes two."
                + " Next step: add files until there are %d or more.")
            .formatted(retail.tradingDays(), FIRST + HORIZON + STEP + 1));
  }

  private static String beside(Report.Means means) {
    return METRICS.stream()
        .map(it -> means.pair(SHIPPED, it).toString())
        .collect(
            Collectors.joining(
                "; ",
                " Ours against the best baseline, paired by decision, ± one standard error: ",
                "."));
  }

  private String protocol(List<Integer> cuts) {
    return ("%d products, %d trading days from %s to %s; %d decisions, a week of trading days"
            + " apart. Candidates were ordered in the last %d trading days; truth is their distinct"
            + " orders in the next %d. Means over the decisions; equal scores are taken in the"
            + " order of product codes. Break-out AUC: how well the same score finds the tenth"
            + " that outgrows its own past most.")
        .formatted(
            retail.goods(),
            retail.tradingDays(),
            retail.day(0),
            retail.day(retail.tradingDays() - 1),
            cuts.size(),
            RECENT,
            HORIZON);
  }
}
