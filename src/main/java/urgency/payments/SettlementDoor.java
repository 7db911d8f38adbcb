package urgency.payments;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.PaymentDesk.SessionState;
import urgency.orders.Settlement;

/** What payments needs of orders, as one thing that a test can stand in for. */
interface SettlementDoor {
  /** See {@link Settlement#settle}. */
  Settlement.Outcome settle(Handle tx, OrderId id, SessionState state, String cause, Instant now);

  /** The order that is paid on this page. */
  Optional<Order> bySession(Handle tx, String sessionId);

  /** See {@link urgency.orders.Orders#openWithSession}. */
  List<Order> openWithSession(Handle tx, Instant placedBefore, Optional<OrderId> after, int max);
}
