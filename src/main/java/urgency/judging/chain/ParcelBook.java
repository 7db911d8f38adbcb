package urgency.judging.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.judging.Batch;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.Subject;
import urgency.platform.sql.Packed;

/** What of parcels is on record: enough for any node to go on where another one stopped. */
final class ParcelBook {
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<List<Subject>> SUBJECTS = new TypeReference<>() {};
  private static final int OPEN_MAX = 20;

  // One at a time, and one for each refresh: what is on its way need not be asked again.
  private static final String MAKE =
      """
      insert into judging.parcel (id, provider, model, refresh_at, made_at, state)
      select :id, :provider, :model, :refresh, :at, 'MADE'
       where not exists (select from judging.parcel where state in ('MADE', 'SENDING', 'SENT'))
          on conflict do nothing
      """;

  private static final String ASK =
      """
      insert into judging.parcel_question (call, parcel, today, subjects)
      values (:call, :parcel, :today, :subjects::jsonb)
      """;

  private static final String OPEN =
      """
      select id, provider, model, refresh_at, made_at, state, tries, sending_at, remote
        from judging.parcel
       where state in ('MADE', 'SENDING', 'SENT')
       order by made_at, id
       limit :max
      """;

  private static final String QUESTIONS =
      """
      select c.id, c.run, c.seed, c.started_at, c.request_digest, c.request, q.today,
             q.subjects::text as subjects
        from judging.parcel_question q
        join judging.call c on c.id = q.call
       where q.parcel = :parcel and c.outcome = 'OPEN'
       order by c.id
      """;

  private static final String CLAIM =
      """
      update judging.parcel
         set state = 'SENDING', tries = tries + 1, sending_at = :at
       where id = :id and state = 'MADE'
      """;

  private static final String MOVE =
      """
      update judging.parcel
         set state = :to, remote = coalesce(nullif(:remote, ''), remote), note = :note
       where id = :id and state = any (:from)
      """;

  /** Where a parcel stands. */
  enum State {
    /** Paid for and written down. */
    MADE,
    /** Handed over, and not known to have arrived. */
    SENDING,
    /** With the provider. */
    SENT,
    /** Its answers are taken in. */
    DONE,
    /** Nothing came of it. */
    FAILED
  }

  /**
   * Questions that travel together.
   *
   * @param remote the provider's name for it; empty before it has arrived
   */
  record Parcel(
      UUID id,
      String provider,
      String model,
      Instant refreshAt,
      Instant madeAt,
      State state,
      int tries,
      Optional<Instant> sendingAt,
      String remote) {
    boolean isFor(Model other) {
      return provider.equals(other.provider().name()) && model.equals(other.name());
    }
  }

  /** One of its questions that nobody has answered, with the bytes as they are on record. */
  record Asked(Batch question, Instant at, String digest, byte[] request) {}

  /** Whether a parcel may be made, and makes it: none else is open, none was for this refresh. */
  boolean make(Handle tx, UUID id, Model model, Instant refresh, Instant now) {
    return tx.createUpdate(MAKE)
            .bind("id", id)
            .bind("provider", model.provider().name())
            .bind("model", model.name())
            .bind("refresh", refresh.atOffset(ZoneOffset.UTC))
            .bind("at", now.atOffset(ZoneOffset.UTC))
            .execute()
        == 1;
  }

  /** Puts a question in; its call is on record already. */
  void add(Handle tx, UUID parcel, Batch question) {
    tx.createUpdate(ASK)
        .bind("call", question.id())
        .bind("parcel", parcel)
        .bind("today", question.today())
        .bind("subjects", written(question.subjects()))
        .execute();
  }

  /** Those that are not over, oldest first. */
  List<Parcel> open(Handle tx) {
    return tx.createQuery(OPEN).bind("max", OPEN_MAX).map((row, _) -> parcel(row)).list();
  }

  /** Its questions without an answer, by call. */
  Map<UUID, Asked> questions(Handle tx, UUID parcel) {
    var questions = new LinkedHashMap<UUID, Asked>();
    tx.createQuery(QUESTIONS)
        .bind("parcel", parcel)
        .map((row, _) -> asked(row))
        .forEach(it -> questions.put(it.question().id(), it));
    return questions;
  }

  /** Before it is handed over: of all who try, one may. */
  boolean claim(Handle tx, UUID parcel, Instant now) {
    var at = now.atOffset(ZoneOffset.UTC);
    return tx.createUpdate(CLAIM).bind("id", parcel).bind("at", at).execute() == 1;
  }

  /** Moves it on, unless somebody else did. */
  boolean move(Handle tx, UUID parcel, List<State> from, State to, String remote, String note) {
    return tx.createUpdate(MOVE)
            .bind("id", parcel)
            .bindArray("from", String.class, from.stream().map(State::name).toArray())
            .bind("to", to.name())
            .bind("remote", remote)
            .bind("note", note)
            .execute()
        == 1;
  }

  private static Parcel parcel(ResultSet row) throws SQLException {
    return new Parcel(
        row.getObject("id", UUID.class),
        row.getString("provider"),
        row.getString("model"),
        row.getTimestamp("refresh_at").toInstant(),
        row.getTimestamp("made_at").toInstant(),
        State.valueOf(row.getString("state")),
        row.getInt("tries"),
        Optional.ofNullable(row.getTimestamp("sending_at")).map(java.sql.Timestamp::toInstant),
        row.getString("remote"));
  }

  private static Asked asked(ResultSet row) throws SQLException {
    var question =
        Batch.of(
            row.getObject("id", UUID.class),
            row.getObject("run", UUID.class),
            read(row.getString("subjects")),
            row.getObject("today", LocalDate.class),
            row.getLong("seed"));
    return new Asked(
        question,
        row.getTimestamp("started_at").toInstant(),
        row.getString("request_digest"),
        Packed.unpack(row.getBytes("request")));
  }

  private static String written(List<Subject> subjects) {
    try {
      return JSON.writeValueAsString(subjects);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("subjects cannot be written", impossible);
    }
  }

  private static List<Subject> read(String json) {
    try {
      return JSON.readValue(json, SUBJECTS);
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("subjects cannot be read", damaged);
    }
  }
}
