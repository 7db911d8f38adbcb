package urgency.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NegativeBinomialTest {
  private static final double[] MEANS = {0.01, 0.5, 2, 7.3, 40, 300};
  private static final double[] SHAPES = {0.1, 0.25, 1, 3, 17.5, 50};

  @Test
  void small_cases_are_as_computed_by_hand() {
    var orders = new NegativeBinomial(2, 3);

    assertThat(orders.atLeast(1)).isCloseTo(0.784, within(1e-13));
    assertThat(orders.atLeast(2)).isCloseTo(0.5248, within(1e-13));
    assertThat(orders.atLeast(3)).isCloseTo(0.31744, within(1e-13));
    assertThat(orders.expectedMin(1)).isCloseTo(0.784, within(1e-13));
    assertThat(orders.expectedMin(2)).isCloseTo(1.3088, within(1e-13));
  }

  @Test
  void the_tail_equals_the_direct_sum() {
    for (var mean : MEANS) {
      for (var shape : SHAPES) {
        var orders = new NegativeBinomial(mean, shape);
        for (var n : new int[] {0, 1, 2, 5, 20, 100, 500}) {
          assertThat(orders.atLeast(n))
              .as("mean %s shape %s n %s", mean, shape, n)
              .isCloseTo(1 - sum(mean, shape, n), within(1e-11));
        }
      }
    }
  }

  @Test
  void the_count_reached_with_a_chance_is_the_last_whose_tail_is_that_long() {
    for (var mean : MEANS) {
      for (var shape : SHAPES) {
        var orders = new NegativeBinomial(mean, shape);
        for (var chance : new double[] {0.9, 0.5, 0.1}) {
          var reached = orders.reachedWith(chance);

          if (reached > 0) assertThat(orders.atLeast(reached)).isGreaterThanOrEqualTo(chance);
          assertThat(orders.atLeast(reached + 1)).isLessThan(chance);
        }
      }
    }
  }

  @Test
  void what_can_be_sold_equals_the_direct_sum_of_tails() {
    for (var mean : MEANS) {
      for (var shape : SHAPES) {
        var tails = 0.0;
        for (var k = 1; k <= 60; k++) {
          tails += 1 - sum(mean, shape, k);
          assertThat(new NegativeBinomial(mean, shape).expectedMin(k))
              .as("mean %s shape %s units %s", mean, shape, k)
              .isCloseTo(tails, within(1e-9));
        }
      }
    }
  }

  @Test
  void with_a_huge_stock_all_of_the_demand_is_sold() {
    assertThat(new NegativeBinomial(12.5, 4).expectedMin(Integer.MAX_VALUE))
        .isCloseTo(12.5, within(1e-6));
    assertThat(new NegativeBinomial(12.5, 4).atLeast(Integer.MAX_VALUE)).isZero();
  }

  @Test
  void with_a_huge_demand_all_of_the_stock_is_sold() {
    var orders = new NegativeBinomial(1e9, 50);

    assertThat(orders.atLeast(5_000)).isCloseTo(1, within(1e-12));
    assertThat(orders.expectedMin(5_000)).isCloseTo(5_000, within(1e-6));
  }

  @Test
  void a_large_beta_loses_no_digits_to_cancellation() {
    // B(2, b) = 1 / (b (b + 1)), and B(3, b) = 2 / (b (b + 1) (b + 2)).
    for (var b : new double[] {10, 999, 1001, 1e6, 1e9}) {
      assertThat(NegativeBinomial.logBeta(2, b))
          .isCloseTo(-Math.log(b) - Math.log(b + 1), within(1e-10));
      assertThat(NegativeBinomial.logBeta(b, 3))
          .isCloseTo(Math.log(2 / b / (b + 1) / (b + 2)), within(1e-10));
    }
  }

  @Test
  void the_shape_is_less_than_the_evidence_by_the_dispersion() {
    var predictive = NegativeBinomial.predictive(2, 1 / (1.0 / 3 - 0.02), 0.02);

    assertThat(predictive.atLeast(2)).isCloseTo(0.5248, within(1e-12));
  }

  @Test
  void what_is_not_a_number_is_not_passed_on() {
    for (var odd : new double[] {Double.NaN, -1, 0, Double.POSITIVE_INFINITY, 1e300, 1e-300}) {
      for (var units : new int[] {-1, 0, 1, 7, Integer.MAX_VALUE}) {
        assertThat(new NegativeBinomial(odd, 3).atLeast(units)).isBetween(0.0, 1.0);
        assertThat(new NegativeBinomial(3, odd).atLeast(units)).isBetween(0.0, 1.0);
        assertThat(new NegativeBinomial(odd, odd).expectedMin(units)).isFinite().isNotNegative();
      }
    }
  }

  /** P(Y < n), summed term by term. */
  private static double sum(double mean, double shape, int n) {
    var stop = shape / (shape + mean);
    var term = Math.exp(shape * Math.log(stop));
    var sum = 0.0;
    for (var k = 0; k < n; k++) {
      sum += term;
      term *= (shape + k) / (k + 1) * (1 - stop);
    }
    return sum;
  }
}
