package urgency.judging.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import urgency.judging.Opinion;
import urgency.judging.Trial;
import urgency.judging.Verdict;

class LearningTest {
  private static final double MOST = Math.log(1.25);
  private static final LocalDate FIRST = LocalDate.parse("2026-01-05");

  @Test
  void a_judge_who_knows_something_earns_a_weight() {
    var lesson = Learning.learn(trials(26, 80, 0.6, 1), MOST);

    assertThat(lesson.trials()).isEqualTo(26 * 80);
    assertThat(lesson.rho()).isBetween(0.2, 0.8);
    assertThat(lesson.rhoLow()).isPositive();
    assertThat(lesson.lift()).isPositive();
    assertThat(lesson.promotes()).isTrue();
  }

  @Test
  void a_judge_who_guesses_earns_none() {
    for (var seed = 1; seed <= 10; seed++) {
      assertThat(Learning.learn(trials(26, 80, 0, seed), MOST).promotes()).as("%d", seed).isFalse();
    }
  }

  @Test
  void fewer_than_three_hundred_trials_are_never_enough() {
    assertThat(Learning.learn(trials(8, 30, 0.9, 1), MOST).promotes()).isFalse();
    assertThat(Learning.learn(List.of(), MOST).promotes()).isFalse();
  }

  @Test
  void the_order_of_the_trials_does_not_change_a_bit() {
    var trials = trials(10, 60, 0.4, 3);
    var shuffled = new ArrayList<>(trials);
    Collections.shuffle(shuffled, new Random(5));

    assertThat(Learning.learn(shuffled, MOST)).isEqualTo(Learning.learn(trials, MOST));
  }

  @Test
  void weeks_that_are_not_over_teach_nothing() {
    var open =
        trials(10, 60, 0.4, 3).stream()
            .map(
                it ->
                    new Trial(
                        it.week(),
                        it.product(),
                        it.judge(),
                        it.verdict(),
                        it.expected(),
                        0,
                        it.chance(),
                        OptionalInt.empty()))
            .toList();

    assertThat(Learning.learn(open, MOST).trials()).isZero();
  }

  @Test
  void what_is_learnt_leans_with_mean_zero_and_variance_one() {
    var trials = trials(20, 60, 0.5, 2);
    var lean = Learning.lean(trials);

    var mean = trials.stream().mapToDouble(it -> lean.of(it.verdict())).average().orElseThrow();
    var square =
        trials.stream()
            .mapToDouble(it -> Math.pow(lean.of(it.verdict()), 2))
            .average()
            .orElseThrow();
    assertThat(mean).isBetween(-0.05, 0.05);
    assertThat(square).isBetween(0.9, 1.1);
  }

  @Test
  void chances_that_hold_have_no_calibration_error_and_boasts_have() {
    var honest = trials(4, 500, 0, 4);
    var boasting =
        honest.stream()
            .map(
                it ->
                    new Trial(
                        it.week(),
                        it.product(),
                        it.judge(),
                        it.verdict(),
                        it.expected(),
                        0,
                        Math.min(1, it.chance() + 0.2),
                        it.orders()))
            .toList();

    assertThat(Learning.calibrationError(honest)).isLessThan(0.05);
    assertThat(Learning.calibrationError(boasting)).isGreaterThan(0.06);
  }

  @Test
  void verdicts_that_spread_as_before_are_stable_and_others_are_not() {
    var before = new int[] {100, 200, 300, 200, 100};

    assertThat(Drift.stability(before, new int[] {50, 100, 150, 100, 50})).isLessThan(0.01);
    assertThat(Drift.stability(before, new int[] {0, 0, 50, 200, 200})).isGreaterThan(0.2);
    assertThat(Drift.stability(before, new int[] {0, 0, 0, 0, 99})).isZero();
  }

  /** Young products whose residual goes with the fit that a judge saw, as strongly as said. */
  private static List<Trial> trials(int weeks, int perWeek, double strength, long seed) {
    var random = new Random(seed);
    var trials = new ArrayList<Trial>();
    for (var week = 0; week < weeks; week++) {
      for (var i = 0; i < perWeek; i++) {
        var fit = random.nextInt(5);
        var verdict =
            new Verdict(
                "",
                fit,
                random.nextInt(4),
                random.nextInt(4),
                random.nextInt(5),
                List.of(Verdict.Risk.NONE),
                false,
                2);
        var expected = 0.5 + random.nextInt(14) / 2.0;
        var insight = (fit - 2) / Math.sqrt(2);
        var residual =
            strength * insight + Math.sqrt(1 - strength * strength) * random.nextGaussian();
        var sigma = strength == 0 ? 0 : Opinion.sigma(expected);
        var orders = poisson(random, expected * Math.exp(sigma * residual - sigma * sigma / 2));
        trials.add(
            new Trial(
                FIRST.plusWeeks(week),
                new UUID(week, i),
                "judge",
                verdict,
                expected,
                0,
                1 - Math.exp(-expected),
                OptionalInt.of(orders)));
      }
    }
    return trials;
  }

  // Knuth's way: fine for small means.
  private static int poisson(Random random, double mean) {
    var limit = Math.exp(-mean);
    var product = random.nextDouble();
    var count = 0;
    while (product > limit && count < 1_000) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }
}
