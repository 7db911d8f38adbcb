package urgency.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.trends.TrendSettings;
import urgency.trends.TrendSource;

class TrendWiringTest {
  private static final Map<String, String> CREATIVE_CENTER =
      Map.of(
          "URGENCY_TRENDS_CREATIVE_CENTER_ENABLED", "true",
          "URGENCY_TRENDS_CREATIVE_CENTER_ACCEPT_UNDOCUMENTED", "true",
          "URGENCY_TRENDS_CREATIVE_CENTER_VIDEOS", "true");
  private static final Map<String, String> BUSINESS =
      Map.of(
          "URGENCY_TRENDS_BUSINESS_ACCESS_TOKEN", "token",
          "URGENCY_TRENDS_BUSINESS_ADVERTISER_ID", "42");
  private static final Map<String, String> SHOP =
      Map.of(
          "URGENCY_TRENDS_TIKTOK_SHOP_APP_KEY", "key",
          "URGENCY_TRENDS_TIKTOK_SHOP_APP_SECRET", "secret",
          "URGENCY_TRENDS_TIKTOK_SHOP_ACCESS_TOKEN", "token");

  private final InstantSource clock = InstantSource.fixed(Instant.EPOCH);
  private final Database database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void demo_data_stand_in_until_a_real_source_is_set_up() {
    assertThat(ids(sources(Map.of()))).containsExactly("recorded", "own-shop");
    assertThat(ids(sources(SHOP))).containsExactly("tiktok-shop", "own-shop");
  }

  @Test
  void creative_center_comes_with_its_videos_behind_a_second_switch() {
    assertThat(ids(sources(CREATIVE_CENTER)))
        .containsExactly("creative-center", "creative-center-videos", "own-shop");
  }

  @Test
  void the_official_interface_turns_the_undocumented_one_off() {
    assertThat(ids(sources(CREATIVE_CENTER, BUSINESS))).containsExactly("business", "own-shop");
  }

  @Test
  void each_source_has_the_cadence_that_is_set_for_it_or_else_the_one_for_all() {
    var cadences =
        Map.of(
            "URGENCY_TRENDS_CADENCE", "8h",
            "URGENCY_TRENDS_CREATIVE_CENTER_VIDEOS_CADENCE", "1d",
            "URGENCY_TRENDS_BUSINESS_CADENCE", "2h",
            "URGENCY_TRENDS_TIKTOK_SHOP_CADENCE", "30m");

    assertThat(cadences(sources(cadences))).containsEntry("recorded", Duration.ofHours(8));
    assertThat(cadences(sources(cadences, CREATIVE_CENTER, SHOP)))
        .containsEntry("creative-center", Duration.ofHours(8))
        .containsEntry("creative-center-videos", Duration.ofDays(1))
        .containsEntry("tiktok-shop", Duration.ofMinutes(30));
    assertThat(cadences(sources(cadences, BUSINESS)))
        .containsEntry("business", Duration.ofHours(2));
  }

  @Test
  void a_cadence_or_budget_that_cannot_be_is_refused_by_its_name_with_what_can() {
    assertThat(mistakes(Map.of("URGENCY_TRENDS_TIKTOK_SHOP_CADENCE", "1m")))
        .containsExactly(
            "URGENCY_TRENDS_TIKTOK_SHOP_CADENCE: '1m' is not valid; expected duration 5m to 7d"
                + " (default 6h)");
    assertThat(mistakes(Map.of("URGENCY_TRENDS_OEMBED_REQUESTS_PER_DAY", "0")))
        .containsExactly(
            "URGENCY_TRENDS_OEMBED_REQUESTS_PER_DAY: '0' is not valid; expected number 1 to 10000"
                + " (default 500)");
    assertThat(mistakes(Map.of("URGENCY_TRENDS_BUSINES_CADENCE", "2h")))
        .singleElement()
        .asString()
        .contains("Did you mean URGENCY_TRENDS_BUSINESS_CADENCE?");
  }

  @Test
  void a_vendor_stands_beside_the_others_with_a_rhythm_of_its_own() {
    var vendor =
        Map.of(
            "URGENCY_TRENDS_VENDOR_URL", "https://vendor.example/list",
            "URGENCY_TRENDS_VENDOR_FIELDS", "name=/title",
            "URGENCY_TRENDS_VENDOR_CADENCE", "12h",
            "URGENCY_TRENDS_VENDOR_REQUESTS_PER_DAY", "4");

    assertThat(ids(sources(vendor))).containsExactly("vendor", "own-shop");
    assertThat(ids(sources(vendor, BUSINESS))).containsExactly("business", "vendor", "own-shop");
    assertThat(cadences(sources(vendor))).containsEntry("vendor", Duration.ofHours(12));
    var settings = TrendSettings.read(Settings.read(vendor, Optional.empty()));
    assertThat(settings.rhythms().of("vendor").requestsPerDayMax()).isEqualTo(4);
  }

  @Test
  void half_an_account_is_refused() {
    assertThat(mistakes(Map.of("URGENCY_TRENDS_BUSINESS_ACCESS_TOKEN", "token")))
        .singleElement()
        .asString()
        .contains("trends.business.advertiser-id");
    assertThat(mistakes(Map.of("URGENCY_TRENDS_TIKTOK_SHOP_APP_KEY", "key")))
        .singleElement()
        .asString()
        .contains("app-secret");
  }

  @Test
  void settings_that_cannot_be_are_refused() {
    var environment =
        Map.of(
            "URGENCY_TRENDS_BUSINESS_CATEGORIES", "FOOD,GOSSIP",
            "URGENCY_TRENDS_TIKTOK_SHOP_VERSION", "v2",
            "URGENCY_TRENDS_PUSH_SECRET", "short",
            "URGENCY_TRENDS_OEMBED_VIDEO_URL", "https://example.com/");

    assertThat(mistakes(environment)).hasSize(4);
  }

  @SafeVarargs
  private List<TrendSource> sources(Map<String, String>... environments) {
    var all = new HashMap<String, String>();
    for (var it : environments) all.putAll(it);
    var settings = TrendSettings.read(Settings.read(all, Optional.empty()));
    return TrendWiring.sources(settings, clock, database).all();
  }

  private static List<String> ids(List<TrendSource> sources) {
    return sources.stream().map(TrendSource::id).toList();
  }

  private static Map<String, Duration> cadences(List<TrendSource> sources) {
    var cadences = new HashMap<String, Duration>();
    for (var it : sources) cadences.put(it.id(), it.cadence().orElseThrow());
    return cadences;
  }

  private static List<String> mistakes(Map<String, String> environment) {
    var in = Settings.read(environment, Optional.empty());
    TrendSettings.read(in);
    return in.refuseWhatNobodyAskedFor();
  }
}
