package urgency.trends.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.trends.Asking;
import urgency.trends.Ingest;
import urgency.trends.SourceHealth;
import urgency.trends.SourceHealths;
import urgency.trends.Sources;
import urgency.trends.Trend;
import urgency.trends.TrendObservation;
import urgency.trends.TrendObservation.Kind;
import urgency.trends.TrendSettings;
import urgency.trends.TrendSettings.Pace;
import urgency.trends.TrendSource;
import urgency.trends.TrendSource.Budget;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.Trends;
import urgency.trends.VendorSettings;
import urgency.trends.fake.FakeTikTok;
import urgency.trends.fake.Fault;
import urgency.trends.fake.Shape;
import urgency.trends.replay.StoredAnswers;
import urgency.trends.replay.StoredAnswers.Again;
import urgency.trends.wire.Reply;

class VendorSourceTest {
  private static final Instant NOW = Instant.parse("2026-09-19T12:00:00Z");
  private static final Pace PACE =
      new Pace(Duration.ZERO, Duration.ofSeconds(20), Duration.ofSeconds(20));

  private final FakeTikTok vendor = new FakeTikTok(0);
  private final Database database = TestDatabase.fresh();
  private final Asking asking = new Asking(vendor.address(), PACE.readMax(), database);

  @AfterEach
  void close() {
    asking.close();
    vendor.close();
    database.close();
  }

  @Test
  void it_asks_where_and_how_the_operator_says() throws InterruptedException {
    asking.vendor("").fetch(request("GB"));
    asking.vendor("{\"country\":\"{region}\",\"days\":{window}}").fetch(request("GB"));

    var got = vendor.asked().getFirst();
    assertThat(got.method()).isEqualTo("GET");
    assertThat(got.path()).isEqualTo("/vendor/trends");
    assertThat(got.query()).isEqualTo("country=GB&days=7");
    assertThat(got.token()).isEqualTo("a vendor's secret");
    assertThat(got.userAgent()).isEqualTo("UrgencyShelf/1");
    var posted = vendor.asked().getLast();
    assertThat(posted.method()).isEqualTo("POST");
    assertThat(posted.body()).isEqualTo("{\"country\":\"GB\",\"days\":7}");
  }

  @Test
  void its_rows_become_observations_by_the_map() throws InterruptedException {
    var fresh = (FetchResult.Fresh) asking.vendor("").fetch(request("US"));

    assertThat(fresh.rows()).hasSize(3);
    var row = fresh.rows().getFirst();
    assertThat(row.source()).isEqualTo("vendor");
    assertThat(row.kind()).isEqualTo(Kind.HASHTAG);
    assertThat(row.externalId()).isEqualTo("7600000000000000001");
    assertThat(row.key()).isEqualTo("exampleblender");
    assertThat(row.displayName()).isEqualTo("ExampleBlender");
    assertThat(row.rank()).hasValue(1);
    assertThat(row.posts()).isEqualTo(52_400);
    assertThat(row.views()).isEqualTo(120_500_000);
    assertThat(row.asOf()).isEqualTo(LocalDate.parse("2026-09-18"));
    assertThat(row.curve()).hasSize(7).last().extracting(it -> it.value()).isEqualTo(100.0);
    assertThat(row.detail().daily()).startsWith(3_000_000L).hasSize(7);
  }

  @Test
  void people_are_dropped_before_anything_is_kept() throws InterruptedException {
    var fresh = (FetchResult.Fresh) asking.vendor("").fetch(request("US"));

    assertThat(new String(fresh.payloads().getFirst(), StandardCharsets.UTF_8))
        .contains("ExampleBlender")
        .doesNotContain("authorMeta", "nobody", "fans", "avatar");
  }

