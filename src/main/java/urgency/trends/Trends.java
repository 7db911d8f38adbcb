package urgency.trends;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import urgency.trends.TrendObservation.Kind;
import urgency.trends.TrendObservation.Point;

/** The trends that are good now: the last good batch of every source, aged. */
@jakarta.inject.Singleton
public final class Trends {
  /** How far back is told what was counted of a trend. */
  public static final int PAST_DAYS = 28;

  private static final String LAST_GOOD =
      """
      select o.id, s.source, s.terms, s.succeeded_at, o.key, o.display_name, o.region, o.as_of,
             o.posts, o.views, o.curve::text as curve
        from trends.source_state s
        join trends.observation o on o.id = any (s.good_rows)
       where s.succeeded_at is not null
         and s.terms <> 'FIRST_PARTY'
         and o.kind <> 'VIDEO'
         and o.curve <> '[]'::jsonb
       order by o.id
      """;

  // Of days before the last, only what counts since the beginning: a curve tells nothing of them.
  private static final String PAST =
      """
      select o.id as current, past.source, past.kind, past.external_id, past.region,
             past.window_days, past.as_of, past.observed_at, past.views,
             past.detail ->> 'viewsLifetime' as views_lifetime,
             past.detail ->> 'postsLifetime' as posts_lifetime,
             past.detail ->> 'unitsSold' as units_sold,
             past.detail ->> 'daily' as daily,
             case when past.id = o.id then past.curve::text end as curve
        from trends.source_state s
        join trends.observation o on o.id = any (s.good_rows)
        join trends.observation past
          on past.source = o.source and past.kind = o.kind and past.external_id = o.external_id
         and past.region = o.region and past.window_days = o.window_days
         and past.as_of between o.as_of - :days and o.as_of
         and (past.id = o.id
              or past.detail ->> 'viewsLifetime' is not null
              or past.detail ->> 'unitsSold' is not null)
       where s.succeeded_at is not null
         and s.terms <> 'FIRST_PARTY'
         and o.kind <> 'VIDEO'
         and o.curve <> '[]'::jsonb
       order by o.id, past.as_of
      """;

  // The demo's month repeats itself, and what the shop counts itself is no trend: neither teaches.
  private static final String TEACHING =
      """
      source in (select source from trends.source_state
                  where terms not in ('EMBEDDED', 'FIRST_PARTY'))
      """;

  private static final String ARCHIVE =
      """
      select source, kind, external_id, region, window_days, as_of, observed_at, views,
             detail ->> 'viewsLifetime' as views_lifetime,
             detail ->> 'postsLifetime' as posts_lifetime,
             detail ->> 'unitsSold' as units_sold,
             detail ->> 'daily' as daily,
             case when as_of >= :curvesFrom then curve::text end as curve
        from trends.observation
       where as_of between :from and :until
         and kind <> 'VIDEO'
         and curve <> '[]'::jsonb
         and (as_of >= :curvesFrom
              or detail ->> 'viewsLifetime' is not null
              or detail ->> 'unitsSold' is not null)
         and\s"""
          + TEACHING;

  private static final Comparator<Trend> ORDER =
      Comparator.comparingDouble((Trend it) -> it.freshness() * last(it))
          .reversed()
          .thenComparing(Trend::key)
          .thenComparing(Trend::region)
          .thenComparing(Trend::source);

  /** What it is that a source tells of again and again. */
  public record Subject(String source, Kind kind, String id, String region, int windowDays) {
    /** A fixed order, the same on every machine. */
    public static final Comparator<Subject> ORDER =
        Comparator.comparing(Subject::source)
            .thenComparing(Subject::region)
            .thenComparingInt(Subject::windowDays)
            .thenComparing(Subject::kind)
            .thenComparing(Subject::id);
  }

  /**
   * What a source told of it on one day of its data.
   *
   * @param observedAt when the shop came to know it
   * @param curve empty for a day before the last, of which it tells nothing
   * @param windowViews views in the window; 0 where they are not told
   * @param total views since the beginning; of a product, units sold
   * @param posts posts since the beginning
   * @param daily views of the last days, the last one of {@code asOf}; none of a product
   */
  public record Told(
      Subject subject,
      LocalDate asOf,
      Instant observedAt,
      List<Point> curve,
      long windowViews,
      OptionalLong total,
      OptionalLong posts,
      List<Long> daily) {
    public Told {
      curve = List.copyOf(curve);
      daily = List.copyOf(daily);
    }

    public Trend.Stage stage() {
      return Ageing.stage(curve);
    }
  }

