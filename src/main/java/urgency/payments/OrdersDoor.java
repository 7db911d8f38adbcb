package urgency.payments;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.Orders;
import urgency.orders.PaymentDesk.SessionState;
import urgency.orders.Settlement;

/** The real orders. */
@Singleton
final class OrdersDoor implements SettlementDoor {
  private final Orders orders;
  private final Settlement settlement;

  OrdersDoor(Orders orders, Settlement settlement) {
    this.orders = orders;
    this.settlement = settlement;
  }

  @Override
  public Settlement.Outcome settle(
      Handle tx, OrderId id, SessionState state, String cause, Instant now) {
    return settlement.settle(tx, id, state, cause, now);
  }

  @Override
  public Optional<Order> bySession(Handle tx, String sessionId) {
    return orders.bySession(tx, sessionId);
  }

  @Override
  public List<Order> openWithSession(
      Handle tx, Instant placedBefore, Optional<OrderId> after, int max) {
    return orders.openWithSession(tx, placedBefore, after, max);
  }
}
