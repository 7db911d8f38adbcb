package urgency.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import urgency.catalog.ProductId;

class PriceLearningTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final double THIRD_OFF = Math.log(1 / 0.65);

  @Test
  void a_known_effect_of_prices_is_found_again_whatever_the_forecasts_have_in_common() {
    // Everything sells 1.7 times as much as foretold, and what is cheaper 0.8 of it more.
    var result = PriceLearning.of(made(4_000, 0.8, 1.7));

    var effect = result.learnt().orElseThrow();
    assertThat(effect.slope()).isCloseTo(0.8, within(0.1));
    assertThat(effect.cases()).isBetween(1_200, 1_500);
    assertThat(effect.weight()).isCloseTo(effect.slope(), within(0.03));
    assertThat(result.note()).contains("price: ").contains(" of 4000 outcomes").contains(" ± ");
  }

  @Test
  void two_prices_are_reckoned_by_hand() {
    // 20 came of 10 at the reference, 45 of 15 a third below: ln((45 / 15) / (20 / 10)) / x.
    var outcomes = List.of(outcome(0, 10, 20), outcome(THIRD_OFF, 15, 45));

    var effect = PriceLearning.of(outcomes).learnt().orElseThrow();

    assertThat(effect.slope()).isCloseTo(Math.log(1.5) / THIRD_OFF, within(1e-9));
    assertThat(effect.cases()).isEqualTo(1);
    // One own outcome beside fifty: (0.9412 + 12.5) / 51.
    assertThat(effect.weight()).isCloseTo((effect.slope() + 12.5) / 51, within(1e-12));
  }

  @Test
  void without_another_price_nothing_is_learnt() {
    assertThat(PriceLearning.of(List.of()).learnt()).isEmpty();
    assertThat(PriceLearning.of(List.of(outcome(0, 10, 20), outcome(0, 1, 3))).learnt()).isEmpty();
    assertThat(PriceLearning.of(List.of(outcome(0, 1, 3))).note())
        .isEqualTo(
            "price: prior, 0 of 1 outcomes at another price than their reference tell nothing");
  }

  @Test
  void without_any_difference_between_prices_nothing_is_learnt() {
    var alike = List.of(outcome(0.4, 10, 20), outcome(0.4, 1, 3));

    assertThat(PriceLearning.of(alike).learnt()).isEmpty();
  }

  @Test
  void without_orders_nothing_is_learnt() {
    var none = List.of(outcome(0.4, 10, 0), outcome(0, 1, 0));

    assertThat(PriceLearning.of(none).learnt()).isEmpty();
  }

  @Test
  void where_only_one_side_sold_the_slope_has_an_end() {
    var dear = PriceLearning.of(List.of(outcome(0, 10, 5), outcome(0.4, 10, 0)));
    var cheap = PriceLearning.of(List.of(outcome(0, 10, 0), outcome(0.4, 10, 5)));

    assertThat(dear.learnt().orElseThrow().slope()).isCloseTo(-5, within(1e-9));
    assertThat(cheap.learnt().orElseThrow().slope()).isCloseTo(5, within(1e-9));
  }

  @Test
  void outcomes_of_whose_price_nothing_is_on_record_are_left_out() {
    var unknown =
        new Outcome(
            1,
            new ProductId(new UUID(0, 9)),
            NOON,
            5,
            10,
            0.1,
            0.1,
            0.1,
            0,
            0,
            999,
            999,
            Optional.empty(),
            Optional.empty());
    var known = List.of(outcome(0, 10, 20), outcome(THIRD_OFF, 15, 45));
    var more = new ArrayList<>(known);
    more.add(unknown);

    assertThat(PriceLearning.of(more)).isEqualTo(PriceLearning.of(known));
  }

  private static List<Outcome> made(int count, double slope, double level) {
    var random = new Random(7);
    var outcomes = new ArrayList<Outcome>();
    for (var i = 0; i < count; i++) {
      var nats = i % 3 == 0 ? Math.log(1 / (0.6 + 0.5 * random.nextDouble())) : 0;
      var foretold = 0.5 + 8 * random.nextDouble();
      var mean = level * foretold * Math.exp(slope * nats);
      outcomes.add(outcome(nats, foretold, poisson(mean, random)));
    }
    return outcomes;
  }

  private static int poisson(double mean, Random random) {
    var count = 0;
    for (var left = -Math.log(1 - random.nextDouble()); left < mean; count++) {
      left -= Math.log(1 - random.nextDouble());
    }
    return count;
  }

  private static Outcome outcome(double nats, double foretold, int orders) {
    return new Outcome(
        1,
        new ProductId(new UUID(0, 1)),
        NOON,
        5_000,
        foretold * Math.exp(0.25 * nats),
        0.1,
        0.1,
        0.1,
        0,
        0,
        orders,
        orders,
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Outcome.Offer(nats, foretold)));
  }
}
