package urgency.trends;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What an operator sees of the trend sources. */
@Singleton
public final class SourceHealths {
  private static final JsonMapper JSON = new JsonMapper();

  private static final String ALL =
      """
      select s.source, s.region, s.window_days, s.terms, s.result, s.code, s.message, s.asked_at,
             s.ask_again_at, s.failures, s.succeeded_at, s.shape_since, s.shape_change, s.suspect,
             coalesce(s.good_schema, '') as schema, s.aliases::text as aliases,
             cardinality(s.good_rows) as good_rows,
             (select max(o.as_of) from trends.observation o
               where o.id = any (s.good_rows)) as as_of,
             coalesce((select d.requests from trends.request_day d
                        where d.source = s.source and d.day = :day), 0) as requests
        from trends.source_state s
       order by s.source, s.region, s.window_days
      """;

  private final int requestsPerDayMax;

  public SourceHealths(TrendSettings settings) {
    this.requestsPerDayMax = settings.requestsPerDayMax();
  }

  /** Every source that was ever asked or pushed, by name and region. */
  public List<SourceHealth> all(Handle tx, Instant now) {
    return tx.createQuery(ALL)
        .bind("day", now.atZone(ZoneOffset.UTC).toLocalDate())
        .map((row, _) -> health(row, now))
        .list();
  }

  private SourceHealth health(ResultSet row, Instant now) throws SQLException {
    var lastGood = instant(row.getTimestamp("succeeded_at"));
    var asOf = Optional.ofNullable(row.getObject("as_of", LocalDate.class));
    var weight =
        lastGood.isPresent() && asOf.isPresent()
            ? Ageing.freshness(lastGood.get(), asOf.get(), now)
            : 0;
    var requests = row.getInt("requests");
    return new SourceHealth(
        row.getString("source"),
        row.getString("region"),
        row.getInt("window_days"),
        TrendSource.Terms.valueOf(row.getString("terms")),
        row.getString("result"),
        row.getString("code"),
        row.getString("message"),
        SourceHealth.Circuit.of(row.getString("result")),
        row.getTimestamp("asked_at").toInstant(),
        row.getTimestamp("ask_again_at").toInstant(),
        row.getInt("failures"),
        lastGood,
        lastGood.map(it -> Duration.between(it, now)),
        asOf,
        row.getInt("good_rows"),
        weight,
        requests,
        Math.max(0, requestsPerDayMax - requests),
        aliases(row.getString("aliases")),
        row.getString("schema"),
        instant(row.getTimestamp("shape_since")),
        row.getString("shape_change"),
        row.getString("suspect"));
  }

  private static SortedMap<String, Long> aliases(String json) {
    try {
      var aliases = new TreeMap<String, Long>();
      JSON.readTree(json)
          .properties()
          .forEach(it -> aliases.put(it.getKey(), it.getValue().asLong()));
      return aliases;
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("aliases cannot be read: " + json, damaged);
    }
  }

  private static Optional<Instant> instant(@Nullable Timestamp time) {
    return Optional.ofNullable(time).map(Timestamp::toInstant);
  }
}
