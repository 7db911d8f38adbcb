package urgency.storefront;

import java.util.Optional;
import urgency.catalog.Product;
import urgency.shelf.Deal;
import urgency.shelf.Slot;

/**
 * A product that resembles another, as a small link.
 *
 * @param price what it costs now: its deal on the open shelf, else its regular price
 */
record Alike(String slug, String name, int hue, Poster poster, Price price) {
  static Alike of(Product product, Optional<ShelfView.Shown> shown) {
    var price =
        shown
            .flatMap(
                it ->
                    it.edition().slots().stream()
                        .filter(slot -> slot.product().equals(product.id()))
                        .findFirst()
                        .map(slot -> price(it, slot)))
            .orElseGet(() -> Price.plain(product.lowestPrice()));
    return new Alike(
        product.slug(), product.name(), Poster.hue(product.accent()), Poster.small(product), price);
  }

  private static Price price(ShelfView.Shown shown, Slot slot) {
    var deal = slot.headline();
    var was = shown.cues().of(deal.variant()).was();
    return new Price(deal.price(), was, prices(slot) > 1);
  }

  private static long prices(Slot slot) {
    return slot.deals().stream().map(Deal::price).distinct().count();
  }
}