  /**
   * A trend with what its source told of it within {@link #PAST_DAYS}.
   *
   * @param told at least one, one a day of data at most, oldest first
   */
  public record Followed(Trend trend, List<Told> told) {
    public Followed {
      told = List.copyOf(told);
    }
  }

  private record Row(long id, Trend trend) {}

  private record Past(long current, Told told) {}

  /**
   * Ordered by freshness times the curve's last value, then by key. Demo trends are shown only
   * while no real source has anything, so that the two never mix.
   */
  public List<Trend> current(Handle tx, Instant now) {
    return rows(tx, now).stream().map(Row::trend).toList();
  }

  /** The same in the same order, each with what was counted of it. */
  public List<Followed> followed(Handle tx, Instant now) {
    var past = new HashMap<Long, List<Told>>();
    tx.createQuery(PAST)
        .bind("days", PAST_DAYS)
        .map((row, _) -> new Past(row.getLong("current"), told(row)))
        .forEach(it -> past.computeIfAbsent(it.current(), _ -> new ArrayList<>()).add(it.told()));
    var followed = new ArrayList<Followed>();
    for (var row : rows(tx, now)) {
      var told = past.get(row.id());
      if (told != null) followed.add(new Followed(row.trend(), told));
    }
    return followed;
  }

  /**
   * What sources told of days of data, by what they told of, in a fixed order. Nothing of what is
   * recorded for the demo or counted by the shop itself.
   *
   * @param curvesFrom of days before it only what counts since the beginning
   */
  public static Map<Subject, List<Told>> archive(
      Handle tx, LocalDate from, LocalDate until, LocalDate curvesFrom) {
    var found = new java.util.TreeMap<Subject, List<Told>>(Subject.ORDER);
    tx.createQuery(ARCHIVE)
        .bind("from", from)
        .bind("until", until)
        .bind("curvesFrom", curvesFrom)
        .map((row, _) -> told(row))
        .forEach(it -> found.computeIfAbsent(it.subject(), _ -> new ArrayList<>()).add(it));
    found.values().forEach(it -> it.sort(Comparator.comparing(Told::asOf)));
    return found;
  }

  /** The first day that the archive tells of. */
  public static Optional<LocalDate> first(Handle tx) {
    return tx.createQuery("select min(as_of) from trends.observation where " + TEACHING)
        .mapTo(LocalDate.class)
        .findOne();
  }

  private static List<Row> rows(Handle tx, Instant now) {
    var all =
        tx.createQuery(LAST_GOOD)
            .map((row, _) -> new Row(row.getLong("id"), trend(row, now)))
            .list();
    var fresh = all.stream().filter(it -> it.trend().freshness() > 0).toList();
    var real = fresh.stream().filter(it -> !it.trend().demo()).toList();
    return (real.isEmpty() ? fresh : real)
        .stream().sorted(Comparator.comparing(Row::trend, ORDER)).toList();
  }

  private static Trend trend(ResultSet row, Instant now) throws SQLException {
    var curve = Archive.points(row.getString("curve"));
    var asOf = row.getObject("as_of", LocalDate.class);
    var confirmedAt = row.getTimestamp("succeeded_at").toInstant();
    var demo = TrendSource.Terms.valueOf(row.getString("terms")) == TrendSource.Terms.EMBEDDED;
    return new Trend(
        row.getString("key"),
        row.getString("display_name"),
        row.getString("region"),
        Ageing.stage(curve),
        curve,
        row.getLong("posts"),
        row.getLong("views"),
        Ageing.growthPercent(curve),
        row.getString("source") + (demo ? " (demo data)" : ""),
        asOf,
        confirmedAt,
        Ageing.freshness(confirmedAt, asOf, now),
        demo);
  }

  private static Told told(ResultSet row) throws SQLException {
    var kind = Kind.valueOf(row.getString("kind"));
    var curve = row.getString("curve");
    // What a product sells a day was itself reckoned from the units sold.
    var product = kind == Kind.PRODUCT;
    return new Told(
        new Subject(
            row.getString("source"),
            kind,
            row.getString("external_id"),
            row.getString("region"),
            row.getInt("window_days")),
        row.getObject("as_of", LocalDate.class),
        row.getTimestamp("observed_at").toInstant(),
        curve == null ? List.of() : Archive.points(curve),
        row.getLong("views"),
        number(row.getString(product ? "units_sold" : "views_lifetime")),
        number(row.getString("posts_lifetime")),
        product ? List.of() : Archive.numbers(row.getString("daily")));
  }

  private static OptionalLong number(@org.jspecify.annotations.Nullable String text) {
    return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }

  private static double last(Trend trend) {
    return trend.curve().isEmpty() ? 0 : trend.curve().getLast().value();
  }
}
