package urgency.shelf;

import java.time.Instant;
import java.util.List;
import urgency.catalog.ProductId;

/**
 * A product's place in an edition, with why it is there.
 *
 * @param place 1 is the Daily Drop
 * @param deals one per variant
 * @param evidence strongest trend in words with its numbers, empty when there is none
 */
public record Slot(
    int place,
    ProductId product,
    List<Deal> deals,
    int virality,
    int urgency,
    String reason,
    String evidence,
    String scorer,
    Instant scoredAt) {
  public Slot {
    deals = List.copyOf(deals);
    if (deals.isEmpty()) throw new IllegalArgumentException("slot without deal: " + product);
  }

  /** The cheapest deal, which the card shows. */
  public Deal headline() {
    return deals.stream().min(java.util.Comparator.comparing(Deal::price)).orElseThrow();
  }
}
