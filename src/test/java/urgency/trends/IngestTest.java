package urgency.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.trends.TrendSource.Terms.EMBEDDED;
import static urgency.trends.TrendSource.Terms.OFFICIAL;
import static urgency.trends.TrendSource.Terms.OPERATOR_SUPPLIED;
import static urgency.trends.TrendSource.Terms.PUBLIC_UNDOCUMENTED;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.TrendSource.Permit;

class IngestTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-23");
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration LATER = Duration.ofHours(25);

  private final Database database = TestDatabase.fresh();
  private final ScriptedSource source = new ScriptedSource("live", PUBLIC_UNDOCUMENTED);
  private final Trends trends = new Trends();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_fresh_batch_becomes_the_current_trends() {
    source.answers.add(source.fresh(DAY, "LipOil", "cattok"));

    ingest(source).run(NOW);

    var current = current(NOW);
    assertThat(current).extracting(Trend::key).containsExactly("cattok", "lipoil");
    var lipOil = current.getLast();
    assertThat(lipOil.displayName()).isEqualTo("LipOil");
    assertThat(lipOil.stage()).isEqualTo(Trend.Stage.RISING);
    assertThat(lipOil.growthPercent()).isEqualTo(100);
    assertThat(lipOil.freshness()).isEqualTo(1);
    assertThat(lipOil.observedAt()).isEqualTo(NOW);
    assertThat(lipOil.source()).isEqualTo("live");
    assertThat(lipOil.demo()).isFalse();
    assertThat(lipOil.curve()).hasSize(4);
  }

  @Test
  void the_same_payload_twice_changes_nothing() {
    source.answers.add(source.fresh(DAY, "lipoil"));
    source.answers.add(source.fresh(DAY, "lipoil"));

    var ingest = ingest(source);
    ingest.run(NOW);
    ingest.run(NOW.plus(LATER));

    assertThat(count("trends.observation")).isEqualTo(1);
    assertThat(count("trends.payload")).isEqualTo(1);
    assertThat(current(NOW.plus(LATER))).extracting(Trend::key).containsExactly("lipoil");
  }

  @Test
  void a_newer_batch_replaces_the_last_good_one() {
    source.answers.add(source.fresh(DAY, "lipoil", "cattok"));
    source.answers.add(source.fresh(DAY.plusDays(1), "cattok", "bento"));

    var ingest = ingest(source);
    ingest.run(NOW);
    ingest.run(NOW.plus(LATER));

    assertThat(current(NOW.plus(LATER))).extracting(Trend::key).containsExactly("bento", "cattok");
    assertThat(count("trends.observation")).isEqualTo(4);
  }

  @Test
  void nothing_but_a_fresh_batch_replaces_the_last_good_one() {
    var failures =
        List.of(
            new FetchResult.Empty(),
            new FetchResult.Refused("40101", "no permission"),
            new FetchResult.Retired("0", "deprecated"),
            new FetchResult.Challenged("a page"),
            new FetchResult.Transient("http 500", Optional.empty()),
            new FetchResult.Drift("shape"),
            new FetchResult.Fresh(List.of(), List.of(), "none", "shape"),
            new FetchResult.Fresh(
                List.of(source.row("foreign", DAY, "GB")), List.of(), "foreign", "shape"));
    source.answers.add(source.fresh(DAY, "lipoil"));
    source.answers.addAll(failures);

    var ingest = ingest(source);
    ingest.run(NOW);
    var now = NOW;
    for (var i = 0; i < failures.size(); i++) {
      now = now.plus(LATER);
      ingest.run(now);
      assertThat(current(NOW)).extracting(Trend::key).containsExactly("lipoil");
    }

    assertThat(source.asked).hasSize(failures.size() + 1);
    assertThat(state().failures()).isEqualTo(failures.size());
    assertThat(state().goodHash()).contains(DAY + "lipoil");
    assertThat(state().succeededAt()).contains(NOW);
  }

  @Test
  void an_earlier_day_does_not_replace_a_later_one_but_is_kept_and_told() {
    source.answers.add(source.fresh(DAY, "lipoil"));
    source.answers.add(source.fresh(DAY.minusDays(2), "cattok"));
    source.answers.add(source.fresh(DAY, "bento"));

    var ingest = ingest(source);
    ingest.run(NOW);
    ingest.run(NOW.plus(LATER));

    assertThat(current(NOW.plus(LATER))).extracting(Trend::key).containsExactly("lipoil");
    assertThat(state().result()).isEqualTo("Drift");
    assertThat(state().message())
        .isEqualTo(
            "time goes backwards: its data end on 2026-11-21; the last good list is of 2026-11-23"
                + " and stays until one comes that is of that day or later");
    assertThat(state().goodAsOf()).contains(DAY);
    assertThat(state().succeededAt()).contains(NOW);
    assertThat(count("trends.payload")).isEqualTo(2);
    assertThat(count("trends.observation")).isEqualTo(1);

    ingest.run(NOW.plus(LATER).plus(LATER));
    assertThat(current(NOW.plus(LATER))).extracting(Trend::key).containsExactly("bento");
  }

  @Test
  void two_lists_at_once_wait_for_each_other() {
    var request =
        new TrendSource.FetchRequest(
            "US", 7, NOW, NOW, Optional.empty(), TrendSource.Budget.UNLIMITED);
    var brought = new ScriptedSource("push.a", OPERATOR_SUPPLIED).fresh(DAY, "lipoil");

    database.change(
        tx -> {
          ingest(source).deliver(tx, "push.a", request, brought);
          assertThat(turn("push.a")).isFalse();
          assertThat(turn("push.b")).isTrue();
        });

    assertThat(turn("push.a")).isTrue();
  }

  @Test
  void an_answer_that_a_mended_reader_understands_is_no_longer_kept_as_drift() {
    var fresh = source.fresh(DAY, "lipoil");
    source.answers.add(new FetchResult.Drift("a reader's mistake", fresh.payloads()));
    source.answers.add(fresh);
    var ingest = ingest(source);

    ingest.run(NOW);
    assertThat(kept()).containsExactly("Drift");
    ingest.run(NOW.plus(LATER));
    assertThat(kept()).containsExactly("Fresh");
  }

  @Test
  void a_day_that_has_not_come_cannot_outlast_what_comes() {
    source.answers.add(source.fresh(LocalDate.parse("2099-01-01"), "cattok"));
    source.answers.add(source.fresh(DAY, "lipoil"));

    var ingest = ingest(source);
    ingest.run(NOW);
    assertThat(state().message()).contains("speaks of 2099-01-01, which has not come");
    ingest.run(NOW.plus(LATER));

    assertThat(current(NOW.plus(LATER))).extracting(Trend::key).containsExactly("lipoil");
  }

  @Test
  void a_name_of_many_signs_of_two_halves_spoils_nothing() {
    source.answers.add(source.fresh(DAY, "lipoil", "\ud83c\udf89".repeat(150)));

    ingest(source).run(NOW);

    assertThat(state().result()).isEqualTo("Fresh");
    assertThat(current(NOW)).hasSize(2);
  }

  @Test
  void an_unchanged_answer_keeps_the_batch_fresh() {
    source.answers.add(source.fresh(DAY, "lipoil"));
    source.answers.add(new FetchResult.Unchanged(DAY + "lipoil"));

    var ingest = ingest(source);
    ingest.run(NOW);
    ingest.run(NOW.plus(LATER));

    assertThat(source.asked.getLast().lastHash()).contains(DAY + "lipoil");
    assertThat(current(NOW.plus(LATER)).getFirst().observedAt()).isEqualTo(NOW.plus(LATER));
    assertThat(state().failures()).isZero();
  }

  @Test
  void a_source_is_left_alone_until_its_cadence_is_over() {
    var ingest = ingest(source);
    source.answers.add(source.fresh(DAY, "lipoil"));
    ingest.run(NOW);

    ingest.run(NOW.plus(Duration.ofMinutes(323)));
    assertThat(source.asked).hasSize(1);

    ingest.run(NOW.plus(Duration.ofMinutes(397)));
    assertThat(source.asked).hasSize(2);
  }

  @Test
  void who_refuses_is_asked_once_a_day() {
    source.answers.add(new FetchResult.Refused("38001001", "InvalidLogin"));

    ingest(source).run(NOW);

    assertThat(state().result()).isEqualTo("Refused");
    assertThat(state().code()).isEqualTo("38001001");
    assertThat(state().message()).isEqualTo("InvalidLogin");
    assertThat(state().askAgainAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
  }

  @Test
  void who_challenges_is_left_alone_twice_as_long_each_time() {
    var ingest = ingest(source);
    var now = NOW;
    for (var hours : List.of(6, 12, 24, 24)) {
      source.answers.add(new FetchResult.Challenged("a page"));
      ingest.run(now);
      assertThat(state().askAgainAt()).isEqualTo(now.plus(Duration.ofHours(hours)));
      now = state().askAgainAt();
    }
  }

  @Test
  void three_empty_answers_in_a_row_are_a_challenge() {
    var ingest = ingest(source);

    ingest.run(NOW);
    ingest.run(NOW.plus(LATER));
    assertThat(state().result()).isEqualTo("Empty");

    ingest.run(NOW.plus(LATER).plus(LATER));
    assertThat(state().result()).isEqualTo("Challenged");
  }

  @Test
  void who_stumbles_is_asked_again_when_he_says() {
    source.answers.add(new FetchResult.Transient("http 429", Optional.of(Duration.ofMinutes(10))));

    ingest(source).run(NOW);

    assertThat(state().askAgainAt()).isEqualTo(NOW.plus(Duration.ofMinutes(10)));
  }

  @Test
  void a_source_that_throws_is_written_down_and_left_alone() {
    source.broken = true;

    ingest(source).run(NOW);

    assertThat(state().result()).isEqualTo("Drift");
    assertThat(state().message()).contains("as told by the test");
    assertThat(state().askAgainAt()).isAfter(NOW.plus(Duration.ofHours(5)));
  }

  @Test
  void the_day_has_so_many_requests_and_no_more() {
    source.answers.add(source.fresh(DAY, "lipoil"));
    ingest(source, Map.of("URGENCY_TRENDS_REQUESTS_PER_DAY", "2")).run(NOW);

    var budget = source.asked.getFirst().budget();

    assertThat(List.of(budget.take(), budget.take(), budget.take()))
        .containsExactly(Permit.GRANTED, Permit.GRANTED, Permit.SPENT);
  }

  @Test
  void a_source_with_a_budget_of_its_own_has_that_one() {
    var shop = new ScriptedSource("tiktok-shop", OFFICIAL);
    var budgets =
        Map.of(
            "URGENCY_TRENDS_REQUESTS_PER_DAY", "2",
            "URGENCY_TRENDS_TIKTOK_SHOP_REQUESTS_PER_DAY", "1");
    shop.answers.add(shop.fresh(DAY, "lipoil"));
    source.answers.add(source.fresh(DAY, "lipoil"));
    ingest(shop, budgets).run(NOW);
    ingest(source, budgets).run(NOW);

    var own = shop.asked.getFirst().budget();
    var common = source.asked.getFirst().budget();

    assertThat(List.of(own.take(), own.take())).containsExactly(Permit.GRANTED, Permit.SPENT);
    assertThat(List.of(common.take(), common.take(), common.take()))
        .containsExactly(Permit.GRANTED, Permit.GRANTED, Permit.SPENT);
    var settings = TrendSettings.read(Settings.read(budgets, Optional.empty()));
    List<SourceHealth> healths = database.read(tx -> new SourceHealths(settings).all(tx, NOW));
    assertThat(healths).extracting(SourceHealth::requestsLeft).containsOnly(0);
  }

  @Test
  void demo_trends_give_way_to_real_ones() {
    var demo = new ScriptedSource("recorded", EMBEDDED);
    demo.answers.add(demo.fresh(DAY, "dogtok"));
    ingest(demo).run(NOW);
    assertThat(current(NOW)).extracting(Trend::source).containsExactly("recorded (demo data)");

    source.answers.add(source.fresh(DAY, "lipoil"));
    ingest(source).run(NOW);

    assertThat(current(NOW)).extracting(Trend::key).containsExactly("lipoil");
  }

  @Test
  void trends_of_a_source_that_fell_silent_fade_away() {
    source.answers.add(source.fresh(DAY, "lipoil"));
    ingest(source).run(NOW);

    assertThat(current(NOW.plus(Duration.ofDays(5))).getFirst().freshness()).isBetween(0.3, 0.5);
    assertThat(current(NOW.plus(Duration.ofDays(14)))).isEmpty();
  }

  @Test
  void payloads_are_kept_for_fourteen_days() {
    source.answers.add(source.fresh(DAY, "lipoil"));
    ingest(source).run(NOW);
    var archive = new Archive();

    assertThat(database.<Integer>write(tx -> archive.purge(tx, NOW))).isZero();
    assertThat(database.<Integer>write(tx -> archive.purge(tx, NOW.plusMillis(1)))).isEqualTo(1);
  }

  private Ingest ingest(TrendSource asked) {
    return ingest(asked, Map.of());
  }

  private Ingest ingest(TrendSource asked, Map<String, String> environment) {
    var settings = TrendSettings.read(Settings.read(environment, Optional.empty()));
    return new Ingest(database, new Sources(List.of(asked)), settings);
  }

  private List<Trend> current(Instant now) {
    return database.read(tx -> trends.current(tx, now));
  }

  private SourceState state() {
    return database.read(new Archive()::states).getFirst();
  }

  private boolean turn(String source) {
    var sql = "select pg_try_advisory_xact_lock(hashtext('urgency.trends'), hashtext(?))";
    // On a thread of its own, and so on a connection of its own.
    return CompletableFuture.supplyAsync(
            () ->
                database.<Boolean>write(
                    tx -> tx.createQuery(sql).bind(0, source).mapTo(Boolean.class).one()))
        .join();
  }

  private List<String> kept() {
    return database.read(
        tx -> tx.createQuery("select result from trends.payload").mapTo(String.class).list());
  }

  private long count(String table) {
    return database.read(
        tx -> tx.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }
}
