package urgency.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import urgency.trends.Trend.Stage;
import urgency.trends.TrendObservation.Point;

class AgeingTest {
  private static final Instant TOLD = Instant.parse("2026-11-24T12:00:00Z");
  private static final LocalDate YESTERDAY = LocalDate.parse("2026-11-23");

  @Test
  void evidence_is_fresh_for_thirty_hours_then_halves_every_two_point_eight_days() {
    var halved = Duration.ofHours(30).plus(Duration.ofMinutes(4032));

    assertThat(freshness(Duration.ZERO)).isEqualTo(1);
    assertThat(freshness(Duration.ofHours(30))).isEqualTo(1);
    assertThat(freshness(halved)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void evidence_of_fourteen_days_is_gone() {
    assertThat(freshness(Duration.ofDays(14).minusSeconds(1))).isPositive();
    assertThat(freshness(Duration.ofDays(14))).isZero();
  }

  @Test
  void a_source_that_repeats_old_data_ages_all_the_same() {
    var now = TOLD.plusSeconds(60);

    assertThat(Ageing.freshness(TOLD, YESTERDAY.minusDays(30), now)).isZero();
    assertThat(Ageing.freshness(TOLD, YESTERDAY.minusDays(2), now)).isEqualTo(1);
  }

  @Test
  void the_stage_is_read_from_the_curve() {
    assertThat(Ageing.stage(curve(1, 5, 20, 60, 80))).isEqualTo(Stage.RISING);
    assertThat(Ageing.stage(curve(20, 60, 100, 70, 79.9))).isEqualTo(Stage.PEAKED);
    assertThat(Ageing.stage(curve(100, 80, 60, 50, 30))).isEqualTo(Stage.MID);
    assertThat(Ageing.stage(curve(100, 80, 60, 50, 29.9))).isEqualTo(Stage.FADING);
    assertThat(Ageing.stage(curve(40, 100, 90))).isEqualTo(Stage.NEW);
    assertThat(Ageing.stage(curve(100, 4, 0, 0, 0))).isEqualTo(Stage.DORMANT);
    assertThat(Ageing.stage(curve())).isEqualTo(Stage.DORMANT);
  }

  @Test
  void growth_is_the_last_day_against_the_day_before() {
    assertThat(Ageing.growthPercent(curve(10, 50, 75))).isEqualTo(50);
    assertThat(Ageing.growthPercent(curve(10, 80, 60))).isEqualTo(-25);
  }

  @Test
  void growth_that_is_not_known_is_zero() {
    var gap = List.of(new Point(YESTERDAY.minusDays(2), 50), new Point(YESTERDAY, 100));

    assertThat(Ageing.growthPercent(gap)).isZero();
    assertThat(Ageing.growthPercent(curve(100))).isZero();
    assertThat(Ageing.growthPercent(curve(0, 100))).isZero();
    assertThat(Ageing.growthPercent(curve())).isZero();
  }

  private static double freshness(Duration age) {
    return Ageing.freshness(TOLD, YESTERDAY.plusDays(30), TOLD.plus(age));
  }

  static List<Point> curve(double... values) {
    var points = new ArrayList<Point>();
    for (var value : values) {
      points.add(new Point(YESTERDAY.minusDays(values.length - 1L - points.size()), value));
    }
    return points;
  }
}
