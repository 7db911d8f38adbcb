package urgency.storefront;

import urgency.words.Text;

/**
 * How many units of a product are sold and left, and what may be said about it.
 *
 * @param few whether so few are left that it is said
 * @param percent sold units of those stocked, 0 to 100
 */
public record Availability(
    String product, int stocked, int left, int sold, boolean few, int percent) {
  private static final int LOW_UNITS = 5;
  private static final int LOW_PERCENT = 15;

  public static Availability of(String product, int stocked, int sold, int left) {
    var percent = stocked <= 0 ? 0 : Math.clamp(sold * 100L / stocked, 0, 100);
    return new Availability(product, stocked, left, sold, low(stocked, left), percent);
  }

  static boolean low(int stocked, int left) {
    return left > 0 && left <= Math.max(LOW_UNITS, stocked * LOW_PERCENT / 100);
  }

  /** What a card says of the units that are left; nothing unless they are few. */
  public Text leftText() {
    if (!few) return Text.NOTHING;
    return left == 1 ? Text.of("last_one") : Text.of("only_left", left);
  }
}
