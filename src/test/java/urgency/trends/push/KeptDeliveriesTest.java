package urgency.trends.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.trends.Asking;
import urgency.trends.Ingest;
import urgency.trends.SourceHealth;
import urgency.trends.SourceHealths;
import urgency.trends.SourceHealths.Refusal;
import urgency.trends.Sources;
import urgency.trends.Trend;
import urgency.trends.TrendSettings;
import urgency.trends.TrendSettings.Pace;
import urgency.trends.Trends;
import urgency.trends.push.Deliveries.Format;
import urgency.trends.replay.StoredAnswers;
import urgency.trends.replay.StoredAnswers.Again;

/** What is brought is kept as what is fetched is, read again, and never goes back in time. */
class KeptDeliveriesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String LIST =
      """
      {"source": "my-list", "region": "US", "asOf": "2026-11-23", "observations": [
        {"name": "#LipOil", "views": 1200000, "daily": [100, 400, 900]},
        {"kind": "keyword", "name": "bento box", "rank": 2}]}
      """;
  private static final String TABLE =
      """
      source,region,asOf,kind,name,views
      my-table,GB,2026-11-22,hashtag,#cattok,1200
      """;

  private final Database database = TestDatabase.fresh();
  private final TrendSettings settings =
      TrendSettings.read(Settings.read(Map.of(), Optional.empty()));
  private final Deliveries deliveries =
      new Deliveries(database, new Ingest(database, new Sources(List.of()), settings));

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void what_was_taken_is_kept_word_for_word_and_read_again() {
    assertThat(take("http one", Format.JSON, LIST).status()).isEqualTo(200);
    assertThat(take("file one", Format.CSV, TABLE).status()).isEqualTo(200);

    assertThat(kept()).containsExactlyInAnyOrder(LIST, TABLE);
    assertThat(again())
        .extracting(Again::source, Again::region, Again::then, Again::now, Again::rows)
        .containsExactlyInAnyOrder(
            tuple("push.my-list", "US", "Fresh", "Fresh", 2),
            tuple("push.my-table", "GB", "Fresh", "Fresh", 1));
  }

  @Test
  void what_could_not_be_read_is_kept_for_mended_readers_without_people() {
    var odd = LIST.replace("\"rank\": 2", "\"rank\": 2.5, \"nickname\": \"jo\"");
    take("http one", Format.JSON, odd);
    take("file one", Format.CSV, TABLE.replace("1200", "many"));
    take("file two", Format.CSV, TABLE.replace("views", "nickname"));
    take("http two", Format.JSON, LIST.replace("my-list", "My List"));
    take("http three", Format.JSON, "{");

    assertThat(kept()).hasSize(2).noneMatch(it -> it.contains("nickname"));
    assertThat(again())
        .extracting(Again::source, Again::then, Again::now, Again::report)
        .containsExactlyInAnyOrder(
            tuple("push.my-list", "Drift", "Drift", "row 2, rank: a whole number from 1"),
            tuple(
                "push.my-table",
                "Drift",
                "Drift",
                "row 1, views: a whole number from 0, written with digits only"));
  }

  @Test
  void of_what_could_not_be_read_the_last_fifty_are_kept() {
    take("http good", Format.JSON, LIST);
    for (var i = 1; i <= 60; i++) {
      var at = NOW.plusSeconds(i);
      var body = LIST.replace("\"rank\": 2", "\"rank\": -" + i).getBytes(StandardCharsets.UTF_8);
      deliveries.take("http " + i, Format.JSON, body, at);
    }

    assertThat(kept()).hasSize(51).contains(LIST).noneMatch(it -> it.contains("\"rank\":-10,"));
  }

  @Test
  void an_older_list_does_not_replace_a_newer_one_and_the_operator_sees_why() {
    var older = LIST.replace("2026-11-23", "2026-11-20").replace("LipOil", "stanley");
    take("http one", Format.JSON, LIST);
    var answer = take("http two", Format.JSON, older);
    var repeated = take("http two", Format.JSON, older);

    var why =
        "time goes backwards: its data end on 2026-11-20; the last good list is of 2026-11-23 and"
            + " stays until one comes that is of that day or later";
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json()).contains("\"detail\":\"" + why + "\"", "Unprocessable Content");
    assertThat(repeated).isEqualTo(new Deliveries.Answer(422, answer.json(), true));
    assertThat(current()).extracting(Trend::key).containsExactly("bentobox", "lipoil");
    assertThat(refused()).extracting(Refusal::why).containsExactly(why);
    var health = health();
    assertThat(health.result()).isEqualTo("Drift");
    assertThat(health.message()).isEqualTo(why);
    assertThat(health.goodRows()).isEqualTo(2);
    assertThat(health.lastGoodAt()).contains(NOW);
    assertThat(kept()).containsExactlyInAnyOrder(LIST, older);
  }

  @Test
  void a_list_of_the_same_day_corrects_the_one_before() {
    take("http one", Format.JSON, LIST);
    take("http two", Format.JSON, LIST.replace("LipOil", "stanley"));

    assertThat(current()).extracting(Trend::key).containsExactly("bentobox", "stanley");
  }

  @Test
  void another_region_window_or_source_has_a_time_of_its_own() {
    take("http one", Format.JSON, LIST);
    var older = LIST.replace("2026-11-23", "2026-11-20");

    assertThat(take("http two", Format.JSON, older.replace("US", "GB")).status()).isEqualTo(200);
    assertThat(take("http three", Format.JSON, older.replace("my-list", "b")).status())
        .isEqualTo(200);
    var window = older.replace("\"asOf\"", "\"window\": 30, \"asOf\"");
    assertThat(take("http four", Format.JSON, window).status()).isEqualTo(200);
  }

  @Test
  void ids_that_a_relay_rounded_are_refused() {
    var rounded =
        LIST.replace("\"name\": \"#LipOil\"", "\"id\": 7600000000000012000, \"name\": \"a\"");

    var answer = take("http one", Format.JSON, rounded);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json()).contains("\"field\":\"id\"", "send ids as text");
  }

  private Deliveries.Answer take(String key, Format format, String body) {
    return deliveries.take(key, format, body.getBytes(StandardCharsets.UTF_8), NOW);
  }

  private List<Again> again() {
    var vendor =
        Asking.vendorSettings(
            URI.create("http://127.0.0.1"),
            "",
            new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO));
    var again = new ArrayList<Again>();
    database.change(tx -> StoredAnswers.readAgain(tx, vendor, again::add));
    return again;
  }

  private List<String> kept() {
    return database.read(
        tx ->
            tx.createQuery("select gzip from trends.payload order by at")
                .mapTo(byte[].class)
                .map(KeptDeliveriesTest::unpacked)
                .list());
  }

  private static String unpacked(byte[] packed) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  private List<Trend> current() {
    return database.read(tx -> new Trends().current(tx, NOW));
  }

  private List<Refusal> refused() {
    return database.read(tx -> new SourceHealths(settings).refused(tx));
  }

  private SourceHealth health() {
    return database.read(tx -> new SourceHealths(settings).all(tx, NOW)).getFirst();
  }
}
