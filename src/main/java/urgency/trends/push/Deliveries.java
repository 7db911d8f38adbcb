package urgency.trends.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.platform.sql.Database;
import urgency.trends.Ingest;
import urgency.trends.Shape;
import urgency.trends.SourceHealths;
import urgency.trends.SourceHealths.Refusal;
import urgency.trends.TrendObservation;
import urgency.trends.TrendSource.Budget;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.wire.Fields;
import urgency.trends.wire.Fingerprint;

/**
 * Takes deliveries: all of one or nothing, and the same key gets the same answer. Key, answer and
 * trends are written in one transaction, and with them what an operator is shown of a refusal.
 */
@Singleton
public final class Deliveries {
  static final int BODY_MAX = 2 * 1024 * 1024;

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration KEYS_KEPT = Duration.ofDays(7);
  private static final int SOURCES_MAX = 20;

  private static final String CLAIM =
      """
      insert into trends.push (key, body_sha256, status, answer, at)
      values (:key, :sha256, 0, '', :at)
      on conflict do nothing
      """;

  private static final String FIND =
      "select body_sha256, status, answer from trends.push where key = :key";

  private static final String ANSWERED =
      "update trends.push set status = :status, answer = :answer where key = :key";

  private static final String FORGET = "delete from trends.push where at < :before";

  private static final String OTHERS =
      """
      select count(distinct source)
        from trends.source_state
       where source like 'push.%' and source <> :source
      """;

  /** How a delivery's bytes are to be read. */
  enum Format {
    JSON,
    CSV
  }

  /**
   * What the sender is told.
   *
   * @param json the whole answer
   * @param repeated whether it was given before, to the same key
   */
  record Answer(int status, String json, boolean repeated) {}

  /** A delivery as far as it could be read; with any mistake nothing of it is taken. */
  record Read(Optional<Entry.Whole> whole, List<TrendObservation> rows, Wrong wrong) {}

  private record Stored(byte[] sha256, int status, String answer) {}

  private final Database database;
  private final Ingest ingest;

  public Deliveries(Database database, Ingest ingest) {
    this.database = database;
    this.ingest = ingest;
  }

  /** Takes one delivery under a key that names it. */
  Answer take(String key, Format format, byte[] body, Instant now) {
    return database.write(
        tx -> {
          var answer = take(tx, key, format, body, now);
          if (answer.status() >= 400) refuse(tx, key, answer, now);
          return answer;
        });
  }

  /** Writes down that a known sender's delivery was refused before it was read. */
  Answer refuse(String key, Answer answer, Instant now) {
    database.change(tx -> refuse(tx, key, answer, now));
    return answer;
  }

  private void refuse(Handle tx, String key, Answer answer, Instant now) {
    SourceHealths.refuse(tx, new Refusal(true, key, answer.status(), why(answer), 1, now));
  }

  private Answer take(Handle tx, String key, Format format, byte[] body, Instant now) {
    var sha256 = sha256(body);
    var at = now.atOffset(ZoneOffset.UTC);
    tx.createUpdate(FORGET).bind("before", at.minus(KEYS_KEPT)).execute();
    var claimed =
        tx.createUpdate(CLAIM).bind("key", key).bind("sha256", sha256).bind("at", at).execute();
    if (claimed == 0) return again(stored(tx, key), sha256);
    var answer = fresh(tx, format, body, now);
    tx.createUpdate(ANSWERED)
        .bind("key", key)
        .bind("status", answer.status())
        .bind("answer", answer.json())
        .execute();
    return answer;
  }

  private static Answer again(Stored stored, byte[] sha256) {
    if (Arrays.equals(stored.sha256(), sha256)) {
      return new Answer(stored.status(), stored.answer(), true);
    }
    return problem(
        409,
        "Idempotency-Key: this key came with another body before; give each delivery its own key",
        "Idempotency-Key",
        List.of());
  }

  private Answer fresh(Handle tx, Format format, byte[] body, Instant now) {
    var read = read(format, body, now);
    read.whole().ifPresent(it -> others(tx, it, read.wrong()));
    if (!read.wrong().isEmpty()) {
      keepUnread(tx, format, body, read, now);
      return refused(read.wrong());
    }
    return deliver(tx, read.whole().orElseThrow(), read.rows(), body, now);
  }

  // Whose list it is must be known, and people must be out of it.
  private void keepUnread(Handle tx, Format format, byte[] body, Read read, Instant now) {
    if (read.whole().isEmpty()) return;
    var whole = read.whole().get();
    var kept = StoredDelivery.less(format, body, read.wrong());
    kept.ifPresent(it -> ingest.keepUnread(tx, whole.source(), request(whole, now), it));
  }

  /** What a delivery's bytes say, without a look at what is there already. */
  static Read read(Format format, byte[] body, Instant now) {
    var wrong = new Wrong();
    var raw =
        switch (format) {
          case JSON -> JsonDelivery.read(body, wrong);
          case CSV -> CsvDelivery.read(body, wrong);
        };
    // What could not be read as a whole is not judged by its parts.
    if (!wrong.isEmpty() && raw.entries().isEmpty()) {
      return new Read(Optional.empty(), List.of(), wrong);
    }
    var whole = Entry.whole(raw.head(), now, wrong);
    var rows = whole.map(it -> rows(raw.entries(), it, wrong)).orElse(List.of());
    if (whole.isPresent() && rows.isEmpty() && wrong.isEmpty()) {
      wrong.add(0, "observations", "at least one row");
    }
    if (Fields.rounded(rows)) {
      wrong.add(0, "id", "ends in 000 too often, as JavaScript rounds it; send ids as text");
    }
    return new Read(whole, rows, wrong);
  }

