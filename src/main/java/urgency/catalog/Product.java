package urgency.catalog;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import urgency.money.Money;

/**
 * Something we may sell.
 *
 * @param slug its name in addresses, unique
 * @param category one lower-case word, such as {@code beauty}
 * @param accent colour of the light around the product, as {@code #rrggbb}
 * @param tags words by which trends find it, lower case, without a hash sign, in order
 * @param demo whether it came with the demo catalogue, so that pages can say so
 */
public record Product(
    ProductId id,
    String slug,
    String name,
    String description,
    String category,
    String accent,
    Set<String> tags,
    Media media,
    List<Variant> variants,
    boolean demo) {
  public Product {
    tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    variants = List.copyOf(variants);
    if (variants.isEmpty()) throw new IllegalArgumentException("product without variant: " + slug);
  }

  /** The lowest regular price among its variants. */
  public Money lowestPrice() {
    return variants.stream().map(Variant::price).min(Money::compareTo).orElseThrow();
  }
}
