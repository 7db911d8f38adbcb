package urgency.orders;

import java.time.Duration;
import urgency.platform.settings.Settings;

/**
 * How orders are taken.
 *
 * @param hold how long units are held for an order that is not paid
 * @param perBuyerMax most units of one variant that one browser gets in one edition
 * @param livePayments whether real money is expected; news from the other mode is quarantined
 */
public record OrderSettings(Duration hold, int perBuyerMax, boolean livePayments) {
  public static OrderSettings read(Settings in, boolean livePayments) {
    return new OrderSettings(
        in.duration(
            "orders.hold",
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            Duration.ofMinutes(30),
            "How long units are held for an order that is not paid yet."),
        in.number(
            "orders.per-buyer-max",
            9,
            1,
            1_000,
            "Most units of one variant that one browser can hold or buy in one edition."),
        livePayments);
  }

  /** How long units are held for who asks for more time. */
  Duration longestHold() {
    return hold.multipliedBy(2);
  }
}