  private static FetchRequest request(Entry.Whole whole, Instant now) {
    return new FetchRequest(
        whole.region(), whole.windowDays(), now, now, Optional.empty(), Budget.UNLIMITED);
  }

  /** What a delivery without mistakes brings. */
  static FetchResult.Fresh fresh(Entry.Whole whole, List<TrendObservation> rows, byte[] body) {
    return new FetchResult.Fresh(
        rows, List.of(body), whole.asOf() + Fingerprint.of(rows), shape(rows).text());
  }

  private Answer deliver(
      Handle tx, Entry.Whole whole, List<TrendObservation> rows, byte[] body, Instant now) {
    var after = ingest.deliver(tx, whole.source(), request(whole, now), fresh(whole, rows, body));
    if (after.result().equals("Drift")) {
      return problem(422, after.message(), "", List.of());
    }
    var json = JSON.createObjectNode();
    json.put("source", whole.source());
    json.put("region", whole.region());
    json.put("rows", rows.size());
    json.put("result", after.result());
    json.put("message", after.message());
    return new Answer(200, json.toString(), false);
  }

  private static List<TrendObservation> rows(List<Entry> entries, Entry.Whole whole, Wrong wrong) {
    var rows = new ArrayList<TrendObservation>();
    var seen = new HashSet<String>();
    for (var entry : entries) {
      entry
          .observation(whole, wrong)
          .ifPresent(
              it -> {
                if (seen.add(it.kind() + "/" + it.externalId())) {
                  rows.add(it);
                } else {
                  wrong.add(entry.row(), "name", "was in an earlier row already");
                }
              });
    }
    return rows;
  }

  private static void others(Handle tx, Entry.Whole whole, Wrong wrong) {
    var others = tx.createQuery(OTHERS).bind("source", whole.source()).mapTo(Integer.class).one();
    if (others >= SOURCES_MAX) {
      wrong.add(0, "source", "there are %d lists already; use one of them".formatted(others));
    }
  }

  private static Shape shape(List<TrendObservation> rows) {
    var paths = new java.util.TreeSet<String>();
    for (var row : rows) {
      paths.add("/kind:" + row.kind());
      if (row.rank().isPresent()) paths.add("/rank:NUMBER");
      if (row.detail().postsLifetime().isPresent()) paths.add("/postsLifetime:NUMBER");
      if (row.detail().viewsLifetime().isPresent()) paths.add("/viewsLifetime:NUMBER");
      if (row.detail().unitsSold().isPresent()) paths.add("/unitsSold:NUMBER");
      if (row.curve().size() > 1) paths.add("/daily:ARRAY");
    }
    return new Shape(paths);
  }

  private static Answer refused(Wrong wrong) {
    var first = wrong.listed().getFirst();
    var more = wrong.count() == 1 ? "" : ", and %d more".formatted(wrong.count() - 1);
    return problem(
        first.field().equals("body") ? 400 : 422, first + more, first.field(), wrong.listed());
  }

  /** An error as RFC 9457 has it, with every mistake that was found. */
  static Answer problem(int status, String detail, String field, List<Wrong.Mistake> mistakes) {
    var json = JSON.createObjectNode();
    json.put("title", title(status));
    json.put("status", status);
    json.put("detail", detail);
    if (!field.isEmpty()) json.put("field", field);
    if (!mistakes.isEmpty()) {
      var errors = json.putArray("errors");
      for (var it : mistakes) {
        ObjectNode error = errors.addObject();
        error.put("row", it.row());
        error.put("field", it.field());
        error.put("remedy", it.remedy());
      }
    }
    return new Answer(status, json.toString(), false);
  }

  /** The first mistake of an answer, and how many more there are. */
  static String why(Answer answer) {
    var root = tree(answer);
    return root.path("detail").asText(root.path("message").asText());
  }

  /** The mistakes of an answer, one line each. */
  static String sentences(Answer answer) {
    var lines = new StringBuilder();
    for (var it : tree(answer).path("errors")) {
      lines.append(
          new Wrong.Mistake(
              it.path("row").asInt(), it.path("field").asText(), it.path("remedy").asText()));
      lines.append('\n');
    }
    return lines.isEmpty() ? why(answer) + '\n' : lines.toString();
  }

  private static JsonNode tree(Answer answer) {
    try {
      return JSON.readTree(answer.json());
    } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
      throw new IllegalStateException(answer.json(), impossible);
    }
  }

  private static String title(int status) {
    return Map.of(
            400, "Bad Request",
            401, "Unauthorized",
            404, "Not Found",
            409, "Conflict",
            413, "Content Too Large",
            422, "Unprocessable Content")
        .getOrDefault(status, "Error");
  }

  private static Stored stored(Handle tx, String key) {
    return tx.createQuery(FIND)
        .bind("key", key)
        .map(
            (row, _) ->
                new Stored(
                    row.getBytes("body_sha256"), row.getInt("status"), row.getString("answer")))
        .one();
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
