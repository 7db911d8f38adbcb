package urgency.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static urgency.scoring.Goods.NOW;
import static urgency.scoring.Goods.TODAY;
import static urgency.scoring.Goods.sold;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import urgency.catalog.SalesHistory;

class DemandHeadTest {
  private static final double CLOSE = 1e-12;
  private final DemandHead head = new DemandHead(Duration.ofDays(7), Duration.ofHours(12));

  @Test
  void an_order_of_a_week_ago_counts_half() {
    var evidence = head.evidence(List.of(sold(7, 4), sold(0, 1)), NOW, TODAY.minusDays(7));

    assertThat(evidence.orders()).isCloseTo(3, within(CLOSE));
    assertThat(evidence.days()).isCloseTo(weighted(7), within(CLOSE));
  }

  @Test
  void the_part_of_today_that_is_over_counts_as_time_on_sale() {
    var evidence = head.evidence(List.of(sold(0, 1)), NOW.plusSeconds(6 * 3600), TODAY);

    assertThat(evidence.days()).isCloseTo(0.25, within(CLOSE));
  }

  @Test
  void a_product_is_seen_one_half_life_before_its_first_order() {
    var evidence = head.evidence(List.of(sold(3, 1)), NOW, TODAY.minusDays(100));

    assertThat(evidence.days()).isCloseTo(weighted(10), within(CLOSE));
  }

  @Test
  void a_product_without_orders_is_seen_for_one_half_life() {
    var evidence = head.evidence(List.of(), NOW, TODAY.minusDays(100));

    assertThat(evidence.orders()).isZero();
    assertThat(evidence.days()).isCloseTo(weighted(7), within(CLOSE));
  }

  @Test
  void the_order_of_days_does_not_matter_and_the_future_does_not_count() {
    var one = head.evidence(List.of(sold(3, 2), sold(9, 5), sold(-1, 9)), NOW, TODAY.minusDays(20));
    var other = head.evidence(List.of(sold(9, 5), sold(3, 2)), NOW, TODAY.minusDays(20));

    assertThat(one).isEqualTo(other);
  }

  @Test
  void counts_below_zero_and_beyond_reason_do_no_harm() {
    var odd =
        List.of(
            new SalesHistory.Day(TODAY, -5, -5),
            new SalesHistory.Day(TODAY.minusDays(1), Integer.MAX_VALUE, Integer.MAX_VALUE));

    assertThat(head.evidence(odd, NOW, TODAY.minusDays(1)).orders()).isFinite().isPositive();
  }

  @Test
  void demand_is_pulled_to_the_category_by_half_a_day() {
    var demand = head.demand(new DemandHead.Evidence(3, 4.5), 1);

    assertThat(demand.worth()).isCloseTo(3.5, within(CLOSE));
    assertThat(demand.perDay()).isCloseTo(0.7, within(CLOSE));
  }

  @Test
  void without_evidence_demand_is_that_of_the_category() {
    var demand = head.demand(new DemandHead.Evidence(0, 0), 3);

    assertThat(demand.perDay()).isCloseTo(3, within(CLOSE));
  }

  @Test
  void a_category_leans_on_the_shop_and_the_shop_on_a_guess() {
    var rates = new CategoryRates();
    assertThat(rates.of("beauty")).isCloseTo(0.5, within(CLOSE));

    rates.add("beauty", new DemandHead.Evidence(12, 4));
    rates.add("home", new DemandHead.Evidence(3, 5));

    assertThat(rates.of("garden")).isCloseTo(15.5 / 10, within(CLOSE));
    assertThat(rates.of("beauty")).isCloseTo((12 + 1.55) / 5, within(CLOSE));
  }

  /** Sum of 2^(-age/7) over the ages 1 to the last. */
  private static double weighted(int last) {
    var ratio = Math.pow(2, -1 / 7.0);
    return ratio * (1 - Math.pow(ratio, last)) / (1 - ratio);
  }
}
