package urgency.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.SalesHistory;
import urgency.orders.Orders;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.scoring.Calibration;
import urgency.scoring.Runs;
import urgency.scoring.TrendPlace.Measure;
import urgency.shelf.Decisions;
import urgency.shelf.Editions;

/** A year of what one source told, and what the weekly learning makes of it. */
class LearntTrendsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final int TAGS = 40;

  // Every tag keeps its pace, so that the fastest tenth of each week is that of the next.
  private static final String TELL =
      """
      insert into trends.observation (source, kind, external_id, key, display_name, region,
             window_days, observed_at, as_of, rank, posts, views, curve, industries, detail)
      select :source, 'HASHTAG', 'id' || tag, 'tag' || tag, 'tag' || tag, 'US',
             7, day + interval '30 hours', day, tag, 1, 1000,
             '[{"day":"2026-01-01","value":50}]', '{}',
             jsonb_build_object('viewsLifetime',
               1000000 + 1000 * tag * (day - date '2026-01-01'))
        from generate_series(1, :tags) as tag,
             generate_series(cast(:from as date), date '2026-11-23', interval '1 day') as days (at),
             lateral (select cast(at as date) as day) as it
      """;

  private static final String STATE =
      """
      insert into trends.source_state (source, region, window_days, terms, result, code, message,
             asked_at, ask_again_at, failures, empties)
      values (:source, 'US', 7, :terms, 'Fresh', '', '', now(), now(), 0, 0)
      """;

  private final Database database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_year_of_the_shops_own_archive_is_learnt_and_kept() {
    tell("live", "OFFICIAL", "2026-03-01");

    outcomes().run(NOW);

    var calibration = database.read(Calibration::newest);
    assertThat(database.read(Calibration::note)).contains("trends by momentum of views: own data");
    assertThat(calibration.of(Measure.VIEWS).own()).isTrue();
    assertThat(calibration.of(Measure.VIEWS).cases()).isGreaterThanOrEqualTo(300);
    assertThat(calibration.of(Measure.CURVE).own()).isFalse();
    // It is learnt again in a week, not before.
    outcomes().run(NOW.plus(Duration.ofDays(6)));
    assertThat(database.read(Calibration::learntAt)).contains(NOW);
  }

  @Test
  void a_short_archive_and_the_demo_teach_nothing() {
    tell("live", "OFFICIAL", "2026-10-20");
    tell("recorded", "EMBEDDED", "2026-03-01");

    outcomes().run(NOW);

    assertThat(database.read(Calibration::learntAt)).isEmpty();
  }

  private void tell(String source, String terms, String from) {
    database.change(
        tx -> {
          tx.createUpdate(STATE).bind("source", source).bind("terms", terms).execute();
          tx.createUpdate(TELL)
              .bind("source", source)
              .bind("tags", TAGS)
              .bind("from", from)
              .execute();
        });
  }

  private Outcomes outcomes() {
    var runs = new Runs();
    return new Outcomes(
        database, new Editions(), new Decisions(runs), runs, new Orders(), new SalesHistory());
  }
}
