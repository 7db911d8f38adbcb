package urgency.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import urgency.catalog.ProductId;
import urgency.scoring.Score;
import urgency.statistics.NegativeBinomial;

class StockLastsTest {
  private static final Duration FOUR_HOURS = Duration.ofHours(4);

  @Test
  void half_of_the_time_the_stock_is_gone_when_it_says_half() {
    var lasts = StockLasts.of(score(6), 6, FOUR_HOURS, 0.02);

    var half = lasts.half().orElseThrow();
    var mean = 6.0 * half.toMillis() / FOUR_HOURS.toMillis();
    assertThat(NegativeBinomial.predictive(mean, 8, 0.02).atLeast(6)).isBetween(0.499, 0.505);
    assertThat(lasts.early().orElseThrow()).isLessThan(half);
    assertThat(lasts.late().orElseThrow()).isGreaterThan(half);
  }

  @Test
  void the_chance_that_units_are_left_never_grows() {
    var curve = StockLasts.of(score(6), 6, FOUR_HOURS, 0.02).curve();

    assertThat(curve.getFirst().left()).isEqualTo(1);
    for (var i = 1; i < curve.size(); i++) {
      assertThat(curve.get(i).left()).isLessThanOrEqualTo(curve.get(i - 1).left());
    }
  }

  @Test
  void what_lies_too_far_ahead_is_not_said_and_nothing_is_gone_at_once() {
    assertThat(StockLasts.of(score(0.001), 500, FOUR_HOURS, 0.02).early()).isEmpty();
    assertThat(StockLasts.of(score(6), 0, FOUR_HOURS, 0.02).late()).contains(Duration.ZERO);
  }

  private static Score score(double orders) {
    return new Score(
        new ProductId(new UUID(0, 1)),
        50,
        50,
        orders,
        0.5,
        8,
        100,
        List.of(),
        "Because.",
        "",
        "rules v1",
        Instant.EPOCH);
  }
}
