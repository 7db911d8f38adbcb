package urgency.shelf;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import urgency.catalog.ProductId;
import urgency.scoring.Score;

/**
 * A product's place in an edition, with why it is there.
 *
 * @param place 1 is the Daily Drop
 * @param deals one per variant
 * @param evidence strongest trend in words with its numbers, empty when there is none
 * @param basis what the two numbers rest on; empty in editions from before it was kept
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
    Instant scoredAt,
    // Left out where it is empty, so that older decisions keep their digests.
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Basis> basis) {
  public Slot {
    deals = List.copyOf(deals);
    if (deals.isEmpty()) throw new IllegalArgumentException("slot without deal: " + product);
  }

  /** What the two numbers rested on, and how sure they were, when the edition was published. */
  public record Basis(Score.Source source, Score.Bands bands) {}

  /** One of which no more is known. */
  public Slot(
      int place,
      ProductId product,
      List<Deal> deals,
      int virality,
      int urgency,
      String reason,
      String evidence,
      String scorer,
      Instant scoredAt) {
    this(
        place,
        product,
        deals,
        virality,
        urgency,
        reason,
        evidence,
        scorer,
        scoredAt,
        Optional.empty());
  }

  /** The cheapest deal, which the card shows. */
  public Deal headline() {
    return deals.stream().min(java.util.Comparator.comparing(Deal::price)).orElseThrow();
  }
}
