package urgency.orders;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.orders.PaymentDesk.Opening;
import urgency.platform.sql.Database;

/**
 * Gets held orders their payment pages, also after a crash between hold and charge.
 *
 * <p>That a page was asked for is committed before the provider is called; so whoever takes the
 * order's units back knows that there may be a page. A page is shown to nobody before it is
 * remembered here, and the first to remember wins.
 */
@Singleton
final class PaymentPages {
  /**
   * Leaves the first attempt to the request that placed the order; who had no turn waits as long.
   */
  static final Duration FIRST_ATTEMPT_AFTER = Duration.ofSeconds(2);

  /** No shopper waits longer before seeing that the units are held. */
  static final Duration PATIENCE = Duration.ofMillis(1_500);

  private static final int BEHIND_MAX = 64;
  private static final Duration BACK_OFF_MIN = Duration.ofSeconds(2);
  private static final Duration BACK_OFF_MAX = Duration.ofSeconds(60);
  private static final int BATCH_MAX = 50;
  private static final int CALLS_AT_ONCE = 8;
  private static final Logger LOG = Logger.getLogger(PaymentPages.class);

  private static final String ASK =
      """
      update orders.order_
         set asked_at = coalesce(asked_at, :now),
             attempts = attempts + 1,
             attempt_at = cast(:now as timestamptz)
               + least(:backOffMaxS, :backOffMinS * power(2, least(attempts, 10)))
                 * interval '1 second'
       where id = :id
      """;

  // Whoever has no turn has not asked: it keeps its place in the line, by the time of its tap.
  private static final String NO_TURN =
      """
      update orders.order_
         set asked_at = case when attempts = 1 then null else asked_at end,
             attempts = attempts - 1,
             attempt_at = placed_at
       where id = :id
         and status = 'HELD'
         and attempts > 0
      """;

  // The sum keeps the planner off the index of holds, by which it would read all that is held.
  static final String UNOPENED =
      """
      select id
        from orders.order_
       where status = 'HELD'
         and attempt_at <= :now
         and hold_until + interval '0' > :now
       order by attempt_at
       limit :max
      """;

  private final Database database;
  private final PaymentDesk desk;
  private final OrderBook book;
  private final Semaphore behind = new Semaphore(BEHIND_MAX);

  PaymentPages(Database database, PaymentDesk desk, OrderBook book) {
    this.database = database;
    this.desk = desk;
    this.book = book;
  }

  /**
   * For the shopper who waits for the answer. In a rush it is told at once to wait, which costs
   * nothing: the order is in the line already. A slow provider is waited for a moment only.
   */
  Opening openFirst(Order order, Instant now) {
    if (order.session().isPresent()) return open(order.id(), now);
    var turn = turn(now);
    if (turn.isEmpty()) return new Opening.NotNow("no turn yet", PaymentDesk.Trouble.TOO_FAST);
    var answer = new CompletableFuture<Opening>();
    Thread.ofVirtual().name("page").start(() -> openBehind(order.id(), turn.get(), now, answer));
    return patiently(answer);
  }

  // Taken before the order is written to: in a rush most have none, and their orders stay as they
  // are.
  private Optional<PaymentDesk.Turn> turn(Instant now) {
    if (!behind.tryAcquire()) return Optional.empty();
    var turn = Optional.<PaymentDesk.Turn>empty();
    try {
      turn = desk.turn(now);
    } finally {
      if (turn.isEmpty()) behind.release();
    }
    return turn;
  }

  // A slow provider goes on being asked behind the shopper's back, who is told by the order's fact.
  private void openBehind(
      OrderId id, PaymentDesk.Turn turn, Instant now, CompletableFuture<Opening> answer) {
    try {
      answer.complete(open(id, turn, now));
    } catch (RuntimeException failed) {
      if (!answer.completeExceptionally(failed)) throw failed;
    } finally {
      behind.release();
    }
  }

