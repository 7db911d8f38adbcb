package urgency.payments;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.OrderStatus;
import urgency.orders.PaymentDesk;
import urgency.orders.Settlement;
import urgency.platform.sql.Database;

/**
 * The look that is taken when a shopper comes back before the webhook does. What the address says
 * is never trusted: the provider is asked, and its answer goes through the same door.
 */
@Singleton
public final class Redirect {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final int REMEMBERED_MAX = 10_000;

  private final PaymentDesk desk;
  private final Settlement settlement;
  private final Database database;
  private final InstantSource clock;
  private final Cache<OrderId, OrderId> lately =
      Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).expireAfterWrite(BETWEEN_LOOKS).build();

  Redirect(PaymentDesk desk, Settlement settlement, Database database, InstantSource clock) {
    this.desk = desk;
    this.settlement = settlement;
    this.database = database;
    this.clock = clock;
  }

  /**
   * Asks the provider and settles; gives the status that the order then has. Empty when there was
   * nothing to ask, no answer, or a look within the last two seconds. Never called while a
   * transaction is open.
   */
  public Optional<OrderStatus> lookNow(Order order) {
    if (!Reconciler.isOpen(order.status()) || order.session().isEmpty()) return Optional.empty();
    if (lately.asMap().putIfAbsent(order.id(), order.id()) != null) return Optional.empty();
    return look(order, "redirect");
  }

  /** The same without the pause between looks, for the reconciler. */
  Optional<OrderStatus> look(Order order, String cause) {
    return order
        .session()
        .flatMap(desk::look)
        .flatMap(
            state -> {
              var now = clock.instant();
              return status(
                  database.write(tx -> settlement.settle(tx, order.id(), state, cause, now)));
            });
  }

  private static Optional<OrderStatus> status(Settlement.Outcome outcome) {
    return switch (outcome) {
      case Settlement.Outcome.Applied(var status) -> Optional.of(status);
      case Settlement.Outcome.Known(var status) -> Optional.of(status);
      case Settlement.Outcome.NoSuchOrder() -> Optional.empty();
    };
  }
}
