package urgency.payments;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.Orders;
import urgency.orders.PaymentDesk;
import urgency.orders.PaymentDesk.SessionState;
import urgency.orders.Settlement;
import urgency.platform.sql.Database;

/**
 * Works off the inbox: each event is settled and marked done in one transaction, so that it counts
 * exactly once. It runs as soon as a webhook has stored something, and each second for what was put
 * off.
 *
 * <p>A thin event has no object inside. It is put off first, which also keeps others from it, then
 * the provider is asked without a transaction open, then it is settled as any other.
 */
@Singleton
public final class InboxWorker {
  static final int ATTEMPTS_MAX = 10;
  static final Duration ORDER_WAIT_MAX = Duration.ofMinutes(15);

  private static final Logger LOG = Logger.getLogger(InboxWorker.class);
  private static final Duration BACK_OFF_MAX = Duration.ofMinutes(15);
  private static final Duration ORDER_BACK_OFF_MAX = Duration.ofMinutes(1);
  private static final int LANES_MAX = 3;
  private static final int ROUND_MAX = 2_000;

  private sealed interface Step {
    /** Nothing is due. */
    record Idle() implements Step {}

    /** One event was looked at. */
    record Worked() implements Step {}

    /** The provider must be asked before this event can be settled. */
    record Ask(String eventId, Order.Session session) implements Step {}
  }

  private final Database database;
  private final Inbox inbox;
  private final Orders orders;
  private final Settlement settlement;
  private final PaymentDesk desk;
  private final InstantSource clock;
  private final Lanes lanes = new Lanes("payments-inbox", LANES_MAX, this::workOff);

  InboxWorker(
      Database database,
      Inbox inbox,
      Orders orders,
      Settlement settlement,
      PaymentDesk desk,
      InstantSource clock) {
    this.database = database;
    this.inbox = inbox;
    this.orders = orders;
    this.settlement = settlement;
    this.desk = desk;
    this.clock = clock;
  }

  /** Sees to the inbox soon, on a thread of its own; returns at once. */
  void nudge() {
    lanes.nudge();
  }

  /** Works until nothing is due, on the caller's thread; answers how many events it looked at. */
  int workOff() {
    for (var worked = 0; worked < ROUND_MAX; worked++) {
      switch (next(clock.instant())) {
        case Step.Idle() -> {
          return worked;
        }
        case Step.Worked() -> {}
        case Step.Ask(var eventId, var session) -> ask(eventId, session);
      }
    }
    return ROUND_MAX;
  }

  private Step next(Instant now) {
    return database.write(
        tx -> inbox.take(tx, now).map(it -> begin(tx, it, now)).orElseGet(Step.Idle::new));
  }

  private Step begin(Handle tx, Inbox.Due due, Instant now) {
    var envelope = Envelope.parse(due.raw());
    if (envelope.isEmpty()) {
      inbox.close(tx, due.eventId(), Inbox.Status.DEAD, "the stored bytes are not an event");
    } else if (envelope.get().thin()) {
      return beginThin(tx, due, envelope.get(), now);
    } else {
      guarded(tx, due, now, () -> settleFull(tx, due, envelope.get(), now));
    }
    return new Step.Worked();
  }

  private Step beginThin(Handle tx, Inbox.Due due, Envelope envelope, Instant now) {
    var session = orders.bySession(tx, envelope.objectId()).flatMap(Order::session);
    if (session.isEmpty()) {
      waitForOrder(tx, due, now);
      return new Step.Worked();
    } else if (due.attempts() >= ATTEMPTS_MAX) {
      inbox.close(tx, due.eventId(), Inbox.Status.DEAD, "the provider could not be asked");
      return new Step.Worked();
    } else {
      inbox.putOff(tx, due.eventId(), now.plus(later(due.attempts())), "asking the provider");
      return new Step.Ask(due.eventId(), session.get());
    }
  }

  private void ask(String eventId, Order.Session session) {
    var state = desk.look(session);
    if (state.isEmpty()) return;
    var now = clock.instant();
    database.change(
        tx -> inbox.take(tx, eventId).ifPresent(due -> settleThin(tx, due, state.get(), now)));
  }

  private void settleThin(Handle tx, Inbox.Due due, SessionState state, Instant now) {
    var order = orders.bySession(tx, state.id()).map(Order::id);
    guarded(tx, due, now, () -> settle(tx, due, order, state, now));
  }

  private void settleFull(Handle tx, Inbox.Due due, Envelope envelope, Instant now) {
    var state = SessionJson.state(envelope.object());
    var order = SessionJson.order(envelope.object());
    if (state.isEmpty()) {
      inbox.close(tx, due.eventId(), Inbox.Status.DEAD, "the session inside cannot be read");
    } else if (order.isEmpty()) {
      inbox.close(tx, due.eventId(), Inbox.Status.IGNORED, "not a session of this shop");
    } else {
      settle(tx, due, order, told(envelope, state.get()), now);
    }
  }

  private void settle(
      Handle tx, Inbox.Due due, Optional<OrderId> order, SessionState state, Instant now) {
    var outcome =
        order
            .map(it -> settlement.settle(tx, it, state, due.eventId(), now))
            .orElseGet(Settlement.Outcome.NoSuchOrder::new);
    switch (outcome) {
      case Settlement.Outcome.Applied(_), Settlement.Outcome.Known(_) ->
          inbox.close(tx, due.eventId(), Inbox.Status.DONE, "");
      case Settlement.Outcome.NoSuchOrder() -> waitForOrder(tx, due, now);
    }
  }

  // The savepoint keeps the row's lock and the transaction, so that the failure is written down by
  // who met it.
  private void guarded(Handle tx, Inbox.Due due, Instant now, Runnable work) {
    tx.savepoint("event");
    try {
      work.run();
      tx.releaseSavepoint("event");
    } catch (RuntimeException failed) {
      tx.rollbackToSavepoint("event");
      LOG.warnf(failed, "event %s could not be settled", due.eventId());
      if (due.attempts() + 1 >= ATTEMPTS_MAX) {
        inbox.close(tx, due.eventId(), Inbox.Status.DEAD, failed.toString());
      } else {
        inbox.putOff(tx, due.eventId(), now.plus(later(due.attempts())), failed.toString());
      }
    }
  }

  // An event may be faster than the commit of its order, and a foreign one never finds any.
  private void waitForOrder(Handle tx, Inbox.Due due, Instant now) {
    if (now.isAfter(due.receivedAt().plus(ORDER_WAIT_MAX))) {
      inbox.close(tx, due.eventId(), Inbox.Status.DEAD, "no order has this session");
    } else {
      var wait = backOff(due.attempts(), ORDER_BACK_OFF_MAX);
      inbox.putOff(tx, due.eventId(), now.plus(wait), "no order has this session yet");
    }
  }

  private static SessionState told(Envelope envelope, SessionState state) {
    if (!envelope.tellsFailure() || !state.paymentStatus().equals("unpaid")) return state;
    return new SessionState(
        state.id(),
        state.status(),
        "failed",
        state.amountMinor(),
        state.currency(),
        state.live(),
        state.paymentIntent());
  }

  private static Duration later(int attempts) {
    return backOff(attempts, BACK_OFF_MAX);
  }

  /** 1 s, doubled by each attempt. */
  private static Duration backOff(int attempts, Duration max) {
    var wait = Duration.ofSeconds(1L << Math.min(attempts, 20));
    return wait.compareTo(max) < 0 ? wait : max;
  }
}
