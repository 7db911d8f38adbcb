package urgency.demand;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import urgency.catalog.Product;
import urgency.catalog.Variant;

/**
 * What one sold unit leaves over: its price less its cost, less what the payment provider keeps.
 * Where the cost is unknown, the median share of the category stands in, then that of the shop,
 * then a guess.
 */
public final class Margins {
  /** Share of the price, where no product of the shop has a known cost. */
  private static final double SHARE_UNKNOWN = 0.35;

  private static final double MINOR_MIN = 1;

  /**
   * What one unit leaves over.
   *
   * @param minor minor units, at least 1
   * @param assumed whether the cost is unknown
   */
  public record Margin(double minor, boolean assumed) {}

  /**
   * What the payment provider keeps of one sale.
   *
   * @param permille thousandths of the price
   * @param fixed minor units
   */
  public record Fees(int permille, int fixed) {
    /** Of a provider that takes nothing. */
    public static final Fees NONE = new Fees(0, 0);

    double of(long price) {
      return price * (permille / 1000.0) + fixed;
    }
  }

  private final Map<String, Double> categories = new HashMap<>();
  private final Fees fees;
  private final double shop;

  public Margins(List<Product> products, Fees fees) {
    this.fees = fees;
    var known = new HashMap<String, List<Double>>();
    var all = new ArrayList<Double>();
    for (var product : products) {
      share(product)
          .ifPresent(
              it -> {
                known.computeIfAbsent(product.category(), _ -> new ArrayList<>()).add(it);
                all.add(it);
              });
    }
    known.forEach((category, shares) -> categories.put(category, median(shares)));
    this.shop = all.isEmpty() ? SHARE_UNKNOWN : median(all);
  }

  /** Of one unit at the regular price of the cheapest variant. */
  public Margin of(Product product) {
    var share = share(product);
    var price = cheapest(product).price().minor();
    var minor = price * share.orElseGet(() -> categories.getOrDefault(product.category(), shop));
    return new Margin(Math.max(MINOR_MIN, minor - fees.of(price)), share.isEmpty());
  }

  private static Optional<Double> share(Product product) {
    var variant = cheapest(product);
    var price = variant.price().minor();
    if (price <= 0) return Optional.empty();
    return variant.cost().map(cost -> (price - cost.minor()) / (double) price);
  }

  /** The variant whose price and cost count; of equal ones that of the lowest id. */
  public static Variant cheapest(Product product) {
    var cheapest = product.variants().getFirst();
    for (var it : product.variants()) {
      var byPrice = it.price().compareTo(cheapest.price());
      if (byPrice < 0 || (byPrice == 0 && it.id().compareTo(cheapest.id()) < 0)) cheapest = it;
    }
    return cheapest;
  }

  private static double median(List<Double> shares) {
    var sorted = shares.stream().sorted().toList();
    var middle = sorted.size() / 2;
    if (sorted.size() % 2 == 1) return sorted.get(middle);
    return (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
