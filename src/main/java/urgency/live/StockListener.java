package urgency.live;

import java.util.Set;
import urgency.catalog.ProductId;

/** Hears on this node when the figures of the open shelf moved, at most four times a second. */
@FunctionalInterface
public interface StockListener {
  /**
   * Called on the pulse's own thread; what takes long delays the next pulse, not a shopper.
   *
   * @param moved products whose figures differ from the last call; all of them on a new shelf
   */
  void moved(ShelfStock stock, Set<ProductId> moved);
}