  @Test
  void it_is_ingested_refused_and_read_again_like_any_other() {
    var source = asking.vendor("");
    var settings = settings(Map.of());
    var ingest = new Ingest(database, new Sources(List.of(source)), settings);
    ingest.poll(source, NOW);
    var unchanged = ingest.poll(source, NOW.plusSeconds(60)).orElseThrow();
    vendor.otherwise(Fault.LOGIN_PAGE);
    ingest.poll(source, NOW.plusSeconds(120));

    assertThat(unchanged.getFirst().result()).isEqualTo("Unchanged");
    SourceHealth health = database.read(tx -> new SourceHealths(settings).all(tx, NOW)).getFirst();
    assertThat(health.terms()).isEqualTo(TrendSource.Terms.OPERATOR_SUPPLIED);
    assertThat(health.result()).isEqualTo("Challenged");
    assertThat(health.circuit()).isEqualTo(SourceHealth.Circuit.OPEN);
    assertThat(health.goodRows()).isEqualTo(3);
    assertThat(health.requestsLeft()).isEqualTo(497);
    assertThat(database.<List<Trend>>read(tx -> new Trends().current(tx, NOW))).hasSize(3);
    var again = new ArrayList<Again>();
    var map = Asking.vendorSettings(vendor.address(), "", PACE);
    database.change(tx -> StoredAnswers.readAgain(tx, map, again::add));
    assertThat(again).extracting(Again::now).containsExactly("Fresh");
    assertThat(again.getFirst().rows()).isEqualTo(3);
  }

  @Test
  void a_map_that_leads_nowhere_is_drift_and_not_a_list_without_numbers() {
    var wrong = Map.of("FIELDS", "name=/item/title,views=/stats/vievs", "ROWS", "/data/items");
    var lost = read(map(wrong), fixture());
    var nowhere = read(map(Map.of("FIELDS", "name=/x", "ROWS", "/data/rows")), fixture());
    var text = read(map(Map.of("FIELDS", "name=/x", "ROWS", "/status")), fixture());

    assertThat(lost).isInstanceOf(FetchResult.Drift.class);
    assertThat(((FetchResult.Drift) lost).report())
        .isEqualTo(
            "3 of 3 rows incomplete; missing: views at /stats/vievs in 3; see"
                + " trends.vendor.fields");
    assertThat(((FetchResult.Drift) nowhere).report())
        .isEqualTo("/data/rows is nothing instead of rows; see trends.vendor.rows");
    assertThat(((FetchResult.Drift) text).report()).contains("/status is STRING");
    assertThat(((FetchResult.Drift) nowhere).payloads()).hasSize(1);
  }

  @Test
  void bare_arrays_products_days_and_times_are_understood() {
    var map =
        map(
            Map.of(
                "KIND",
                "product",
                "FIELDS",
                "name=/n,unitsSold=/sold,asOf=/at,rankChange=/up,category=/c," + "link=/l"));
    var body =
        """
        [{"n": "Lip oil", "sold": "1532", "at": "2026-09-18T23:30:00-05:00", "up": -2,
          "c": "Beauty", "l": "https://vendor.example/1"},
         {"n": "Bento box", "sold": 12, "at": 1789776000, "up": 3,
          "c": "Home", "l": "javascript:x"},
         {"n": "Mug", "sold": 7, "at": 1789776000000, "up": 0, "c": "", "l": "http://x/"}]
        """;

    var fresh = (FetchResult.Fresh) read(map, body);

    assertThat(fresh.rows()).extracting(TrendObservation::externalId).contains("product:lipoil");
    assertThat(fresh.rows())
        .extracting(TrendObservation::asOf)
        .containsOnly(LocalDate.parse("2026-09-19"));
    assertThat(fresh.rows().getFirst().detail().unitsSold()).hasValue(1532);
    assertThat(fresh.rows().getFirst().curve()).isEmpty();
    assertThat(fresh.rows().getFirst().detail().rankChange()).hasValue(-2);
    assertThat(fresh.rows().getFirst().detail().categories()).containsExactly("Beauty");
    assertThat(fresh.rows())
        .extracting(it -> it.detail().link())
        .containsExactly(
            Optional.of("https://vendor.example/1"), Optional.empty(), Optional.empty());
  }

