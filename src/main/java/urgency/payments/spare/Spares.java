package urgency.payments.spare;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.catalog.VariantId;
import urgency.orders.Order;
import urgency.shelf.Deal;
import urgency.shelf.Edition;

/** The spare payment pages of all nodes. */
@Singleton
public final class Spares {
  private static final Duration KEPT = Duration.ofDays(2);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final int FORGET_MAX = 1_000;

  private static final String OF_ORDER =
      """
      select session_id, session_url, expires_at
        from payments.spare
       where order_id = :order
      """;

  // Whoever takes a page locks it for itself and passes over those that others are taking.
  private static final String TAKE =
      """
      update payments.spare
         set order_id = :order
       where session_id = (select session_id
                             from payments.spare
                            where edition = :edition
                              and variant_id = :variant
                              and price_minor = :price
                              and currency = :currency
                              and order_id is null
                              and not closing
                              and expires_at > :until
                            limit 1
                              for update skip locked)
      returning session_id, session_url, expires_at
      """;

  private static final String ADD =
      """
      insert into payments.spare (session_id, session_url, expires_at, edition, variant_id,
             price_minor, currency, closes_at)
      values (:session, :url, :expires, :edition, :variant, :price, :currency, :closes)
      on conflict do nothing
      """;

  // From the first look on the page is given to nobody; a look that failed is repeated later.
  private static final String LEAVE =
      """
      update payments.spare
         set closing = true, attempt_at = :again
       where session_id in (select session_id
                              from payments.spare
                             where order_id is null
                               and closes_at <= :now
                               and attempt_at <= :now
                             order by closes_at
                             limit :max
                               for update skip locked)
      returning session_id, session_url, expires_at
      """;

  private static final String FORGET =
      """
      delete from payments.spare
       where session_id in (select session_id
                              from payments.spare
                             where order_id is not null
                               and closes_at < :before
                             limit :max)
      """;

  /** The page that this order has from here, or gets now; empty when there is none for it. */
  Optional<Order.Session> take(Handle tx, Order order) {
    var had =
        tx.createQuery(OF_ORDER)
            .bind("order", order.id().value())
            .map((row, _) -> session(row))
            .findOne();
    if (had.isPresent()) return had;
    var line = order.lines().getFirst();
    return tx.createQuery(TAKE)
        .bind("order", order.id().value())
        .bind("edition", order.edition())
        .bind("variant", line.variant().value())
        .bind("price", line.price().minor())
        .bind("currency", line.price().currency().getCurrencyCode())
        .bind("until", time(order.holdUntil()))
        .map((row, _) -> session(row))
        .findOne();
  }

  void add(Handle tx, Edition edition, Deal deal, Order.Session session) {
    tx.createUpdate(ADD)
        .bind("session", session.id())
        .bind("url", session.url())
        .bind("expires", time(session.expiresAt()))
        .bind("edition", edition.number())
        .bind("variant", deal.variant().value())
        .bind("price", deal.price().minor())
        .bind("currency", deal.price().currency().getCurrencyCode())
        .bind("closes", time(edition.closesAt()))
        .execute();
  }

  /** How many pages were ever opened for this, taken or not. */
  int opened(Handle tx, long edition, VariantId variant) {
    return tx.createQuery(
            "select count(*) from payments.spare where edition = :edition and variant_id ="
                + " :variant")
        .bind("edition", edition)
        .bind("variant", variant.value())
        .mapTo(Integer.class)
        .one();
  }

  /** How many pages could be taken now. */
  int free(Handle tx) {
    return tx.createQuery(
            "select count(*) from payments.spare where order_id is null and not closing")
        .mapTo(Integer.class)
        .one();
  }

  /** Pages whose edition is over and that nobody took; they are given to nobody from now on. */
  List<Order.Session> leave(Handle tx, Instant now, int max) {
    return tx.createQuery(LEAVE)
        .bind("now", time(now))
        .bind("again", time(now.plus(LEASE)))
        .bind("max", max)
        .map((row, _) -> session(row))
        .list();
  }

  void remove(Handle tx, Order.Session session) {
    tx.createUpdate("delete from payments.spare where session_id = :session and order_id is null")
        .bind("session", session.id())
        .execute();
  }

  void forget(Handle tx, Instant now) {
    tx.createUpdate(FORGET).bind("before", time(now.minus(KEPT))).bind("max", FORGET_MAX).execute();
  }

  private static Order.Session session(ResultSet row) throws SQLException {
    return new Order.Session(
        row.getString("session_id"),
        row.getString("session_url"),
        row.getObject("expires_at", OffsetDateTime.class).toInstant());
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
