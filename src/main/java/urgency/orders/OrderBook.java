package urgency.orders;

import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.platform.facts.Facts;

/**
 * The rows of orders: reads them, locks them, and saves a change together with its line in the
 * audit and its fact.
 */
@Singleton
final class OrderBook {
  private static final String BY_ID =
      """
      select id, buyer, idem_key, edition, amount_minor, currency, placed_at, hold_until,
             session_id, session_url, session_expires_at, closing, session_expired,
             session_complete, paid_at, async_failed, released, resold, taken_minor, intent,
             refund_asked_minor, refund_seen_minor, refunded_minor, refunds, dispute, mismatch,
             accepted, status, version
        from orders.order_
       where id = any(:ids)
       order by placed_at desc, id
      """;

  private static final String LINES =
      """
      select order_id, product_id, variant_id, title, units, price_minor
        from orders.line
       where order_id = any(:ids)
       order by order_id, place
      """;

  private static final String SAVE =
      """
      with audit as (
        insert into orders.audit (order_id, version, at, "from", "to", cause)
        values (:id, :version, :at, :from, :to, :cause)
      )
      update orders.order_
         set session_id = :sessionId,
             session_url = :sessionUrl,
             session_expires_at = :sessionExpiresAt,
             closing = :closing,
             session_expired = :sessionExpired,
             session_complete = :sessionComplete,
             paid_at = :paidAt,
             async_failed = :asyncFailed,
             released = :released,
             resold = :resold,
             taken_minor = :takenMinor,
             intent = :intent,
             refund_asked_minor = :refundAskedMinor,
             refund_seen_minor = :refundSeenMinor,
             refunded_minor = :refundedMinor,
             refunds = :refunds,
             dispute = :dispute,
             mismatch = :mismatch,
             accepted = :accepted,
             status = :to,
             version = :version
       where id = :id
         and version = :version - 1
      """;

  /**
   * The next few are wanted, in the order of an index. In a rush the table has grown since it was
   * counted, and the planner would fetch and sort all that there is for what it takes to be few.
   */
  private static final String STEP_BY_STEP = "set local enable_bitmapscan = off";

  private final Facts facts;
  private final List<Orders.Witness> witnesses;

  /**
   * @param witnesses told of every step, in their order
   */
  @Inject
  OrderBook(Facts facts, @All List<Orders.Witness> witnesses) {
    this.facts = facts;
    this.witnesses = witnesses;
  }

  OrderBook(Facts facts) {
    this(facts, List.of());
  }

  /** The orders with these ids, newest first. */
  static List<Order> read(Handle tx, Collection<UUID> ids) {
    return read(tx, BY_ID, ids);
  }

  static Optional<Order> find(Handle tx, OrderId id) {
    return read(tx, List.of(id.value())).stream().findFirst();
  }

  /** Keeps the order from being changed by others until the transaction ends. */
  static Optional<Order> lock(Handle tx, OrderId id) {
    return read(tx, BY_ID + "   for update", List.of(id.value())).stream().findFirst();
  }

  /** Writes the change down; the caller holds the order's lock. */
  void save(Handle tx, Order before, Order after, String cause, Instant now) {
    var known = after.facts();
    var rows =
        tx.createUpdate(SAVE)
            .bind("id", after.id().value())
            .bind("at", time(now))
            .bind("from", before.status().name())
            .bind("to", after.status().name())
            .bind("cause", cause)
            .bind("sessionId", after.session().map(Order.Session::id).orElse(null))
            .bind("sessionUrl", after.session().map(Order.Session::url).orElse(null))
            .bind("sessionExpiresAt", time(after.session().map(Order.Session::expiresAt)))
            .bind("closing", known.closing())
            .bind("sessionExpired", known.sessionExpired())
            .bind("sessionComplete", known.sessionComplete())
            .bind("paidAt", time(known.paidAt()))
            .bind("asyncFailed", known.asyncFailed())
            .bind("released", known.released())
            .bind("resold", known.resold())
            .bind("takenMinor", known.takenMinor())
            .bind("intent", known.intent())
            .bind("refundAskedMinor", known.refund().askedMinor())
            .bind("refundSeenMinor", known.refund().seenMinor())
            .bind("refundedMinor", known.refund().chargeMinor())
            .bindArray("refunds", String.class, words(known.refund()))
            .bind("dispute", known.dispute().name())
            .bind("mismatch", known.mismatch())
            .bind("accepted", known.accepted())
            .bind("version", after.version())
            .execute();
    if (rows != 1) throw new IllegalStateException("order changed without its lock: " + before);
    facts.append(tx, now, changed(after));
    for (var witness : witnesses) witness.moved(tx, before, after, now);
  }

