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

  /** What became of the wish to shut the page of an order in doubt. */
  public sealed interface Shutting {
    /** It can no longer be paid, and the units are back on the shelf. */
    record Shut() implements Shutting {}

    /** Its own payment has come, or is on its way; the units stay where they are. */
    record Paid() implements Shutting {}

    /** The provider does not say that it can no longer be paid; the units stay held. */
    record Unknown() implements Shutting {}

    /** The order is not in doubt, or not as it was shown. */
    record Changed() implements Shutting {}
  }

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

  /**
   * Closes the page of an order in doubt of which no money is here, and gives its units back; the
   * doubt stays, and is for {@link Settlement#reject} to end. Called outside any transaction.
   *
   * @param version of the order as it was shown
   */
  public Shutting shut(OrderId id, int version, String by, Instant now) {
    var leased = database.write(tx -> leaseDoubtful(tx, id, version, by, now));
    if (leased.isEmpty()) return new Shutting.Changed();
    var lease = leased.get();
    if (lease.order().facts().nothingToPay()) return new Shutting.Shut();
    if (close(lease, now) == Verdict.LATER) return new Shutting.Unknown();
    var order = database.read(tx -> OrderBook.find(tx, id)).orElseThrow();
    if (order.facts().takenMinor() > 0) return new Shutting.Paid();
    if (order.facts().nothingToPay()) return new Shutting.Shut();
    return finished(order, by, now);
  }

  // It was finished, and what came is not what was asked for: nobody can pay it a second time.
  private Shutting finished(Order order, String by, Instant now) {
    var state = order.session().flatMap(desk::look).filter(it -> it.status().equals("complete"));
    if (state.isEmpty()) return new Shutting.Unknown();
    if (state.get().paymentStatus().equals("unpaid")) return new Shutting.Paid();
    settle(order, state.get(), now);
    release(order, "page finished, rejected by " + by, now);
    var after = database.read(tx -> OrderBook.find(tx, order.id())).orElseThrow();
    return after.facts().takenMinor() > 0 ? new Shutting.Paid() : new Shutting.Shut();
  }

  private Optional<Lease> leaseDoubtful(
      Handle tx, OrderId id, int version, String by, Instant now) {
    var found = OrderBook.lock(tx, id).filter(it -> it.version() == version);
    if (found.isEmpty() || !found.get().facts().rejectable()) return Optional.empty();
    var order = found.get();
    var facts = order.facts().and(PaymentFacts.CLOSING);
    if (facts.equals(order.facts())) return Optional.of(new Lease(order, asked(tx, id)));
    var after = order.moved(order.session(), facts);
    book.save(tx, order, after, "closing, rejected by " + by, now);
    return Optional.of(new Lease(after, asked(tx, id)));
  }

  private static boolean asked(Handle tx, OrderId id) {
    return tx.createQuery("select asked_at is not null from orders.order_ where id = :id")
        .bind("id", id.value())
        .mapTo(Boolean.class)
        .one();
  }

  private Optional<Lease> leaseCancelled(Handle tx, OrderId id, Instant now) {
    var found = OrderBook.lock(tx, id).filter(it -> it.status().payable());
    if (found.isEmpty()) return Optional.empty();
    var order = found.get();
    var asked = asked(tx, id);
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
