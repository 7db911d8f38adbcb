package urgency.payments;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.OrderStatus;
import urgency.orders.PaymentDesk.SessionState;
import urgency.orders.Settlement;
import urgency.platform.sql.Database;

/** Orders that write down, in the caller's transaction, what they were told. */
public final class TestOrders implements SettlementDoor {
  private final Database database;
  private final Map<OrderId, Order> known = new HashMap<>();
  private RuntimeException failure = new IllegalStateException("none");
  private boolean failing;

  public TestOrders(Database database) {
    this.database = database;
    database.change(
        tx -> tx.execute("create table public.settled (order_id text, payment text, cause text)"));
  }

  public synchronized void add(Order order) {
    known.put(order.id(), order);
  }

  synchronized void failWith(RuntimeException failure) {
    this.failure = failure;
    failing = true;
  }

  synchronized void recover() {
    failing = false;
  }

  /** Committed settlements, as {@code payment status of order}. */
  public List<String> settled() {
    return database.read(
        tx ->
            tx.createQuery("select payment || ' ' || order_id from public.settled")
                .mapTo(String.class)
                .list());
  }

  @Override
  public synchronized Settlement.Outcome settle(
      Handle tx, OrderId id, SessionState state, String cause, Instant now) {
    if (!known.containsKey(id)) return new Settlement.Outcome.NoSuchOrder();
    tx.execute(
        "insert into public.settled values (?, ?, ?)", id.toString(), state.paymentStatus(), cause);
    if (failing) throw failure;
    return new Settlement.Outcome.Applied(OrderStatus.PAID);
  }

  @Override
  public synchronized Optional<Order> bySession(Handle tx, String sessionId) {
    return known.values().stream()
        .filter(it -> it.session().map(page -> page.id().equals(sessionId)).orElse(false))
        .findFirst();
  }

  @Override
  public synchronized List<Order> openWithSession(
      Handle tx, Instant placedBefore, Optional<OrderId> after, int max) {
    var open = new ArrayList<Order>();
    for (var order : known.values()) {
      if (order.session().isPresent() && order.placedAt().isBefore(placedBefore)) open.add(order);
    }
    return open.subList(0, Math.min(max, open.size()));
  }
}
