package urgency.mail;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** What a letter is about, as far as the order itself does not tell. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Letter.Receipt.class, name = "RECEIPT"),
  @JsonSubTypes.Type(value = Letter.PaymentFailed.class, name = "PAYMENT_FAILED"),
  @JsonSubTypes.Type(value = Letter.RefundSent.class, name = "REFUND_SENT"),
  @JsonSubTypes.Type(value = Letter.Withdrawn.class, name = "WITHDRAWN")
})
public sealed interface Letter {
  /** Paid: the receipt. */
  record Receipt() implements Letter {}

  /** A slow payment failed. An order that nobody paid in time calls for no letter. */
  record PaymentFailed() implements Letter {}

  /**
   * Money is on its way back.
   *
   * @param refund the provider's name of it
   * @param minor in the order's currency
   */
  record RefundSent(String refund, long minor) implements Letter {}

  /**
   * The buyer has withdrawn from the contract: the statement as it was made, and when.
   *
   * @param name as the buyer gave it
   */
  record Withdrawn(String name, Instant at) implements Letter {}

  /** The word for its kind; with {@link #part} and the order it names one letter. */
  default String kind() {
    return switch (this) {
      case Receipt() -> "RECEIPT";
      case PaymentFailed() -> "PAYMENT_FAILED";
      case RefundSent _ -> "REFUND_SENT";
      case Withdrawn _ -> "WITHDRAWN";
    };
  }

  /** Tells letters of one kind apart; empty for a kind of which an order calls for one. */
  default String part() {
    return switch (this) {
      case RefundSent(var refund, _) -> refund;
      case Receipt _, PaymentFailed _, Withdrawn _ -> "";
    };
  }
}
