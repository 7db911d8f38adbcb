package urgency.payments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.platform.sql.Database;

/**
 * Reads the provider's own list of events into the inbox, for webhooks that never came. An event
 * that did come is known there by its id, so reading it again does nothing.
 *
 * <p>It reads from an hour before where it was, since events may appear late, stretch by stretch,
 * and remembers how far it came only when a stretch was read to its end.
 */
@Singleton
final class EventPoll {
  static final Duration OVERLAP = Duration.ofHours(1);

  /** The provider keeps events no longer. */
  static final Duration KEPT = Duration.ofDays(30);

  private static final Logger LOG = Logger.getLogger(EventPoll.class);
  private static final Duration STRETCH = Duration.ofHours(6);
  private static final int STRETCHES_MAX = 130;
  private static final int PAGES_MAX = 200;

  private static final String SAVE =
      """
      insert into payments.cursor (name, at)
      values ('events', :at)
          on conflict (name) do update set at = greatest(payments.cursor.at, :at)
      """;

  private final EventSource source;
  private final Inbox inbox;
  private final InboxWorker worker;
  private final WebhookSecrets secrets;
  private final Database database;

  EventPoll(
      EventSource source,
      Inbox inbox,
      InboxWorker worker,
      WebhookSecrets secrets,
      Database database) {
    this.source = source;
    this.inbox = inbox;
    this.worker = worker;
    this.secrets = secrets;
    this.database = database;
  }

  /** Reads on to now; answers how many events were news. Called by one job. */
  int run(Instant now) {
    var cursor = database.read(EventPoll::cursor);
    if (cursor.isEmpty()) {
      database.change(tx -> save(tx, now));
    }
    var from = later(cursor.orElse(now).minus(OVERLAP), now.minus(KEPT));
    var news = 0;
    for (var stretch = 0; stretch < STRETCHES_MAX && from.isBefore(now); stretch++) {
      var until = earlier(from.plus(STRETCH), now);
      // The second that runs now is not over; the next reading has it.
      var read = read(from, until.plusSeconds(1), now);
      if (read.isEmpty()) break;
      news += read.get();
      database.change(tx -> save(tx, until));
      from = until;
    }
    if (news > 0) {
      LOG.infof("%d events were found that no webhook had brought", news);
      worker.nudge();
    }
    return news;
  }

  // Empty when the stretch could not be read to its end.
  private Optional<Integer> read(Instant from, Instant until, Instant now) {
    var news = 0;
    var after = "";
    for (var page = 0; page < PAGES_MAX; page++) {
      var found = source.events(from, until, after);
      if (found.isEmpty()) return Optional.empty();
      for (var event : found.get().items()) {
        if (accept(event, now)) news++;
      }
      if (!found.get().more() || found.get().items().isEmpty()) return Optional.of(news);
      after = found.get().items().getLast().path("id").asText("");
    }
    LOG.errorf("more events from %s until %s than can be read at once", from, until);
    return Optional.empty();
  }

  private boolean accept(JsonNode event, Instant now) {
    try {
      var raw = Envelope.JSON.writeValueAsBytes(event);
      return Envelope.parse(raw)
          .filter(it -> it.isUsed() && it.live() == secrets.live())
          .map(it -> new Inbox.News(it, raw, Inbox.Source.POLL, Inbox.Status.NEW, "", now))
          .map(it -> inbox.accept(it) == Inbox.Accepted.STORED)
          .orElse(false);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("what was JSON is JSON", impossible);
    }
  }

  private static Optional<Instant> cursor(Handle tx) {
    return tx.createQuery("select at from payments.cursor where name = 'events'")
        .map((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .findOne();
  }

  private static void save(Handle tx, Instant at) {
    tx.createUpdate(SAVE).bind("at", at.atOffset(ZoneOffset.UTC)).execute();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
