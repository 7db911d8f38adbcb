package urgency.withdrawals;

import java.time.Duration;
import java.util.List;
import urgency.platform.settings.Settings;

/**
 * How long a buyer may withdraw, and what follows.
 *
 * @param period that the law gives, from the day of delivery
 * @param delivery how long a delivery takes at most, since the shop does not see parcels arrive
 * @param refundAtOnce whether the money is asked back by itself, or by a person
 */
public record WithdrawalSettings(Duration period, Duration delivery, boolean refundAtOnce) {
  public static WithdrawalSettings read(Settings in) {
    return new WithdrawalSettings(
        in.duration(
            "withdrawals.period",
            Duration.ofDays(14),
            Duration.ofDays(14),
            Duration.ofDays(400),
            "How long after its delivery a buyer may withdraw from an order."),
        in.duration(
            "withdrawals.delivery",
            Duration.ofDays(7),
            Duration.ZERO,
            Duration.ofDays(90),
            "How long a delivery takes at most; the period begins that long after the payment."),
        in.choice(
                "withdrawals.refund",
                "by-person",
                List.of("by-person", "at-once"),
                "Who sends the money of a withdrawn order back: an operator, or the shop itself.")
            .equals("at-once"));
  }
}
