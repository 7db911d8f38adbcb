package urgency.refunds;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.Orders;
import urgency.orders.PaymentDesk;
import urgency.orders.PaymentDesk.Refunding;
import urgency.orders.RefundFacts;
import urgency.orders.Settlement;
import urgency.platform.sql.Database;

/**
 * Sends the refunds that were asked for. A wish is leased first and sent without a transaction
 * open; its key is the same each time, so a lost answer is no second refund.
 *
 * <p>The provider forgets keys after a day. A wish without an answer is given up before that, and
 * shown to a person, who can look.
 */
@Singleton
final class RefundSender {
  static final Duration GIVEN_UP_AFTER = Duration.ofHours(20);

  private static final Logger LOG = Logger.getLogger(RefundSender.class);
  private static final int BATCH_MAX = 20;
  private static final int GONE_MAX = 1_000;
  // Longer than the one call that a wish may need.
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration BACK_OFF_MIN = Duration.ofSeconds(2);
  private static final Duration BACK_OFF_MAX = Duration.ofMinutes(10);

  private static final String LEASED =
      """
      update refunds.refund
         set attempts = attempts + 1, attempt_at = :until
        from (select order_id as due_order, number as due_number
                from refunds.refund
               where state = 'ASKED'
                 and attempt_at <= :now
               order by attempt_at
               limit :max
                 for update skip locked) as due
       where order_id = due_order
         and number = due_number
      returning order_id, number, amount_minor, currency, asked_at, attempts
      """;

  private static final String CLOSE =
      """
      update refunds.refund
         set state = :state, provider_id = :provider_id, last_error = :note
       where order_id = :order
         and number = :number
         and state = 'ASKED'
      """;

  private static final String PUT_OFF =
      """
      update refunds.refund
         set attempt_at = :next_at, last_error = :note
       where order_id = :order
         and number = :number
         and state = 'ASKED'
      """;

  private record Due(OrderId order, int number, Money amount, Instant askedAt, int attempts) {}

  private final Database database;
  private final Orders orders;
  private final Settlement settlement;
  private final Refunds refunds;
  private final PaymentDesk desk;

  RefundSender(
      Database database, Orders orders, Settlement settlement, Refunds refunds, PaymentDesk desk) {
    this.database = database;
    this.orders = orders;
    this.settlement = settlement;
    this.refunds = refunds;
    this.desk = desk;
  }

  /** Finds what is owed, then sends what is due; ends early when the provider has no time. */
  void run(Instant now) {
    for (var id : database.read(this::unasked)) {
      database.change(tx -> refunds.askForGone(tx, id, now));
    }
    for (var due : database.write(tx -> lease(tx, now))) {
      if (!send(due, now)) return;
    }
  }

  private List<UUID> unasked(Handle tx) {
    var owing = orders.owing(tx, GONE_MAX);
    if (owing.isEmpty()) return owing;
    var asked =
        tx.createQuery("select order_id from refunds.refund where order_id = any(:ids)")
            .bindArray("ids", UUID.class, owing)
            .mapTo(UUID.class)
            .set();
    return owing.stream().filter(it -> !asked.contains(it)).toList();
  }

  private static List<Due> lease(Handle tx, Instant now) {
    return tx.createQuery(LEASED)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("until", now.plus(LEASE).atOffset(ZoneOffset.UTC))
        .bind("max", BATCH_MAX)
        .map(
            (row, _) ->
                new Due(
                    new OrderId(row.getObject("order_id", UUID.class)),
                    row.getInt("number"),
                    Money.of(row.getLong("amount_minor"), row.getString("currency")),
                    row.getTimestamp("asked_at").toInstant(),
                    row.getInt("attempts")))
        .list();
  }

  private boolean send(Due due, Instant now) {
    if (now.isAfter(due.askedAt().plus(GIVEN_UP_AFTER))) {
      refuse(due, "no answer for 20 hours; look for it at the provider", now);
      return true;
    }
    var order = database.read(tx -> orders.find(tx, due.order())).orElseThrow();
    return switch (desk.refund(wish(order, due))) {
      case Refunding.Sent(var id, var refund) -> {
        sent(due, id, refund, now);
        yield true;
      }
      case Refunding.Refused(var why) -> {
        refuse(due, why, now);
        yield true;
      }
      case Refunding.NotNow(var why, _) -> {
        putOff(due, why, now);
        yield false;
      }
    };
  }

  private static PaymentDesk.MoneyBack wish(Order order, Due due) {
    return new PaymentDesk.MoneyBack(
        order.id(), due.number(), order.facts().intent(), due.amount());
  }

  private void sent(Due due, String id, RefundFacts.Refund refund, Instant now) {
    database.change(
        tx -> {
          settlement.refund(tx, due.order(), id, refund, "refund " + due.number(), now);
          close(tx, due, Refunds.State.SENT, id, "");
        });
  }

  // What was refused is a refund that failed: a person sees the order and decides.
  private void refuse(Due due, String why, Instant now) {
    LOG.errorf("refund %d of order %s was refused: %s", due.number(), due.order(), why);
    var failed = new RefundFacts.Refund(due.amount().minor(), RefundFacts.State.FAILED);
    database.change(
        tx -> {
          settlement.refund(
              tx, due.order(), "refused-" + due.number(), failed, "refund refused", now);
          close(tx, due, Refunds.State.REFUSED, "", why);
        });
  }

  private static void close(Handle tx, Due due, Refunds.State state, String id, String note) {
    tx.createUpdate(CLOSE)
        .bind("state", state.name())
        .bind("provider_id", id)
        .bind("note", Refunds.shortened(note))
        .bind("order", due.order().value())
        .bind("number", due.number())
        .execute();
  }

  private void putOff(Due due, String why, Instant now) {
    var wait = BACK_OFF_MIN.multipliedBy(1L << Math.min(due.attempts(), 10));
    var until = now.plus(wait.compareTo(BACK_OFF_MAX) < 0 ? wait : BACK_OFF_MAX);
    database.change(
        tx ->
            tx.createUpdate(PUT_OFF)
                .bind("next_at", until.atOffset(ZoneOffset.UTC))
                .bind("note", Refunds.shortened(why))
                .bind("order", due.order().value())
                .bind("number", due.number())
                .execute());
  }
}
