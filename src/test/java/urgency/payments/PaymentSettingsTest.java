package urgency.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import urgency.platform.settings.Settings;

class PaymentSettingsTest {
  private static final String KEY = "URGENCY_STRIPE_SECRET_KEY";
  private static final String WEBHOOK = "URGENCY_STRIPE_WEBHOOK_SECRETS";

  @Test
  void without_a_key_the_shop_practises() {
    var in = settings(Map.of());

    assertThat(PaymentSettings.read(in).practice()).isTrue();
    assertThat(in.refuseWhatNobodyAskedFor()).isEmpty();
  }

  @Test
  void several_webhook_secrets_are_separated_by_commas() {
    var in = settings(Map.of(KEY, "sk_test_1", WEBHOOK, "whsec_a, whsec_b,"));

    assertThat(PaymentSettings.read(in).webhookSecrets()).isEqualTo(List.of("whsec_a", "whsec_b"));
  }

  @Test
  void a_live_key_beside_the_till_is_refused_in_a_clear_sentence() {
    var in =
        settings(Map.of(KEY, "sk_live_1", WEBHOOK, "whsec_a", "URGENCY_TILL_DROP_PERCENT", "5"));

    PaymentSettings.read(in);

    assertThat(in.refuseWhatNobodyAskedFor())
        .singleElement()
        .asString()
        .contains("the practice till never runs beside real money");
  }

  @ParameterizedTest
  @CsvSource({"sk_test_1, ''", "pk_test_1, whsec_a", "'', whsec_a", "secret, whsec_a"})
  void half_a_configuration_is_refused_and_no_secret_is_repeated(String key, String webhook) {
    var in = settings(Map.of(KEY, key, WEBHOOK, webhook));

    PaymentSettings.read(in);

    assertThat(in.refuseWhatNobodyAskedFor())
        .singleElement()
        .asString()
        .doesNotContain("whsec_a", "sk_test_1", "pk_test_1");
  }

  @Test
  void a_live_key_is_never_sent_in_the_clear() {
    var in =
        settings(
            Map.of(
                KEY,
                "rk_live_1",
                WEBHOOK,
                "whsec_a",
                "URGENCY_STRIPE_API_BASE",
                "http://127.0.0.1:9"));

    PaymentSettings.read(in);

    assertThat(in.refuseWhatNobodyAskedFor()).hasSize(1);
  }

  @Test
  void what_is_printed_holds_no_secret() {
    var in = settings(Map.of(KEY, "sk_live_1", WEBHOOK, "whsec_a"));

    assertThat(PaymentSettings.read(in).toString()).doesNotContain("sk_live_1", "whsec_a");
  }

  private static Settings settings(Map<String, String> environment) {
    return Settings.read(environment, Optional.empty());
  }
}
