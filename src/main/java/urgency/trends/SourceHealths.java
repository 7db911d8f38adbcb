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
import urgency.trends.TrendSettings.Rhythms;

/** What an operator sees of the trend sources. */
@Singleton
public final class SourceHealths {
  private static final JsonMapper JSON = new JsonMapper();

  private static final String ALL =
      """
      select s.source, s.region, s.window_days, s.terms, s.result, s.code, s.message, s.asked_at,
             s.ask_again_at, s.failures, s.succeeded_at, s.shape_since, s.shape_change, s.suspect,
             coalesce(s.good_schema, '') as schema, s.aliases::text as aliases,
             cardinality(s.good_rows) as good_rows, cardinality(s.shapes) as shapes,
             (select max(o.as_of) from trends.observation o
               where o.id = any (s.good_rows)) as as_of,
             coalesce((select d.requests from trends.request_day d
                        where d.source = s.source and d.day = :day), 0) as requests
        from trends.source_state s
       order by s.source, s.region, s.window_days
      """;

  private static final int REFUSALS_MAX = 20;

  // Refusals wait for each other; so two of them never trim the same rows in different orders.
  private static final String ALONE =
      "select pg_advisory_xact_lock(hashtext('urgency.trends.push_refusal'))";

  private static final String KEEP =
      """
      insert into trends.push_refusal as kept (signed, delivery, status, why, times, at)
      values (:signed, :delivery, :status, :why, :times, :at)
      on conflict (signed, delivery, status, why) do update
         set times = kept.times + excluded.times, at = greatest(kept.at, excluded.at)
      """;

  private static final String TRIM =
      """
      delete from trends.push_refusal
       where ctid in (select ctid from trends.push_refusal
                       where signed = :signed
                       order by at desc, delivery, status, why
                      offset :max)
      """;

  private static final String REFUSED =
      """
      select signed, delivery, status, why, times, at
        from trends.push_refusal
       order by at desc, delivery, status, why
      """;

  /**
   * A delivery that was refused, as an operator is shown it: bounded, nothing in it that cannot be
   * shown. It may still quote its sender, so a page escapes it.
   *
   * @param signed whether its sender holds the secret, or may write into the folder
   * @param delivery how it came and its sender's name for it; empty for what was not signed
   * @param why the first thing that is wrong with it, and the remedy
   * @param times how often the same was refused
   * @param at the last time
   */
  public record Refusal(
      boolean signed, String delivery, int status, String why, long times, Instant at) {
    private static final int DELIVERY_MAX = 80;
    private static final int WHY_MAX = 300;

    public Refusal {
      delivery = plain(delivery, DELIVERY_MAX);
      why = plain(why, WHY_MAX);
    }

    // Cut first: half of a pair that is left at the end is one of the characters without a shape.
    private static String plain(String text, int max) {
      var cut = text.length() <= max ? text : text.substring(0, max - 1) + "…";
      return cut.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
  }

  private final Rhythms rhythms;

  public SourceHealths(TrendSettings settings) {
    this.rhythms = settings.rhythms();
  }

  /** Every source that was ever asked or pushed, by name and region. */
  public List<SourceHealth> all(Handle tx, Instant now) {
    return tx.createQuery(ALL)
        .bind("day", now.atZone(ZoneOffset.UTC).toLocalDate())
        .map((row, _) -> health(row, now))
        .list();
  }

  /**
   * Writes down that a delivery was refused; the same again counts up. What was signed and what was
   * not are bounded apart, so that strangers cannot push out what a known sender did wrong.
   */
  public static void refuse(Handle tx, Refusal it) {
    tx.execute(ALONE);
    tx.createUpdate(KEEP)
        .bind("signed", it.signed())
        .bind("delivery", it.delivery())
        .bind("status", it.status())
        .bind("why", it.why())
        .bind("times", it.times())
        .bind("at", it.at().atOffset(ZoneOffset.UTC))
        .execute();
    tx.createUpdate(TRIM).bind("signed", it.signed()).bind("max", REFUSALS_MAX).execute();
  }

  /** The last deliveries that were refused, the last one first. */
  public List<Refusal> refused(Handle tx) {
    return tx.createQuery(REFUSED)
        .map(
            (row, _) ->
                new Refusal(
                    row.getBoolean("signed"),
                    row.getString("delivery"),
                    row.getInt("status"),
                    row.getString("why"),
                    row.getLong("times"),
                    row.getTimestamp("at").toInstant()))
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
        Math.max(0, rhythms.of(row.getString("source")).requestsPerDayMax() - requests),
        aliases(row.getString("aliases")),
        row.getString("schema"),
        instant(row.getTimestamp("shape_since")),
        row.getString("shape_change"),
        row.getInt("shapes"),
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
