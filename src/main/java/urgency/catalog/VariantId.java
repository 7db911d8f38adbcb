package urgency.catalog;

import java.util.UUID;

/** Identifies a variant of a product. */
public record VariantId(UUID value) implements Comparable<VariantId> {
  @Override
  public int compareTo(VariantId other) {
    return value.compareTo(other.value);
  }
}
