package urgency.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.shelf.Examples.dollars;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import urgency.catalog.Variant;
import urgency.money.Money;

class FlashPriceTest {
  @Test
  void what_sells_out_by_itself_is_reduced_least() {
    assertThat(FlashPrice.percent(1)).isEqualTo(15);
    assertThat(FlashPrice.percent(0.5)).isEqualTo(30);
    assertThat(FlashPrice.percent(0)).isEqualTo(45);
    assertThat(FlashPrice.percent(Double.NaN)).isEqualTo(15);
  }

  @Test
  void a_price_ends_in_nine_below_the_exact_reduction() {
    var price = of(variant(2599, Optional.empty()), 30, dollars(2599), Optional.empty());

    assertThat(price).contains(dollars(1819));
  }

  @Test
  void a_currency_without_minor_units_ends_in_nought() {
    var yen = new Variant(Examples.variant(1), "A", "A", Money.of(2600, "JPY"), Optional.empty());

    var price = of(yen, 30, Money.of(2600, "JPY"), Optional.empty());

    assertThat(price).contains(Money.of(1820, "JPY"));
  }

  @Test
  void cost_makes_a_reduction_smaller() {
    var price = of(variant(3000, Optional.of(dollars(2000))), 45, dollars(3000), Optional.empty());

    assertThat(price).contains(dollars(2109));
  }

  @Test
  void there_is_none_when_cost_leaves_less_than_fifteen_percent() {
    var price = of(variant(3000, Optional.of(dollars(2500))), 45, dollars(3000), Optional.empty());

    assertThat(price).isEmpty();
  }

  @Test
  void there_is_none_unless_it_is_five_percent_below_the_lowest_of_thirty_days() {
    var justEnough = of(variant(3000, Optional.empty()), 30, dollars(2210), Optional.empty());
    var notEnough = of(variant(3000, Optional.empty()), 30, dollars(2190), Optional.empty());

    assertThat(justEnough).contains(dollars(2099));
    assertThat(notEnough).isEmpty();
  }

  @Test
  void there_is_none_without_a_history() {
    assertThat(
            FlashPrice.of(
                variant(3000, Optional.empty()), 30, 5, Optional.empty(), Optional.empty()))
        .isEmpty();
  }

  @Test
  void while_cooling_it_must_be_lower_than_the_last_flash_price() {
    var variant = variant(3000, Optional.empty());

    assertThat(of(variant, 30, dollars(3000), Optional.of(dollars(2099)))).isEmpty();
    assertThat(of(variant, 30, dollars(3000), Optional.of(dollars(2100)))).contains(dollars(2099));
  }

  private static Optional<Money> of(
      Variant variant, int percent, Money reference, Optional<Money> lastFlash) {
    return FlashPrice.of(variant, percent, 5, Optional.of(reference), lastFlash);
  }

  private static Variant variant(long price, Optional<Money> cost) {
    return new Variant(Examples.variant(1), "A", "A", dollars(price), cost);
  }
}
