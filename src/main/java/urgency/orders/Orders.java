package urgency.orders;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.platform.language.Language;

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

  /** The language in which an order was placed, where that is known. */
  public Optional<Language> language(Handle tx, OrderId id) {
    return tx.createQuery("select coalesce(language, '') from orders.order_ where id = :id")
        .bind("id", id.value())
        .mapTo(String.class)
        .findOne()
        .flatMap(Language::of);
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

  /** Orders placed from one instant until before another of which money was taken. */
  public List<OrderId> taken(Handle tx, Instant from, Instant until, int max) {
    return tx.createQuery(
            """
            select id
              from orders.order_
             where placed_at >= :from
               and placed_at < :until
               and taken_minor > 0
             order by placed_at, id
             limit :max
            """)
        .bind("from", OrderBook.time(from))
        .bind("until", OrderBook.time(until))
        .bind("max", max)
        .mapTo(UUID.class)
        .map(OrderId::new)
        .list();
  }

  /**
   * Which orders are meant; what is empty does not restrict.
   *
   * @param until the first instant that is too late
   */
  public record Choice(Optional<OrderStatus> status, Instant from, Instant until) {
    public static final Choice ALL =
        new Choice(Optional.empty(), Instant.EPOCH, Instant.ofEpochSecond(1L << 34));
  }

  /**
   * Told of what happens to an order, in the transaction in which it happens: what a witness writes
   * is committed together with it, or not at all. It asks nobody outside.
   */
  public interface Witness {
    /** An order has moved, or something new is known of it. */
    void moved(Handle tx, Order before, Order after, Instant now);

    /** The provider has told how the buyer can be reached; the text is not checked. */
    void reached(Handle tx, OrderId order, String email, Instant now);
  }

  /** One line of an order's history. */
  public record Step(int version, Instant at, String from, String to, String cause) {}

  /** Chosen orders, newest first; {@code after} continues where an earlier page ended. */
  public List<Order> page(Handle tx, Choice choice, Optional<Order> after, int max) {
    var ids =
        tx.createQuery(
                """
                select id
                  from orders.order_
                 where (:status = '' or status = :status)
                   and placed_at >= :from
                   and (placed_at, id) < (:until, :last)
                 order by placed_at desc, id desc
                 limit :max
                """)
            .bind("status", choice.status().map(Enum::name).orElse(""))
            .bind("from", OrderBook.time(choice.from()))
            .bind("until", OrderBook.time(after.map(Order::placedAt).orElse(choice.until())))
            .bind("last", after.map(it -> it.id().value()).orElse(new UUID(0, 0)))
            .bind("max", max)
            .mapTo(UUID.class)
            .list();
    return inOrder(ids, OrderBook.read(tx, ids));
  }

  /** What happened to an order, oldest first. */
  public List<Step> history(Handle tx, OrderId id, int max) {
    return tx.createQuery(
            """
            select version, at, "from", "to", cause
              from orders.audit
             where order_id = :id
             order by version
             limit :max
            """)
        .bind("id", id.value())
        .bind("max", max)
        .map((row, _) -> step(row))
        .list();
  }

  private static Step step(ResultSet row) throws SQLException {
    return new Step(
        row.getInt(1),
        row.getTimestamp(2).toInstant(),
        row.getString(3),
        row.getString(4),
        row.getString(5));
  }

  /** What one event of the provider did: each order that it moved, and how. */
  public Map<OrderId, Step> movedBy(Handle tx, String event, int max) {
    var moved = new LinkedHashMap<OrderId, Step>();
    tx.createQuery(
            """
            select version, at, "from", "to", cause, order_id
              from orders.audit
             where cause = :event
               and cause like 'evt%'
             order by at, order_id
             limit :max
            """)
        .bind("event", event)
        .bind("max", max)
        .map((row, _) -> Map.entry(new OrderId(row.getObject(6, UUID.class)), step(row)))
        .forEach(it -> moved.put(it.getKey(), it.getValue()));
    return moved;
  }

  /** How many orders are in doubt or could not be refunded, by status: a person must look. */
  public Map<OrderStatus, Integer> forPeople(Handle tx) {
    var counts = new HashMap<OrderStatus, Integer>();
    counts.put(OrderStatus.QUARANTINED, 0);
    counts.put(OrderStatus.REFUND_FAILED, 0);
    tx.createQuery(
            """
            select status, count(*)
              from orders.order_
             where status in ('QUARANTINED', 'REFUND_FAILED')
             group by status
            """)
        .map((row, _) -> Map.entry(OrderStatus.valueOf(row.getString(1)), row.getInt(2)))
        .forEach(it -> counts.put(it.getKey(), it.getValue()));
    return counts;
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
    return inOrder(ids, OrderBook.read(tx, ids));
  }

  private static List<Order> inOrder(List<UUID> ids, List<Order> orders) {
    var found = new HashMap<UUID, Order>();
    for (var order : orders) found.put(order.id().value(), order);
    var sorted = new ArrayList<Order>(found.size());
    for (var id : ids) sorted.add(found.get(id));
    return sorted;
  }

  /**
   * What a paid order took of one product.
   *
   * @param at when it was paid
   */
  public record Sale(ProductId product, Instant at, int units) {}

  /** The paid orders of an edition, one line per order and product, in the order of payment. */
  public List<Sale> sales(Handle tx, long edition) {
    return tx.createQuery(
            """
            select line.product_id, order_.paid_at, sum(line.units) as units
              from orders.order_
              join orders.line on line.order_id = order_.id
             where order_.edition = :edition
               and order_.paid_at is not null
               and order_.status in ('PAID', 'PARTIALLY_REFUNDED')
             group by order_.id, line.product_id
             order by order_.paid_at, order_.id
            """)
        .bind("edition", edition)
        .map(
            (row, _) ->
                new Sale(
                    new ProductId(row.getObject(1, UUID.class)),
                    row.getTimestamp(2).toInstant(),
                    row.getInt(3)))
        .list();
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
