package urgency.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import urgency.statistics.Readings.Reading;

class MomentumTest {
  private static final LocalDate MONDAY = LocalDate.parse("2026-11-23");

  @Test
  void momentum_is_the_recent_rate_as_a_share_of_all() {
    // Half-life of one day: (1 + 40/2 + 60) hundred over (1/4 + 1/2 + 1), worked by hand.
    assertThat(Momentum.relative(new double[] {400, 4000, 6000}, 50_000, 1))
        .isCloseTo((100 + 2000 + 6000) / 1.75 / 50_000, within(1e-15));
    assertThat(Momentum.relative(filled(28, 700), 70_000, 7)).isCloseTo(0.01, within(1e-15));
    assertThat(Momentum.relative(filled(7, 0), 0, 7)).isZero();
  }

  @Test
  void acceleration_is_the_log_of_the_short_rate_over_the_long() {
    assertThat(Momentum.acceleration(filled(28, 700), 70_000)).isCloseTo(0, within(1e-12));
    // Nothing at all but on the last day, when there are 300: of 14 days at half-lives 3 and 14 the
    // last weighs 1 in sum 2^(-i/3) = 4.65633 and in sum 2^(-i/14) = 10.35021; the floor is 1e-5 N.
    var last = filled(14, 0);
    last[13] = 300;
    assertThat(Momentum.acceleration(last, 1_000_000))
        .isCloseTo(Math.log((300 / 4.65633 + 10) / (300 / 10.35021 + 10)), within(1e-4));
    assertThat(Momentum.acceleration(filled(14, 0), 1_000_000)).isZero();
  }

  @Test
  void a_burst_is_told_in_standard_deviations_of_chance() {
    // 280 in 28 days let expect 30 in three; 61 are 31 more, over sqrt(31).
    assertThat(Momentum.burst(61, 3, 280, 28)).isCloseTo(31 / Math.sqrt(31), within(1e-12));
    assertThat(Momentum.burst(0, 3, 0, 28)).isZero();
  }

  @Test
  void equal_values_share_the_average_of_their_ranks() {
    assertThat(Ranks.of(new double[] {5, 1, 5, 9})).containsExactly(2.5, 1, 2.5, 4);
    assertThat(Ranks.shares(new double[] {5, 1, 5, 9})).containsExactly(0.625, 0.25, 0.625, 1);
    assertThat(Ranks.shares(new double[] {3, 3})).containsExactly(0.75, 0.75);
    assertThat(Ranks.shares(new double[0])).isEmpty();
    assertThat(Ranks.top(new double[] {5, 5, 1}, 0.1)).containsExactly(true, false, false);
  }

  @Test
  void irregular_polls_spread_an_increment_evenly_and_a_fall_counts_as_none() {
    var known =
        List.of(
            new Reading(MONDAY, 100),
            new Reading(MONDAY.plusDays(4), 140),
            new Reading(MONDAY.plusDays(5), 90),
            new Reading(MONDAY.plusDays(6), 150));

    var soFar = Readings.soFar(known, MONDAY, MONDAY.plusDays(8));

    assertThat(soFar).containsExactly(100, 110, 120, 130, 140, 140, 150, 150, 150);
    assertThat(Momentum.steps(soFar)).containsExactly(10, 10, 10, 10, 0, 10, 0, 0);
    assertThat(Momentum.steps(new double[0])).isEmpty();
  }

  private static double[] filled(int days, double value) {
    var steps = new double[days];
    Arrays.fill(steps, value);
    return steps;
  }
}
