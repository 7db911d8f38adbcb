package urgency.shelf;

import java.util.Optional;
import urgency.catalog.Variant;
import urgency.money.Money;

/**
 * The arithmetic of flash prices: how deep, how rounded, and when none is lawful.
 *
 * <p>The depth is 15 % to 45 % of the regular price. It is always taken from the regular price, not
 * from the reference, so that one flash price after another cannot lead down a spiral.
 *
 * <p>Rounding: down to the next amount whose last digit is 9 in currencies with minor units
 * (18.19), and 0 in those without (1820 yen). Where that is too cheap, up to the next such amount
 * instead.
 */
final class FlashPrice {
  private static final int PERCENT_MIN = 15;
  private static final int PERCENT_MAX = 45;
  private static final int BELOW_REFERENCE_PERCENT = 5;

  private FlashPrice() {}

  /** Whole percent: the less likely the product sells out by itself, the deeper. */
  static int percent(double sellOutChance) {
    // What is not a number counts as certain to sell out, hence the smallest reduction.
    var chance = sellOutChance >= 0 && sellOutChance <= 1 ? sellOutChance : 1;
    return PERCENT_MAX - Math.toIntExact(Math.round((PERCENT_MAX - PERCENT_MIN) * chance));
  }

  /** The least that a unit may be sold for; nothing is known without a cost. */
  static Optional<Money> floor(Variant variant, int marginFloor) {
    return variant
        .cost()
        .map(it -> new Money(share(it.minor(), 100 + marginFloor, true), it.currency()));
  }

  /**
   * The flash price of a variant, or none when that would not be a true reduction.
   *
   * @param reference lowest price of the last 30 days; without one there is no lawful "was"
   * @param lastFlash lowest flash price within the cooling period
   */
  static Optional<Money> of(
      Variant variant,
      int percent,
      int marginFloor,
      Optional<Money> reference,
      Optional<Money> lastFlash) {
    var regular = variant.price();
    if (reference.isEmpty()) return Optional.empty();
    var least =
        Math.max(
            share(regular.minor(), 100 - PERCENT_MAX, true),
            floor(variant, marginFloor).map(Money::minor).orElse(0L));
    var most =
        Math.min(
            share(regular.minor(), 100 - PERCENT_MIN, false),
            share(reference.get().minor(), 100 - BELOW_REFERENCE_PERCENT, false));
    if (lastFlash.isPresent()) most = Math.min(most, lastFlash.get().minor() - 1);

    var digit = regular.currency().getDefaultFractionDigits() > 0 ? 9 : 0;
    var price = endingDown(share(regular.minor(), 100 - percent, false), digit);
    if (price < least) price = endingDown(Math.addExact(least, 9), digit);
    return price > 0 && price <= most
        ? Optional.of(new Money(price, regular.currency()))
        : Optional.empty();
  }

  private static long share(long minor, int percent, boolean up) {
    var hundredfold = Math.multiplyExact(minor, (long) percent);
    return up ? Math.ceilDiv(hundredfold, 100L) : Math.floorDiv(hundredfold, 100L);
  }

  private static long endingDown(long minor, int digit) {
    return minor - Math.floorMod(minor - digit, 10L);
  }
}
