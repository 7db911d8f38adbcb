package urgency.trends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;

class TrendSettingsTest {
  @Test
  void the_live_source_is_off_by_default() {
    var settings = TrendSettings.read(Settings.read(Map.of(), Optional.empty()));

    assertThat(settings.creativeCenter().enabled()).isFalse();
    assertThat(settings.regions()).containsExactly("US");
    assertThat(settings.creativeCenter().industries()).hasSize(10);
  }

  @Test
  void enabling_the_live_source_without_accepting_its_footing_is_refused() {
    assertThat(mistakes(Map.of("URGENCY_TRENDS_CREATIVE_CENTER_ENABLED", "true")))
        .singleElement()
        .asString()
        .contains("undocumented", "accept-undocumented=true");
  }

  @Test
  void enabling_and_accepting_is_enough() {
    var environment =
        Map.of(
            "URGENCY_TRENDS_CREATIVE_CENTER_ENABLED", "true",
            "URGENCY_TRENDS_CREATIVE_CENTER_ACCEPT_UNDOCUMENTED", "true");

    assertThat(mistakes(environment)).isEmpty();
  }

  @Test
  void regions_and_industries_that_do_not_exist_are_refused() {
    var environment =
        Map.of(
            "URGENCY_TRENDS_REGIONS", "us,XX",
            "URGENCY_TRENDS_CREATIVE_CENTER_INDUSTRIES", "14,beauty");

    assertThat(mistakes(environment)).hasSize(2);
  }

  private static List<String> mistakes(Map<String, String> environment) {
    var in = Settings.read(environment, Optional.empty());
    TrendSettings.read(in);
    return in.refuseWhatNobodyAskedFor();
  }
}
