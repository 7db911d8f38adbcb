package urgency.live;

import java.util.HashMap;
import java.util.Map;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.shelf.Edition;
import urgency.shelf.Slot;

/**
 * How much is left and sold of everything on the open shelf, at one moment.
 *
 * @param restocked units put in since it opened; variants without any may be absent
 * @param left units that a shopper can still get; every variant of the edition is there
 * @param sold units of paid orders in this edition; variants without any may be absent
 */
public record ShelfStock(
    Edition edition,
    Map<VariantId, Integer> restocked,
    Map<VariantId, Integer> left,
    Map<VariantId, Integer> sold) {
  public ShelfStock {
    restocked = Map.copyOf(restocked);
    left = Map.copyOf(left);
    sold = Map.copyOf(sold);
  }

  /** What is told about one product: the sums over its variants. */
  public record Figures(int stocked, int left, int sold) {}

  /** The figures of every product of the edition. */
  public Map<ProductId, Figures> figures() {
    var figures = new HashMap<ProductId, Figures>();
    for (var slot : edition.slots()) figures.put(slot.product(), figures(slot));
    return figures;
  }

  private Figures figures(Slot slot) {
    var stocked = 0;
    var unitsLeft = 0;
    var unitsSold = 0;
    for (var deal : slot.deals()) {
      stocked += deal.unitsStocked() + restocked.getOrDefault(deal.variant(), 0);
      unitsLeft += left.getOrDefault(deal.variant(), 0);
      unitsSold += sold.getOrDefault(deal.variant(), 0);
    }
    return new Figures(stocked, unitsLeft, unitsSold);
  }
}
