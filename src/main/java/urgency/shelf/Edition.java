package urgency.shelf;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import urgency.catalog.VariantId;

/**
 * One time-boxed shelf, numbered, immutable once published. It is open in {@code [opensAt,
 * closesAt)}.
 *
 * @param slots in order of place; the first is the Daily Drop
 */
public record Edition(long number, Instant opensAt, Instant closesAt, List<Slot> slots) {
  public Edition {
    slots = List.copyOf(slots);
    if (!opensAt.isBefore(closesAt)) {
      throw new IllegalArgumentException("edition closes before it opens: " + opensAt);
    }
  }

  public boolean openAt(Instant now) {
    return !now.isBefore(opensAt) && now.isBefore(closesAt);
  }

  /** The deal on a variant, if it is on this shelf. */
  public Optional<Deal> deal(VariantId variant) {
    return slots.stream()
        .flatMap(it -> it.deals().stream())
        .filter(it -> it.variant().equals(variant))
        .findFirst();
  }
}
