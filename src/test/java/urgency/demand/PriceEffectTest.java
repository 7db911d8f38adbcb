package urgency.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import urgency.money.Money;

class PriceEffectTest {
  private static final Money TEN = Money.of(1_000, "EUR");

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0.25",
    "50, 0.75, 0.5",
    "150, 0.25, 0.25",
    "950, 0.8, 0.7725",
    "950, -3, 0",
    "950, 5, 1.5",
  })
  void fifty_outcomes_weigh_as_much_as_what_was_measured_elsewhere(
      int cases, double slope, double weight) {
    assertThat(new PriceEffect(cases, slope).weight()).isCloseTo(weight, within(1e-12));
  }

  @Test
  void what_counts_is_how_far_a_price_is_below_the_lowest_of_before() {
    assertThat(PriceEffect.nats(Optional.of(TEN), Money.of(500, "EUR")))
        .isCloseTo(Math.log(2), within(1e-12));
    assertThat(PriceEffect.nats(Optional.of(TEN), Money.of(2_000, "EUR")))
        .isCloseTo(-Math.log(2), within(1e-12));
  }

  @Test
  void what_does_not_compare_moves_nothing() {
    assertThat(PriceEffect.nats(Optional.empty(), TEN)).isZero();
    assertThat(PriceEffect.nats(Optional.of(Money.of(500, "USD")), TEN)).isZero();
    assertThat(PriceEffect.nats(Optional.of(TEN), TEN)).isZero();
  }

  @Test
  void a_slope_without_end_is_none() {
    assertThatThrownBy(() -> new PriceEffect(3, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
