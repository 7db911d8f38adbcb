package urgency.orders;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known about an order's money and units. Facts only ever grow, so {@link #and} commutes:
 * duplicates and any order of events lead to the same facts.
 *
 * @param closing the hold ran out, and its page is being closed
 * @param sessionExpired the payment page can no longer be paid
 * @param sessionComplete the shopper finished the payment page
 * @param paidAt when the money was promised for good
 * @param asyncFailed a slow payment failed
 * @param released the units were given back
 * @param resold after a late payment the units were taken again
 * @param refundRequested the money was asked to go back
 * @param refundedMinor how much went back, in minor units
 * @param mismatch why a person must look, empty when all is well
 */
public record PaymentFacts(
    boolean closing,
    boolean sessionExpired,
    boolean sessionComplete,
    Optional<Instant> paidAt,
    boolean asyncFailed,
    boolean released,
    boolean resold,
    boolean refundRequested,
    long refundedMinor,
    String mismatch) {
  public static final PaymentFacts NONE =
      new PaymentFacts(false, false, false, Optional.empty(), false, false, false, false, 0, "");

  static final PaymentFacts CLOSING =
      new PaymentFacts(true, false, false, Optional.empty(), false, false, false, false, 0, "");
  static final PaymentFacts SESSION_EXPIRED =
      new PaymentFacts(false, true, false, Optional.empty(), false, false, false, false, 0, "");
  static final PaymentFacts SESSION_COMPLETE =
      new PaymentFacts(false, false, true, Optional.empty(), false, false, false, false, 0, "");
  static final PaymentFacts ASYNC_FAILED =
      new PaymentFacts(false, false, true, Optional.empty(), true, false, false, false, 0, "");
  static final PaymentFacts RELEASED =
      new PaymentFacts(false, false, false, Optional.empty(), false, true, false, false, 0, "");
  static final PaymentFacts RESOLD =
      new PaymentFacts(false, false, false, Optional.empty(), false, false, true, false, 0, "");
  static final PaymentFacts REFUND_REQUESTED =
      new PaymentFacts(false, false, false, Optional.empty(), false, false, false, true, 0, "");

  static PaymentFacts paid(Instant at) {
    return new PaymentFacts(false, false, true, Optional.of(at), false, false, false, false, 0, "");
  }

  static PaymentFacts refunded(long minor) {
    return new PaymentFacts(
        false, false, false, Optional.empty(), false, false, false, false, minor, "");
  }

  static PaymentFacts mismatch(String why) {
    return new PaymentFacts(
        false, false, false, Optional.empty(), false, false, false, false, 0, why);
  }

  /** Both together: the earliest payment, the largest refund, the last reason by alphabet. */
  public PaymentFacts and(PaymentFacts other) {
    return new PaymentFacts(
        closing || other.closing,
        sessionExpired || other.sessionExpired,
        sessionComplete || other.sessionComplete,
        earliest(paidAt, other.paidAt),
        asyncFailed || other.asyncFailed,
        released || other.released,
        resold || other.resold,
        refundRequested || other.refundRequested,
        Math.max(refundedMinor, other.refundedMinor),
        mismatch.compareTo(other.mismatch) >= 0 ? mismatch : other.mismatch);
  }

  private static Optional<Instant> earliest(Optional<Instant> a, Optional<Instant> b) {
    if (a.isEmpty()) return b;
    if (b.isEmpty()) return a;
    return a.get().isAfter(b.get()) ? b : a;
  }
}
