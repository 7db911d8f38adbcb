package urgency.claims;

import java.time.Instant;
import java.util.Optional;
import urgency.catalog.ProductId;

/**
 * A claim where it stands: on which product and in which edition. One place says one thing of each
 * kind at a time.
 *
 * @param part the variant or other part of the product it speaks of, empty for the whole
 */
public record Statement(long edition, Optional<ProductId> product, String part, Claim<?> claim) {

  /** The place of a statement; another statement with the same place replaces it. */
  record Place(long edition, Optional<ProductId> product, String part, Class<?> kind) {}

  public static Statement of(long edition, ProductId product, Claim<?> claim) {
    return new Statement(edition, Optional.of(product), "", claim);
  }

  /** What is said of the edition as a whole. */
  public static Statement of(long edition, Claim<?> claim) {
    return new Statement(edition, Optional.empty(), "", claim);
  }

  Place place() {
    return new Place(edition, product, part, claim.cue().getClass());
  }

  /** The kind of its cue, such as {@code UnitsLeft}. */
  public String kind() {
    return claim.cue().getClass().getSimpleName();
  }

  /** The line that goes on record. */
  Line line(Instant at, String node, boolean ended) {
    return new Line(
        at,
        node,
        edition,
        product.map(it -> it.value().toString()).orElse(""),
        part,
        kind(),
        ended,
        claim.cue(),
        claim.evidence());
  }

  /**
   * One line of the record, in the order of its members.
   *
   * @param ended whether it was said until then, instead of from then on
   */
  record Line(
      Instant at,
      String node,
      long edition,
      String product,
      String part,
      String kind,
      boolean ended,
      Cue says,
      Evidence because) {}
}
