package urgency.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class MoneyTest {
  @Test
  void a_percentage_is_rounded_down_so_that_it_never_promises_too_much() {
    assertThat(Money.of(1819, "USD").percentBelow(Money.of(3136, "USD"))).isEqualTo(41);
    assertThat(Money.of(3136, "USD").percentBelow(Money.of(1819, "USD"))).isZero();
  }

  @Test
  void currencies_do_not_mix() {
    assertThatThrownBy(() -> Money.of(1, "USD").plus(Money.of(1, "EUR")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_overflow_is_an_error_not_an_amount() {
    assertThatThrownBy(() -> Money.of(Long.MAX_VALUE, "USD").times(2))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void an_amount_is_shown_with_the_digits_of_its_currency() {
    assertThat(Money.of(1819, "USD").shown(Locale.US)).isEqualTo("$18.19");
    assertThat(Money.of(1819, "JPY").shown(Locale.US)).isEqualTo("¥1,819");
  }
}
