package urgency.orders;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.catalog.VariantId;

/** The orders that were placed, for reading. */
@Singleton
public final class Orders {
  private static final String OPEN =
      """
      select id
        from orders.order_
       where status in ('AWAITING_PAYMENT', 'PROCESSING', 'RELEASING')
         and session_id is not null
         and placed_at < :before
         and id > :after
       order by id
       limit :max
      """;

  public Optional<Order> find(Handle tx, OrderId id) {
    return OrderBook.find(tx, id);
  }

  /** Keeps the order from being changed by others until the transaction ends. */
  public Optional<Order> lock(Handle tx, OrderId id) {
    return OrderBook.lock(tx, id);
  }

  /** The order that was paid by this payment. */
  public Optional<Order> byIntent(Handle tx, String intent) {
    if (intent.isEmpty()) return Optional.empty();
    var id =
        tx.createQuery("select id from orders.order_ where intent = :intent order by id limit 1")
            .bind("intent", intent)
            .mapTo(UUID.class)
            .findOne();
    return id.flatMap(it -> OrderBook.find(tx, new OrderId(it)));
  }

  /** Orders that were paid when their units were gone, and of which money is still here. */
  public List<UUID> owing(Handle tx, int max) {
    return tx.createQuery(
            """
            select id
              from orders.order_
             where status = 'REFUND_PENDING'
               and released
               and not resold
               and refunded_minor = 0
               and refunds = '{}'
             order by id
             limit :max
            """)
        .bind("max", max)
        .mapTo(UUID.class)
        .list();
  }

  public Optional<Order> bySession(Handle tx, String sessionId) {
    var id =
        tx.createQuery("select id from orders.order_ where session_id = :session")
            .bind("session", sessionId)
            .mapTo(UUID.class)
            .findOne();
    return id.flatMap(it -> OrderBook.find(tx, new OrderId(it)));
  }

  /** Newest first, at most {@code max}. */
  public List<Order> of(Handle tx, UUID buyer, int max) {
    var ids =
        tx.createQuery(
                """
                select id
                  from orders.order_
                 where buyer = :buyer
                 order by placed_at desc, id
                 limit :max
                """)
            .bind("buyer", buyer)
            .bind("max", max)
            .mapTo(UUID.class)
            .list();
    return OrderBook.read(tx, ids);
  }

  /**
   * Orders with a payment page whose money is still open, placed before an instant, by ascending
   * id; {@code after} continues where an earlier list ended.
   */
  public List<Order> openWithSession(
      Handle tx, Instant placedBefore, Optional<OrderId> after, int max) {
    var ids =
        tx.createQuery(OPEN)
            .bind("before", OrderBook.time(placedBefore))
            .bind("after", after.map(OrderId::value).orElse(new UUID(0, 0)))
            .bind("max", max)
            .mapTo(UUID.class)
            .list();
    var found = new HashMap<UUID, Order>();
    for (var order : OrderBook.read(tx, ids)) found.put(order.id().value(), order);
    var open = new ArrayList<Order>(found.size());
    for (var id : ids) open.add(found.get(id));
    return open;
  }

  /** Units of paid orders in an edition, by variant. */
  public Map<VariantId, Integer> unitsSold(Handle tx, long edition) {
    var sold = new HashMap<VariantId, Integer>();
    tx.createQuery(
            """
            select line.variant_id, sum(line.units)
              from orders.order_
              join orders.line on line.order_id = order_.id
             where order_.edition = :edition
               and order_.status in ('PAID', 'PARTIALLY_REFUNDED')
             group by line.variant_id
            """)
        .bind("edition", edition)
        .map((row, _) -> Map.entry(row.getObject(1, UUID.class), row.getInt(2)))
        .forEach(it -> sold.put(new VariantId(it.getKey()), it.getValue()));
    return sold;
  }
}
