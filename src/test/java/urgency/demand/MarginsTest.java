package urgency.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static urgency.scoring.Goods.product;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import urgency.catalog.Product;
import urgency.demand.Margins.Fees;

class MarginsTest {
  private final Product cheap = product(1, "A", "beauty", Optional.of(800L));
  private final Product dear = product(2, "B", "beauty", Optional.of(400L));
  private final Product unknown = product(3, "C", "beauty", Optional.empty());
  private final Product elsewhere = product(4, "D", "home", Optional.empty());

  @Test
  void a_known_cost_is_taken_off_the_price() {
    var margin = new Margins(List.of(dear), Fees.NONE).of(dear);

    assertThat(margin.minor()).isCloseTo(600, within(1e-9));
    assertThat(margin.assumed()).isFalse();
  }

  @Test
  void an_unknown_cost_takes_the_median_of_its_category() {
    var margin = new Margins(List.of(cheap, dear, unknown), Fees.NONE).of(unknown);

    assertThat(margin.minor()).isCloseTo(400, within(1e-9));
    assertThat(margin.assumed()).isTrue();
  }

  @Test
  void a_category_without_costs_takes_the_shop_s_and_a_shop_without_them_a_guess() {
    assertThat(new Margins(List.of(cheap, elsewhere), Fees.NONE).of(elsewhere).minor())
        .isCloseTo(200, within(1e-9));
    assertThat(new Margins(List.of(elsewhere), Fees.NONE).of(elsewhere).minor())
        .isCloseTo(350, within(1e-9));
  }

  @Test
  void a_loss_counts_as_the_smallest_margin() {
    var loss = product(5, "E", "toys", Optional.of(5000L));

    assertThat(new Margins(List.of(loss), Fees.NONE).of(loss).minor()).isEqualTo(1);
  }

  @Test
  void what_the_provider_keeps_is_taken_off_too_be_the_cost_known_or_not() {
    var fees = new Fees(15, 25);

    assertThat(new Margins(List.of(dear), fees).of(dear).minor())
        .as("1000 less 400, less 15, less 25")
        .isCloseTo(560, within(1e-9));
    assertThat(new Margins(List.of(cheap, dear, unknown), fees).of(unknown).minor())
        .isCloseTo(360, within(1e-9));
  }
}
