package urgency.shelf;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.catalog.Catalog;
import urgency.catalog.PriceHistory;
import urgency.catalog.Product;
import urgency.catalog.VariantId;
import urgency.inventory.Stock;
import urgency.scoring.Overrides;
import urgency.scoring.Scoring;

/** Gathers from the other features what the curator decides upon. */
@Singleton
final class Candidates {
  private static final Duration REFERENCE = Duration.ofDays(30);

  private final Catalog catalog;
  private final Stock stock;
  private final PriceHistory prices;
  private final Scoring scoring;
  private final ShelfSettings settings;

  Candidates(
      Catalog catalog, Stock stock, PriceHistory prices, Scoring scoring, ShelfSettings settings) {
    this.catalog = catalog;
    this.stock = stock;
    this.prices = prices;
    this.scoring = scoring;
    this.settings = settings;
  }

  /** Rates everything anew. May ask a model, so never within a transaction. */
  void rate(Instant now) {
    scoring.run(now);
  }

  /** Every product that has a score. */
  List<Candidate> gather(Handle tx, Instant opensAt, EditionRows.Shown shown) {
    var products = catalog.all(tx);
    var scores = Scoring.latest(tx);
    var variants = new ArrayList<VariantId>();
    for (var product : products) {
      if (scores.containsKey(product.id())) {
        for (var variant : product.variants()) variants.add(variant.id());
      }
    }
    var levels = stock.levels(tx, variants);
    var references = prices.lowest(tx, variants, opensAt.minus(REFERENCE), opensAt);
    var barred = Overrides.barred(tx);
    var risks = scoring.waiting(tx);
    var lastFlash = EditionRows.lowestFlash(tx, opensAt.minus(settings.flashCooling()));

    var candidates = new ArrayList<Candidate>(products.size());
    for (var product : products) {
      var score = scores.get(product.id());
      if (score == null) continue;
      candidates.add(
          new Candidate(
              product,
              score,
              left(product, levels),
              only(product, references),
              only(product, lastFlash),
              shown.last(product.id()),
              Optional.ofNullable(barred.get(product.id())).map(Overrides.Barred::reason),
              shown.in(product.id()),
              Optional.ofNullable(risks.get(product.id()))));
    }
    return candidates;
  }

  private static Map<VariantId, Integer> left(Product product, Map<VariantId, Stock.Level> levels) {
    var left = new HashMap<VariantId, Integer>();
    only(product, levels).forEach((variant, level) -> left.put(variant, level.left()));
    return left;
  }

  private static <T> Map<VariantId, T> only(Product product, Map<VariantId, T> all) {
    var only = new HashMap<VariantId, T>();
    for (var variant : product.variants()) {
      var it = all.get(variant.id());
      if (it != null) only.put(variant.id(), it);
    }
    return only;
  }
}