  private static Opening patiently(CompletableFuture<Opening> answer) {
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      return new Opening.NotNow("the provider takes its time", PaymentDesk.Trouble.DOWN);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("no page could be asked for", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Opening.NotNow("interrupted", PaymentDesk.Trouble.DOWN);
    }
  }

  Opening open(OrderId id, Instant now) {
    return open(id, desk::open, now);
  }

  private Opening open(OrderId id, PaymentDesk.Turn turn, Instant now) {
    var asked = database.write(tx -> ask(tx, id, now));
    if (asked.isEmpty()) return new Opening.Refused("no such order");
    var order = asked.get();
    if (order.session().isPresent() && order.status().payable()) {
      return new Opening.Opened(order.session().get());
    }
    if (!order.status().payable()) return new Opening.Refused("order is " + order.status());
    return switch (turn.open(order, now)) {
      case Opening.Opened(var session) -> keep(id, session, now);
      case Opening.NotNow notNow -> {
        if (notNow.trouble() == PaymentDesk.Trouble.TOO_FAST) waitForTurn(id);
        yield notNow;
      }
      case Opening.Refused refused -> refused;
    };
  }

  /** Tries again for orders that wait for their page; ends early when the provider has no time. */
  void openWaiting(Instant now) {
    var line = new ConcurrentLinkedQueue<>(waiting(now));
    var enough = new AtomicBoolean();
    try (var threads =
        Executors.newFixedThreadPool(CALLS_AT_ONCE, Thread.ofVirtual().name("pages").factory())) {
      for (var thread = 0; thread < CALLS_AT_ONCE; thread++) {
        threads.execute(() -> openNext(line, enough, now));
      }
    }
  }

  private void openNext(Queue<UUID> line, AtomicBoolean enough, Instant now) {
    for (var id = line.poll(); id != null && !enough.get(); id = line.poll()) {
      try {
        var turn = desk.turn(now);
        if (turn.isEmpty() || open(new OrderId(id), turn.get(), now) instanceof Opening.NotNow) {
          enough.set(true);
        }
      } catch (RuntimeException failed) {
        LOG.errorf(failed, "order %s has no page yet; it is tried again", id);
      }
    }
  }

  private void waitForTurn(OrderId id) {
    database.change(tx -> tx.createUpdate(NO_TURN).bind("id", id.value()).execute());
  }

  /** Remembers a page, unless there is one already, and gives the order as it is now. */
  Order remember(OrderId id, Order.Session session, Instant now) {
    return database.write(
        tx -> {
          var order = OrderBook.lock(tx, id).orElseThrow();
          if (order.session().isPresent()) return order;
          var after = order.moved(Optional.of(session), order.facts());
          book.save(tx, order, after, "page opened", now);
          return after;
        });
  }

  private Opening keep(OrderId id, Order.Session session, Instant now) {
    var order = remember(id, session, now);
    var kept = order.session().orElseThrow();
    if (order.status().payable() && kept.id().equals(session.id())) {
      return new Opening.Opened(kept);
    }
    // Nobody has seen this page. If it cannot be closed now, it ends by itself.
    desk.close(session);
    if (order.status().payable()) return new Opening.Opened(kept);
    return new Opening.Refused("order is " + order.status());
  }

  private static Optional<Order> ask(Handle tx, OrderId id, Instant now) {
    var order = OrderBook.lock(tx, id);
    if (order.isPresent() && order.get().status() == OrderStatus.HELD) {
      tx.createUpdate(ASK)
          .bind("id", id.value())
          .bind("now", OrderBook.time(now))
          .bind("backOffMinS", BACK_OFF_MIN.toSeconds())
          .bind("backOffMaxS", BACK_OFF_MAX.toSeconds())
          .execute();
    }
    return order;
  }

  private List<UUID> waiting(Instant now) {
    return database.write(
        tx -> {
          OrderBook.stepByStep(tx);
          return tx.createQuery(UNOPENED)
              .bind("now", OrderBook.time(now))
              .bind("max", BATCH_MAX)
              .mapTo(UUID.class)
              .list();
        });
  }
}
