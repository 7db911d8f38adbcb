package urgency.payments;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.OrderStatus;
import urgency.orders.Orders;
import urgency.platform.sql.Database;

/**
 * The janitor: asks the provider about every order that has waited too long, so that all come right
 * even if no webhook ever arrives. It goes round all open orders, a bounded number at a time.
 */
@Singleton
final class Reconciler {
  /** Webhook and redirect are given this long before anybody asks. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  static final int LOOKS_MAX = 400;

  private static final Logger LOG = Logger.getLogger(Reconciler.class);
  private static final int AT_ONCE_MAX = 4;

  private final Orders orders;
  private final Redirect redirect;
  private final Database database;
  private Optional<OrderId> after = Optional.empty();

  Reconciler(Orders orders, Redirect redirect, Database database) {
    this.orders = orders;
    this.redirect = redirect;
    this.database = database;
  }

  /** One stretch of the round; called by one job. */
  synchronized void run(Instant now) {
    var waiting =
        database.read(tx -> orders.openWithSession(tx, now.minus(PATIENCE), after, LOOKS_MAX));
    lookAtAll(waiting);
    after = waiting.size() < LOOKS_MAX ? Optional.empty() : Optional.of(waiting.getLast().id());
  }

  /** Whether money may still come or units still go back. */
  static boolean isOpen(OrderStatus status) {
    return switch (status) {
      case HELD, AWAITING_PAYMENT, PROCESSING, RELEASING -> true;
      case PAID,
          PARTIALLY_REFUNDED,
          EXPIRED,
          PAYMENT_FAILED,
          REFUND_PENDING,
          REFUNDED,
          REFUND_FAILED,
          QUARANTINED ->
          false;
    };
  }

  private void lookAtAll(List<Order> waiting) {
    var atOnce = new Semaphore(AT_ONCE_MAX);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var order : waiting) {
        atOnce.acquireUninterruptibly();
        threads.execute(
            () -> {
              try {
                redirect.look(order, "reconciler");
              } catch (RuntimeException failed) {
                LOG.warnf(failed, "order %s could not be reconciled", order.id());
              } finally {
                atOnce.release();
              }
            });
      }
    }
  }
}
