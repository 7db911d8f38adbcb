package urgency.live;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import urgency.catalog.ProductId;
import urgency.claims.Claim;
import urgency.claims.Claims;
import urgency.claims.Cue;
import urgency.claims.Evidence;

/**
 * What phones are told of a product's units.
 *
 * @param left whether it can be bought; told as a number only as {@code few}
 * @param few that few are left, where that may be said
 * @param sold how many were sold, where that may be said
 */
record Units(int left, Optional<Claim<Cue.UnitsLeft>> few, Optional<Claim<Cue.UnitsSold>> sold) {

  /**
   * Of every product of the shelf.
   *
   * @param at when the figures were read
   */
  static Map<ProductId, Units> of(ShelfStock stock, Instant at, Instant now) {
    var figures = stock.figures();
    var all = new HashMap<ProductId, Units>();
    for (var slot : stock.edition().slots()) {
      var it = figures.getOrDefault(slot.product(), new ShelfStock.Figures(0, 0));
      var stocked = slot.deals().stream().mapToInt(deal -> deal.unitsStocked()).sum();
      var evidence = new Evidence.Units(stocked, it.sold(), it.left(), Optional.empty(), at);
      all.put(
          slot.product(),
          new Units(
              it.left(),
              Claims.check(new Cue.UnitsLeft(it.left()), evidence, now).accepted(),
              Claims.check(new Cue.UnitsSold(it.sold()), evidence, now).accepted()));
    }
    return all;
  }

  /** The number sold that may be told; zero when none may. */
  int soldTold() {
    return sold.map(it -> it.cue().units()).orElse(0);
  }
}