  @Test
  void plain_counts_end_on_the_day_that_is_named_or_else_today() {
    var map = map(Map.of("FIELDS", "name=/n,daily=/d"));

    var fresh = (FetchResult.Fresh) read(map, "[{\"n\": \"#a\", \"d\": [1, 2, 4]}]");

    var curve = fresh.rows().getFirst().curve();
    assertThat(curve).extracting(it -> it.value()).containsExactly(25.0, 50.0, 100.0);
    assertThat(curve.getLast().day()).isEqualTo(LocalDate.parse("2026-09-19"));
  }

  @Test
  void hostile_rows_have_a_defined_class() {
    var map = map(Map.of("FIELDS", "name=/n,views=/v,asOf=/at"));
    var good = "[{\"n\": \"a\", \"v\": 1, \"at\": \"2026-09-18\"}]";

    assertThat(read(map, good)).isInstanceOf(FetchResult.Fresh.class);
    for (var bad :
        List.of(
            good.replace("1,", "-1,"),
            good.replace("1,", "1.5,"),
            good.replace("1,", "\"NaN\","),
            good.replace("1,", "99999999999999999999,"),
            good.replace("2026-09-18", "2099-01-01"),
            good.replace("2026-09-18", "1999-01-01"),
            good.replace("2026-09-18", "yesterday"),
            good.replace("\"a\"", "[\"a\"]"),
            "[7]",
            "[null]")) {
      assertThat(read(map, bad)).as(bad).isInstanceOf(FetchResult.Drift.class);
    }
    assertThat(read(map, "[]")).isEqualTo(new FetchResult.Empty());
    assertThat(read(map, "")).isEqualTo(new FetchResult.Empty());
    assertThat(read(map, "\"rows\"")).isInstanceOf(FetchResult.Challenged.class);
  }

  @Test
  void what_calls_itself_an_error_is_taken_at_its_word() {
    var map = map(Map.of("FIELDS", "name=/n", "ROWS", "/items"));

    assertThat(read(map, "{\"error\": {\"code\": \"quota\", \"message\": \"pay first\"}}"))
        .isEqualTo(new FetchResult.Refused("quota", "pay first"));
    assertThat(read(map, "{\"success\": false, \"message\": \"no\"}"))
        .isEqualTo(new FetchResult.Refused("", "no"));
    assertThat(read(map, "{\"status\": \"ok\", \"message\": \"deprecated, use v2\"}"))
        .isEqualTo(new FetchResult.Retired("ok", "deprecated, use v2"));
    assertThat(read(map, "{\"status\": \"ok\"}")).isInstanceOf(FetchResult.Drift.class);
  }

  @Test
  void a_list_without_countries_is_asked_for_once() {
    var environment =
        Map.of("URL", "https://vendor.example/list", "FIELDS", "name=/n", "REGION", "DE");
    var one = new VendorSource(map(environment), Duration.ofHours(6), () -> NOW);

    assertThat(one.regions(List.of("US", "GB"))).containsExactly("DE");
    assertThat(asking.vendor("").regions(List.of("US", "GB"))).containsExactly("US", "GB");
    one.close();
  }

  private static FetchResult read(VendorSettings map, String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return VendorAnswer.classify(map, request("US"), Reply.stored(bytes, NOW));
  }

  private static String fixture() {
    return new String(Shape.VENDOR.bytes(), StandardCharsets.UTF_8);
  }

  private static VendorSettings map(Map<String, String> given) {
    return settings(given).vendor();
  }

  private static TrendSettings settings(Map<String, String> given) {
    var environment = new HashMap<String, String>();
    given.forEach((key, value) -> environment.put("URGENCY_TRENDS_VENDOR_" + key, value));
    if (!given.isEmpty()) {
      environment.putIfAbsent("URGENCY_TRENDS_VENDOR_URL", "https://vendor.example/list");
    }
    var in = Settings.read(environment, Optional.empty());
    var settings = TrendSettings.read(in);
    assertThat(in.refuseWhatNobodyAskedFor()).isEmpty();
    return settings;
  }

  private static FetchRequest request(String region) {
    return new FetchRequest(
        region, 7, NOW, NOW.plusSeconds(1200), Optional.empty(), Budget.UNLIMITED);
  }
}
