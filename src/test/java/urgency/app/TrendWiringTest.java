package urgency.app;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(sources(Map.of())).containsExactly("recorded", "own-shop");
    assertThat(sources(SHOP)).containsExactly("tiktok-shop", "own-shop");
  }

  @Test
  void creative_center_comes_with_its_videos_behind_a_second_switch() {
    assertThat(sources(CREATIVE_CENTER))
        .containsExactly("creative-center", "creative-center-videos", "own-shop");
  }

  @Test
  void the_official_interface_turns_the_undocumented_one_off() {
    assertThat(sources(CREATIVE_CENTER, BUSINESS)).containsExactly("business", "own-shop");
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
  private List<String> sources(Map<String, String>... environments) {
    var all = new HashMap<String, String>();
    for (var it : environments) all.putAll(it);
    var settings = TrendSettings.read(Settings.read(all, Optional.empty()));
    return TrendWiring.sources(settings, clock, database).all().stream()
        .map(TrendSource::id)
        .toList();
  }

  private static List<String> mistakes(Map<String, String> environment) {
    var in = Settings.read(environment, Optional.empty());
    TrendSettings.read(in);
    return in.refuseWhatNobodyAskedFor();
  }
}
