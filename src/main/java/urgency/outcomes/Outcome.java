package urgency.outcomes;

import java.time.Instant;
import java.util.Optional;
import urgency.catalog.ProductId;

/**
 * One product on one past shelf: what was foretold when the shelf was decided, and what happened.
 *
 * @param openedAt when the edition opened
 * @param units that could be sold when the edition was decided
 * @param expectedOrders orders foretold for the horizon
 * @param chance that the units run out within the horizon, as it was shown
 * @param rawChance the same before any correction by own outcomes
 * @param ratio the naive forecast: orders of the last 28 days, scaled to the horizon, over
 *     themselves plus the units
 * @param virality as it was shown, 0 to 100
 * @param rawVirality chance of a break-out before any correction, 0 to 1
 * @param orders paid orders of the edition that had the product
 * @param sold units of them
 * @param soldOutAt when the last of the units was paid
 * @param brokeOut whether it was in the tenth that outgrew its own past most in the week that
 *     followed; empty while that is not known
 * @param offer at what it was offered; empty where that is not on record
 */
public record Outcome(
    long edition,
    ProductId product,
    Instant openedAt,
    int units,
    double expectedOrders,
    double chance,
    double rawChance,
    double ratio,
    int virality,
    double rawVirality,
    int orders,
    int sold,
    Optional<Instant> soldOutAt,
    Optional<Boolean> brokeOut,
    Optional<Offer> offer) {
  /**
   * The price of its cheapest deal.
   *
   * @param nats {@code ln(reference / price)}, above 0 for a reduction
   * @param plainOrders orders foretold for the horizon, without what a price adds
   */
  public record Offer(double nats, double plainOrders) {}

  /** One of whose price nothing is on record. */
  public Outcome(
      long edition,
      ProductId product,
      Instant openedAt,
      int units,
      double expectedOrders,
      double chance,
      double rawChance,
      double ratio,
      int virality,
      double rawVirality,
      int orders,
      int sold,
      Optional<Instant> soldOutAt,
      Optional<Boolean> brokeOut) {
    this(
        edition,
        product,
        openedAt,
        units,
        expectedOrders,
        chance,
        rawChance,
        ratio,
        virality,
        rawVirality,
        orders,
        sold,
        soldOutAt,
        brokeOut,
        Optional.empty());
  }

  public boolean soldOut() {
    return soldOutAt.isPresent();
  }
}
