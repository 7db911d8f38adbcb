package urgency.orders;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import urgency.catalog.VariantId;

/**
 * What is sold, without words and prices: units of each variant. The shop writes it on a payment
 * page, and a page that names other goods than its order must not sell them.
 */
public record Goods(SortedMap<VariantId, Integer> units) {
  /** Of a text that is not from this shop; no order is for nothing. */
  public static final Goods NONE = new Goods(Collections.emptySortedMap());

  // As much as a provider keeps in one word of an object's metadata.
  private static final int LENGTH_MAX = 500;
  private static final Pattern TEXT = Pattern.compile("[0-9a-f]{32}:[1-9]\\d{0,5}");

  public Goods {
    units = Collections.unmodifiableSortedMap(new TreeMap<>(units));
  }

  /** One unit. */
  public static Goods one(VariantId variant) {
    var units = new TreeMap<VariantId, Integer>();
    units.put(variant, 1);
    return new Goods(units);
  }

  static Goods of(Collection<Order.Line> lines) {
    var units = new TreeMap<VariantId, Integer>();
    for (var line : lines) units.merge(line.variant(), line.units(), Integer::sum);
    return new Goods(units);
  }

  /** What {@link #toString} wrote; none when it is anything else. */
  public static Goods parse(String text) {
    if (text.length() > LENGTH_MAX) return NONE;
    var units = new TreeMap<VariantId, Integer>();
    for (var word : text.split(" ", -1)) {
      if (!TEXT.matcher(word).matches()) return NONE;
      var parts = word.split(":", -1);
      var variant = VariantId.parse(parts[0]);
      if (variant.isEmpty() || units.put(variant.get(), Integer.valueOf(parts[1])) != null) {
        return NONE;
      }
    }
    return new Goods(units);
  }

  /** The variants in their order, each with its units; ten lines fit into a provider's metadata. */
  @Override
  public String toString() {
    var words = new StringBuilder();
    units.forEach(
        (variant, count) -> words.append(' ').append(variant.hex()).append(':').append(count));
    return words.isEmpty() ? "unknown" : words.substring(1);
  }
}
