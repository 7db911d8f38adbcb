package urgency.payments;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import urgency.orders.OrderId;
import urgency.orders.PaymentDesk.Goods;
import urgency.orders.PaymentDesk.SessionState;

/**
 * A Checkout Session in Stripe's JSON, read without Stripe's classes: those understand only events
 * of their own release, and an account's events keep the release of their endpoint.
 */
public final class SessionJson {
  /** Says in a session's metadata that it was opened before there was an order. */
  public static final String SPARE = "spare";

  /** Names in a session's metadata what it was opened for. */
  public static final String GOODS = "goods";

  private static final List<String> STATUSES = List.of("open", "complete", "expired");
  private static final List<String> PAYMENTS = List.of("paid", "unpaid", "no_payment_required");

  private SessionJson() {}

  /** Empty when this is not a session, or not one in words that we know. */
  public static Optional<SessionState> state(JsonNode session) {
    var id = session.path("id").asText("");
    var status = session.path("status").asText("");
    var payment = session.path("payment_status").asText("");
    if (!session.path("object").asText("").equals("checkout.session")) return Optional.empty();
    if (id.isEmpty() || !STATUSES.contains(status) || !PAYMENTS.contains(payment)) {
      return Optional.empty();
    }
    var currency = session.path("currency").asText("");
    var amount = session.path("amount_total").asLong(StripeAmounts.NO_AMOUNT);
    return Optional.of(
        new SessionState(
            id,
            status,
            payment,
            StripeAmounts.fromStripe(amount, currency),
            currency.toUpperCase(Locale.ROOT),
            session.path("livemode").asBoolean(),
            text(session.path("payment_intent")),
            email(session),
            goods(session)));
  }

  /** The order that the session was opened for; empty when it is none of ours. */
  static Optional<OrderId> order(JsonNode session) {
    return OrderId.parse(session.path("client_reference_id").asText(""))
        .or(() -> OrderId.parse(session.path("metadata").path("order_id").asText("")));
  }

  /** Whether the session was opened ahead, and so names no order itself. */
  static boolean spare(JsonNode session) {
    return !session.path("metadata").path(SPARE).asText("").isEmpty();
  }

  private static Optional<String> email(JsonNode session) {
    var email = session.path("customer_details").path("email");
    return email.isTextual() ? Optional.of(email.asText()) : Optional.empty();
  }

  // Pages of before this was written name nothing, and prove nothing.
  private static Optional<Goods> goods(JsonNode session) {
    var goods = session.path("metadata").path(GOODS).asText("");
    return goods.isEmpty() ? Optional.empty() : Optional.of(Goods.parse(goods));
  }

  // Expanded, it is an object with an id of its own.
  private static Optional<String> text(JsonNode intent) {
    var id = intent.isObject() ? intent.path("id").asText("") : intent.asText("");
    return id.isEmpty() || intent.isNull() ? Optional.empty() : Optional.of(id);
  }
}
