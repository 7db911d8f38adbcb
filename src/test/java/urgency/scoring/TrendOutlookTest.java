package urgency.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static urgency.scoring.Goods.trend;
import static urgency.trends.Trend.Stage.FADING;
import static urgency.trends.Trend.Stage.MID;
import static urgency.trends.Trend.Stage.NEW;
import static urgency.trends.Trend.Stage.RISING;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import urgency.scoring.Scorer.Link;

class TrendOutlookTest {
  private static final double CLOSE = 1e-12;

  @Test
  void the_chance_to_break_out_rises_with_the_end_of_the_curve() {
    assertThat(TrendOutlook.breakOut(trend("a", FADING, 100, 50, 9, 0))).isEqualTo(0.01);
    assertThat(TrendOutlook.breakOut(trend("a", MID, 100, 50, 50, 60)))
        .isCloseTo(0.09, within(CLOSE));
    assertThat(TrendOutlook.breakOut(trend("a", RISING, 10, 50, 70, 100))).isEqualTo(0.60);
    assertThat(TrendOutlook.breakOut(trend("a", NEW, 100))).isEqualTo(0.20);
    assertThat(TrendOutlook.breakOut(trend("a", MID))).isEqualTo(0.01);
  }

  @Test
  void novelty_halves_every_two_point_eight_days_after_the_peak() {
    assertThat(TrendOutlook.novelty(trend("a", RISING, 1, 2, 100))).isEqualTo(1);
    assertThat(TrendOutlook.novelty(trend("a", MID, 100, 60, 50, 40)))
        .isCloseTo(Math.pow(2, -3 / 2.8), within(CLOSE));
    assertThat(TrendOutlook.novelty(trend("a", RISING, 100, 50, 100))).isEqualTo(1);
  }

  @Test
  void trends_join_as_independent_chances() {
    var rising = new Link(trend("a", RISING, 10, 50, 70, 100), 1, "tag");
    var halfFit = new Link(trend("b", RISING, 10, 50, 70, 100), 0.5, "tag");

    assertThat(TrendOutlook.pull(rising)).isCloseTo(0.6, within(CLOSE));
    assertThat(TrendOutlook.together(List.of(rising, halfFit)))
        .isCloseTo(1 - 0.4 * 0.7, within(CLOSE));
    assertThat(TrendOutlook.together(List.of())).isZero();
  }

  @Test
  void a_trend_closes_as_measured_per_stage() {
    var fading = new Link(trend("a", FADING, 100, 60, 40, 10), 1, "tag");
    var rising = new Link(trend("b", RISING, 10, 50, 70, 100), 1, "tag");

    assertThat(TrendOutlook.closing(List.of(rising), Duration.ofDays(2)))
        .isCloseTo(0.28, within(CLOSE));
    assertThat(TrendOutlook.closing(List.of(rising, fading), Duration.ofDays(2)))
        .isCloseTo(0.81, within(CLOSE));
    assertThat(TrendOutlook.closing(List.of(fading), Duration.ofDays(1)))
        .isCloseTo(1 - Math.sqrt(0.19), within(CLOSE));
  }
}
