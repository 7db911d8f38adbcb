package urgency.shelf;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import urgency.catalog.Media;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.Variant;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.platform.settings.Settings;
import urgency.scoring.Score;

/** Products and candidates for the tests of the shelf. */
final class Examples {
  static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  static final Duration REFRESH = Duration.ofHours(4);
  static final Schedule.Window WINDOW = new Schedule.Window(NOON, NOON.plus(REFRESH));

  /** Without chance and diversity: what value and the caps decide. */
  static final ShelfSettings SETTINGS =
      settings(Map.of("URGENCY_SHELF_EXPLORE_SLOTS", "0", "URGENCY_SHELF_DIVERSITY_PERCENT", "0"));

  private Examples() {}

  static ShelfSettings settings(Map<String, String> environment) {
    return ShelfSettings.read(Settings.read(environment, Optional.empty()));
  }

  static Money dollars(long minor) {
    return Money.of(minor, "USD");
  }

  /** A candidate with one variant at 30.00 dollars, in stock, with 30 days of that price. */
  static Candidate candidate(int id, double value) {
    return candidate(id, value, "home", 20, 3000, Optional.empty());
  }

  static Candidate candidate(
      int id, double value, String category, int units, long price, Optional<Money> cost) {
    var variant = new VariantId(new UUID(1, id));
    var product =
        product(id, category, new Variant(variant, "SKU-" + id, "Thing", dollars(price), cost));
    return new Candidate(
        product,
        score(product.id(), value, 0.5),
        Map.of(variant, units),
        Map.of(variant, dollars(price)),
        Map.of(),
        false);
  }

  static Product product(int id, String category, Variant... variants) {
    return new Product(
        new ProductId(new UUID(0, id)),
        "thing-" + id,
        "Thing",
        "A thing.",
        category,
        "#aa66cc",
        Set.of(),
        Media.NONE,
        List.of(variants),
        false);
  }

  static Score score(ProductId product, double value, double sellOutChance) {
    return new Score(
        product, 50, 50, 4, sellOutChance, 4, value, List.of(), "Because.", "", "rules v1", NOON);
  }

  static VariantId variant(int id) {
    return new VariantId(new UUID(1, id));
  }

  /** Anything that can happen, from a seed. */
  static Candidate random(int id, Random random) {
    var variants = new Variant[1 + random.nextInt(3)];
    var left = new HashMap<VariantId, Integer>();
    var references = new HashMap<VariantId, Money>();
    var lastFlash = new HashMap<VariantId, Money>();
    for (var i = 0; i < variants.length; i++) {
      var variant = new VariantId(new UUID(100 + i, id));
      var price = 1 + random.nextInt(20_000);
      var cost =
          random.nextInt(4) == 0
              ? Optional.<Money>empty()
              : Optional.of(dollars(random.nextInt(price + price / 10 + 1)));
      variants[i] = new Variant(variant, "SKU-" + id + i, "No " + i, dollars(price), cost);
      if (random.nextInt(5) > 0) left.put(variant, random.nextInt(30));
      if (random.nextInt(5) > 0) {
        references.put(variant, dollars(1 + price * (60L + random.nextInt(60)) / 100));
      }
      if (random.nextInt(5) == 0) lastFlash.put(variant, dollars(price * 3L / 4));
    }
    var product = product(id, "category-" + random.nextInt(7), variants);
    return new Candidate(
        product,
        // Few distinct values, so that ties are common.
        score(product.id(), random.nextInt(12), random.nextDouble()),
        left,
        references,
        lastFlash,
        random.nextInt(4) == 0);
  }
}
