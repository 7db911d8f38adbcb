package urgency.storefront;

/**
 * How many units of a product are sold and left, and what may be said about it.
 *
 * @param soldWords empty below one unit sold
 * @param leftWords empty unless few are left
 * @param percent sold units of those stocked, 0 to 100
 */
public record Availability(
    String product, int stocked, int left, String soldWords, String leftWords, int percent) {
  private static final int LOW_UNITS = 5;
  private static final int LOW_PERCENT = 15;

  public static Availability of(String product, int stocked, int sold, int left) {
    var percent = stocked <= 0 ? 0 : Math.clamp(sold * 100L / stocked, 0, 100);
    return new Availability(
        product, stocked, left, sold >= 1 ? sold + " sold" : "", leftWords(stocked, left), percent);
  }

  static boolean low(int stocked, int left) {
    return left > 0 && left <= Math.max(LOW_UNITS, stocked * LOW_PERCENT / 100);
  }

  private static String leftWords(int stocked, int left) {
    if (left == 1) return "Last one";
    return low(stocked, left) ? "Only " + left + " left" : "";
  }
}
