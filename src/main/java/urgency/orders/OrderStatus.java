package urgency.orders;

/** Where an order stands; computed from {@link PaymentFacts}, never set by hand. */
public enum OrderStatus {
  /** Units are held; no payment page yet. */
  HELD,
  /** Units are held; the payment page is open. */
  AWAITING_PAYMENT,
  /** The shopper has agreed to pay by a slow method; the units stay held without a deadline. */
  PROCESSING,
  /** The hold ran out; the payment page is being closed. */
  RELEASING,
  PAID,
  /** Not paid, and can no longer be; the units are back on the shelf. */
  EXPIRED,
  /** A slow payment failed; the units are back on the shelf. */
  PAYMENT_FAILED,
  /** Paid after the units were given back, and they are gone; the money goes back. */
  REFUND_PENDING,
  REFUNDED,
  /** Amount, currency, mode or session do not match; a person must look. */
  QUARANTINED;

  /**
   * The status that follows from what is known. Money outranks pages, and pages outrank deadlines.
   *
   * @param totalMinor what the order costs; a smaller refund leaves it paid
   */
  static OrderStatus of(PaymentFacts facts, boolean hasSession, long totalMinor) {
    if (!facts.mismatch().isEmpty()) return QUARANTINED;
    if (facts.paidAt().isPresent()) return ofPaid(facts, totalMinor);
    if (facts.asyncFailed()) return PAYMENT_FAILED;
    if (facts.sessionExpired() || facts.released()) return EXPIRED;
    if (facts.sessionComplete()) return PROCESSING;
    if (facts.closing()) return RELEASING;
    return hasSession ? AWAITING_PAYMENT : HELD;
  }

  private static OrderStatus ofPaid(PaymentFacts facts, long totalMinor) {
    if (facts.refundedMinor() > 0 && facts.refundedMinor() >= totalMinor) return REFUNDED;
    var unitsGone = facts.released() && !facts.resold();
    return facts.refundRequested() || unitsGone ? REFUND_PENDING : PAID;
  }

  /** Whether the buyer can still pay. */
  boolean payable() {
    return this == HELD || this == AWAITING_PAYMENT;
  }

  /** Whether its units are held or sold; a doubtful order keeps them. */
  boolean keepsUnits() {
    return switch (this) {
      case HELD, AWAITING_PAYMENT, PROCESSING, RELEASING, PAID, QUARANTINED -> true;
      case EXPIRED, PAYMENT_FAILED, REFUND_PENDING, REFUNDED -> false;
    };
  }
}
