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
import urgency.scoring.Calibration;

class RefitTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void chances_that_promised_twice_too_much_are_halved() {
    var result = Refit.of(outcomes(3_000, 0.5), NOON);

    var correction = result.calibration().sellOut().correction();
    assertThat(result.calibration().sellOut().own()).isTrue();
    assertThat(correction.applyAsDouble(0.8)).isCloseTo(0.4, within(0.08));
    assertThat(correction.applyAsDouble(0.2)).isCloseTo(0.1, within(0.05));
    assertThat(result.note()).contains("sell-out: own data");
  }

  @Test
  void a_correction_never_turns_two_chances_round() {
    var correction = Refit.of(outcomes(600, 0.5), NOON).calibration().sellOut().correction();

    for (var percent = 0; percent < 100; percent++) {
      assertThat(correction.applyAsDouble((percent + 1) / 100.0))
          .isGreaterThanOrEqualTo(correction.applyAsDouble(percent / 100.0));
    }
  }

  @Test
  void few_outcomes_leave_the_prior_and_say_so() {
    var result = Refit.of(outcomes(199, 0.5), NOON);

    assertThat(result.calibration().sellOut()).isEqualTo(Calibration.Curve.PRIOR);
    assertThat(result.note()).contains("sell-out: prior, 199 outcomes");
    assertThat(result.calibration().sellOut().correction().applyAsDouble(0.37)).isEqualTo(0.37);
  }

  @Test
  void what_does_no_better_on_the_newest_third_is_not_used() {
    var turned = new ArrayList<Outcome>();
    turned.addAll(outcomes(400, 0.2));
    turned.addAll(outcomes(200, 1));

    var result = Refit.of(turned, NOON);

    assertThat(result.calibration().sellOut().own()).isFalse();
    assertThat(result.note()).contains("sell-out: prior stays");
  }

  @Test
  void the_same_outcomes_teach_the_same_to_the_last_bit() {
    assertThat(Refit.of(outcomes(900, 0.7), NOON)).isEqualTo(Refit.of(outcomes(900, 0.7), NOON));
  }

  @Test
  void a_day_counts_once_for_break_outs_however_many_editions_it_had() {
    var outcome = outcomes(1, 1).getFirst();

    assertThat(Refit.onceADay(List.of(outcome, outcome))).hasSize(1);
  }

  /** Outcomes that come as often as a share of what was foretold. */
  private static List<Outcome> outcomes(int count, double truth) {
    var random = new Random(7);
    var outcomes = new ArrayList<Outcome>();
    for (var i = 0; i < count; i++) {
      var chance = random.nextDouble();
      var came = random.nextDouble() < chance * truth;
      outcomes.add(
          new Outcome(
              1 + i / 24,
              new ProductId(new UUID(0, i % 24)),
              NOON.plusSeconds(14_400L * (i / 24)),
              10,
              4,
              chance,
              chance,
              0.3,
              20,
              0.2,
              came ? 10 : 0,
              came ? 10 : 0,
              came ? Optional.of(NOON) : Optional.empty(),
              Optional.empty()));
    }
    return outcomes;
  }
}
