package urgency.trends;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The trends that are good now: the last good batch of every source, aged. */
@jakarta.inject.Singleton
public final class Trends {
  private static final String LAST_GOOD =
      """
      select s.source, s.terms, s.succeeded_at, o.key, o.display_name, o.region, o.as_of, o.posts,
             o.views, o.curve::text as curve
        from trends.source_state s
        join trends.observation o on o.id = any (s.good_rows)
       where s.succeeded_at is not null
         and s.terms <> 'FIRST_PARTY'
         and o.kind <> 'VIDEO'
         and o.curve <> '[]'::jsonb
       order by o.id
      """;

  private static final Comparator<Trend> ORDER =
      Comparator.comparingDouble((Trend it) -> it.freshness() * last(it))
          .reversed()
          .thenComparing(Trend::key)
          .thenComparing(Trend::region)
          .thenComparing(Trend::source);

  /**
   * Ordered by freshness times the curve's last value, then by key. Demo trends are shown only
   * while no real source has anything, so that the two never mix.
   */
  public List<Trend> current(Handle tx, Instant now) {
    var all = tx.createQuery(LAST_GOOD).map((row, _) -> trend(row, now)).list();
    var fresh = all.stream().filter(it -> it.freshness() > 0).toList();
    var real = fresh.stream().filter(it -> !it.demo()).toList();
    return (real.isEmpty() ? fresh : real).stream().sorted(ORDER).toList();
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

  private static double last(Trend trend) {
    return trend.curve().isEmpty() ? 0 : trend.curve().getLast().value();
  }
}
