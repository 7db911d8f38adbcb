package urgency.mail;

import jakarta.inject.Singleton;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.Orders;
import urgency.orders.RefundFacts;

/** Which steps of an order call for a letter. An order that nobody paid in time calls for none. */
@Singleton
final class OrderLetters implements Orders.Witness {
  private final Outbox outbox;
  private final Addresses addresses;

  OrderLetters(Outbox outbox, Addresses addresses) {
    this.outbox = outbox;
    this.addresses = addresses;
  }

  @Override
  public void moved(Handle tx, Order before, Order after, Instant now) {
    if (isSold(after) && !isSold(before)) {
      outbox.write(tx, after.id(), new Letter.Receipt(), now);
    }
    if (hasFailed(after) && !hasFailed(before)) {
      outbox.write(tx, after.id(), new Letter.PaymentFailed(), now);
    }
    var known = before.facts().refund().byId();
    after
        .facts()
        .refund()
        .byId()
        .forEach(
            (id, refund) -> {
              var isNew = !known.containsKey(id);
              if (isNew && refund.state() != RefundFacts.State.FAILED) {
                outbox.write(tx, after.id(), new Letter.RefundSent(id, refund.amountMinor()), now);
              }
            });
  }

  @Override
  public void reached(Handle tx, OrderId order, String email, Instant now) {
    EmailAddress.parse(email).ifPresent(it -> addresses.remember(tx, order, it, now));
  }

  private static boolean isSold(Order order) {
    return order.facts().sold() && !order.facts().doubtful();
  }

  // The payment may have come by another way since.
  private static boolean hasFailed(Order order) {
    return order.facts().asyncFailed() && order.facts().paidAt().isEmpty();
  }
}
