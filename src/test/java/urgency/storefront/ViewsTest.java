package urgency.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import urgency.claims.Claims;
import urgency.claims.Cue;
import urgency.claims.Evidence;
import urgency.money.Money;
import urgency.platform.language.Language;
import urgency.words.Texts;

class ViewsTest {
  @ParameterizedTest
  @CsvSource({
    "1819, USD, ENGLISH, <sup>$</sup>18.19",
    "500, JPY, ENGLISH, <sup>¥</sup>500",
    "123456789, EUR, ENGLISH, '<sup>€</sup>1,234,567.89'",
    "123456789, EUR, GERMAN, '1.234.567,89~<sup>€</sup>'",
    "1819, USD, SPANISH, '18,19~<sup>US$</sup>'"
  })
  void a_price_has_its_sign_where_the_language_has_it(
      long minor, String currency, Language language, String html) {
    var price = new Texts().in(language).price(Money.of(minor, currency));

    assertThat(price.replace('\u00a0', '~')).isEqualTo(html);
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
    var now = Samples.NOW;
    var units = new Evidence.Units(stocked, sold, left, Optional.empty(), now);
    var text = Availability.leftText(Claims.check(new Cue.UnitsLeft(left), units, now).accepted());

    assertThat(new Texts().in(Language.ENGLISH).plain(text)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"#ff0000, 2", "#00ff00, 9", "#0000ff, 18", "#22e0c8, 12", "nonsense, 19"})
  void an_accent_becomes_one_of_twenty_four_hues(String accent, int hue) {
    assertThat(Poster.hue(accent)).isEqualTo(hue);
  }
}
