package urgency.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;

class CatalogSettingsTest {
  @Test
  void a_shop_deals_in_dollars_and_shows_the_demo_unless_told_otherwise() {
    var settings = CatalogSettings.read(Settings.read(Map.of(), Optional.empty()));

    assertThat(settings).isEqualTo(new CatalogSettings(Currency.getInstance("USD"), true));
  }

  @Test
  void an_unknown_currency_is_refused() {
    var in = Settings.read(Map.of("URGENCY_SHOP_CURRENCY", "XTS"), Optional.empty());

    CatalogSettings.read(in);

    assertThat(in.refuseWhatNobodyAskedFor()).singleElement().asString().contains("XTS");
  }

  @Test
  void every_currency_has_two_decimals_or_none() {
    for (var code : CatalogSettings.CURRENCIES) {
      assertThat(Currency.getInstance(code).getDefaultFractionDigits()).as(code).isIn(0, 2);
    }
  }
}
