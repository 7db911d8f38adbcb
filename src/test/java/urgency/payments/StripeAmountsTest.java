package urgency.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import urgency.money.Money;

class StripeAmountsTest {
  @ParameterizedTest
  @CsvSource({
    "1819, USD, 1819",
    "1819, EUR, 1819",
    "500, JPY, 500",
    "500, KRW, 500",
    "5, ISK, 500",
    "5, UGX, 500",
    "500, MGA, 5",
    "1230, KWD, 1230"
  })
  void amounts_are_counted_as_stripe_counts_them(long ours, String currency, long stripes) {
    assertThat(StripeAmounts.toStripe(Money.of(ours, currency))).isEqualTo(stripes);
    assertThat(StripeAmounts.fromStripe(stripes, currency.toLowerCase(Locale.ROOT)))
        .isEqualTo(ours);
  }

  @Test
  void an_amount_that_stripe_cannot_take_is_an_error_and_never_rounded() {
    assertThatThrownBy(() -> StripeAmounts.toStripe(Money.of(1_234, "KWD")))
        .isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @CsvSource({"1, xxq", "150, isk", "1, ''"})
  void what_cannot_be_ours_equals_no_amount_of_ours(long stripes, String currency) {
    assertThat(StripeAmounts.fromStripe(stripes, currency)).isEqualTo(StripeAmounts.NO_AMOUNT);
  }
}
