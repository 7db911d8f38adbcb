package urgency.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static urgency.trends.TrendSource.Terms.PUBLIC_UNDOCUMENTED;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.trends.SourceHealth.Circuit;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.figures.SourceGauges;

class SourceHealthsTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-23");
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration DAY_LATER = Duration.ofHours(25);

  private final Database database = TestDatabase.fresh();
  private final ScriptedSource source = new ScriptedSource("live", PUBLIC_UNDOCUMENTED);
  private final TrendSettings settings =
      TrendSettings.read(Settings.read(Map.of(), Optional.empty()));
  private final Ingest ingest = new Ingest(database, new Sources(List.of(source)), settings);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_good_source_is_told_with_its_last_good_batch_and_its_budget() {
    source.answers.add(source.fresh(DAY, "lipoil", "cattok"));
    ingest.run(NOW);
    source.asked.getFirst().budget().take();

    var health = health(NOW.plusSeconds(3600));

    assertThat(health.source()).isEqualTo("live");
    assertThat(health.result()).isEqualTo("Fresh");
    assertThat(health.circuit()).isEqualTo(Circuit.CLOSED);
    assertThat(health.lastGoodAt()).contains(NOW);
    assertThat(health.lastGoodAge()).contains(Duration.ofHours(1));
    assertThat(health.asOf()).contains(DAY);
    assertThat(health.goodRows()).isEqualTo(2);
    assertThat(health.weight()).isEqualTo(1);
    assertThat(health.requestsToday()).isEqualTo(1);
    assertThat(health.requestsLeft()).isEqualTo(499);
    assertThat(health.suspect()).isEmpty();
  }

  @Test
  void a_source_that_refuses_keeps_its_last_good_batch_and_loses_weight() {
    source.answers.add(source.fresh(DAY, "lipoil"));
    source.answers.add(new FetchResult.Refused("40101", "no permission"));
    ingest.run(NOW);
    ingest.run(NOW.plus(DAY_LATER));

    var health = health(NOW.plus(Duration.ofDays(5)));

    assertThat(health.circuit()).isEqualTo(Circuit.OPEN);
    assertThat(health.code()).isEqualTo("40101");
    assertThat(health.goodRows()).isEqualTo(1);
    assertThat(health.weight()).isBetween(0.3, 0.5);
    assertThat(health.askAgainAt()).isEqualTo(NOW.plus(DAY_LATER).plus(Duration.ofDays(1)));
  }

  @Test
  void a_new_shape_is_told_with_its_date_and_what_changed() {
    source.answers.add(shaped(DAY, "/id:STRING\n/vv:STRING"));
    source.answers.add(shaped(DAY.plusDays(1), "/id:STRING\n/vv:NUMBER"));
    ingest.run(NOW);
    var before = health(NOW);
    ingest.run(NOW.plus(DAY_LATER));
    var after = health(NOW.plus(DAY_LATER));

    assertThat(before.schemaChange()).isEmpty();
    assertThat(before.schemaSince()).contains(NOW);
    assertThat(after.schema()).hasSize(16).isNotEqualTo(before.schema());
    assertThat(after.schemaSince()).contains(NOW.plus(DAY_LATER));
    assertThat(after.schemaChange()).isEqualTo("+/vv:NUMBER -/vv:STRING");
  }

  @Test
  void former_names_are_counted_from_the_beginning() {
    source.answers.add(aliased(DAY, Map.of("publish_cnt", 3)));
    source.answers.add(aliased(DAY.plusDays(1), Map.of("publish_cnt", 2, "trend", 1)));
    ingest.run(NOW);
    ingest.run(NOW.plus(DAY_LATER));

    assertThat(health(NOW).aliases()).containsExactly(entry("publish_cnt", 5L), entry("trend", 1L));
  }

  @Test
  void a_set_that_turned_over_within_a_day_is_suspect_but_used() {
    source.answers.add(source.fresh(DAY, "a", "b", "c", "d", "e", "f", "g"));
    source.answers.add(source.fresh(DAY.plusDays(1), "a", "p", "q", "r", "s", "t", "u"));
    ingest.run(NOW);
    ingest.run(NOW.plus(DAY_LATER));

    var health = health(NOW.plus(DAY_LATER));

    assertThat(health.result()).isEqualTo("Fresh");
    assertThat(health.goodRows()).isEqualTo(7);
    assertThat(health.suspect()).isEqualTo("only 0.08 of its members were there a day ago");
  }

  @Test
  void half_of_the_usual_rows_is_suspect() {
    for (var day = 0; day < 3; day++) {
      source.answers.add(source.fresh(DAY.plusDays(day), "a", "b", "c", "d", "e"));
      ingest.run(NOW.plus(DAY_LATER.multipliedBy(day)));
    }
    source.answers.add(source.fresh(DAY.plusDays(3), "a", "b"));
    ingest.run(NOW.plus(DAY_LATER.multipliedBy(3)));

    assertThat(health(NOW).suspect()).isEqualTo("2 rows where 5 are usual");
  }

  @Test
  void a_shape_that_comes_back_is_no_new_one() {
    for (var day = 0; day < 4; day++) {
      source.answers.add(shaped(DAY.plusDays(day), day % 2 == 0 ? "/vv:STRING" : "/vv:NUMBER"));
      ingest.run(NOW.plus(DAY_LATER.multipliedBy(day)));
    }
    assertThat(health(NOW).schemas()).isEqualTo(2);

    source.answers.add(shaped(DAY.plusDays(4), "/vv:OBJECT"));
    ingest.run(NOW.plus(DAY_LATER.multipliedBy(4)));

    assertThat(health(NOW).schemas()).isEqualTo(3);
  }

  @Test
  void counts_that_fall_by_more_than_half_are_suspect_but_used() {
    source.answers.add(counting(DAY, 1_000, 90_000, 5_000));
    source.answers.add(counting(DAY.plusDays(1), 500, 44_999, 2_000));
    ingest.run(NOW);
    ingest.run(NOW.plus(DAY_LATER));

    assertThat(health(NOW).result()).isEqualTo("Fresh");
    assertThat(health(NOW).suspect())
        .isEqualTo("fell by more than half: views of lipoil, 90000 to 44999, and 1 more");
  }

  @Test
  void a_count_that_is_not_told_has_not_fallen() {
    source.answers.add(counting(DAY, 1_000, 90_000, 5_000));
    source.answers.add(counting(DAY.plusDays(1), 0, 0, 5_000));
    ingest.run(NOW);
    ingest.run(NOW.plus(DAY_LATER));

    assertThat(health(NOW).suspect()).isEmpty();
  }

  @Test
  void a_sum_over_a_window_may_fall_while_nobody_looks() {
    source.answers.add(counting(DAY, 1_000, 90_000, 5_000));
    source.answers.add(counting(DAY.plusDays(4), 10, 900, 4_999));
    ingest.run(NOW);
    ingest.run(NOW.plus(DAY_LATER.multipliedBy(4)));

    assertThat(health(NOW).suspect()).isEmpty();
  }

  @Test
  void what_an_operator_sees_is_offered_as_figures_too() {
    var registry = new SimpleMeterRegistry();
    var figures = new SourceGauges(database, new SourceHealths(settings), registry);
    source.answers.add(source.fresh(DAY, "a", "b", "c", "d", "e", "f", "g"));
    source.answers.add(shaped(DAY.plusDays(1), "/vv:NUMBER"));
    source.answers.add(new FetchResult.Drift("odd"));
    ingest.run(NOW);
    ingest.run(NOW.plus(DAY_LATER));
    figures.show(NOW.plus(DAY_LATER));

    assertThat(figure(registry, "trend_source_suspect")).isEqualTo(1);
    assertThat(figure(registry, "trend_source_shapes")).isEqualTo(2);
    assertThat(figure(registry, "trend_source_drift")).isZero();
    assertThat(figure(registry, "trend_source_weight")).isEqualTo(1);

    ingest.run(NOW.plus(DAY_LATER.multipliedBy(2)));
    figures.show(NOW.plus(DAY_LATER.multipliedBy(2)));
    assertThat(figure(registry, "trend_source_drift")).isEqualTo(1);
    assertThat(figure(registry, "trend_source_failures")).isEqualTo(1);
  }

  private static double figure(SimpleMeterRegistry registry, String name) {
    return registry.get(name).tag("source", "live").tag("region", "US").gauge().value();
  }

  private FetchResult.Fresh counting(LocalDate day, long posts, long views, long sold) {
    var fresh = source.fresh(day, "lipoil");
    var row = fresh.rows().getFirst();
    var none = TrendObservation.Detail.NONE;
    var counted =
        new TrendObservation(
            row.source(),
            row.kind(),
            row.externalId(),
            row.key(),
            row.displayName(),
            row.region(),
            row.windowDays(),
            row.observedAt(),
            row.asOf(),
            row.rank(),
            posts,
            views,
            row.curve(),
            row.industries(),
            new TrendObservation.Detail(
                none.rankChange(),
                none.postsLifetime(),
                none.viewsLifetime(),
                OptionalLong.of(sold),
                none.daily(),
                none.price(),
                none.reception(),
                none.categories(),
                none.link()));
    return new FetchResult.Fresh(List.of(counted), List.of(), fresh.hash(), fresh.schema());
  }

  private FetchResult.Fresh shaped(LocalDate day, String shape) {
    var fresh = source.fresh(day, "lipoil");
    return new FetchResult.Fresh(fresh.rows(), fresh.payloads(), fresh.hash(), shape);
  }

  private FetchResult.Fresh aliased(LocalDate day, Map<String, Integer> aliases) {
    var fresh = source.fresh(day, "lipoil");
    return new FetchResult.Fresh(
        fresh.rows(), fresh.payloads(), fresh.hash(), fresh.schema(), aliases);
  }

  private SourceHealth health(Instant now) {
    return database.read(tx -> new SourceHealths(settings).all(tx, now)).getFirst();
  }
}
