package urgency.withdrawals;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.mail.Addresses;
import urgency.mail.EmailAddress;
import urgency.mail.Letter;
import urgency.mail.Outbox;
import urgency.money.Money;
import urgency.orders.Expiry;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.Orders;
import urgency.platform.sql.Database;
import urgency.refunds.Refunds;

/**
 * What buyers declare about their orders. A statement is written once, whatever is tapped; the
 * letter that confirms it, and the refund that may follow, are in the same transaction.
 */
@Singleton
public final class Withdrawals {
  private static final String WRITE =
      """
      insert into withdrawals.statement (order_id, kind, name, at)
      values (:order, :kind, :name, :now)
          on conflict do nothing
      """;

  private static final String OPEN =
      """
      select order_id, kind, name, at, refund
        from withdrawals.statement
       where kind = 'WITHDRAW'
         and refund is null
       order by at
       limit :max
      """;

  /** What a buyer said. */
  public enum Kind {
    CANCEL,
    WITHDRAW
  }

  /**
   * A statement of a buyer.
   *
   * @param name as it was given; empty for a cancelled order
   * @param refund the number of the refund that follows from it, once it was asked for
   */
  public record Statement(
      OrderId order, Kind kind, String name, Instant at, Optional<Integer> refund) {}

  /** The way out that an order offers now. */
  public sealed interface Way {
    /** Not paid yet: it can be cancelled. */
    record Cancel() implements Way {}

    /**
     * Paid: the buyer may withdraw.
     *
     * @param until the first instant that is too late
     */
    record Withdraw(Instant until) implements Way {}

    /** Out already. */
    record Out(Statement statement) implements Way {}

    record None() implements Way {}
  }

  /** What became of a statement. */
  public sealed interface Outcome {
    /** It is written down, now or before. */
    record Received(Statement statement) implements Outcome {}

    /** There is nothing to withdraw from, or the period is over. */
    record NotPossible() implements Outcome {}
  }

  private final Orders orders;
  private final Refunds refunds;
  private final Expiry expiry;
  private final Outbox outbox;
  private final Addresses addresses;
  private final Database database;
  private final WithdrawalSettings settings;

  Withdrawals(
      Orders orders,
      Refunds refunds,
      Expiry expiry,
      Outbox outbox,
      Addresses addresses,
      Database database,
      WithdrawalSettings settings) {
    this.orders = orders;
    this.refunds = refunds;
    this.expiry = expiry;
    this.outbox = outbox;
    this.addresses = addresses;
    this.database = database;
    this.settings = settings;
  }

  /** The way out of an order. */
  public Way way(Handle tx, Order order, Instant now) {
    var withdrawn = of(tx, order.id(), Kind.WITHDRAW);
    if (withdrawn.isPresent()) return new Way.Out(withdrawn.get());
    if (order.status().payable()) return new Way.Cancel();
    if (mayWithdraw(order, now)) return new Way.Withdraw(until(order));
    return of(tx, order.id(), Kind.CANCEL)
        .filter(_ -> order.facts().paidAt().isEmpty())
        .<Way>map(Way.Out::new)
        .orElseGet(Way.None::new);
  }

  /** Where the confirmation would go, as far as the shop knows. */
  public Optional<EmailAddress> address(Handle tx, OrderId order) {
    return addresses.of(tx, order);
  }

  /**
   * Cancels an order that is not paid: its payment page is closed first, then its units go back.
   * Called outside any transaction.
   */
  public Outcome cancel(OrderId id, Instant now) {
    var before = database.read(tx -> orders.find(tx, id)).orElseThrow();
    if (before.status().payable()) {
      var at = now.truncatedTo(ChronoUnit.MICROS);
      // Written first, so that a crash between the two forgets no wish; the page shows it only once
      // the order cannot be paid any more.
      database.change(tx -> write(tx, id, Kind.CANCEL, "", at));
      expiry.cancel(id, now);
    }
    return received(database.read(tx -> of(tx, id, Kind.CANCEL)));
  }

