package urgency.payments;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.platform.jobs.Lanes;
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
    record Ask(String eventId, Envelope envelope) implements Step {}
  }

  private final Database database;
  private final Inbox inbox;
  private final EventNews news;
  private final EventSource source;
  private final MeterRegistry metrics;
  private final InstantSource clock;
  private final Lanes lanes = new Lanes("payments-inbox", LANES_MAX, this::workOff);

  InboxWorker(
      Database database,
      Inbox inbox,
      EventNews news,
      EventSource source,
      MeterRegistry metrics,
      InstantSource clock) {
    this.database = database;
    this.inbox = inbox;
    this.news = news;
    this.source = source;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Sees to the inbox soon, on a thread of its own; returns at once. */
  public void nudge() {
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
        case Step.Ask(var eventId, var envelope) -> ask(eventId, envelope);
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
      close(tx, due, Inbox.Status.DEAD, "the stored bytes are not an event");
    } else if (!envelope.get().isUsed()) {
      close(tx, due, Inbox.Status.IGNORED, "the shop does not use events of this type");
    } else if (envelope.get().thin()) {
      return beginThin(tx, due, envelope.get(), now);
    } else {
      guarded(tx, due, now, () -> settle(tx, due, envelope.get(), envelope.get().object(), now));
    }
    return new Step.Worked();
  }

  private Step beginThin(Handle tx, Inbox.Due due, Envelope envelope, Instant now) {
    if (due.attempts() >= ATTEMPTS_MAX && waitedLong(due, now)) {
      close(tx, due, Inbox.Status.DEAD, "the provider could not be asked");
      return new Step.Worked();
    }
    inbox.putOff(tx, due.eventId(), now.plus(later(due.attempts())), "asking the provider");
    return new Step.Ask(due.eventId(), envelope);
  }

  private void ask(String eventId, Envelope envelope) {
    var object = source.fetch(envelope.kind(), envelope.objectId());
    if (object.isEmpty()) return;
    var now = clock.instant();
    database.change(
        tx ->
            inbox
                .take(tx, eventId)
                .ifPresent(
                    due ->
                        guarded(tx, due, now, () -> settle(tx, due, envelope, object.get(), now))));
  }

  private void settle(Handle tx, Inbox.Due due, Envelope envelope, JsonNode object, Instant now) {
    switch (news.tell(tx, envelope, object, now)) {
      case EventNews.Outcome.Told() -> close(tx, due, Inbox.Status.DONE, "");
      case EventNews.Outcome.Foreign() -> close(tx, due, Inbox.Status.IGNORED, "not of this shop");
      case EventNews.Outcome.Unreadable() ->
          close(tx, due, Inbox.Status.DEAD, "the object inside cannot be read");
      case EventNews.Outcome.NoOrder(var ours) -> waitForOrder(tx, due, ours, now);
    }
  }

  private void close(Handle tx, Inbox.Due due, Inbox.Status status, String note) {
    inbox.close(tx, due.eventId(), status, note, clock.instant());
    metrics.counter("webhook_settled", "as", status.name().toLowerCase(Locale.ROOT)).increment();
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
        close(tx, due, Inbox.Status.DEAD, failed.toString());
      } else {
        inbox.putOff(tx, due.eventId(), now.plus(later(due.attempts())), failed.toString());
      }
    }
  }

  // An event may be faster than the commit of its order or the news of its payment. One that names
  // none of our orders may be of another shop on the same account.
  private void waitForOrder(Handle tx, Inbox.Due due, boolean ours, Instant now) {
    if (!waitedLong(due, now)) {
      var wait = backOff(due.attempts(), ORDER_BACK_OFF_MAX);
      inbox.putOff(tx, due.eventId(), now.plus(wait), "no order of this payment yet");
    } else if (ours) {
      close(tx, due, Inbox.Status.DEAD, "it names an order that is not here");
    } else {
      close(tx, due, Inbox.Status.IGNORED, "not of this shop");
    }
  }

  private static boolean waitedLong(Inbox.Due due, Instant now) {
    return now.isAfter(due.receivedAt().plus(ORDER_WAIT_MAX));
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
