package urgency.trends.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.trends.Ingest;
import urgency.trends.Mutation;
import urgency.trends.Sources;
import urgency.trends.TrendObservation;
import urgency.trends.TrendSettings;
import urgency.trends.push.Deliveries.Format;

/** Damaged deliveries in both formats, always the same ones. */
class MutatedDeliveriesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final long SEED = 42;
  private static final int DELIVERIES = 50_000;
  private static final int WRITTEN = 1_500;

  private static final Map<Format, String> WHOLE =
      Map.of(
          Format.JSON,
          """
          {"source": "my-list", "region": "US", "window": 7, "asOf": "2026-11-23",
           "observations": [
            {"name": "#LipOil", "views": 1200000, "posts": 7, "daily": [100, 400, 900]},
            {"kind": "product", "name": "Bento box", "id": "b-1", "rank": 2, "unitsSold": 1532},
            {"kind": "keyword", "name": "猫動画", "daily": []}]}
          """,
          Format.CSV,
          """
          source,region,window,asOf,kind,name,id,rank,posts,views,unitsSold,daily
          my-list,US,7,2026-11-23,hashtag,#LipOil,,,7,1200000,,100 400 900
          ,,,,product,Bento box,b-1,2,,,1532,
          ,,,,keyword,猫動画,,,,,,
          """);

  private static final String GOOD =
      """
      select concat_ws(' ', good_hash, good_rows::text, succeeded_at is not null,
             (select count(*) from trends.observation o
               where o.id = any (s.good_rows)) = cardinality(s.good_rows))
        from trends.source_state s
       where source = 'push.my-list' and region = 'US' and window_days = 7
      """;

  private final Mutation mutation = new Mutation(SEED);

  @Test
  void no_delivery_throws_and_what_passes_is_valid() throws IOException {
    var taken = new EnumMap<Format, Integer>(Format.class);
    var fields = new TreeSet<String>();
    for (var turn = 0; turn < DELIVERIES; turn++) {
      var format = turn % 2 == 0 ? Format.JSON : Format.CSV;
      var read = Deliveries.read(format, delivery(format), NOW);
      for (var it : read.wrong().listed()) {
        assertThat(it.field()).isNotEmpty().hasSizeLessThanOrEqualTo(41);
        assertThat(it.remedy()).isNotEmpty().hasSizeLessThanOrEqualTo(100);
        fields.add(it.field());
      }
      if (!read.wrong().isEmpty()) continue;
      assertThat(read.rows()).isNotEmpty();
      read.rows().forEach(MutatedDeliveriesTest::valid);
      taken.merge(format, 1, Integer::sum);
    }

    // A test that only ever saw one outcome would prove little.
    assertThat(taken.values()).allMatch(it -> it > DELIVERIES / 20 && it < DELIVERIES / 2 * 9 / 10);
    assertThat(fields)
        .contains("body", "file", "row", "observations", "source", "region", "window", "asOf")
        .contains("kind", "name", "id", "rank", "posts", "views", "unitsSold", "daily");
  }

  @Test
  void no_delivery_loses_the_last_good_list_unless_it_is_good_itself() throws IOException {
    try (var database = TestDatabase.fresh()) {
      var settings = TrendSettings.read(Settings.read(Map.of(), Optional.empty()));
      var deliveries =
          new Deliveries(database, new Ingest(database, new Sources(List.of()), settings));
      var whole = whole(Format.JSON);
      deliveries.take("http whole", Format.JSON, whole, NOW);
      var good = good(database);
      assertThat(good).endsWith(" t t");
      var replaced = 0;
      for (var turn = 0; turn < WRITTEN; turn++) {
        var format = turn % 2 == 0 ? Format.JSON : Format.CSV;
        var answer = deliveries.take("http " + turn, format, delivery(format), NOW);
        var now = good(database);
        assertThat(answer.status()).isIn(200, 400, 422);
        assertThat(now).endsWith(" t t");
        if (answer.status() != 200) assertThat(now).as(answer.json()).isEqualTo(good);
        if (!now.equals(good)) replaced++;
        good = now;
      }
      assertThat(replaced).isBetween(WRITTEN / 100, WRITTEN / 2);
    }
  }

  private static String good(Database database) {
    return database.read(tx -> tx.createQuery(GOOD).mapTo(String.class).one());
  }

  private static byte[] whole(Format format) {
    return Objects.requireNonNull(WHOLE.get(format)).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] delivery(Format format) throws IOException {
    var whole = whole(format);
    return switch (format) {
      case JSON -> mutation.json(whole);
      case CSV -> mutation.csv(whole);
    };
  }

  private static void valid(TrendObservation row) {
    assertThat(row.source()).startsWith("push.");
    assertThat(row.key()).isNotEmpty();
    assertThat(row.posts()).isNotNegative();
    assertThat(row.views()).isNotNegative();
    for (var point : row.curve()) assertThat(point.value()).isBetween(0.0, 100.0);
    assertThat(row.displayName().codePoints().filter(Character::isISOControl).toArray()).isEmpty();
    assertThat(row.displayName()).doesNotContain("\u202e", "\u2066", "\u200b");
    assertThat(row.displayName().length()).isLessThanOrEqualTo(300);
  }
}
