package urgency.storefront;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import urgency.catalog.Product;
import urgency.catalog.VariantId;
import urgency.shelf.Edition;
import urgency.shelf.Slot;

/**
 * A product on the open shelf, as a card shows it.
 *
 * @param hue light around the product, in steps of 15 degrees
 * @param state {@code gone} when nothing is left, else empty
 * @param rank 1 to 3 for the first three places, else 0
 */
record Card(
    int place,
    int of,
    String product,
    String slug,
    String name,
    Category category,
    int hue,
    String state,
    int rank,
    String evidence,
    Poster poster,
    Price price,
    boolean flash,
    Instant closes,
    Availability stock) {
  private static final int RANKED = 3;

  static Card of(
      Edition edition,
      Slot slot,
      Product product,
      Map<VariantId, Integer> left,
      Map<VariantId, Integer> sold,
      Poster poster) {
    var deals = slot.deals();
    var stocked = deals.stream().mapToInt(it -> it.unitsStocked()).sum();
    var leftNow = deals.stream().mapToInt(it -> left.getOrDefault(it.variant(), 0)).sum();
    var soldNow = deals.stream().mapToInt(it -> sold.getOrDefault(it.variant(), 0)).sum();
    var deal =
        deals.stream()
            .filter(it -> left.getOrDefault(it.variant(), 0) > 0)
            .min(Comparator.comparing(it -> it.price()))
            .orElseGet(slot::headline);
    var several = deals.stream().map(it -> it.price()).distinct().count() > 1;
    var id = product.id().value().toString();
    return new Card(
        slot.place(),
        edition.slots().size(),
        id,
        product.slug(),
        product.name(),
        new Category(product.category(), 0),
        Poster.hue(product.accent()),
        leftNow <= 0 ? "gone" : "",
        slot.place() <= RANKED ? slot.place() : 0,
        slot.evidence(),
        poster,
        Price.of(deal, several),
        deal.flash() && leftNow > 0,
        edition.closesAt(),
        Availability.of(id, stocked, soldNow, leftNow));
  }

  /** A product that no open edition has: its regular price, and nothing urgent. */
  static Card offShelf(Product product, Poster poster) {
    var id = product.id().value().toString();
    return new Card(
        0,
        0,
        id,
        product.slug(),
        product.name(),
        new Category(product.category(), 0),
        Poster.hue(product.accent()),
        "over",
        0,
        "",
        poster,
        Price.plain(product.lowestPrice()),
        false,
        Instant.EPOCH,
        Availability.of(id, 0, 0, 0));
  }
}
