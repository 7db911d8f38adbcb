package urgency.orders;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Gives a buyer who asks for it as much time again to pay, once for each order. The payment page
 * lives longer than both together, so nothing has to be opened anew.
 */
@Singleton
public final class MoreTime {
  private static final String CAUSE = "the buyer asked for more time";

  private static final String GIVE = "update orders.order_ set hold_until = :until where id = :id";

  private static final String ASKED =
      "select exists (select from orders.audit where order_id = :id and cause = :cause)";

  private final OrderBook book;
  private final OrderSettings settings;

  MoreTime(OrderBook book, OrderSettings settings) {
    this.book = book;
    this.settings = settings;
  }

  /** Until when the units would be held; empty when there is no more time to give. */
  public Optional<Instant> possible(Handle tx, Order order, Instant now) {
    if (!order.status().payable() || !now.isBefore(order.holdUntil())) return Optional.empty();
    var wished = order.holdUntil().plus(settings.hold());
    // Never longer than the payment page can be paid, or less would be kept than is said.
    var until =
        order
            .session()
            .map(Order.Session::expiresAt)
            .filter(it -> it.isBefore(wished))
            .orElse(wished);
    return until.isAfter(order.holdUntil()) && !asked(tx, order)
        ? Optional.of(until)
        : Optional.empty();
  }

  /**
   * Holds the units longer.
   *
   * @return until when; empty when nothing was changed, because the order has had its more time or
   *     does not wait for a payment
   */
  public Optional<Instant> give(Handle tx, OrderId id, Instant now) {
    var found = OrderBook.lock(tx, id);
    var until = found.flatMap(it -> possible(tx, it, now));
    if (until.isEmpty()) return until;
    var order = found.orElseThrow();
    tx.createUpdate(GIVE)
        .bind("until", OrderBook.time(until.get()))
        .bind("id", id.value())
        .execute();
    book.save(tx, order, order.moved(order.session(), order.facts()), CAUSE, now);
    return until;
  }

  private static boolean asked(Handle tx, Order order) {
    return tx.createQuery(ASKED)
        .bind("id", order.id().value())
        .bind("cause", CAUSE)
        .mapTo(Boolean.class)
        .one();
  }
}