  /**
   * Takes a withdrawal, in the caller's transaction.
   *
   * @param name of the buyer, one line
   * @param address where the confirmation goes; empty for the one that is known
   */
  public Outcome withdraw(
      Handle tx, OrderId id, String name, Optional<EmailAddress> address, Instant now) {
    var found = orders.lock(tx, id);
    if (found.isEmpty()) return new Outcome.NotPossible();
    var known = of(tx, id, Kind.WITHDRAW);
    if (known.isPresent()) return new Outcome.Received(known.get());
    if (!mayWithdraw(found.get(), now)) return new Outcome.NotPossible();
    var at = now.truncatedTo(ChronoUnit.MICROS);
    write(tx, id, Kind.WITHDRAW, name, at);
    address.ifPresent(it -> addresses.remember(tx, id, it, now));
    outbox.write(tx, id, new Letter.Withdrawn(name, at), now);
    if (settings.refundAtOnce()) refund(tx, found.get(), now);
    return received(of(tx, id, Kind.WITHDRAW));
  }

  /** Withdrawals of which no money was asked back yet, those that wait longest first. */
  public List<Statement> open(Handle tx, int max) {
    return tx.createQuery(OPEN).bind("max", max).map((row, _) -> statement(row)).list();
  }

  /** A person has asked the money back, so the statement waits for nobody. */
  public void answered(Handle tx, OrderId id, int refund) {
    tx.createUpdate(
            """
            update withdrawals.statement
               set refund = :refund
             where order_id = :order
               and kind = 'WITHDRAW'
               and refund is null
            """)
        .bind("refund", refund)
        .bind("order", id.value())
        .execute();
  }

  /** Asks back the money of those whose payment came only after they had withdrawn. */
  void refundOpen(Instant now, int max) {
    if (!settings.refundAtOnce()) return;
    for (var statement : database.read(tx -> open(tx, max))) {
      database.change(
          tx -> orders.lock(tx, statement.order()).ifPresent(it -> refund(tx, it, now)));
    }
  }

  private void refund(Handle tx, Order order, Instant now) {
    var left = Refunds.leftMinor(order);
    if (left == 0) return;
    var amount = new Money(left, order.total().currency());
    var asked = refunds.ask(tx, order.id(), amount, "withdrawn", "the buyer", now);
    if (asked instanceof Refunds.Outcome.Asked(var number, _)) answered(tx, order.id(), number);
  }

  private boolean mayWithdraw(Order order, Instant now) {
    var open =
        switch (order.status()) {
          case PROCESSING, PAID, PARTIALLY_REFUNDED, QUARANTINED -> true;
          // A part on its way, or come back, takes nobody's right to the rest.
          case REFUND_PENDING, REFUND_FAILED ->
              order.facts().sold() && Refunds.leftMinor(order) > 0;
          case HELD, AWAITING_PAYMENT, RELEASING, EXPIRED, PAYMENT_FAILED, REFUNDED -> false;
        };
    return open && now.isBefore(until(order));
  }

  private Instant until(Order order) {
    return order
        .facts()
        .paidAt()
        .orElse(order.placedAt())
        .plus(settings.delivery())
        .plus(settings.period());
  }

  private static Outcome received(Optional<Statement> statement) {
    return statement.<Outcome>map(Outcome.Received::new).orElseGet(Outcome.NotPossible::new);
  }

  private static void write(Handle tx, OrderId id, Kind kind, String name, Instant now) {
    tx.createUpdate(WRITE)
        .bind("order", id.value())
        .bind("kind", kind.name())
        .bind("name", name)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  private static Optional<Statement> of(Handle tx, OrderId id, Kind kind) {
    return tx.createQuery(
            """
            select order_id, kind, name, at, refund
              from withdrawals.statement
             where order_id = :order
               and kind = :kind
            """)
        .bind("order", id.value())
        .bind("kind", kind.name())
        .map((row, _) -> statement(row))
        .findOne();
  }

  private static Statement statement(ResultSet row) throws SQLException {
    return new Statement(
        new OrderId(row.getObject("order_id", UUID.class)),
        Kind.valueOf(row.getString("kind")),
        row.getString("name"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("refund", Integer.class)));
  }
}
