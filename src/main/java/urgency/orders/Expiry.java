package urgency.orders;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.orders.PaymentDesk.Closing;
import urgency.orders.PaymentDesk.Opening;
import urgency.platform.sql.Database;

/**
 * Takes units back when a hold runs out, but never while somebody may still pay for them.
 *
 * <p>First the order is marked as closing, and that is committed: from then on nobody opens a page
 * for it. Then the provider closes the page. Only its word that the page can no longer be paid
 * gives the units back; no word keeps them, and is asked for again. A buyer who cancels an order
 * goes the same way, only earlier.
 */
@Singleton
public final class Expiry {
  private static final Logger LOG = Logger.getLogger(Expiry.class);
  private static final int BATCH_MAX = 64;
  private static final int BATCHES_MAX = 20;
  private static final int CALLS_AT_ONCE = 8;
  // Longer than the two calls that one order may need.
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration BACK_OFF_MIN = Duration.ofSeconds(1);
  private static final Duration BACK_OFF_MAX = Duration.ofSeconds(60);

  // Two questions with one index each: for both at once the planner may read all that is held.
  static final String RUN_OUT =
      """
      select id, asked_at is not null as asked
        from orders.order_
       where status in ('HELD', 'AWAITING_PAYMENT', 'RELEASING')
         and hold_until <= :now
         and (not closing or attempt_at <= :now)
       order by hold_until
       limit :max
         for update skip locked
      """;

  static final String CLOSING =
      """
      select id, asked_at is not null as asked
        from orders.order_
       where status = 'RELEASING'
         and hold_until > :now
         and attempt_at <= :now
       order by attempt_at
       limit :max
         for update skip locked
      """;

  private static final String LEASED =
      """
      update orders.order_
         set attempts = case when closing then attempts + 1 else 0 end,
             attempt_at = :until
       where id = any(:ids)
      """;

  private static final String POSTPONE =
      """
      update orders.order_
         set attempt_at = cast(:now as timestamptz)
               + least(:backOffMaxS, :backOffMinS * power(2, least(attempts, 10)))
                 * interval '1 second'
       where id = :id
      """;

  // Who had no turn was not refused, and comes again soon.
  private static final String NO_TURN =
      """
      update orders.order_
         set attempts = greatest(0, attempts - 1),
             attempt_at = cast(:now as timestamptz) + :backOffMinS * interval '1 second'
       where id = :id
      """;

  private record Due(OrderId id, boolean asked) {}

  private record Lease(Order order, boolean asked) {}

  private enum Verdict {
    DONE,
    LATER
  }

  private final Database database;
  private final PaymentDesk desk;
  private final PaymentPages pages;
  private final Settlement settlement;
  private final OrderBook book;

  Expiry(
      Database database,
      PaymentDesk desk,
      PaymentPages pages,
      Settlement settlement,
      OrderBook book) {
    this.database = database;
    this.desk = desk;
    this.pages = pages;
    this.settlement = settlement;
    this.book = book;
  }

  /** Closes what is due, batch after batch, until a call is not answered. */
  void run(Instant now) {
    for (var batch = 0; batch < BATCHES_MAX; batch++) {
      var leases = database.write(tx -> lease(tx, now));
      if (closeAll(leases, now) == Verdict.LATER || leases.size() < BATCH_MAX) return;
    }
  }

  /**
   * Closes an order whose buyer does not want it any more; what cannot be closed now is closed by
   * {@link #run}. An order that is not payable any more stays as it is, and one that its shopper
   * has just paid becomes paid. Called outside any transaction.
   */
  public void cancel(OrderId id, Instant now) {
    database.write(tx -> leaseCancelled(tx, id, now)).ifPresent(it -> close(it, now));
  }

  private Optional<Lease> leaseCancelled(Handle tx, OrderId id, Instant now) {
    var found = OrderBook.lock(tx, id).filter(it -> it.status().payable());
    if (found.isEmpty()) return Optional.empty();
    var order = found.get();
    var asked =
        tx.createQuery("select asked_at is not null from orders.order_ where id = :id")
            .bind("id", id.value())
            .mapTo(Boolean.class)
            .one();
    tx.createUpdate(LEASED)
        .bind("until", OrderBook.time(now.plus(LEASE)))
        .bindArray("ids", UUID.class, List.of(id.value()))
        .execute();
    var after = order.moved(order.session(), order.facts().and(PaymentFacts.CLOSING));
    book.save(tx, order, after, "cancelled by the buyer", now);
    return Optional.of(new Lease(after, asked));
  }

