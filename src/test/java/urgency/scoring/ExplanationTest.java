package urgency.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import urgency.catalog.ProductId;
import urgency.platform.settings.Settings;
import urgency.scoring.Score.Part;

class ExplanationTest {
  private static final ScoringSettings SETTINGS =
      ScoringSettings.read(Settings.read(Map.of(), Optional.empty()), Duration.ofHours(4));

  @Test
  void the_factors_multiply_to_the_value_and_the_shares_add_up_to_all() {
    var explanation = explain(new Part("orders", 2.5), new Part("stock cap", -0.5));

    var product = 1.0;
    for (var bar : explanation.bars()) product *= bar.factor();
    assertThat(product).isCloseTo(Math.exp(2), within(1e-9));
    assertThat(explanation.bars().stream().mapToDouble(Explanation.Bar::percent).sum())
        .isCloseTo(100, within(1e-9));
    assertThat(explanation.bars().getLast().factor()).isLessThan(1);
  }

  @Test
  void the_expectation_lies_within_its_interval_and_the_age_is_counted() {
    var explanation = explain(new Part("orders", 2));

    assertThat(explanation.low()).isLessThan(4);
    assertThat(explanation.high()).isGreaterThan(4);
    assertThat(explanation.age()).isEqualTo(Duration.ofMinutes(9));
  }

  @Test
  void a_score_without_parts_has_no_bars() {
    assertThat(explain().bars()).isEmpty();
  }

  private static Explanation explain(Part... parts) {
    var score =
        new Score(
            new ProductId(new UUID(0, 1)),
            50,
            60,
            4,
            0.2,
            8,
            Math.exp(2),
            List.of(parts),
            "Because.",
            "",
            "rules v1",
            Goods.NOW);
    return Explanation.of(score, SETTINGS, Goods.NOW.plus(Duration.ofMinutes(9)));
  }
}
