package urgency.payments.practice.bank;

import java.time.Instant;
import java.util.Optional;

/**
 * A payment page of the till and what has become of it.
 *
 * @param status {@code open}, {@code complete} or {@code expired}
 * @param paymentStatus {@code paid}, {@code unpaid} or {@code no_payment_required}
 * @param intent the payment, once the shopper has tried one
 */
public record Session(
    String id,
    String status,
    String paymentStatus,
    Instant created,
    Instant expiresAt,
    Wish wish,
    String url,
    Optional<String> intent,
    Optional<String> email) {
  /** Whether it can still be paid. */
  public boolean isOpen(Instant now) {
    return status.equals("open") && now.isBefore(expiresAt);
  }

  public boolean isComplete() {
    return status.equals("complete");
  }
}
