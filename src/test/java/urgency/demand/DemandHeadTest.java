package urgency.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static urgency.scoring.Goods.NOW;
import static urgency.scoring.Goods.TODAY;
import static urgency.scoring.Goods.sold;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import urgency.catalog.SalesHistory;

class DemandHeadTest {
  private static final double CLOSE = 1e-12;
  private static final DemandHead.Looks NONE = DemandHead.Looks.NONE;

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

  @Test
  void hours_out_of_stock_are_no_time_on_sale() {
    // In stock for six hours of yesterday, not at all for the two days before.
    var exposure = exposed(day(1, 0.25, 0), day(2, 0, 0), day(3, 0, 0));

    var evidence = evidence(List.of(sold(7, 4)), exposure);

    assertThat(evidence.orders()).isCloseTo(2, within(CLOSE));
    assertThat(evidence.days())
        .isCloseTo(weighted(7) - 0.75 * half(1) - half(2) - half(3), within(CLOSE));
  }

  @Test
  void what_is_known_to_be_in_stock_is_weighed_to_the_bit_as_before() {
    var sales = List.of(sold(7, 4), sold(2, 9), sold(0, 1));
    var noon = NOW.plusSeconds(12 * 3600);

    assertThat(head.evidence(sales, noon, TODAY, exposed(), NONE))
        .isEqualTo(head.evidence(sales, noon, TODAY));
  }

  @Test
  void a_day_with_orders_counts_four_hours_at_least() {
    var exposure = exposed(day(1, 0.001, 0), day(2, 0.001, 0));

    var evidence = evidence(List.of(sold(1, 30), sold(7, 1)), exposure);

    assertThat(evidence.days())
        .isCloseTo(weighted(7) - half(1) * (1 - 1 / 6.0) - half(2) * (1 - 0.001), within(CLOSE));
  }

  @Test
  void today_counts_no_longer_than_it_is_over_whatever_was_sold() {
    var hour = NOW.plusSeconds(3600);

    var evidence = head.evidence(List.of(sold(0, 9)), hour, TODAY, exposed(day(0, 0.1, 0)), NONE);

    assertThat(evidence.days()).isCloseTo(1 / 24.0, within(CLOSE));
  }

  @Test
  void what_is_new_was_not_on_sale_before_and_what_was_brought_along_was() {
    var since = Optional.of(new Exposure(Optional.of(TODAY.minusDays(2)), List.of()));

    assertThat(evidence(List.of(), since).days()).isCloseTo(weighted(2), within(CLOSE));
    assertThat(evidence(List.of(sold(1, 3)), since).days()).isCloseTo(weighted(2), within(CLOSE));
    assertThat(evidence(List.of(sold(5, 3)), since).days()).isCloseTo(weighted(7), within(CLOSE));
  }

  @Test
  void many_looks_stand_for_days_on_sale() {
    // Twice as many as the one, half as many as the other: on one day each, a week ago.
    var many = exposed(day(7, 1, 16_000));
    var fewer = exposed(day(7, 1, 8_000));
    var looks = head.looks(List.of(many, fewer, exposed()), NOW);

    assertThat(looks.perDay()).isCloseTo(12_000, within(1e-9));
    var sales = List.of(sold(7, 6));
    var all = head.evidence(sales, NOW, TODAY.minusDays(7), many, looks);
    var half = head.evidence(sales, NOW, TODAY.minusDays(7), fewer, looks);
    // Only the day on which looks were counted; of the others nobody knows more than before.
    var others = weighted(7) - half(7);
    assertThat(all.days()).isCloseTo(others + half(7) * 16 / 12, within(CLOSE));
    assertThat(half.days()).isCloseTo(others + half(7) * 8 / 12, within(CLOSE));
  }

  @Test
  void a_day_on_which_only_others_were_looked_at_is_none_for_what_was_seen_enough() {
    var one = exposed(day(1, 1, 9_000));
    var other = exposed(day(1, 1, 9_000), day(2, 1, 9_000));
    var looks = head.looks(List.of(one, other), NOW);

    var evidence = head.evidence(List.of(sold(7, 6)), NOW, TODAY.minusDays(7), one, looks);

    assertThat(evidence.days()).isCloseTo(weighted(7) - half(2), within(CLOSE));
  }

  @Test
  void few_looks_say_nothing_and_one_more_changes_little() {
    var enough = exposed(day(7, 1, 40_000));
    var last = 0.0;
    for (var looks = 0; looks <= 6_000; looks += 10) {
      var it = exposed(day(7, 1, looks));
      var days =
          head.evidence(
                  List.of(sold(7, 6)),
                  NOW,
                  TODAY.minusDays(7),
                  it,
                  head.looks(List.of(it, enough), NOW))
              .days();
      // Looks of a week ago count half.
      if (looks <= 2_000) assertThat(days).isCloseTo(weighted(7), within(CLOSE));
      if (looks > 0) assertThat(days).isCloseTo(last, within(0.01));
      last = days;
    }
    assertThat(last).isLessThan(weighted(7) - 0.3);
  }

  @Test
  void looks_at_what_is_sold_out_are_no_chance_to_order() {
    var all = exposed(day(7, 1, 8_000));
    var half = exposed(day(7, 0.5, 8_000));
    var looks = head.looks(List.of(all, half), NOW);

    assertThat(looks.perDay()).isCloseTo(8_000, within(1e-9));
    assertThat(head.evidence(List.of(sold(7, 6)), NOW, TODAY.minusDays(7), half, looks).days())
        .isCloseTo(weighted(7) - half(7) / 2, within(CLOSE));
  }

  private DemandHead.Evidence evidence(List<SalesHistory.Day> sales, Optional<Exposure> exposure) {
    return head.evidence(sales, NOW, TODAY.minusDays(7), exposure, NONE);
  }

  private static Optional<Exposure> exposed(Exposure.Day... days) {
    return Optional.of(new Exposure(Optional.empty(), List.of(days)));
  }

  private static Exposure.Day day(int ago, double stocked, int looks) {
    return new Exposure.Day(TODAY.minusDays(ago), stocked, looks);
  }

  private static double half(int age) {
    return Math.pow(2, -age / 7.0);
  }

  /** Sum of 2^(-age/7) over the ages 1 to the last. */
  private static double weighted(int last) {
    var ratio = Math.pow(2, -1 / 7.0);
    return ratio * (1 - Math.pow(ratio, last)) / (1 - ratio);
  }
}
