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
 * @param takenMinor how much money was taken, in minor units
 * @param intent the provider's name of the payment; empty when there is none
 * @param refund the money on its way back
 * @param dispute what the shopper's bank makes of it; beside the status, never part of it
 * @param mismatch why a person must look, empty when all is well
 * @param accepted the mismatch that a person has decided about: accepted, or rejected for good
 */
public record PaymentFacts(
    boolean closing,
    boolean sessionExpired,
    boolean sessionComplete,
    Optional<Instant> paidAt,
    boolean asyncFailed,
    boolean released,
    boolean resold,
    long takenMinor,
    String intent,
    RefundFacts refund,
    Dispute dispute,
    String mismatch,
    String accepted) {
  public static final PaymentFacts NONE =
      new PaymentFacts(
          false,
          false,
          false,
          Optional.empty(),
          false,
          false,
          false,
          0,
          "",
          RefundFacts.NONE,
          Dispute.NONE,
          "",
          "");

  static final PaymentFacts CLOSING = steps(true, false, false, false);
  static final PaymentFacts SESSION_EXPIRED = steps(false, true, false, false);
  static final PaymentFacts SESSION_COMPLETE = steps(false, false, true, false);
  static final PaymentFacts ASYNC_FAILED = steps(false, false, true, true);
  static final PaymentFacts RELEASED = units(true, false);
  static final PaymentFacts RESOLD = units(false, true);

  /**
   * How a dispute stands; what was decided outranks what is open. A bank that only asks takes no
   * money and decides nothing: what becomes a dispute outranks all of that, also when it comes long
   * after.
   */
  public enum Dispute {
    NONE,
    /** The bank asks; no money was taken. */
    INQUIRY,
    /** What the bank asked is answered, or a dispute was prevented. */
    AVERTED,
    OPEN,
    WON,
    LOST
  }

  /** The money is promised for good. */
  public static PaymentFacts paid(Instant at, long minor, String intent) {
    return money(true, Optional.of(at), minor, intent, "");
  }

  static PaymentFacts refund(RefundFacts refund) {
    return rest(refund, Dispute.NONE, "");
  }

  static PaymentFacts disputed(Dispute dispute) {
    return rest(RefundFacts.NONE, dispute, "");
  }

  static PaymentFacts accepted(String mismatch) {
    return rest(RefundFacts.NONE, Dispute.NONE, mismatch);
  }

  static PaymentFacts mismatch(String why) {
    return money(false, Optional.empty(), 0, "", why);
  }

  /** Money came, and something about it is not right. */
  static PaymentFacts mismatch(String why, long takenMinor, String intent) {
    return money(false, Optional.empty(), takenMinor, intent, why);
  }

  /**
   * Both together: the earliest payment, the largest amounts, and of words the last by alphabet.
   */
  public PaymentFacts and(PaymentFacts other) {
    return new PaymentFacts(
        closing || other.closing,
        sessionExpired || other.sessionExpired,
        sessionComplete || other.sessionComplete,
        earliest(paidAt, other.paidAt),
        asyncFailed || other.asyncFailed,
        released || other.released,
        resold || other.resold,
        Math.max(takenMinor, other.takenMinor),
        last(intent, other.intent),
        refund.and(other.refund),
        dispute.compareTo(other.dispute) >= 0 ? dispute : other.dispute,
        last(mismatch, other.mismatch),
        last(accepted, other.accepted));
  }

  /** Whether something does not match and no person has decided about it. */
  public boolean doubtful() {
    return !mismatch.isEmpty() && !mismatch.equals(accepted);
  }

  /** Whether a person can end the doubt without money: none of it is here. */
  public boolean rejectable() {
    return doubtful() && paidAt.isEmpty() && takenMinor == 0;
  }

  /** Whether the page, or the slow payment that it led to, ended without money. */
  boolean nothingToPay() {
    return sessionExpired || asyncFailed;
  }

  /** Whether all the money that came went back. */
  boolean allBack() {
    return refund.netMinor() > 0 && refund.netMinor() >= takenMinor;
  }

  /** Whether the units of a payment were gone when it came, so that all of it must go back. */
  public boolean owesAll() {
    return paidAt.isPresent() && unitsGone() && !allBack();
  }

  /** Whether the units left the shelf for good. */
  public boolean sold() {
    return paidAt.isPresent() && !unitsGone();
  }

  /** Whether the units that were paid for could not be had any more. */
  boolean unitsGone() {
    return released && !resold;
  }

  private static PaymentFacts steps(
      boolean closing, boolean expired, boolean complete, boolean failed) {
    return new PaymentFacts(
        closing,
        expired,
        complete,
        Optional.empty(),
        failed,
        false,
        false,
        0,
        "",
        RefundFacts.NONE,
        Dispute.NONE,
        "",
        "");
  }

  private static PaymentFacts units(boolean released, boolean resold) {
    return new PaymentFacts(
        false,
        false,
        false,
        Optional.empty(),
        false,
        released,
        resold,
        0,
        "",
        RefundFacts.NONE,
        Dispute.NONE,
        "",
        "");
  }

  private static PaymentFacts money(
      boolean complete, Optional<Instant> paidAt, long taken, String intent, String mismatch) {
    return new PaymentFacts(
        false,
        false,
        complete,
        paidAt,
        false,
        false,
        false,
        taken,
        intent,
        RefundFacts.NONE,
        Dispute.NONE,
        mismatch,
        "");
  }

  private static PaymentFacts rest(RefundFacts refund, Dispute dispute, String accepted) {
    return new PaymentFacts(
        false,
        false,
        false,
        Optional.empty(),
        false,
        false,
        false,
        0,
        "",
        refund,
        dispute,
        "",
        accepted);
  }

  private static String last(String a, String b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Optional<Instant> earliest(Optional<Instant> a, Optional<Instant> b) {
    if (a.isEmpty()) return b;
    if (b.isEmpty()) return a;
    return a.get().isAfter(b.get()) ? b : a;
  }
}
