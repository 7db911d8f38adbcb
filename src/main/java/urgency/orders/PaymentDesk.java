package urgency.orders;

import java.time.Instant;
import java.util.Optional;

/**
 * Where money is taken: Stripe, or what speaks like it. Never called while a transaction is open.
 *
 * <p>Every method answers within ten seconds and is safe to repeat: the order's id is the
 * provider's idempotency key.
 */
public interface PaymentDesk {
  /** Opens the payment page of an order, or gives the one that is open already. */
  Opening open(Order order, Instant now);

  /** Closes a payment page for good, so that its units can be given back. */
  Closing close(Order.Session session);

  /** What the provider knows of a session now; empty when it cannot be asked. */
  Optional<SessionState> look(Order.Session session);

  /** What became of a wish for a payment page. */
  sealed interface Opening {
    record Opened(Order.Session session) implements Opening {}

    /** Nothing is lost: the hold stays, and asking again is safe. */
    record NotNow(String why) implements Opening {}

    /** The provider will never take this order; the reason is for the operator. */
    record Refused(String why) implements Opening {}
  }

  /** What became of a wish to close a payment page. */
  sealed interface Closing {
    /** It can no longer be paid. */
    record Closed() implements Closing {}

    /** Too late: the shopper was faster. */
    record Finished(SessionState state) implements Closing {}

    /** No answer; the units stay held, and the wish is repeated later. */
    record Unknown(String why) implements Closing {}
  }

  /**
   * A session as the provider tells it.
   *
   * @param status {@code open}, {@code complete} or {@code expired}
   * @param paymentStatus {@code paid}, {@code unpaid}, {@code no_payment_required}, or {@code
   *     failed} when a slow payment of a complete session has failed
   * @param currency ISO 4217, in capitals
   */
  record SessionState(
      String id,
      String status,
      String paymentStatus,
      long amountMinor,
      String currency,
      boolean live,
      Optional<String> paymentIntent) {}
}
