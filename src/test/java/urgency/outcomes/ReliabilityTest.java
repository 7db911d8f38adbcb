package urgency.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ReliabilityTest {
  @Test
  void chances_that_come_as_often_as_foretold_have_no_calibration_error() {
    var chances = new double[] {0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75};
    var came = new boolean[] {true, false, false, false, true, true, true, false};

    var found = Reliability.of(chances, came);

    assertThat(found.ece()).isZero();
    assertThat(found.brier()).isCloseTo(0.1875, within(1e-12));
    assertThat(found.bins())
        .containsExactly(new Reliability.Bin(4, 0.25, 0.25), new Reliability.Bin(4, 0.75, 0.75));
    assertThat(found.share()).isEqualTo(0.5);
  }

  @Test
  void chances_that_never_come_are_wrong_by_what_they_promised() {
    var found = Reliability.of(new double[] {0.9, 0.9}, new boolean[] {false, false});

    assertThat(found.ece()).isCloseTo(0.9, within(1e-12));
    assertThat(found.brier()).isCloseTo(0.81, within(1e-12));
  }

  @Test
  void the_base_rate_is_calibrated_and_knows_nothing() {
    var found = Reliability.ofBaseRate(new boolean[] {true, false, false, false});

    assertThat(found.ece()).isZero();
    assertThat(found.brier()).isCloseTo(0.1875, within(1e-12));
  }

  @Test
  void certainty_belongs_to_the_last_bin_and_nothing_at_all_is_no_error() {
    assertThat(Reliability.of(new double[] {1}, new boolean[] {true}).bins())
        .containsExactly(new Reliability.Bin(1, 1, 1));
    assertThat(Reliability.of(new double[0], new boolean[0]))
        .isEqualTo(new Reliability(0, 0, java.util.List.of(), 0, 0));
    assertThat(Reliability.ofBaseRate(new boolean[0]).brier()).isZero();
  }
}
