package urgency.trends;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import urgency.platform.sql.Packed;
import urgency.trends.TrendObservation.Point;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.Permit;

/** What was observed, and how the sources fare. The only code that writes the trends schema. */
final class Archive {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
          .build();
  private static final int PURGE_MAX = 10_000;
  private static final int REFUSED_MAX = 50;

  private static final String OBSERVE =
      """
      insert into trends.observation as seen (source, kind, external_id, key, display_name, region,
             window_days, observed_at, as_of, rank, posts, views, curve, industries, detail)
      values (:source, :kind, :externalId, :key, :displayName, :region,
             :windowDays, :observedAt, :asOf, :rank, :posts, :views, :curve::jsonb, :industries,
             :detail::jsonb)
      on conflict (source, kind, external_id, region, window_days, as_of) do update
         set key = excluded.key, display_name = excluded.display_name,
             observed_at = excluded.observed_at, rank = excluded.rank, posts = excluded.posts,
             views = excluded.views, curve = excluded.curve, industries = excluded.industries,
             detail = excluded.detail
       where (seen.display_name, seen.rank, seen.posts, seen.views, seen.curve, seen.detail)
             is distinct from (excluded.display_name, excluded.rank, excluded.posts, excluded.views,
                               excluded.curve, excluded.detail)
      """;

  private static final String ROWS_OF =
      """
      select o.id
        from trends.observation o
        join unnest(:kinds::text[], :ids::text[], :days::text[]) as row (kind, external_id, day)
          on o.kind = row.kind and o.external_id = row.external_id and o.as_of = row.day::date
       where o.source = :source and o.region = :region and o.window_days = :windowDays
       order by o.id
      """;

  // Only a batch that was validated brings a good_hash, and only then good_rows change.
  private static final String REMEMBER =
      """
      insert into trends.source_state as state (source, region, window_days, terms, result, code,
             message, asked_at, ask_again_at, failures, empties, succeeded_at, good_hash,
             good_schema, good_rows)
      values (:source, :region, :windowDays, :terms, :result, :code,
             :message, :askedAt, :askAgainAt, :failures, :empties, :succeededAt, :goodHash,
             :goodSchema, :goodRows)
      on conflict (source, region, window_days) do update
         set terms        = excluded.terms,
             result       = excluded.result,
             code         = excluded.code,
             message      = excluded.message,
             asked_at     = excluded.asked_at,
             ask_again_at = excluded.ask_again_at,
             failures     = excluded.failures,
             empties      = excluded.empties,
             succeeded_at = coalesce(excluded.succeeded_at, state.succeeded_at),
             good_schema  = coalesce(excluded.good_schema, state.good_schema),
             good_rows    = case when excluded.good_hash is null then state.good_rows
                                 else excluded.good_rows end,
             good_hash    = coalesce(excluded.good_hash, state.good_hash)
      """;

  private static final String STATES =
      """
      select source, region, window_days, terms, result, code, message, asked_at, ask_again_at,
             failures, empties, succeeded_at, good_hash, good_schema,
             cardinality(good_rows) as good_rows,
             (select max(o.as_of) from trends.observation o
               where o.id = any (good_rows)) as good_as_of
        from trends.source_state
       order by source, region, window_days
      """;

  private static final String KEEP =
      """
      insert into trends.payload as kept (sha256, source, region, window_days, result, at, gzip)
      values (:sha256, :source, :region, :windowDays, :result, :at, :gzip)
      on conflict (sha256) do update
         set result = excluded.result, at = excluded.at
       where kept.result = 'Drift' and excluded.result <> 'Drift'
      """;

  private static final String PURGE =
      """
      delete from trends.payload
       where sha256 in (select sha256 from trends.payload where at < :before order by at limit :max)
      """;

  private static final String TRIM =
      """
      delete from trends.payload
       where sha256 in (select sha256 from trends.payload
                         where source like 'push.%' and result = 'Drift'
                         order by at desc, sha256
                        offset :max)
      """;

  // Both asks and takes, so that two nodes cannot spend the same request.
  private static final String SPEND =
      """
      insert into trends.request_day as spent (source, day, requests)
      values (:source, :day, 1)
      on conflict (source, day) do update
         set requests = spent.requests + 1
       where spent.requests < :max
      """;

  /**
   * Writes the rows down and gives their numbers, in order. A trend has one row per day of data;
   * what is said of that day later replaces what was said before.
   */
  List<Long> observe(Handle tx, List<TrendObservation> rows) {
    if (rows.isEmpty()) return List.of();
    var batch = tx.prepareBatch(OBSERVE);
    for (var row : rows) {
      batch
          .bind("source", row.source())
          .bind("kind", row.kind().name())
          .bind("externalId", row.externalId())
          .bind("key", row.key())
          .bind("displayName", row.displayName())
          .bind("region", row.region())
          .bind("windowDays", row.windowDays())
          .bind("observedAt", row.observedAt().atOffset(ZoneOffset.UTC))
          .bind("asOf", row.asOf())
          .bind("rank", number(row.rank()))
          .bind("posts", row.posts())
          .bind("views", row.views())
          .bind("curve", curve(row.curve()))
          .bindArray("industries", String.class, row.industries())
          .bind("detail", detail(row.detail()))
          .add();
    }
    batch.execute();
    var first = rows.getFirst();
    return tx.createQuery(ROWS_OF)
        .bindArray("kinds", String.class, rows.stream().map(it -> it.kind().name()).toList())
        .bindArray("ids", String.class, rows.stream().map(TrendObservation::externalId).toList())
        .bindArray("days", String.class, rows.stream().map(it -> it.asOf().toString()).toList())
        .bind("source", first.source())
        .bind("region", first.region())
        .bind("windowDays", first.windowDays())
        .mapTo(Long.class)
        .list();
  }