  // Marks orders as closing and touches no stock: locks on many orders and on their stock at once
  // could wait for each other.
  private List<Lease> lease(Handle tx, Instant now) {
    OrderBook.stepByStep(tx);
    var due = new ArrayList<>(due(tx, RUN_OUT, now, BATCH_MAX));
    due.addAll(due(tx, CLOSING, now, BATCH_MAX - due.size()));
    if (due.isEmpty()) return List.of();
    var ids = new ArrayList<UUID>(due.size());
    for (var one : due) ids.add(one.id().value());
    tx.createUpdate(LEASED)
        .bind("until", OrderBook.time(now.plus(LEASE)))
        .bindArray("ids", UUID.class, ids)
        .execute();
    var leases = new ArrayList<Lease>(due.size());
    for (var one : due) {
      var order = OrderBook.find(tx, one.id()).orElseThrow();
      var after = order.moved(order.session(), order.facts().and(PaymentFacts.CLOSING));
      if (!order.facts().closing()) book.save(tx, order, after, "hold ran out", now);
      leases.add(new Lease(after, one.asked()));
    }
    return leases;
  }

  private static List<Due> due(Handle tx, String question, Instant now, int max) {
    return tx.createQuery(question)
        .bind("now", OrderBook.time(now))
        .bind("max", max)
        .map((row, _) -> new Due(new OrderId(row.getObject(1, UUID.class)), row.getBoolean(2)))
        .list();
  }

  private Verdict closeAll(List<Lease> leases, Instant now) {
    var work = new ArrayList<Callable<Verdict>>(leases.size());
    for (var lease : leases) work.add(() -> close(lease, now));
    var all = Verdict.DONE;
    try (var threads =
        Executors.newFixedThreadPool(CALLS_AT_ONCE, Thread.ofVirtual().name("expiry").factory())) {
      for (var answer : threads.invokeAll(work)) {
        try {
          if (answer.get() == Verdict.LATER) all = Verdict.LATER;
        } catch (ExecutionException failed) {
          LOG.error("an order could not be closed; it is tried again", failed.getCause());
          all = Verdict.LATER;
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Verdict.LATER;
    }
    return all;
  }

  private Verdict close(Lease lease, Instant now) {
    var order = lease.order();
    var session = order.session();
    if (session.isEmpty() && lease.asked()) {
      // A page may have been made of which the answer was lost: the same wish gives the same page.
      switch (desk.open(order, now)) {
        case Opening.Opened(var page) -> {
          session = pages.remember(order.id(), page, now).session();
        }
        case Opening.NotNow(var _, var trouble) -> {
          return postpone(order, trouble, now);
        }
        case Opening.Refused(var _) -> {}
      }
    }
    if (session.isEmpty()) return release(order, "never opened", now);
    return switch (desk.close(session.get())) {
      case Closing.Closed() -> release(order, "page closed", now);
      case Closing.Finished(var state) -> settle(order, state, now);
      case Closing.Unknown(var _, var trouble) -> postpone(order, trouble, now);
    };
  }

  private Verdict release(Order order, String cause, Instant now) {
    database.change(
        tx -> settlement.fold(tx, order.id(), _ -> PaymentFacts.SESSION_EXPIRED, cause, now));
    return Verdict.DONE;
  }

  private Verdict settle(Order order, PaymentDesk.SessionState state, Instant now) {
    database.change(
        tx -> settlement.settle(tx, order.id(), state, "finished before it was closed", now));
    return Verdict.DONE;
  }

  private Verdict postpone(Order order, PaymentDesk.Trouble trouble, Instant now) {
    if (trouble == PaymentDesk.Trouble.TOO_FAST) {
      database.change(
          tx ->
              tx.createUpdate(NO_TURN)
                  .bind("id", order.id().value())
                  .bind("now", OrderBook.time(now))
                  .bind("backOffMinS", BACK_OFF_MIN.toSeconds())
                  .execute());
      return Verdict.LATER;
    }
    database.change(
        tx ->
            tx.createUpdate(POSTPONE)
                .bind("id", order.id().value())
                .bind("now", OrderBook.time(now))
                .bind("backOffMinS", BACK_OFF_MIN.toSeconds())
                .bind("backOffMaxS", BACK_OFF_MAX.toSeconds())
                .execute());
    return Verdict.LATER;
  }
}
