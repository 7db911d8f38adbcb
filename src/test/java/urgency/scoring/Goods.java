package urgency.scoring;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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
import urgency.trends.Trend;
import urgency.trends.TrendObservation.Point;

/** Products, sales and trends to score in tests. */
public final class Goods {
  /** Midnight, so that today has not begun to count as time on sale. */
  public static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

  public static final LocalDate TODAY = LocalDate.parse("2026-11-24");

  private Goods() {}

  public static Product product(int number, String name, String category, String... tags) {
    return product(number, name, category, Optional.of(600L), tags);
  }

  /** A product at 10.00 with the cost given. */
  public static Product product(
      int number, String name, String category, Optional<Long> cost, String... tags) {
    return new Product(
        new ProductId(new UUID(0, number)),
        "slug-" + number,
        name,
        "",
        category,
        "#ffffff",
        Set.of(tags),
        Media.NONE,
        List.of(
            new Variant(
                new VariantId(new UUID(1, number)),
                "sku-" + number,
                name,
                Money.of(1000, "EUR"),
                cost.map(it -> Money.of(it, "EUR")))),
        false);
  }

  public static SalesHistory.Day sold(int daysAgo, int orders) {
    return new SalesHistory.Day(TODAY.minusDays(daysAgo), orders, orders);
  }

  /** A fresh trend whose curve ends yesterday. */
  public static Trend trend(String key, Trend.Stage stage, double... values) {
    var curve = new ArrayList<Point>();
    for (var value : values) {
      curve.add(new Point(TODAY.minusDays(values.length - (long) curve.size()), value));
    }
    return new Trend(
        key, key, "US", stage, curve, 10, 1000, 12, "test", TODAY.minusDays(1), NOW, 1, false);
  }
}
