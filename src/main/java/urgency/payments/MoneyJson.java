package urgency.payments;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;
import urgency.orders.OrderId;
import urgency.orders.PaymentFacts.Dispute;
import urgency.orders.RefundFacts;
import urgency.orders.RefundFacts.State;

/** Charges, refunds and disputes in Stripe's JSON, as far as an order needs them. */
public final class MoneyJson {
  /** One refund with its id. */
  public record Refund(String id, RefundFacts.Refund state) {}

  // It is one word in the order's row.
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,255}");

  private MoneyJson() {}

  /** Empty when this is not a refund, or its amount is none of ours. */
  public static Optional<Refund> refund(JsonNode refund) {
    var id = refund.path("id").asText("");
    var amount = amount(refund, "amount");
    if (!is(refund, "refund") || !ID.matcher(id).matches() || amount < 0) return Optional.empty();
    return Optional.of(new Refund(id, new RefundFacts.Refund(amount, state(refund))));
  }

  /** How much of a charge went back in all; empty when this is not a charge. */
  static Optional<Long> refunded(JsonNode charge) {
    var amount = amount(charge, "amount_refunded");
    return is(charge, "charge") && amount >= 0 ? Optional.of(amount) : Optional.empty();
  }

  /** How a dispute stands; empty when this is not one. */
  static Optional<Dispute> dispute(JsonNode dispute) {
    if (!is(dispute, "dispute")) return Optional.empty();
    return Optional.of(
        switch (dispute.path("status").asText("")) {
          case "warning_needs_response", "warning_under_review" -> Dispute.INQUIRY;
          case "warning_closed", "prevented" -> Dispute.AVERTED;
          case "won" -> Dispute.WON;
          case "lost" -> Dispute.LOST;
          default -> Dispute.OPEN;
        });
  }

  /** The payment that this is about; empty when it is about none. */
  static String intent(JsonNode object) {
    var intent = object.path("payment_intent");
    if (intent.isNull()) return "";
    return intent.isObject() ? intent.path("id").asText("") : intent.asText("");
  }

  /** The order that the shop wrote on it. */
  static Optional<OrderId> order(JsonNode object) {
    return OrderId.parse(object.path("metadata").path("order_id").asText(""));
  }

  private static State state(JsonNode refund) {
    return switch (refund.path("status").asText("")) {
      case "succeeded" -> State.SUCCEEDED;
      case "failed", "canceled" -> State.FAILED;
      default -> State.PENDING;
    };
  }

  private static long amount(JsonNode object, String field) {
    var amount = object.path(field).asLong(StripeAmounts.NO_AMOUNT);
    return StripeAmounts.fromStripe(amount, object.path("currency").asText(""));
  }

  private static boolean is(JsonNode object, String kind) {
    return object.path("object").asText("").equals(kind);
  }
}
