package urgency.payments;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import urgency.platform.sql.Database;
import urgency.platform.sql.GroupCommit;

/**
 * Every event of the payment provider, stored once, with what became of it. Events that come at the
 * same time share a commit.
 */
@SuppressWarnings("ArrayRecordComponent") // Raw bytes are carried, and no record is compared.
@Singleton
public final class Inbox implements AutoCloseable {
  /** Longer than the thirty days for which Stripe itself can repeat an event. */
  private static final Duration KEPT = Duration.ofDays(35);

  private static final int BATCH_MAX = 64;
  private static final int WAITING_MAX = 2_000;
  private static final int FORGET_MAX = 1_000;
  private static final int ERROR_MAX = 500;

  private static final String STORE =
      """
      insert into payments.inbox
             (event_id, dedupe_id, type, api_version, livemode, object_id, created, received_at,
              source, raw, headers, status, next_at, last_error)
      select event_id, dedupe_id, type, api_version, livemode, object_id, created, received_at,
             source, raw, headers, status, received_at, note
        from unnest(:event_id::text[], :dedupe_id::text[], :type::text[], :api_version::text[],
                    :livemode::boolean[], :object_id::text[], :created::timestamptz[],
                    :received_at::timestamptz[], :source::text[], :raw::bytea[],
                    :headers::text[], :status::text[], :note::text[])
             as fresh (event_id, dedupe_id, type, api_version, livemode, object_id, created,
                       received_at, source, raw, headers, status, note)
          on conflict do nothing
      returning event_id
      """;

  private static final String TAKE =
      """
      select event_id, raw, received_at, attempts
        from payments.inbox
       where status = 'new'
         and next_at <= :now
       order by next_at
       limit 1
         for update skip locked
      """;

  private static final String TAKE_ONE =
      """
      select event_id, raw, received_at, attempts
        from payments.inbox
       where status = 'new'
         and event_id = :event_id
         for update skip locked
      """;

  private static final String CLOSE =
      """
      update payments.inbox
         set status = :status, last_error = :note, settled_at = :now
       where event_id = :event_id
      """;

  private static final String PUT_OFF =
      """
      update payments.inbox
         set attempts = attempts + 1, next_at = :next_at, last_error = :note
       where event_id = :event_id
      """;

  private static final String REPLAY =
      """
      update payments.inbox
         set status = 'new', source = 'replay', attempts = 0, received_at = :now, next_at = :now,
             settled_at = null
       where event_id in (select event_id
                            from payments.inbox
                           where status in ('dead', 'ignored', 'done')
                             and (:event_id = '' or event_id = :event_id)
                             and (:type = '' or type = :type)
                             and (:status = '' or status = :status)
                             and received_at >= :from
                             and received_at < :until
                           order by received_at
                           limit :max
                             for update skip locked)
      """;

  private static final String DEPTH =
      """
      select (select count(*) from payments.inbox where status = 'new') as waiting,
             (select count(*) from payments.inbox where status = 'dead') as dead
      """;

  private static final String FORGET =
      """
      delete from payments.inbox
       where event_id in (select event_id
                            from payments.inbox
                           where received_at < :before
                             and status in ('done', 'ignored')
                           limit :max)
      """;

  /** How an event came here. */
  enum Source {
    PUSH,
    POLL,
    REDIRECT,
    REPLAY
  }

  /** Whether an event was news. */
  enum Accepted {
    STORED,
    KNOWN
  }

  /** What is to be done about an event. */
  public enum Status {
    NEW,
    DONE,
    IGNORED,
    DEAD
  }

  /**
   * Which events are meant; what is empty does not restrict.
   *
   * @param until the first instant that is too late; what was received then is not meant
   */
  public record Choice(
      String eventId, String type, Optional<Status> status, Instant from, Instant until) {
    public static final Choice ALL =
        new Choice("", "", Optional.empty(), Instant.EPOCH, Instant.ofEpochSecond(1L << 34));

    public Choice with(Status status) {
      return new Choice(eventId, type, Optional.of(status), from, until);
    }

    Map<String, Object> words() {
      return Map.of(
          "event_id", eventId,
          "type", type,
          "status", status.map(Inbox::word).orElse(""),
          "from", from.atOffset(ZoneOffset.UTC),
          "until", until.atOffset(ZoneOffset.UTC));
    }
  }

  /**
   * An event as it came in.
   *
   * @param headers one a line; empty unless it was pushed
   */
  record News(
      Envelope envelope,
      byte[] raw,
      String headers,
      Source source,
      Status status,
      String note,
      Instant at) {
    News(Envelope envelope, byte[] raw, Source source, Status status, String note, Instant at) {
      this(envelope, raw, "", source, status, note, at);
    }
  }

  /** An event that waits, locked for whoever took it. */
  record Due(String eventId, byte[] raw, Instant receivedAt, int attempts) {}

  /** How many events wait to be worked off, and how many a person must look at. */
  public record Depth(long waiting, long dead) {}

