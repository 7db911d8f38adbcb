package urgency.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.shelf.Deal;
import urgency.shelf.Edition;
import urgency.shelf.Slot;

/** An open shelf for the tests of what is live. */
final class LiveExamples {
  static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  static final Money PRICE = Money.of(1819, "USD");

  static final LiveSettings SETTINGS = new LiveSettings(100, 100, 3, true);

  private LiveExamples() {}

  /** Products 1, 2, … with one variant each, open for an hour. */
  static Edition edition(long number, Instant opensAt, int products) {
    var slots = new ArrayList<Slot>();
    for (var i = 1; i <= products; i++) {
      var deal = new Deal(variant(i), "Thing " + i, PRICE, PRICE, PRICE, 10, 5);
      slots.add(
          new Slot(i, product(i), List.of(deal), 50, 50, "Because.", "", "rules v1", opensAt));
    }
    return new Edition(number, opensAt, opensAt.plusSeconds(3600), slots);
  }

  static ProductId product(int number) {
    return new ProductId(new UUID(0, number));
  }

  static VariantId variant(int number) {
    return new VariantId(new UUID(1, number));
  }
}
