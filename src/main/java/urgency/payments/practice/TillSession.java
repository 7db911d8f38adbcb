package urgency.payments.practice;

import java.time.Instant;
import java.util.Optional;

/**
 * A payment page of the till and what has become of it.
 *
 * @param status {@code open}, {@code complete} or {@code expired}
 * @param paymentStatus {@code paid} or {@code unpaid}
 * @param intent the payment, once the shopper has agreed to one
 * @param declined how often a card was declined on it
 */
record TillSession(
    String id,
    String status,
    String paymentStatus,
    Instant created,
    Instant expiresAt,
    Wish wish,
    String url,
    Optional<Intent> intent,
    int declined) {
  /** A payment, and whether it has come. */
  record Intent(String id, String status) {}

  boolean isOpen(Instant now) {
    return status.equals("open") && now.isBefore(expiresAt);
  }
}
