package urgency.payments;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.Orders;
import urgency.orders.PaymentDesk.SessionState;
import urgency.orders.Settlement;

/** What an event means for an order: finds the order, and tells its settlement. */
@Singleton
final class EventNews {
  /** What became of an event. */
  sealed interface Outcome {
    /** The order knows it now. */
    record Told() implements Outcome {}

    /** Its order is not here, or not here yet. */
    record NoOrder(boolean ours) implements Outcome {}

    /** It is of another shop on the same account. */
    record Foreign() implements Outcome {}

    /** The object inside is not in words that we know. */
    record Unreadable() implements Outcome {}
  }

  private final Orders orders;
  private final Settlement settlement;

  EventNews(Orders orders, Settlement settlement) {
    this.orders = orders;
    this.settlement = settlement;
  }

  /**
   * Tells the order what the object says, in the caller's transaction.
   *
   * @param object of the event, or as it was fetched for a thin one
   */
  Outcome tell(Handle tx, Envelope envelope, JsonNode object, Instant now) {
    return switch (envelope.kind()) {
      case SESSION -> session(tx, envelope, object, now);
      case CHARGE -> charge(tx, envelope, object, now);
      case REFUND -> refund(tx, envelope, object, now);
      case DISPUTE -> dispute(tx, envelope, object, now);
    };
  }

  private Outcome session(Handle tx, Envelope envelope, JsonNode object, Instant now) {
    var state = SessionJson.state(object);
    if (state.isEmpty()) return new Outcome.Unreadable();
    var order =
        SessionJson.order(object).or(() -> orders.bySession(tx, state.get().id()).map(Order::id));
    if (order.isEmpty()) {
      // A page that was opened ahead and ended unused is no news; money on it is.
      return SessionJson.spare(object) && !state.get().status().equals("expired")
          ? new Outcome.NoOrder(true)
          : new Outcome.Foreign();
    }
    var told = told(envelope, state.get());
    return outcome(settlement.settle(tx, order.get(), told, envelope.eventId(), now));
  }

  private Outcome charge(Handle tx, Envelope envelope, JsonNode object, Instant now) {
    var minor = MoneyJson.refunded(object);
    if (minor.isEmpty()) return new Outcome.Unreadable();
    var order = order(tx, object);
    if (order.isEmpty()) return new Outcome.NoOrder(MoneyJson.order(object).isPresent());
    return outcome(settlement.refunded(tx, order.get(), minor.get(), envelope.eventId(), now));
  }

  private Outcome refund(Handle tx, Envelope envelope, JsonNode object, Instant now) {
    var refund = MoneyJson.refund(object);
    if (refund.isEmpty()) return new Outcome.Unreadable();
    var order = order(tx, object);
    if (order.isEmpty()) return new Outcome.NoOrder(MoneyJson.order(object).isPresent());
    var it = refund.get();
    return outcome(
        settlement.refund(tx, order.get(), it.id(), it.state(), envelope.eventId(), now));
  }

  private Outcome dispute(Handle tx, Envelope envelope, JsonNode object, Instant now) {
    var dispute = MoneyJson.dispute(object);
    if (dispute.isEmpty()) return new Outcome.Unreadable();
    var order = order(tx, object);
    if (order.isEmpty()) return new Outcome.NoOrder(MoneyJson.order(object).isPresent());
    return outcome(settlement.disputed(tx, order.get(), dispute.get(), envelope.eventId(), now));
  }

  // The payment is proof; what is written on an object is only a hint, and it waits until the order
  // knows its payment.
  private Optional<OrderId> order(Handle tx, JsonNode object) {
    return orders.byIntent(tx, MoneyJson.intent(object)).map(Order::id);
  }

  private static SessionState told(Envelope envelope, SessionState state) {
    if (!envelope.tellsFailure() || !state.paymentStatus().equals("unpaid")) return state;
    return state.failed();
  }

  private static Outcome outcome(Settlement.Outcome outcome) {
    return switch (outcome) {
      case Settlement.Outcome.Applied(_), Settlement.Outcome.Known(_) -> new Outcome.Told();
      case Settlement.Outcome.NoSuchOrder() -> new Outcome.NoOrder(true);
    };
  }
}