  /** Passes on how the buyer of an order can be reached. */
  void reached(Handle tx, OrderId order, String email, Instant now) {
    for (var witness : witnesses) witness.reached(tx, order, email, now);
  }

  /** For the rest of this transaction, what is asked in the order of an index is read along it. */
  static void stepByStep(Handle tx) {
    tx.execute(STEP_BY_STEP);
  }

  /** What others are told of an order. */
  static OrderChanged changed(Order order) {
    return new OrderChanged(order.id().toString(), order.status().name(), order.version());
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable OffsetDateTime time(Optional<Instant> instant) {
    return instant.map(OrderBook::time).orElse(null);
  }

  private static List<Order> read(Handle tx, String sql, Collection<UUID> ids) {
    if (ids.isEmpty()) return List.of();
    var orders =
        tx.createQuery(sql)
            .bindArray("ids", UUID.class, ids)
            .map((row, _) -> order(row, List.of()))
            .list();
    if (orders.isEmpty()) return orders;
    var lines = lines(tx, orders);
    var whole = new ArrayList<Order>(orders.size());
    for (var order : orders) {
      whole.add(order.with(lines.getOrDefault(order.id().value(), List.of())));
    }
    return whole;
  }

  private static Map<UUID, List<Order.Line>> lines(Handle tx, List<Order> orders) {
    var ids = new ArrayList<UUID>(orders.size());
    var currencies = new HashMap<UUID, Currency>();
    for (var order : orders) {
      ids.add(order.id().value());
      currencies.put(order.id().value(), order.total().currency());
    }
    var lines = new HashMap<UUID, List<Order.Line>>();
    tx.createQuery(LINES)
        .bindArray("ids", UUID.class, ids)
        .map(
            (row, _) -> {
              var order = row.getObject(1, UUID.class);
              return lines
                  .computeIfAbsent(order, _ -> new ArrayList<>())
                  .add(
                      new Order.Line(
                          new ProductId(row.getObject(2, UUID.class)),
                          new VariantId(row.getObject(3, UUID.class)),
                          row.getString(4),
                          row.getInt(5),
                          new Money(
                              row.getLong(6), Objects.requireNonNull(currencies.get(order)))));
            })
        .list();
    return lines;
  }

  private static Order order(ResultSet row, List<Order.Line> lines) throws SQLException {
    return new Order(
        new OrderId(row.getObject("id", UUID.class)),
        row.getObject("buyer", UUID.class),
        row.getString("idem_key"),
        row.getLong("edition"),
        lines,
        Money.of(row.getLong("amount_minor"), row.getString("currency")),
        instant(row, "placed_at").orElseThrow(),
        instant(row, "hold_until").orElseThrow(),
        session(row),
        new PaymentFacts(
            row.getBoolean("closing"),
            row.getBoolean("session_expired"),
            row.getBoolean("session_complete"),
            instant(row, "paid_at"),
            row.getBoolean("async_failed"),
            row.getBoolean("released"),
            row.getBoolean("resold"),
            row.getLong("taken_minor"),
            row.getString("intent"),
            refund(row),
            PaymentFacts.Dispute.valueOf(row.getString("dispute")),
            row.getString("mismatch"),
            row.getString("accepted")),
        OrderStatus.valueOf(row.getString("status")),
        row.getInt("version"));
  }

  private static List<String> words(RefundFacts refund) {
    var words = new ArrayList<String>();
    refund.byId().forEach((id, it) -> words.add(id + " " + it.amountMinor() + " " + it.state()));
    return words;
  }

  private static RefundFacts refund(ResultSet row) throws SQLException {
    var byId = new TreeMap<String, RefundFacts.Refund>();
    for (var word : (String[]) row.getArray("refunds").getArray()) {
      var parts = word.split(" ", -1);
      var state = RefundFacts.State.valueOf(parts[2]);
      byId.put(parts[0], new RefundFacts.Refund(Long.parseLong(parts[1]), state));
    }
    return new RefundFacts(
        row.getLong("refund_asked_minor"),
        row.getLong("refund_seen_minor"),
        row.getLong("refunded_minor"),
        byId);
  }

  private static Optional<Order.Session> session(ResultSet row) throws SQLException {
    var expiresAt = instant(row, "session_expires_at");
    if (expiresAt.isEmpty()) return Optional.empty();
    return Optional.of(
        new Order.Session(
            row.getString("session_id"), row.getString("session_url"), expiresAt.get()));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