  private final GroupCommit<News, Accepted> door;

  Inbox(Database database) {
    door = new GroupCommit<>("payments-inbox", database, 1, BATCH_MAX, WAITING_MAX, Inbox::store);
  }

  /** Stores an event; committed when this returns. */
  Accepted accept(News news) {
    return door.submit(0, news);
  }

  /** Locks the event that has waited longest, unless another has it. */
  Optional<Due> take(Handle tx, Instant now) {
    return tx.createQuery(TAKE)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, _) -> due(row))
        .findOne();
  }

  /** Locks one event, if it still waits and nobody has it. */
  Optional<Due> take(Handle tx, String eventId) {
    return tx.createQuery(TAKE_ONE).bind("event_id", eventId).map((row, _) -> due(row)).findOne();
  }

  /** The event needs no more work. */
  void close(Handle tx, String eventId, Status status, String note, Instant now) {
    tx.createUpdate(CLOSE)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("status", word(status))
        .bind("note", shortened(note))
        .bind("event_id", eventId)
        .execute();
  }

  /** The event waits until then. */
  void putOff(Handle tx, String eventId, Instant nextAt, String note) {
    tx.createUpdate(PUT_OFF)
        .bind("next_at", nextAt.atOffset(ZoneOffset.UTC))
        .bind("note", shortened(note))
        .bind("event_id", eventId)
        .execute();
  }

  /** Tries dead events once more, oldest first; answers how many. */
  public int replayDead(Handle tx, Instant now, int max) {
    return replay(tx, Choice.ALL.with(Status.DEAD), now, max);
  }

  /** Works chosen events off once more, oldest first, whatever became of them; how many. */
  public int replay(Handle tx, Choice choice, Instant now, int max) {
    return tx.createUpdate(REPLAY)
        .bindMap(choice.words())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("max", max)
        .execute();
  }

  /** For the metrics: a dead event is money that a person must look at. */
  public Depth depth(Handle tx) {
    return tx.createQuery(DEPTH)
        .map((row, _) -> new Depth(row.getLong("waiting"), row.getLong("dead")))
        .one();
  }

  /** Deletes what is old and settled, a bounded number at a time. */
  void forget(Handle tx, Instant now) {
    tx.createUpdate(FORGET)
        .bind("before", now.minus(KEPT).atOffset(ZoneOffset.UTC))
        .bind("max", FORGET_MAX)
        .execute();
  }

  @Override
  public void close() {
    door.close();
  }

  private static List<Accepted> store(Handle tx, List<News> all) {
    var stored =
        new HashSet<>(
            tx.createQuery(STORE)
                .bind("event_id", array("text", all, it -> it.envelope().eventId()))
                .bind("dedupe_id", array("text", all, it -> it.envelope().dedupeId()))
                .bind("type", array("text", all, it -> it.envelope().type()))
                .bind("api_version", array("text", all, it -> it.envelope().apiVersion()))
                .bind("livemode", array("bool", all, it -> it.envelope().live()))
                .bind("object_id", array("text", all, it -> it.envelope().objectId()))
                .bind("created", times(all, it -> it.envelope().created().orElse(it.at())))
                .bind("received_at", times(all, News::at))
                .bind("source", array("text", all, it -> word(it.source())))
                .bind("raw", array("bytea", all, News::raw))
                .bind("headers", array("text", all, News::headers))
                .bind("status", array("text", all, it -> word(it.status())))
                .bind("note", array("text", all, News::note))
                .mapTo(String.class)
                .list());
    var answers = new ArrayList<Accepted>(all.size());
    for (var news : all) {
      // The first of several copies in one batch is the one that was stored.
      var fresh = stored.remove(news.envelope().eventId());
      answers.add(fresh ? Accepted.STORED : Accepted.KNOWN);
    }
    return answers;
  }

  private static Argument times(List<News> all, Function<News, Instant> part) {
    return array("timestamptz", all, it -> part.apply(it).atOffset(ZoneOffset.UTC).toString());
  }

  private static Argument array(String type, List<News> all, Function<News, Object> part) {
    var values = new Object[all.size()];
    for (var i = 0; i < values.length; i++) values[i] = part.apply(all.get(i));
    var typed = type.equals("bytea") ? bytes(values) : values;
    return (position, statement, _) ->
        statement.setArray(position, statement.getConnection().createArrayOf(type, typed));
  }

  private static byte[][] bytes(Object[] values) {
    var all = new byte[values.length][];
    for (var i = 0; i < values.length; i++) all[i] = (byte[]) values[i];
    return all;
  }

  private static Due due(java.sql.ResultSet row) throws SQLException {
    return new Due(
        row.getString("event_id"),
        row.getBytes("raw"),
        row.getTimestamp("received_at").toInstant(),
        row.getInt("attempts"));
  }

  static String word(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private static String shortened(String note) {
    var plain = note.replace('\0', ' ');
    return plain.length() <= ERROR_MAX ? plain : plain.substring(0, ERROR_MAX);
  }
}
