package urgency.payments;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.Orders;
import urgency.platform.sql.Database;

/**
 * Compares what the provider was paid with what the orders say, both ways, over the last days. All
 * three figures are zero when all is well; a difference is money, and is told to a person.
 */
@Singleton
final class PaymentAudit {
  /** Younger payments may still be on their way to their orders. */
  static final Duration SETTLED_AFTER = Duration.ofMinutes(30);

  static final Duration LOOKS_BACK = Duration.ofDays(2);

  private static final Logger LOG = Logger.getLogger(PaymentAudit.class);
  private static final int PAGES_MAX = 500;
  private static final int ORDERS_MAX = 50_000;

  /** What does not add up. */
  record Figures(int paidWithoutOrder, int orderWithoutPayment, int amountMismatch) {
    static final Figures NONE = new Figures(0, 0, 0);
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
    var figures = compare(paid, from, until);
    if (!figures.equals(Figures.NONE)) LOG.errorf("the audit of payments differs: %s", figures);
    return Optional.of(figures);
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

  private Figures compare(Map<String, JsonNode> paid, Instant from, Instant until) {
    var without = 0;
    var mismatch = 0;
    var known = new HashSet<OrderId>();
    for (var session : paid.values()) {
      var named = order(session);
      if (named.isEmpty()) continue;
      var order = database.read(tx -> orders.find(tx, named.get()));
      if (order.isEmpty() || order.get().facts().takenMinor() == 0) {
        without++;
      } else if (!agrees(order.get(), session)) {
        mismatch++;
      }
      known.add(named.get());
    }
    return new Figures(without, withoutPayment(known, from, until), mismatch);
  }

  private Optional<OrderId> order(JsonNode session) {
    if (!SessionJson.spare(session)) return SessionJson.order(session);
    var id = session.path("id").asText("");
    return database.read(tx -> orders.bySession(tx, id)).map(Order::id);
  }

  // Placed a while after the stretch of sessions began, and before it ended: the session of each is
  // in the stretch.
  private int withoutPayment(Set<OrderId> known, Instant from, Instant until) {
    var start = from.plus(SETTLED_AFTER);
    var end = until.minus(SETTLED_AFTER);
    var without = 0;
    for (var id : database.read(tx -> orders.taken(tx, start, end, ORDERS_MAX))) {
      if (!known.contains(id)) without++;
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
