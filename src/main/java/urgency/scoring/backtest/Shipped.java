package urgency.scoring.backtest;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import urgency.catalog.Media;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.SalesHistory;
import urgency.catalog.Variant;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.platform.settings.Settings;
import urgency.scoring.Score;
import urgency.scoring.Scorer.Candidate;
import urgency.scoring.ScoringSettings;
import urgency.scoring.rules.RulesScorer;

/**
 * The scorer as the shop runs it, with its default settings, asked about the past. Products differ
 * by their sales alone: one price, one category, no trends. Trading days stand for days, so that a
 * closed Saturday is not a day without demand.
 */
final class Shipped {
  private static final String CATEGORY = "goods";
  private static final Money PRICE = Money.of(1_000, "GBP");

  private final RulesScorer scorer =
      new RulesScorer(
          ScoringSettings.read(Settings.read(Map.of(), Optional.empty()), Duration.ofHours(4)));

  /** One score for each candidate, in their order. */
  List<Score> scores(Retail.Past past, int[] stock, int horizonDays) {
    var candidates = new ArrayList<Candidate>();
    for (var i = 0; i < stock.length; i++) {
      var product = product(i, past.goods().get(i));
      candidates.add(new Candidate(product, stock[i], sales(past, i), List.of()));
    }
    var midnight = LocalDate.ofEpochDay(past.today() + 1L).atStartOfDay().toInstant(ZoneOffset.UTC);
    var byId = new HashMap<ProductId, Score>();
    for (var score : scorer.score(candidates, midnight, Duration.ofDays(horizonDays))) {
      byId.put(score.product(), score);
    }
    var scores = new ArrayList<Score>(stock.length);
    for (var it : candidates) {
      var score = byId.get(it.product().id());
      if (score == null) throw new IllegalStateException("no score of " + it.product().slug());
      scores.add(score);
    }
    return scores;
  }

  private static List<SalesHistory.Day> sales(Retail.Past past, int candidate) {
    var sales = new ArrayList<SalesHistory.Day>();
    for (var day = 0; day <= past.today(); day++) {
      var orders = past.orders()[candidate][day];
      if (orders == 0) continue;
      var units = past.units()[candidate][day];
      sales.add(new SalesHistory.Day(LocalDate.ofEpochDay(day), orders, units));
    }
    return sales;
  }

  private static Product product(int index, String code) {
    var id = new UUID(0, index);
    var variant = new Variant(new VariantId(id), code, code, PRICE, Optional.empty());
    return new Product(
        new ProductId(id),
        code,
        code,
        "",
        CATEGORY,
        "#000000",
        Set.of(),
        Media.NONE,
        List.of(variant),
        false);
  }
}
