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
  /** Paid, and a part of the money went back; the units stay sold. */
  PARTIALLY_REFUNDED,
  /** Not paid, and can no longer be; the units are back on the shelf. */
  EXPIRED,
  /** A slow payment failed; the units are back on the shelf. */
  PAYMENT_FAILED,
  /** The money is on its way back: asked by a person, or paid when the units were gone. */
  REFUND_PENDING,
  REFUNDED,
  /** Money that should go back came again; a person must look. */
  REFUND_FAILED,
  /** Amount, currency, mode, goods or session do not match; a person must look. */
  QUARANTINED;

  /**
   * The status that follows from what is known. Money outranks pages, and pages outrank deadlines.
   */
  static OrderStatus of(PaymentFacts facts, boolean hasSession) {
    if (facts.doubtful()) return ofDoubtful(facts);
    if (facts.paidAt().isPresent()) return ofPaid(facts);
    if (facts.asyncFailed()) return PAYMENT_FAILED;
    if (facts.sessionExpired() || facts.released()) return EXPIRED;
    if (facts.sessionComplete()) return PROCESSING;
    if (facts.closing()) return RELEASING;
    return hasSession ? AWAITING_PAYMENT : HELD;
  }

  private static OrderStatus ofPaid(PaymentFacts facts) {
    var refund = facts.refund();
    if (refund.pending()) return REFUND_PENDING;
    if (facts.allBack()) return REFUNDED;
    if (refund.failed()) return REFUND_FAILED;
    if (facts.unitsGone()) return REFUND_PENDING;
    return refund.netMinor() > 0 ? PARTIALLY_REFUNDED : PAID;
  }

  // A person decides about a doubtful payment; only sending all of it back decides too.
  private static OrderStatus ofDoubtful(PaymentFacts facts) {
    var asked = facts.refund().askedMinor() > 0 && facts.refund().pending();
    if (asked) return REFUND_PENDING;
    return facts.takenMinor() > 0 && facts.allBack() ? REFUNDED : QUARANTINED;
  }

  /** Whether the buyer can still pay. */
  public boolean payable() {
    return this == HELD || this == AWAITING_PAYMENT;
  }

  /** Whether its units are held or sold; a doubtful order keeps them. */
  boolean keepsUnits() {
    return switch (this) {
      case HELD, AWAITING_PAYMENT, PROCESSING, RELEASING, PAID, PARTIALLY_REFUNDED, QUARANTINED ->
          true;
      case EXPIRED, PAYMENT_FAILED, REFUND_PENDING, REFUNDED, REFUND_FAILED -> false;
    };
  }
}
