package urgency.live;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import urgency.catalog.ProductId;
import urgency.claims.Claim;
import urgency.claims.Claims;
import urgency.claims.Cue;
import urgency.claims.Evidence;

/**
 * Notices what was paid for just now: units of paid orders that were not there at the last reading,
 * if that was less than a minute ago. Nothing about who or where.
 */
final class Purchases {
  private long edition;
  private Map<ProductId, Integer> sold = Map.of();
  private Instant readAt = Instant.EPOCH;

  /**
   * @param at when the units sold were read
   */
  Map<ProductId, Claim<Cue.JustBought>> notice(ShelfStock stock, Instant at, Instant now) {
    var units = new HashMap<ProductId, Integer>();
    stock.figures().forEach((product, figures) -> units.put(product, figures.sold()));
    var bought = new HashMap<ProductId, Claim<Cue.JustBought>>();
    if (edition == stock.edition().number()) {
      units.forEach(
          (product, count) -> {
            var more = count - sold.getOrDefault(product, count);
            var evidence = new Evidence.Purchase(more, Duration.between(readAt, at), readAt, at);
            Claims.check(new Cue.JustBought(more), evidence, now)
                .accepted()
                .ifPresent(it -> bought.put(product, it));
          });
    }
    edition = stock.edition().number();
    sold = units;
    readAt = at;
    return bought;
  }
}
