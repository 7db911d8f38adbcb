package urgency.demand;

import java.util.Optional;
import urgency.money.Money;

/**
 * How far a price moves demand: {@code b ln(reference / price)} [nats], with the lowest price of
 * the last 30 days as reference. It starts at an elasticity that was measured elsewhere, which
 * weighs as much as 50 own outcomes, and comes to be the shop's own.
 *
 * @param cases own outcomes at a price that was not their reference; 0 for the prior
 * @param slope {@code b^} of them [nats of orders per nat of price]; 0 for the prior
 */
public record PriceEffect(int cases, double slope) {
  /** Measured elsewhere, not yet own data: orders rise by a quarter of what a price falls. */
  public static final PriceEffect PRIOR = new PriceEffect(0, 0);

  // 14,392 changes of prices in a year of retail sales: an elasticity of -0.26.
  private static final double PRIOR_SLOPE = 0.25;
  private static final double PRIOR_CASES = 50;
  private static final double MOST = 1.5;

  public PriceEffect {
    if (cases < 0 || !Double.isFinite(slope)) {
      throw new IllegalArgumentException("slope %s of %d cases".formatted(slope, cases));
    }
  }

  /** Whether any of it rests on own outcomes. */
  public boolean own() {
    return cases > 0;
  }

  /** {@code b = (n b^ + 50 * 0.25) / (n + 50)}, from 0 to 1.5. */
  public double weight() {
    var mixed = (cases * slope + PRIOR_CASES * PRIOR_SLOPE) / (cases + PRIOR_CASES);
    return Math.clamp(mixed, 0.0, MOST);
  }

  /** {@code ln(reference / price)} [nats]; 0 where the two do not compare. */
  public static double nats(Optional<Money> reference, Money price) {
    return reference
        .filter(it -> it.currency().equals(price.currency()))
        .filter(it -> it.minor() > 0 && price.minor() > 0 && it.minor() != price.minor())
        .map(it -> StrictMath.log(it.minor() / (double) price.minor()))
        .orElse(0.0);
  }
}
