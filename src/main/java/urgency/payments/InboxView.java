package urgency.payments;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The inbox as a person looks at it; changes nothing. */
@SuppressWarnings("ArrayRecordComponent") // Raw bytes are carried, and no record is compared.
@Singleton
public final class InboxView {
  private static final int LATENCY_OF = 1_000;

  private static final String CHOSEN =
      """
        from payments.inbox
       where (:event_id = '' or event_id = :event_id)
         and (:type = '' or type = :type)
         and (:status = '' or status = :status)
         and received_at >= :from
         and received_at < :until
      """;

  private static final String COLUMNS =
      """
      select event_id, type, livemode, object_id, created, received_at, settled_at, next_at,
             source, status, attempts, last_error
      """;

  private static final String PAGE =
      COLUMNS + CHOSEN + " order by received_at desc, event_id limit :max";

  // What still waits to be settled cannot be replayed.
  private static final String COUNT =
      "select count(*) from (select 1 " + CHOSEN + " and status <> 'new' limit :max) as chosen";

  private static final String LATENCY =
      """
      select count(*) as settled,
             coalesce(percentile_cont(0.5) within group (order by took), 0) as p50,
             coalesce(percentile_cont(0.99) within group (order by took), 0) as p99
        from (select extract(epoch from settled_at - received_at) * 1000 as took
                from payments.inbox
               where settled_at is not null
                 and status = 'done'
               order by settled_at desc
               limit :max) as latest
      """;

  /**
   * An event in the inbox, without its bytes.
   *
   * @param settledAt when it needed no more work; empty while it waits
   * @param nextAt when it is tried next, while it waits
   */
  public record Row(
      String eventId,
      String type,
      boolean live,
      String objectId,
      Instant created,
      Instant receivedAt,
      Optional<Instant> settledAt,
      Instant nextAt,
      String source,
      Inbox.Status status,
      int attempts,
      String note) {}

  /** An event with all that came. */
  public record Whole(Row row, String apiVersion, String headers, byte[] raw) {}

  /** How long the latest settled events took from receipt to done. */
  public record Latency(int settled, Duration p50, Duration p99) {}

  /** Chosen events, newest first. */
  public List<Row> page(Handle tx, Inbox.Choice choice, int max) {
    return tx.createQuery(PAGE)
        .bindMap(choice.words())
        .bind("max", max)
        .map((row, _) -> row(row))
        .list();
  }

  public Optional<Whole> find(Handle tx, String eventId) {
    return tx.createQuery(
            COLUMNS + ", api_version, headers, raw from payments.inbox where event_id = :event_id")
        .bind("event_id", eventId)
        .map(
            (row, _) ->
                new Whole(
                    row(row),
                    row.getString("api_version"),
                    row.getString("headers"),
                    row.getBytes("raw")))
        .findOne();
  }

  /** How many of the chosen events could be replayed, counted to {@code max}. */
  public int count(Handle tx, Inbox.Choice choice, int max) {
    return tx.createQuery(COUNT)
        .bindMap(choice.words())
        .bind("max", max)
        .mapTo(Integer.class)
        .one();
  }

  /** Of the latest thousand settled events. */
  public Latency latency(Handle tx) {
    return tx.createQuery(LATENCY)
        .bind("max", LATENCY_OF)
        .map(
            (row, _) ->
                new Latency(
                    row.getInt("settled"),
                    Duration.ofMillis(Math.round(row.getDouble("p50"))),
                    Duration.ofMillis(Math.round(row.getDouble("p99")))))
        .one();
  }

  /** The types of events that the shop acts upon, by alphabet. */
  public List<String> types() {
    return Envelope.USED.keySet().stream().sorted().toList();
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString("event_id"),
        row.getString("type"),
        row.getBoolean("livemode"),
        row.getString("object_id"),
        instant(row, "created").orElseThrow(),
        instant(row, "received_at").orElseThrow(),
        instant(row, "settled_at"),
        instant(row, "next_at").orElseThrow(),
        row.getString("source"),
        Inbox.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getInt("attempts"),
        row.getString("last_error"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
