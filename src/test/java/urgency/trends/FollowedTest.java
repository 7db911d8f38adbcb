package urgency.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.trends.TrendSource.Terms.EMBEDDED;
import static urgency.trends.TrendSource.Terms.OFFICIAL;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.trends.TrendObservation.Detail;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.Trends.Followed;
import urgency.trends.Trends.Told;

class FollowedTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-23");

  private final Database database = TestDatabase.fresh();
  private final Trends trends = new Trends();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_trend_comes_with_what_was_counted_of_it_in_four_weeks() {
    var source = new ScriptedSource("live", OFFICIAL);
    for (var ago : List.of(40, 28, 3, 0)) tell(source, DAY.minusDays(ago), 1_000L - ago);

    var followed = followed(DAY);

    assertThat(followed).extracting(it -> it.trend().key()).containsExactly("lipoil", "plain");
    var told = followed.getFirst().told();
    assertThat(told)
        .extracting(Told::asOf)
        .containsExactly(DAY.minusDays(28), DAY.minusDays(3), DAY);
    assertThat(told)
        .extracting(Told::total)
        .containsExactly(OptionalLong.of(972), OptionalLong.of(997), OptionalLong.of(1000));
    assertThat(told.getLast().posts()).isEqualTo(OptionalLong.of(77));
    assertThat(told.getLast().daily()).containsExactly(4L, 5L);
    assertThat(told.getLast().stage()).isEqualTo(Trend.Stage.RISING);
    assertThat(told.getFirst().curve()).isEmpty();
    // Of one without counts since the beginning only the last day is told.
    assertThat(followed.getLast().told()).extracting(Told::asOf).containsExactly(DAY);
    assertThat(followed)
        .extracting(Followed::trend)
        .isEqualTo(database.read(tx -> trends.current(tx, noonAfter(DAY))));
  }

  @Test
  void the_archive_leaves_out_the_demo_and_what_is_before_or_after() {
    var live = new ScriptedSource("live", OFFICIAL);
    var demo = new ScriptedSource("demo", EMBEDDED);
    for (var ago : List.of(9, 5, 1)) {
      tell(live, DAY.minusDays(ago), 1_000L - ago);
      tell(demo, DAY.minusDays(ago), 1_000L - ago);
    }

    var archive =
        database.read(
            tx -> Trends.archive(tx, DAY.minusDays(9), DAY.minusDays(5), DAY.minusDays(5)));

    assertThat(archive.keySet()).extracting(Trends.Subject::source).containsOnly("live");
    assertThat(archive.keySet())
        .extracting(Trends.Subject::id)
        .containsExactly("id-lipoil", "id-plain");
    var lists = new ArrayList<>(archive.values());
    assertThat(lists.getFirst())
        .extracting(Told::asOf)
        .containsExactly(DAY.minusDays(9), DAY.minusDays(5));
    assertThat(lists.getFirst().getFirst().curve()).isEmpty();
    assertThat(lists.getFirst().getLast().curve()).hasSize(4);
    assertThat(lists.getLast()).extracting(Told::asOf).containsExactly(DAY.minusDays(5));
    assertThat(database.read(Trends::first)).contains(DAY.minusDays(9));
  }

  private List<Followed> followed(LocalDate day) {
    return database.read(tx -> trends.followed(tx, noonAfter(day)));
  }

  private void tell(ScriptedSource source, LocalDate day, long total) {
    var counted = source.row("lipoil", day, "US");
    var detail =
        new Detail(
            OptionalInt.empty(),
            OptionalLong.of(77),
            OptionalLong.of(total),
            OptionalLong.empty(),
            List.of(4L, 5L),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());
    var row =
        new TrendObservation(
            counted.source(),
            counted.kind(),
            counted.externalId(),
            counted.key(),
            counted.displayName(),
            counted.region(),
            counted.windowDays(),
            counted.observedAt(),
            counted.asOf(),
            counted.rank(),
            counted.posts(),
            counted.views(),
            counted.curve(),
            counted.industries(),
            detail);
    var rows = List.of(row, source.row("plain", day, "US"));
    source.answers.add(
        new FetchResult.Fresh(
            rows,
            List.of(day.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            "hash " + day,
            "shape"));
    var settings = TrendSettings.read(Settings.read(Map.of(), Optional.empty()));
    new Ingest(database, new Sources(List.of(source)), settings).run(noonAfter(day));
  }

  private static Instant noonAfter(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(Duration.ofHours(12));
  }
}
