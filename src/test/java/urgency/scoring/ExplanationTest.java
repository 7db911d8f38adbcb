package urgency.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static urgency.scoring.Goods.NOW;
import static urgency.scoring.Goods.product;
import static urgency.scoring.Goods.sold;
import static urgency.scoring.Goods.trend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;
import urgency.scoring.Scorer.Candidate;
import urgency.scoring.Scorer.Link;
import urgency.scoring.rules.RulesScorer;
import urgency.trends.Trend;

class ExplanationTest {
  private static final ScoringSettings SETTINGS =
      ScoringSettings.read(Settings.read(Map.of(), Optional.empty()), Duration.ofHours(4));
  private static final Link LINK =
      new Link(trend("lamp", Trend.Stage.RISING, 10, 50, 70, 100), 0.9, "name");

  @Test
  void the_factors_multiply_to_the_value_and_the_shares_add_up_to_all() {
    var random = new Random(3);
    for (var round = 0; round < 100; round++) {
      var explanation =
          explain(
              1 + random.nextInt(40),
              random.nextInt(30),
              random.nextBoolean() ? List.of(LINK) : List.of());

      var product = 1.0;
      for (var bar : explanation.bars()) product *= bar.factor();
      assertThat(Math.log(product)).isCloseTo(Math.log(explanation.score().value()), within(1e-9));
      assertThat(explanation.bars().stream().mapToDouble(Explanation.Bar::percent).sum())
          .isCloseTo(100, within(1e-9));
    }
  }

  @Test
  void every_number_lies_within_its_interval_and_the_age_is_counted() {
    for (var units : new int[] {1, 3, 10, 200}) {
      var explanation = explain(units, 20, List.of(LINK));
      var score = explanation.score();

      assertThat((double) explanation.low()).isLessThanOrEqualTo(score.expectedOrders());
      assertThat((double) explanation.high()).isGreaterThanOrEqualTo(score.expectedOrders() - 1);
      var bands = score.bands().orElseThrow();
      assertThat(score.virality()).isBetween(bands.virality().low(), bands.virality().high());
      assertThat(score.urgency()).isBetween(bands.urgency().low(), bands.urgency().high());
      assertThat(explanation.age()).isEqualTo(Duration.ofMinutes(9));
    }
  }

  @Test
  void what_is_known_little_of_has_a_wider_interval() {
    assertThat(urgency(explain(1, 1, List.of())).width())
        .isGreaterThan(urgency(explain(1, 60, List.of())).width());
  }

  @Test
  void the_badge_tells_what_a_score_rests_on() {
    assertThat(explain(5, 3, List.of()).source()).isEqualTo(Score.Source.STAT);
    assertThat(explain(5, 0, List.of()).source()).isEqualTo(Score.Source.PRIOR);
    assertThat(explain(0, 3, List.of()).source()).isEqualTo(Score.Source.LAST);
    assertThat(explain(5, 3, List.of(), Duration.ofHours(2)).source()).isEqualTo(Score.Source.LAST);
  }

  private static Score.Band urgency(Explanation it) {
    return it.score().bands().orElseThrow().urgency();
  }

  private static Explanation explain(int units, int orders, List<Link> links) {
    return explain(units, orders, links, Duration.ofMinutes(9));
  }

  private static Explanation explain(int units, int orders, List<Link> links, Duration age) {
    var sales = new ArrayList<urgency.catalog.SalesHistory.Day>();
    if (orders > 0) sales.add(sold(1, orders));
    var candidate = new Candidate(product(1, "Lamp", "home"), units, sales, links);
    var other = new Candidate(product(2, "Vase", "home"), 5, List.of(sold(2, 3)), List.of());
    var run =
        new Runs.Run(
            NOW, Duration.ofHours(4), SETTINGS, Optional.empty(), List.of(candidate, other));
    var score = run.rate(RulesScorer::new).getFirst();
    return Explanation.of(score, candidate, run, NOW.plus(age));
  }
}
