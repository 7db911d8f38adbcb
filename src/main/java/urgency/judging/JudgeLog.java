package urgency.judging;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import urgency.platform.sql.Packed;

/** What the judges did, what they cost and how much they count: read by operators. */
@Singleton
public final class JudgeLog {
  private static final int CALLS_MAX = 500;

  private static final String ONES =
      """
      select c.id, c.started_at, c.provider, c.model, c.model_returned, c.tier, c.prompt, c.items,
             c.tokens_in, c.tokens_cached, c.tokens_out, c.tokens_reasoning, c.took_ms, c.outcome,
             c.note, coalesce(l.reserved_micros, 0) as reserved_micros, l.settled_micros
        from judging.call c
        left join judging.ledger l on l.call = c.id
       %s
      """;

  private static final String NEWEST =
      ONES.formatted("order by c.started_at desc, c.id limit :max");

  private static final String ONE = ONES.formatted("where c.id = :id");

  private static final String OF_JUDGEMENT =
      ONES.formatted(
          """
          where c.id = (select j.call
                          from judging.judgement j
                         where j.model = :model and j.at = :at
                         order by j.id
                         limit 1)
          """);

  private static final String BYTES = "select request, response from judging.call where id = :id";

  private static final String SPENT =
      """
      select coalesce(sum(coalesce(settled_micros, 0)), 0) as settled,
             coalesce(sum(reserved_micros) filter (where settled_micros is null), 0) as open,
             count(*) as calls
        from judging.ledger
       where day >= :from and day <= :to
      """;

  private static final String NOTES =
      """
      select content, kind, subject, said, at
        from judging.note
       order by at desc, content, kind
       limit :max
      """;

  private static final String CANARIES =
      """
      select count(*) filter (where hit) as hits, count(*) as asked
        from judging.canary
       where at >= :from
      """;

  /**
   * Money in millionths of a US dollar.
   *
   * @param settledMicros what is known to have been spent
   * @param openMicros reserved for calls of which the cost is not known, or not known yet
   */
  public record Spend(long settledMicros, long openMicros, long calls) {
    /** What the caps look at: nobody can spend more than this. */
    public long atMostMicros() {
      return settledMicros + openMicros;
    }
  }

  /**
   * Something an operator should look at.
   *
   * @param subject the product's name, written by whoever wrote the catalogue
   * @param said what the heuristic found, or what the judge said; to be escaped like any text
   */
  public record Note(String content, Kind kind, String subject, String said, Instant at) {}

  /** Why there is a note. */
  public enum Kind {
    /** The text speaks to the judge instead of about the product; it has no weight. */
    SUSPICIOUS,
    /** No judge would judge it, even alone. */
    NO_JUDGEMENT
  }

  /** How many of the items with known answers were judged as they should be. */
  public record Canaries(int hits, int asked) {}

  /** The newest calls first, at most 500. */
  public List<JudgeCall> newest(Handle tx, int max) {
    return tx.createQuery(NEWEST)
        .bind("max", Math.clamp(max, 1, CALLS_MAX))
        .map((row, _) -> call(row))
        .list();
  }

  /** One call, while it is kept. */
  public Optional<JudgeCall> call(Handle tx, UUID id) {
    return tx.createQuery(ONE).bind("id", id).map((row, _) -> call(row)).findOne();
  }

  /** The call that an opinion came of, while it is kept. */
  public Optional<JudgeCall> of(Handle tx, Opinion opinion) {
    return tx.createQuery(OF_JUDGEMENT)
        .bind("model", opinion.model())
        .bind("at", opinion.at().atOffset(ZoneOffset.UTC))
        .map((row, _) -> call(row))
        .findOne();
  }

  /**
   * What was sent and what came back, to the byte; without the key, which is a header.
   *
   * @param response empty when nothing came, or only a status
   */
  public record Raw(String request, String response) {}

  /** The bytes of one call, while it is kept. */
  public Optional<Raw> raw(Handle tx, UUID id) {
    return tx.createQuery(BYTES)
        .bind("id", id)
        .map((row, _) -> new Raw(text(row.getBytes("request")), text(row.getBytes("response"))))
        .findOne();
  }

  /** Of the UTC day of this instant. */
  public Spend today(Handle tx, Instant now) {
    var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return spent(tx, day, day);
  }

  /** Of the UTC month of this instant. */
  public Spend month(Handle tx, Instant now) {
    var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return spent(tx, day.withDayOfMonth(1), day.withDayOfMonth(day.lengthOfMonth()));
  }

  /** Whether the judges count, and how much. */
  public Standing standing(Handle tx) {
    return Standing.current(tx);
  }

  /** The newest notes first. */
  public List<Note> notes(Handle tx, int max) {
    return tx.createQuery(NOTES)
        .bind("max", Math.clamp(max, 1, CALLS_MAX))
        .map(
            (row, _) ->
                new Note(
                    row.getString("content"),
                    Kind.valueOf(row.getString("kind")),
                    row.getString("subject"),
                    row.getString("said"),
                    row.getTimestamp("at").toInstant()))
        .list();
  }

  /** Since an instant. */
  public Canaries canaries(Handle tx, Instant from) {
    return tx.createQuery(CANARIES)
        .bind("from", from.atOffset(ZoneOffset.UTC))
        .map((row, _) -> new Canaries(row.getInt("hits"), row.getInt("asked")))
        .one();
  }

  private static String text(byte @Nullable [] packed) {
    return packed == null ? "" : new String(Packed.unpack(packed), UTF_8);
  }

  private static Spend spent(Handle tx, LocalDate from, LocalDate to) {
    return tx.createQuery(SPENT)
        .bind("from", from)
        .bind("to", to)
        .map(
            (row, _) ->
                new Spend(row.getLong("settled"), row.getLong("open"), row.getLong("calls")))
        .one();
  }

  private static JudgeCall call(ResultSet row) throws SQLException {
    var settled = row.getObject("settled_micros", Long.class);
    return new JudgeCall(
        row.getObject("id", UUID.class),
        row.getTimestamp("started_at").toInstant(),
        row.getString("provider"),
        row.getString("model"),
        row.getString("model_returned"),
        row.getString("tier"),
        row.getString("prompt"),
        row.getInt("items"),
        row.getInt("tokens_in"),
        row.getInt("tokens_cached"),
        row.getInt("tokens_out"),
        row.getInt("tokens_reasoning"),
        Duration.ofMillis(row.getInt("took_ms")),
        row.getLong("reserved_micros"),
        settled == null ? OptionalLong.empty() : OptionalLong.of(settled),
        JudgeCall.Outcome.valueOf(row.getString("outcome")),
        row.getString("note"));
  }
}
