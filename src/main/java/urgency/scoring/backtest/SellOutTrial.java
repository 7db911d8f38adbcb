package urgency.scoring.backtest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import urgency.scoring.Score;
import urgency.statistics.Logistic;
import urgency.statistics.NegativeBinomial;

/**
 * Foretells whether an invented stock runs out within the horizon. The data know no stock, so each
 * product gets half to three times what is expected of it, drawn with a seed.
 */
final class SellOutTrial {
  static final String SHIPPED = "Urgency Shelf, rules v1 (Gamma-Poisson)";

  private static final long SEED = 7_919;
  private static final double STOCK_MIN = 0.5;
  private static final double STOCK_MAX = 3;

  private static final int BINS = 15;
  private static final double ECE_MAX = 0.02;
  private static final double RIDGE = 1;

  /** So many orders behind the rate that its uncertainty vanishes: the plain Poisson. */
  private static final double CERTAIN = 1e12;

  private static final double RATE_MIN = 1e-6;

  private final Shipped shipped;
  private final List<double[]> rows = new ArrayList<>();
  private final List<Boolean> outcomes = new ArrayList<>();
  private final Map<String, Cases> cases = new LinkedHashMap<>();
  private final int teaching;
  private int weeks;

  /**
   * @param teaching weeks that only teach, as the break-out head has them
   */
  SellOutTrial(Shipped shipped, int teaching) {
    this.shipped = shipped;
    this.teaching = teaching;
  }

  void week(Retail.Past past, double[] next) {
    var stock = stock(past);
    var soldOut = new boolean[next.length];
    for (var i = 0; i < next.length; i++) soldOut[i] = next[i] >= stock[i];
    var rates = Formulas.rate(past.orders(), 7);
    if (weeks++ >= teaching) {
      chances(past, stock, rates).forEach((model, it) -> at(model).add(it, soldOut));
    }
    for (var i = 0; i < next.length; i++) {
      rows.add(cover(stock[i], rates[i]));
      outcomes.add(soldOut[i]);
    }
  }

  void tell(
      List<Report.Table> tables,
      List<Report.Plot> plots,
      List<Report.Bar> bars,
      List<String> missing) {
    if (cases.isEmpty()) return;
    var means = new Report.Means();
    cases.forEach(
        (model, it) -> {
          means.add(model, "AUC", Metrics.auc(it.chances(), it.hits()));
          it.tell(means, model, BINS);
        });
    var ours = at(SHIPPED);
    var table =
        new Report.Table(
            "retail-sell-out",
            "Product sales: will the stock last a week?",
            ("%d cases of %d decisions after the first %d, of which %.3f sold out. Stock is %.1f"
                    + " to %.1f times the expected orders, drawn with a seed, evenly on the scale"
                    + " of ratios. All figures over all cases; ECE in %d bins of equal count;"
                    + " chance alone would give ours one of %.4f.")
                .formatted(
                    ours.count(),
                    weeks - teaching,
                    teaching,
                    ours.shareOfHits(),
                    STOCK_MIN,
                    STOCK_MAX,
                    BINS,
                    ours.eceOfChance(BINS)),
            means.rows(List.of(SHIPPED)));
    tables.add(table);
    plots.add(new Report.Plot("sell-out", "Chance to sell out", ours.bins(BINS)));
    var few = ours.tooFew("sell-outs", BINS, ECE_MAX);
    if (few.isPresent()) {
      missing.add(few.get());
      return;
    }
    bars.add(
        new Report.Bar(
            4,
            "sell-out: ECE",
            table.figure(SHIPPED, "ECE").orElseThrow(),
            Report.Bar.Bound.AT_MOST,
            ECE_MAX));
    var others =
        table.rows().stream()
            .filter(it -> !it.ours())
            .mapToDouble(it -> it.figures().getOrDefault("Brier", 1.0))
            .min()
            .orElse(1);
    bars.add(
        new Report.Bar(
            4,
            "sell-out: Brier, below every baseline",
            table.figure(SHIPPED, "Brier").orElseThrow(),
            Report.Bar.Bound.AT_MOST,
            others));
  }

  private Map<String, double[]> chances(Retail.Past past, int[] stock, double[] rates) {
    var logistic = logistic();
    var orders28 = past.last(past.orders(), RetailTrial.RECENT);
    var ratio = new double[stock.length];
    var cover = new double[stock.length];
    var poisson = new double[stock.length];
    for (var i = 0; i < stock.length; i++) {
      var expected = orders28[i] * RetailTrial.HORIZON / RetailTrial.RECENT;
      ratio[i] = expected / (expected + stock[i]);
      cover[i] = logistic.chance(cover(stock[i], rates[i]));
      poisson[i] =
          NegativeBinomial.predictive(rates[i] * RetailTrial.HORIZON, CERTAIN, 0).atLeast(stock[i]);
    }
    var chances = new LinkedHashMap<String, double[]>();
    chances.put(
        SHIPPED,
        shipped.scores(past, stock, RetailTrial.HORIZON).stream()
            .mapToDouble(Score::sellOutChance)
            .toArray());
    chances.put("velocity to stock, raw", ratio);
    chances.put("cover hours, logistic", cover);
    chances.put("Poisson(EWMA)", poisson);
    return chances;
  }

  private Logistic logistic() {
    var hits = new boolean[outcomes.size()];
    for (var i = 0; i < hits.length; i++) hits[i] = outcomes.get(i);
    return Logistic.fit(rows.toArray(double[][]::new), hits, RIDGE);
  }

  private static double[] cover(int stock, double rate) {
    return new double[] {StrictMath.log(stock / Math.max(RATE_MIN, rate))};
  }

  /** At least one unit of each candidate. */
  private static int[] stock(Retail.Past past) {
    var random = new SplittableRandom(SEED + past.today());
    var rates = Formulas.rate(past.orders(), 7);
    var stock = new int[rates.length];
    for (var i = 0; i < stock.length; i++) {
      var times = STOCK_MIN * StrictMath.pow(STOCK_MAX / STOCK_MIN, random.nextDouble());
      stock[i] = (int) Math.max(1, Math.rint(times * rates[i] * RetailTrial.HORIZON));
    }
    return stock;
  }

  private Cases at(String model) {
    return cases.computeIfAbsent(model, _ -> new Cases());
  }
}
