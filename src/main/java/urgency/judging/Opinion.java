package urgency.judging;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;

/**
 * A verdict on one product and how much it counts: all that a score needs of a judge, kept with the
 * score's inputs so that it can be derived again without one.
 *
 * @param model who judged, as it calls itself
 * @param fresh whether it was asked for the shelf that is being decided
 * @param rho the weight that this judge has earned; 0 in shadow
 * @param lean which way the verdict leans, with mean 0 and variance near 1
 * @param most bound of the shift in either direction [nats]
 */
public record Opinion(
    Verdict verdict,
    String model,
    Instant at,
    boolean fresh,
    double rho,
    double lean,
    double most) {
  /** Expected orders, and how far the logarithm of true orders is off: measured on retail data. */
  private static final double[] ORDERS = {0, 0.5, 1, 2, 4, 8, 16, 32};

  private static final double[] SIGMA = {0.44, 0.53, 0.60, 0.61, 0.54, 0.45, 0.36, 0.26};

  public Opinion {
    if (!(Math.abs(rho) <= 1)) throw new IllegalArgumentException("rho " + rho);
    if (!Double.isFinite(lean)) throw new IllegalArgumentException("lean " + lean);
    if (!(most >= 0 && most <= 1)) throw new IllegalArgumentException("most " + most);
  }

  /**
   * {@code D = clip(rho sigma(expected orders) g, +-most)} [nats]: what it adds to the logarithm of
   * expected orders. Nothing where the text speaks to the judge, and nothing upwards where the
   * judge sees a risk.
   */
  public double shift(double expectedOrders) {
    if (verdict.suspicious()) return 0;
    var shift = Math.clamp(rho * sigma(expectedOrders) * lean, -most, most);
    return risks().isEmpty() ? shift : Math.min(0, shift);
  }

  /** Whether it moves the number at all. */
  public boolean counts() {
    return rho != 0 && !verdict.suspicious();
  }

  /** What an operator has to approve before the product is shown; each once. */
  @JsonIgnore
  public List<Verdict.Risk> risks() {
    return verdict.risks().stream()
        .filter(it -> it != Verdict.Risk.NONE && it != Verdict.Risk.UNKNOWN)
        .distinct()
        .toList();
  }

  /** What statistics miss, as a standard deviation of the logarithm of orders. */
  public static double sigma(double expectedOrders) {
    var i = 0;
    while (i < ORDERS.length - 1 && expectedOrders >= ORDERS[i + 1]) i++;
    return SIGMA[i];
  }
}
