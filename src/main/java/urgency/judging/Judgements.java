package urgency.judging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.judging.JudgeLog.Kind;
import urgency.judging.JudgeSettings.Model;

/** What was judged of which content: the memory of the judges, good for a week. */
@Singleton
public final class Judgements {
  /** After this a judgement is asked for anew. */
  public static final Duration GOOD_FOR = Duration.ofDays(7);

  private static final JsonMapper JSON = new JsonMapper();
  private static final int FORGET_MAX = 20_000;
  private static final int NOTE_MAX = 200;

  private static final String ADD =
      """
      insert into judging.judgement (content, call, model, prompt, verdict, at)
      values (:content, :call, :model, :prompt, :verdict::jsonb, :at)
      """;

  private static final String KNOWN =
      """
      select distinct on (content) content, call, model, prompt, verdict::text as verdict, at
        from judging.judgement
       where content = any (:contents) and at >= :since and at <= :until
       order by content, at desc, id desc
      """;

  private static final String NOTE =
      """
      insert into judging.note (content, kind, subject, said, at)
      values (:content, :kind, :subject, :said, :at)
          on conflict (content, kind) do update set said = excluded.said, at = excluded.at
      """;

  private static final String NOTED =
      """
      select content
        from judging.note
       where content = any (:contents) and kind = :kind and at >= :since
      """;

  private static final List<String> FORGET =
      List.of(
          "delete from judging.judgement where id in (select id from judging.judgement"
              + " where at < :before order by at limit :max)",
          "delete from judging.call where id in (select id from judging.call"
              + " where started_at < :before order by started_at limit :max)",
          "delete from judging.parcel where made_at < :before",
          "delete from judging.canary where at < :before",
          "delete from judging.note where at < :before");

  /** What is known of one content. */
  public record Judgement(Verdict verdict, UUID call, String model, String prompt, Instant at) {}

  private record Row(String content, Judgement judgement) {}

  /** The newest judgement of each content that is still good, by content key. */
  public Map<String, Judgement> known(Handle tx, Collection<String> contents, Instant now) {
    var known = new HashMap<String, Judgement>();
    if (contents.isEmpty()) return known;
    tx.createQuery(KNOWN)
        .bindArray("contents", String.class, contents.toArray())
        .bind("since", now.minus(GOOD_FOR).atOffset(ZoneOffset.UTC))
        .bind("until", now.atOffset(ZoneOffset.UTC))
        .map((row, _) -> row(row))
        .forEach(it -> known.put(it.content(), it.judgement()));
    return known;
  }

  /** Keeps what a call has judged. */
  public void add(
      Handle tx, Model model, Map<Subject, Verdict> judged, Verdicts.Receipt by, Instant now) {
    for (var it : judged.entrySet()) {
      tx.createUpdate(ADD)
          .bind("content", Rubric.key(model, it.getKey()))
          .bind("call", by.call())
          .bind("model", by.modelReturned())
          .bind("prompt", Rubric.version())
          .bind("verdict", written(it.getValue()))
          .bind("at", now.atOffset(ZoneOffset.UTC))
          .execute();
    }
  }

  /**
   * What scores need to know of each subject, as far as anybody has judged it. Only the judge that
   * was measured counts; another one, or the same under another rubric, is heard without weight.
   */
  public Map<Subject, Opinion> opinions(
      Handle tx, JudgeSettings settings, Collection<Subject> subjects, Instant now) {
    var opinions = new LinkedHashMap<Subject, Opinion>();
    if (!settings.enabled()) return opinions;
    var model = settings.models().getFirst();
    var keys = new LinkedHashMap<Subject, String>();
    for (var it : subjects) keys.put(it, Rubric.key(model, it));
    var known = known(tx, new HashSet<>(keys.values()), now);
    var standing = Standing.current(tx);
    var freshSince = now.minus(settings.askedWithin());
    var most = StrictMath.log1p(settings.influencePercent() / 100.0);
    keys.forEach(
        (subject, key) -> {
          var it = known.get(key);
          if (it == null || PlainText.commanding(subject).isPresent()) return;
          var measured =
              it.model().equals(standing.model()) && it.prompt().equals(standing.prompt());
          var rho = measured && !settings.shadow() ? standing.rho() : 0;
          var lean = standing.lean().of(it.verdict());
          var fresh = !it.at().isBefore(freshSince);
          opinions.put(
              subject, new Opinion(it.verdict(), it.model(), it.at(), fresh, rho, lean, most));
        });
    return opinions;
  }

  /**
   * Keeps what an answer says beside its verdicts: known answers, and what an operator must see.
   */
  public void heard(Handle tx, Model model, Batch batch, Verdicts.Given given, Instant now) {
    canaries(tx, batch.id(), batch.canaries(given), now);
    batch
        .judged(given)
        .forEach(
            (subject, verdict) -> {
              if (!verdict.suspicious()) return;
              var key = Rubric.key(model, subject);
              note(tx, key, Kind.SUSPICIOUS, subject, verdict.evidence(), now);
            });
  }

  void note(Handle tx, String content, Kind kind, Subject subject, String said, Instant now) {
    tx.createUpdate(NOTE)
        .bind("content", content)
        .bind("kind", kind.name())
        .bind("subject", subject.title())
        .bind("said", said.substring(0, Math.min(NOTE_MAX, said.length())))
        .bind("at", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  Set<String> noted(Handle tx, Collection<String> contents, Kind kind, Instant now) {
    if (contents.isEmpty()) return Set.of();
    return new HashSet<>(
        tx.createQuery(NOTED)
            .bindArray("contents", String.class, contents.toArray())
            .bind("kind", kind.name())
            .bind("since", now.minus(GOOD_FOR).atOffset(ZoneOffset.UTC))
            .mapTo(String.class)
            .list());
  }

  /** Keeps whether the items with known answers were answered so, by name. */
  public void canaries(Handle tx, UUID call, Map<String, Boolean> hits, Instant now) {
    hits.forEach(
        (name, hit) ->
            tx.createUpdate(
                    """
                    insert into judging.canary (call, name, hit, at)
                    values (:call, :name, :hit, :at)
                        on conflict do nothing
                    """)
                .bind("call", call)
                .bind("name", name)
                .bind("hit", hit)
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .execute());
  }

  void forget(Handle tx, Instant before) {
    for (var sql : FORGET) {
      var delete = tx.createUpdate(sql).bind("before", before.atOffset(ZoneOffset.UTC));
      if (sql.contains(":max")) delete.bind("max", FORGET_MAX);
      delete.execute();
    }
  }

  static String written(Verdict verdict) {
    try {
      return JSON.writeValueAsString(verdict);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("verdict cannot be written", impossible);
    }
  }

  static Verdict verdict(String json) {
    try {
      return JSON.readValue(json, Verdict.class);
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("verdict cannot be read", damaged);
    }
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString("content"),
        new Judgement(
            verdict(row.getString("verdict")),
            row.getObject("call", UUID.class),
            row.getString("model"),
            row.getString("prompt"),
            row.getTimestamp("at").toInstant()));
  }
}
