package urgency.payments;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.Orders;
import urgency.platform.sql.Database;

/**
 * Compares what the provider was paid with what the orders say, both ways, over the last days. All
 * three figures are zero when all is well; a difference is money, and is told to a person.
 */
@Singleton
public final class PaymentAudit {
  /** Younger payments may still be on their way to their orders. */
  static final Duration SETTLED_AFTER = Duration.ofMinutes(30);

  static final Duration LOOKS_BACK = Duration.ofDays(2);

  private static final Duration KEPT = Duration.ofDays(400);

  private static final Logger LOG = Logger.getLogger(PaymentAudit.class);
  private static final int PAGES_MAX = 500;
  private static final int ORDERS_MAX = 50_000;

  private static final int FOUND_MAX = 100;

  /** What does not add up. */
  public record Figures(int paidWithoutOrder, int orderWithoutPayment, int amountMismatch) {
    static final Figures NONE = new Figures(0, 0, 0);
  }

  /**
   * A comparison that was made.
   *
   * @param found what differs, a hundred of it at most: its kind, then the session or the order
   */
  public record Comparison(Instant at, Figures figures, List<String> found) {
    public Comparison {
      found = List.copyOf(found);
    }
  }

  private final EventSource source;
  private final Orders orders;
  private final Database database;

  PaymentAudit(EventSource source, Orders orders, Database database) {
    this.source = source;
    this.orders = orders;
    this.database = database;
  }

  /** Compares; empty when the provider could not be read to the end. */
  Optional<Figures> run(Instant now) {
    var until = now.minus(SETTLED_AFTER);
    var from = now.minus(LOOKS_BACK);
    var paid = new HashMap<String, JsonNode>();
    if (!readPaid(from, until, paid)) return Optional.empty();
    var found = new ArrayList<String>();
    var figures = compare(paid, from, until, found);
    if (!figures.equals(Figures.NONE)) LOG.errorf("the audit of payments differs: %s", figures);
    database.change(tx -> save(tx, figures, found, now));
    return Optional.of(figures);
  }

  /** The latest comparison; empty before the first. */
  public Optional<Comparison> latest(Handle tx) {
    return tx.createQuery(
            """
            select at, paid_without_order, order_without_payment, amount_mismatch, found
              from payments.comparison
             order by at desc
             limit 1
            """)
        .map(
            (row, _) ->
                new Comparison(
                    row.getTimestamp("at").toInstant(),
                    new Figures(
                        row.getInt("paid_without_order"),
                        row.getInt("order_without_payment"),
                        row.getInt("amount_mismatch")),
                    List.of((String[]) row.getArray("found").getArray())))
        .findOne();
  }

  private static void save(Handle tx, Figures figures, List<String> found, Instant now) {
    tx.createUpdate(
            """
            insert into payments.comparison
                   (at, paid_without_order, order_without_payment, amount_mismatch, found)
            values (:now, :without, :unpaid, :mismatch, :found)
                on conflict do nothing
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("without", figures.paidWithoutOrder())
        .bind("unpaid", figures.orderWithoutPayment())
        .bind("mismatch", figures.amountMismatch())
        .bindArray("found", String.class, found.subList(0, Math.min(found.size(), FOUND_MAX)))
        .execute();
    tx.createUpdate("delete from payments.comparison where at < :before")
        .bind("before", now.minus(KEPT).atOffset(ZoneOffset.UTC))
        .execute();
  }

  private boolean readPaid(Instant from, Instant until, Map<String, JsonNode> paid) {
    var after = "";
    for (var page = 0; page < PAGES_MAX; page++) {
      var found = source.sessions(from, until, after);
      if (found.isEmpty()) return false;
      for (var session : found.get().items()) {
        if (session.path("payment_status").asText("").equals("paid")) {
          paid.put(session.path("id").asText(""), session);
        }
      }
      if (!found.get().more() || found.get().items().isEmpty()) return true;
      after = found.get().items().getLast().path("id").asText("");
    }
    return false;
  }

  private Figures compare(
      Map<String, JsonNode> paid, Instant from, Instant until, List<String> found) {
    var without = 0;
    var mismatch = 0;
    var known = new HashSet<OrderId>();
    for (var session : paid.values()) {
      var named = order(session);
      if (named.isEmpty()) continue;
      var order = database.read(tx -> orders.find(tx, named.get()));
      if (order.isEmpty() || order.get().facts().takenMinor() == 0) {
        without++;
        found.add("paid without order " + session.path("id").asText(""));
      } else if (!agrees(order.get(), session)) {
        mismatch++;
        found.add("amount mismatch " + named.get());
      }
      known.add(named.get());
    }
    return new Figures(without, withoutPayment(known, from, until, found), mismatch);
  }

  private Optional<OrderId> order(JsonNode session) {
    if (!SessionJson.spare(session)) return SessionJson.order(session);
    var id = session.path("id").asText("");
    return database.read(tx -> orders.bySession(tx, id)).map(Order::id);
  }

  // Placed a while after the stretch of sessions began, and before it ended: the session of each is
  // in the stretch.
  private int withoutPayment(Set<OrderId> known, Instant from, Instant until, List<String> found) {
    var start = from.plus(SETTLED_AFTER);
    var end = until.minus(SETTLED_AFTER);
    var without = 0;
    for (var id : database.read(tx -> orders.taken(tx, start, end, ORDERS_MAX))) {
      if (known.contains(id)) continue;
      without++;
      found.add("order without payment " + id);
    }
    return without;
  }

  private static boolean agrees(Order order, JsonNode session) {
    var state = SessionJson.state(session);
    return state.isPresent()
        && state.get().amountMinor() == order.facts().takenMinor()
        && state.get().currency().equals(order.total().currency().getCurrencyCode());
  }
}
