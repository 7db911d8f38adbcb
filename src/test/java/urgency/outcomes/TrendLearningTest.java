package urgency.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import urgency.outcomes.TrendWeek.Case;
import urgency.scoring.Calibration.Curve;
import urgency.scoring.TrendOutlook;
import urgency.scoring.TrendPlace.Measure;

class TrendLearningTest {
  private static final int AMONG = 40;

  @Test
  void places_that_promise_less_than_the_prior_says_are_learnt() {
    var result = TrendLearning.of(weeks(20, 0.3));

    assertThat(result.curves().views().own()).isTrue();
    assertThat(result.curves().views().cases()).isEqualTo(20 * AMONG);
    assertThat(result.note()).contains("trends by momentum of views: own data, 800 cases");
    var prior = TrendOutlook.prior(Measure.VIEWS, 1, AMONG);
    assertThat(result.curves().views().chance(1, prior)).isLessThan(0.6 * prior);
    assertThat(result.curves().shape()).isEqualTo(Curve.PRIOR);
    assertThat(result.note()).contains("end of curves: prior, 0 cases of 0 weeks");
  }

  @Test
  void the_chance_never_falls_with_the_place() {
    var curve = TrendLearning.of(weeks(20, 0.3)).curves().views();

    for (var rank = 1; rank < AMONG; rank++) {
      var below = rank / (double) AMONG;
      var above = (rank + 1) / (double) AMONG;
      assertThat(curve.chance(above, TrendOutlook.prior(Measure.VIEWS, above, AMONG)))
          .isGreaterThanOrEqualTo(
              curve.chance(below, TrendOutlook.prior(Measure.VIEWS, below, AMONG)));
    }
  }

  @Test
  void few_cases_or_few_weeks_leave_the_prior_and_say_so() {
    assertThat(TrendLearning.of(weeks(7, 1)).curves().own()).isFalse();
    assertThat(TrendLearning.of(weeks(7, 1)).note()).contains("280 cases of 7 weeks");
    assertThat(TrendLearning.of(List.of()).note()).contains("too few");
    var small = weeks(20, 1).stream().map(it -> Map.of(Measure.VIEWS, first(it, 14))).toList();
    assertThat(TrendLearning.of(small).curves().own()).isFalse();
  }

  @Test
  void what_does_worse_on_the_newest_third_is_not_used() {
    var turned = new ArrayList<>(weeks(14, 0));
    for (var i = 0; i < 14; i++) turned.set(i, turnedRound(turned.get(i)));
    turned.addAll(weeks(7, 1));

    var result = TrendLearning.of(turned);

    assertThat(result.curves().views()).isEqualTo(Curve.PRIOR);
    assertThat(result.note()).contains("momentum of views: prior stays");
  }

  private static List<Case> first(Map<Measure, List<Case>> week, int count) {
    return week.getOrDefault(Measure.VIEWS, List.of()).subList(0, count);
  }

  // The lower half grows instead.
  private static Map<Measure, List<Case>> turnedRound(Map<Measure, List<Case>> week) {
    var turned = new ArrayList<Case>();
    for (var it : week.getOrDefault(Measure.VIEWS, List.of())) {
      turned.add(new Case(it.percentile(), it.prior(), it.percentile() < 0.3));
    }
    return Map.of(Measure.VIEWS, turned);
  }

  // Each grows most as often as the prior says, times a factor.
  private static List<Map<Measure, List<Case>>> weeks(int count, double factor) {
    var random = new Random(11);
    var weeks = new ArrayList<Map<Measure, List<Case>>>();
    for (var week = 0; week < count; week++) {
      var cases = new ArrayList<Case>();
      for (var rank = 1; rank <= AMONG; rank++) {
        var percentile = rank / (double) AMONG;
        var prior = TrendOutlook.prior(Measure.VIEWS, percentile, AMONG);
        cases.add(new Case(percentile, prior, random.nextDouble() < factor * prior));
      }
      weeks.add(Map.of(Measure.VIEWS, cases));
    }
    return weeks;
  }
}
