package urgency.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import urgency.money.Money;

class ViewsTest {
  @ParameterizedTest
  @CsvSource({"1819, USD, $, 18.19", "500, JPY, ¥, 500", "123456789, EUR, €, '1,234,567.89'"})
  void a_price_is_split_at_its_sign(long minor, String currency, String sign, String amount) {
    var price = Price.plain(Money.of(minor, currency));

    assertThat(price.sign()).isEqualTo(sign);
    assertThat(price.amount()).isEqualTo(amount);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 90, 10, Only 10 left",
    "100, 84, 16, ''",
    "10, 5, 5, Only 5 left",
    "10, 9, 1, Last one",
    "10, 10, 0, ''",
    "4, 0, 4, Only 4 left"
  })
  void few_units_are_called_few_and_many_are_not_counted(
      int stocked, int sold, int left, String words) {
    assertThat(Availability.of("p", stocked, sold, left).leftWords()).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"#ff0000, 2", "#00ff00, 9", "#0000ff, 18", "#22e0c8, 12", "nonsense, 19"})
  void an_accent_becomes_one_of_twenty_four_hues(String accent, int hue) {
    assertThat(Poster.hue(accent)).isEqualTo(hue);
  }
}
