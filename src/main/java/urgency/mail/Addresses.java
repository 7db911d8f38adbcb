package urgency.mail;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.orders.OrderId;

/** How the buyer of an order can be reached; forgotten after the time that is set. */
@Singleton
public final class Addresses {
  private static final int FORGET_MAX = 1_000;

  private final Outbox outbox;

  Addresses(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Remembers an address, the latest one; what waited for it goes now. Off without letters. */
  public void remember(Handle tx, OrderId order, EmailAddress address, Instant now) {
    if (!outbox.sends()) return;
    tx.createUpdate(
            """
            insert into mail.address (order_id, address, known_at)
            values (:order, :address, :now)
                on conflict (order_id) do update
                   set address = excluded.address, known_at = excluded.known_at
            """)
        .bind("order", order.value())
        .bind("address", address.text())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
    outbox.addressed(tx, order, now);
  }

  public Optional<EmailAddress> of(Handle tx, OrderId order) {
    return tx.createQuery("select address from mail.address where order_id = :order")
        .bind("order", order.value())
        .mapTo(String.class)
        .findOne()
        .flatMap(EmailAddress::parse);
  }

  /** Erases what is older than that, a bounded number at a time; answers how many. */
  int erase(Handle tx, Instant now, Duration kept) {
    return tx.createUpdate(
            """
            delete from mail.address
             where order_id in (select order_id
                                  from mail.address
                                 where known_at < :before
                                 limit :max)
            """)
        .bind("before", now.minus(kept).atOffset(ZoneOffset.UTC))
        .bind("max", FORGET_MAX)
        .execute();
  }
}