  /**
   * Writes down how a source fares now.
   *
   * @param goodRows the new last good batch; counts only when the state has a hash
   */
  void remember(Handle tx, SourceState state, List<Long> goodRows) {
    tx.createUpdate(REMEMBER)
        .bind("source", state.source())
        .bind("region", state.region())
        .bind("windowDays", state.windowDays())
        .bind("terms", state.terms().name())
        .bind("result", state.result())
        .bind("code", state.code())
        .bind("message", state.message())
        .bind("askedAt", state.askedAt().atOffset(ZoneOffset.UTC))
        .bind("askAgainAt", state.askAgainAt().atOffset(ZoneOffset.UTC))
        .bind("failures", state.failures())
        .bind("empties", state.empties())
        .bind("succeededAt", state.succeededAt().map(it -> it.atOffset(ZoneOffset.UTC)))
        .bind("goodHash", state.goodHash())
        .bind("goodSchema", state.goodSchema())
        .bindArray("goodRows", Long.class, goodRows)
        .execute();
  }

  List<SourceState> states(Handle tx) {
    return tx.createQuery(STATES)
        .map(
            (row, _) ->
                new SourceState(
                    row.getString("source"),
                    row.getString("region"),
                    row.getInt("window_days"),
                    TrendSource.Terms.valueOf(row.getString("terms")),
                    row.getString("result"),
                    row.getString("code"),
                    row.getString("message"),
                    row.getTimestamp("asked_at").toInstant(),
                    row.getTimestamp("ask_again_at").toInstant(),
                    row.getInt("failures"),
                    row.getInt("empties"),
                    Optional.ofNullable(row.getTimestamp("succeeded_at")).map(it -> it.toInstant()),
                    Optional.ofNullable(row.getString("good_hash")),
                    Optional.ofNullable(row.getString("good_schema")),
                    Optional.ofNullable(row.getObject("good_as_of", LocalDate.class)),
                    row.getInt("good_rows")))
        .list();
  }

  /** Keeps an answer word for word, under the class that it was given. */
  void keep(Handle tx, String source, FetchRequest request, String result, byte[] payload) {
    tx.createUpdate(KEEP)
        .bind("sha256", sha256(payload))
        .bind("source", source)
        .bind("region", request.region())
        .bind("windowDays", request.windowDays())
        .bind("result", result)
        .bind("at", request.at().atOffset(ZoneOffset.UTC))
        .bind("gzip", Packed.pack(payload))
        .execute();
  }

  /** Deletes payloads older than that; the next call takes what this one left. */
  int purge(Handle tx, Instant before) {
    return tx.createUpdate(PURGE)
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .bind("max", PURGE_MAX)
        .execute();
  }

  /** Nobody bounds how often somebody brings what cannot be taken: the last ones are kept. */
  void trim(Handle tx) {
    tx.createUpdate(TRIM).bind("max", REFUSED_MAX).execute();
  }

  Permit spend(Handle tx, String source, LocalDate day, int max) {
    var spent =
        tx.createUpdate(SPEND).bind("source", source).bind("day", day).bind("max", max).execute();
    return spent == 1 ? Permit.GRANTED : Permit.SPENT;
  }

  static List<Point> points(String json) {
    try {
      var points = new ArrayList<Point>();
      for (var point : JSON.readTree(json)) {
        points.add(
            new Point(LocalDate.parse(point.get("day").asText()), point.get("value").asDouble()));
      }
      return points;
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("curve cannot be read: " + json, damaged);
    }
  }

  static List<Long> numbers(@Nullable String json) {
    if (json == null) return List.of();
    try {
      var numbers = new ArrayList<Long>();
      for (var number : JSON.readTree(json)) numbers.add(number.asLong());
      return numbers;
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("numbers cannot be read: " + json, damaged);
    }
  }

  private static String curve(List<Point> points) {
    try {
      return JSON.writeValueAsString(
          points.stream()
              .map(it -> Map.of("day", it.day().toString(), "value", it.value()))
              .toList());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("curve cannot be written: " + points, impossible);
    }
  }

  private static String detail(TrendObservation.Detail detail) {
    try {
      return JSON.writeValueAsString(detail);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("detail cannot be written: " + detail, impossible);
    }
  }

  private static @Nullable Integer number(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
  }

  private static byte[] sha256(byte[] payload) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(payload);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
