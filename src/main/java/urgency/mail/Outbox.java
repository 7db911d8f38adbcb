package urgency.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.orders.OrderId;

/**
 * The letters that orders call for. One is written down in the transaction of what it tells of,
 * once for each order, kind and part; {@link MailSender} sends it.
 */
@Singleton
public final class Outbox {
  private static final int ERROR_MAX = 500;
  private static final int FORGET_MAX = 1_000;
  // What was sent is remembered, so that it is not sent again, longer than anything repeats it.
  private static final Duration KEPT = Duration.ofDays(400);
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  private static final String WRITE =
      """
      insert into mail.letter (order_id, kind, part, content, written_at, state, attempt_at)
      values (:order, :kind, :part, :content, :now, 'DUE', :now)
          on conflict do nothing
      """;

  private static final String LEASE =
      """
      update mail.letter
         set attempts = attempts + 1, attempt_at = :until
        from (select order_id as due_order, kind as due_kind, part as due_part
                from mail.letter
               where state = 'DUE'
                 and attempt_at <= :now
               order by attempt_at
               limit 1
                 for update skip locked) as due
       where order_id = due_order
         and kind = due_kind
         and part = due_part
      returning order_id, kind, part, content, attempts
      """;

  private static final String CLOSE =
      """
      update mail.letter
         set state = :state, last_error = :note,
             sent_at = case when :state = 'SENT' then cast(:now as timestamptz) end
       where order_id = :order
         and kind = :kind
         and part = :part
         and state = 'DUE'
      """;

  private static final String PUT_OFF =
      """
      update mail.letter
         set attempt_at = :next_at, last_error = :note
       where order_id = :order
         and kind = :kind
         and part = :part
         and state = 'DUE'
      """;

  private static final String AGAIN =
      """
      update mail.letter
         set state = 'DUE', attempts = 0, attempt_at = :now
       where (order_id, kind, part) in
             (select order_id, kind, part
                from mail.letter
               where state = 'DEAD'
                 and (cast(:order as uuid) is null or order_id = :order)
               order by written_at
               limit :max
                 for update skip locked)
      """;

  private static final String PAGE =
      """
      select order_id, kind, part, written_at, state, attempts, attempt_at, sent_at, last_error
        from mail.letter
       where (:state = '' or state = :state)
         and written_at < :before
       order by written_at desc, order_id, kind, part
       limit :max
      """;

  private static final String FORGET =
      """
      delete from mail.letter
       where (order_id, kind, part) in (select order_id, kind, part
                                          from mail.letter
                                         where written_at < :before
                                         limit :max)
      """;

  private final boolean sends;

  Outbox(MailSettings settings) {
    this.sends = settings.sends();
  }

  /** What is to be done about a letter. */
  public enum State {
    DUE,
    SENT,
    /** Nobody knows where to send it; it goes when an address is told. */
    NO_ADDRESS,
    DEAD
  }

  /** A letter in a list. */
  public record Row(
      OrderId order,
      String kind,
      String part,
      Instant writtenAt,
      State state,
      int attempts,
      Instant attemptAt,
      Optional<Instant> sentAt,
      String lastError) {}

  /** A letter that is to be sent now, leased to whoever took it. */
  record Due(OrderId order, Letter letter, int attempts) {}

  /** How many letters wait, and how many a person must look at. */
  public record Depth(long due, long dead) {}

  /** Whether letters are written at all. */
  boolean sends() {
    return sends;
  }

  /**
   * Writes a letter down, in the caller's transaction.
   *
   * @return false when it was written before, or the shop writes no letters
   */
  public boolean write(Handle tx, OrderId order, Letter letter, Instant now) {
    if (!sends) return false;
    return tx.createUpdate(WRITE)
            .bind("order", order.value())
            .bind("kind", letter.kind())
            .bind("part", letter.part())
            .bind("content", text(letter))
            .bind("now", time(now))
            .execute()
        == 1;
  }

  /** Takes the letter that has waited longest; nobody else has it until then. */
  Optional<Due> lease(Handle tx, Instant now, Instant until) {
    return tx.createQuery(LEASE)
        .bind("now", time(now))
        .bind("until", time(until))
        .map(
            (row, _) ->
                new Due(
                    new OrderId(row.getObject("order_id", UUID.class)),
                    letter(row.getString("content")),
                    row.getInt("attempts")))
        .findOne();
  }

  void close(Handle tx, Due due, State state, String note, Instant now) {
    tx.createUpdate(CLOSE)
        .bind("state", state.name())
        .bind("note", shortened(note))
        .bind("now", time(now))
        .bind("order", due.order().value())
        .bind("kind", due.letter().kind())
        .bind("part", due.letter().part())
        .execute();
  }

  void putOff(Handle tx, Due due, Instant nextAt, String note) {
    tx.createUpdate(PUT_OFF)
        .bind("next_at", time(nextAt))
        .bind("note", shortened(note))
        .bind("order", due.order().value())
        .bind("kind", due.letter().kind())
        .bind("part", due.letter().part())
        .execute();
  }

  /** Letters of an order that waited for an address go now. */
  void addressed(Handle tx, OrderId order, Instant now) {
    tx.createUpdate(
            """
            update mail.letter
               set state = 'DUE', attempts = 0, attempt_at = :now
             where order_id = :order
               and state = 'NO_ADDRESS'
            """)
        .bind("order", order.value())
        .bind("now", time(now))
        .execute();
  }

  /** Tries dead letters once more, of one order or of all, oldest first; answers how many. */
  public int again(Handle tx, Optional<OrderId> order, Instant now, int max) {
    return tx.createUpdate(AGAIN)
        .bindByType("order", order.map(OrderId::value).orElse(null), UUID.class)
        .bind("now", time(now))
        .bind("max", max)
        .execute();
  }

  /** Letters written before an instant, newest first. */
  public List<Row> page(Handle tx, Optional<State> state, Instant before, int max) {
    return tx.createQuery(PAGE)
        .bind("state", state.map(Enum::name).orElse(""))
        .bind("before", time(before))
        .bind("max", max)
        .map((row, _) -> row(row))
        .list();
  }

  public Depth depth(Handle tx) {
    return tx.createQuery(
            """
            select (select count(*) from mail.letter where state = 'DUE') as due,
                   (select count(*) from mail.letter where state = 'DEAD') as dead
            """)
        .map((row, _) -> new Depth(row.getLong("due"), row.getLong("dead")))
        .one();
  }

  void forget(Handle tx, Instant now) {
    tx.createUpdate(FORGET).bind("before", time(now.minus(KEPT))).bind("max", FORGET_MAX).execute();
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        new OrderId(row.getObject("order_id", UUID.class)),
        row.getString("kind"),
        row.getString("part"),
        row.getObject("written_at", OffsetDateTime.class).toInstant(),
        State.valueOf(row.getString("state")),
        row.getInt("attempts"),
        row.getObject("attempt_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("sent_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        row.getString("last_error"));
  }

  private static String text(Letter letter) {
    try {
      return JSON.writerFor(Letter.class).writeValueAsString(letter);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a letter cannot be written: " + letter.kind(), impossible);
    }
  }

  private static Letter letter(String text) {
    try {
      return JSON.readValue(text, Letter.class);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a stored letter cannot be read", impossible);
    }
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static String shortened(String note) {
    var plain = note.replace('\0', ' ');
    return plain.length() <= ERROR_MAX ? plain : plain.substring(0, ERROR_MAX);
  }
}
