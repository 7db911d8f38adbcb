package urgency.refunds;

import urgency.platform.settings.Settings;

/**
 * How money goes back.
 *
 * @param restock whether the units of an order go back on the shelf when all of its money does
 */
public record RefundSettings(boolean restock) {
  public static RefundSettings read(Settings in) {
    return new RefundSettings(
        in.flag(
            "refunds.restock",
            false,
            "Put an order's units on the shelf again as soon as all of its money is asked back."));
  }
}
