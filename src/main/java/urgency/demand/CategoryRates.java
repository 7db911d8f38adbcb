package urgency.demand;

import java.util.HashMap;
import java.util.Map;

/**
 * Orders a day of an average product of each category. A category with little history leans on the
 * whole shop, and a shop without history on a modest guess, so a rate is always positive.
 *
 * <p>Sums depend on their order in the last bit; evidence is to be added in the order of ids.
 */
public final class CategoryRates {
  /** Orders a day of a product about which nothing is known at all. */
  private static final double UNKNOWN_PER_DAY = 0.5;

  /** What the wider rate is worth against the narrower, in weighted days on sale. */
  private static final double WIDER_DAYS = 1;

  private static final class Sum {
    private double orders;
    private double days;
  }

  private final Sum shop = new Sum();
  private final Map<String, Sum> categories = new HashMap<>();

  public void add(String category, DemandHead.Evidence evidence) {
    var sum = categories.computeIfAbsent(category, _ -> new Sum());
    sum.orders += evidence.orders();
    sum.days += evidence.days();
    shop.orders += evidence.orders();
    shop.days += evidence.days();
  }

  /** Orders a day. */
  public double of(String category) {
    var everywhere = mean(shop, UNKNOWN_PER_DAY);
    var here = categories.get(category);
    return here == null ? everywhere : mean(here, everywhere);
  }

  private static double mean(Sum sum, double wider) {
    return (sum.orders + wider * WIDER_DAYS) / (sum.days + WIDER_DAYS);
  }
}
