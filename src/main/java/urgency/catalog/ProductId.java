package urgency.catalog;

import java.util.UUID;

/** Identifies a product. */
public record ProductId(UUID value) implements Comparable<ProductId> {
  @Override
  public int compareTo(ProductId other) {
    return value.compareTo(other.value);
  }
}
