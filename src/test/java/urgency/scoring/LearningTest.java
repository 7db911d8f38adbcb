package urgency.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import urgency.statistics.Ewma;
import urgency.statistics.Isotonic;
import urgency.statistics.Logistic;

class LearningTest {
  private static final double TINY = 1e-9;

  @Test
  void isotonic_pools_neighbours_that_are_out_of_order() {
    var model = Isotonic.fit(new double[] {1, 2, 3, 4}, new boolean[] {false, true, false, true});

    assertThat(model.chance(0)).isZero();
    assertThat(model.chance(2.5)).isEqualTo(0.5);
    assertThat(model.chance(3.5)).isCloseTo(0.75, within(TINY));
    assertThat(model.chance(9)).isEqualTo(1);
  }

  @Test
  void isotonic_gives_equal_scores_one_chance() {
    var model = Isotonic.fit(new double[] {1, 1, 1, 1}, new boolean[] {true, false, false, false});

    assertThat(model.chance(1)).isEqualTo(0.25);
  }

  @Test
  void logistic_finds_the_odds_of_a_feature_of_two_values() {
    var rows = new double[40][];
    var outcomes = new boolean[40];
    for (var i = 0; i < 40; i++) {
      rows[i] = new double[] {i < 20 ? 0 : 1};
      outcomes[i] = i < 20 ? i < 5 : i < 35;
    }

    var model = Logistic.fit(rows, outcomes, 1e-9);

    assertThat(model.chance(new double[] {0})).isCloseTo(0.25, within(1e-6));
    assertThat(model.chance(new double[] {1})).isCloseTo(0.75, within(1e-6));
  }

  @Test
  void logistic_stays_finite_when_a_feature_tells_all() {
    var model = Logistic.fit(new double[][] {{0}, {1}, {2}}, new boolean[] {false, false, true}, 1);

    assertThat(model.chance(new double[] {1e9})).isBetween(0.5, 1.0);
  }

  @Test
  void a_rate_counts_a_slice_one_half_life_old_half() {
    assertThat(Ewma.rate(new int[] {4, 1}, 1)).isCloseTo((4 * 0.5 + 1) / 1.5, within(TINY));
  }

  @Test
  void growth_compares_what_came_with_what_was_expected() {
    var steady = new int[50];
    java.util.Arrays.fill(steady, 2);

    assertThat(BreakOutHead.growth(steady, 14)).isCloseTo(0, within(TINY));
    assertThat(BreakOutHead.growth(steady, 30)).isCloseTo(Math.log(2), within(TINY));
  }
}
