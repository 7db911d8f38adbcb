package urgency.scoring.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static urgency.scoring.Calibration.PRIOR;
import static urgency.scoring.Goods.NOW;
import static urgency.scoring.Goods.product;
import static urgency.scoring.Goods.sold;
import static urgency.scoring.Goods.trend;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import urgency.catalog.SalesHistory;
import urgency.demand.Exposure;
import urgency.demand.PriceEffect;
import urgency.money.Money;
import urgency.platform.settings.Settings;
import urgency.scoring.Score;
import urgency.scoring.Scorer.Candidate;
import urgency.scoring.Scorer.Link;
import urgency.scoring.ScoringSettings;
import urgency.trends.Trend;
import urgency.trends.Trend.Stage;

class RulesScorerTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final List<Stage> STAGES = List.of(Stage.values());
  private static final String[] CATEGORIES = {"beauty", "home", "tech"};

  private final RulesScorer scorer = scorer(Map.of());

  @Test
  void a_product_without_past_or_trend_is_rated_as_computed_by_hand() {
    var score = only(new Candidate(product(1, "Lamp", "home"), 1, List.of(), List.of()));

    // Half an order a day; Y ~ NegBin(mean 0.5, shape 1 / (1 / 0.25 + 0.02)).
    var shape = 1 / 4.02;
    var soldOut = 1 - Math.pow(shape / (shape + 0.5), shape);
    assertThat(score.expectedOrders()).isCloseTo(0.5, within(1e-12));
    assertThat(score.sellOutChance()).isCloseTo(soldOut, within(1e-12));
    // 1000 less a cost of 600, and less 15 and 25 that the payment provider keeps.
    assertThat(score.value()).isCloseTo(360 * soldOut, within(1e-9));
    assertThat(score.virality()).isZero();
    assertThat(score.urgency()).isEqualTo((int) Math.round(100 * soldOut));
    assertThat(score.trend()).isEmpty();
    assertThat(score.scorer()).isEqualTo("rules v1");
  }

  @Test
  void a_trend_brings_virality_urgency_and_orders() {
    var link = new Link(rising("lipoil"), 1, "tag");
    var with =
        new Candidate(product(1, "Lip Oil", "beauty"), 1000, List.of(sold(1, 20)), links(link));
    var without =
        new Candidate(product(2, "Cream", "beauty"), 1000, List.of(sold(1, 20)), List.of());

    var scores = scorer.score(List.of(with, without), NOW, Duration.ofDays(2));

    assertThat(scores.getFirst().virality()).isEqualTo(60);
    assertThat(scores.getFirst().urgency()).isEqualTo(28);
    // Each is 0.3 away from the mean pull of 0.3, times 0.4 nats.
    assertThat(scores.getFirst().expectedOrders() / scores.getLast().expectedOrders())
        .isCloseTo(Math.exp(0.4 * 0.6), within(1e-9));
    assertThat(scores.getFirst().value()).isGreaterThan(scores.getLast().value());
  }

  @Test
  void trends_can_be_told_to_leave_the_ranking_alone() {
    var link = new Link(rising("lipoil"), 1, "tag");
    var candidate =
        new Candidate(product(1, "Lip Oil", "beauty"), 50, List.of(sold(1, 20)), links(link));
    var plain = new Candidate(product(2, "Cream", "beauty"), 50, List.of(sold(1, 20)), List.of());

    var scores =
        scorer(Map.of("URGENCY_SCORING_TREND_PERCENT", "0"))
            .score(List.of(candidate, plain), NOW, DAY);

    assertThat(scores.getFirst().expectedOrders()).isEqualTo(scores.getLast().expectedOrders());
  }

  @Test
  void the_parts_sum_to_the_logarithm_of_the_value() {
    for (var score : scorer.score(random(500), NOW, DAY)) {
      var sum = score.parts().stream().mapToDouble(Score.Part::nats).sum();

      assertThat(sum).isCloseTo(Math.log(score.value()), within(1e-9));
    }
  }

  @Test
  void the_parts_name_what_they_are() {
    var links =
        links(
            new Link(rising("lipoil"), 1, "tag"),
            new Link(rising("glowup"), 1, "tag"),
            new Link(rising("skincare"), 1, "tag"));

    var score = only(new Candidate(product(1, "Lip Oil", "beauty"), 5, List.of(), links));

    assertThat(score.parts())
        .extracting(Score.Part::name)
        .containsExactly(
            "category beauty",
            "own orders",
            "trend #lipoil",
            "trend #glowup",
            "other trends",
            "trends elsewhere",
            "price",
            "stock cap",
            "margin",
            "closing");
  }

  @Test
  void a_price_above_the_lowest_of_thirty_days_lowers_demand_and_says_what_that_rests_on() {
    var product = product(1, "Lamp", "home");
    var plain = new Candidate(product, 1_000, List.of(sold(1, 20)), List.of());
    var cheaper = plain.known(Optional.empty(), Optional.of(Money.of(800, "EUR")));

    var before = only(plain);
    var after = only(cheaper);
    var learnt = PRIOR.priced(Optional.of(new PriceEffect(150, 0.65)));
    var own = scorer.calibrated(learnt).score(List.of(cheaper), NOW, DAY).getFirst();

    // Regular 10.00, lowest 8.00: ln 0.8 of 0.25, and of (150 * 0.65 + 12.5) / 200.
    assertThat(after.expectedOrders() / before.expectedOrders())
        .isCloseTo(Math.exp(0.25 * Math.log(0.8)), within(1e-12));
    assertThat(own.expectedOrders() / before.expectedOrders())
        .isCloseTo(Math.exp(0.55 * Math.log(0.8)), within(1e-12));
    assertThat(after.parts())
        .contains(new Score.Part("price, a prior, not yet own data", 0.25 * Math.log(0.8)));
    assertThat(own.parts()).extracting(Score.Part::name).contains("price");
    assertThat(own.priceNats()).isCloseTo(0.55 * Math.log(0.8), within(1e-12));
    assertThat(before.priceNats()).isZero();
    assertThat(after.sellOutChance()).isLessThanOrEqualTo(before.sellOutChance());
  }

  @Test
  void parts_sum_to_the_value_whatever_is_known_of_exposure_and_prices() {
    var random = new Random(3);
    var known = new ArrayList<Candidate>();
    for (var it : random(300)) {
      var days = new ArrayList<Exposure.Day>();
      for (var age = 119; age >= 0; age -= 1 + random.nextInt(4)) {
        days.add(
            new Exposure.Day(
                LocalDate.ofInstant(NOW, ZoneOffset.UTC).minusDays(age),
                random.nextDouble(),
                random.nextInt(900)));
      }
      var exposure = new Exposure(Optional.empty(), days);
      known.add(
          it.known(Optional.of(exposure), Optional.of(Money.of(1 + random.nextInt(3_000), "EUR"))));
    }
    var shuffled = new ArrayList<>(known);
    Collections.shuffle(shuffled, new Random(7));

    var scores = scorer.score(known, NOW, DAY);

    assertThat(scorer.score(shuffled, NOW, DAY)).isEqualTo(scores);
    for (var score : scores) {
      var sum = score.parts().stream().mapToDouble(Score.Part::nats).sum();
      assertThat(sum).isCloseTo(Math.log(score.value()), within(1e-9));
    }
  }

  @Test
  void the_same_input_gives_the_same_bits_in_whatever_order() {
    var candidates = random(300);
    var shuffled = new ArrayList<>(candidates);
    Collections.shuffle(shuffled, new Random(7));

    var scores = scorer.score(candidates, NOW, DAY);

    assertThat(scorer.score(candidates, NOW, DAY)).isEqualTo(scores);
    assertThat(scorer.score(shuffled, NOW, DAY)).isEqualTo(scores);
  }

  @Test
  void no_count_however_odd_gives_what_is_not_a_number() {
    var huge = new SalesHistory.Day(java.time.LocalDate.parse("2026-11-23"), 2_000_000_000, 1);
    var stale = new Link(trend("x", Stage.DORMANT), 1, "tag");
    var odd = new ArrayList<Candidate>();
    for (var units : List.of(-5, 0, 1, Integer.MAX_VALUE)) {
      for (var sales : List.of(List.<SalesHistory.Day>of(), List.of(huge), List.of(sold(1, -3)))) {
        var number = odd.size();
        odd.add(
            new Candidate(
                product(number, "P" + number, "c", Optional.of(5000L)),
                units,
                sales,
                links(stale)));
      }
    }

    for (var horizon : List.of(Duration.ofMillis(1), DAY, Duration.ofDays(3650))) {
      for (var score : scorer.score(odd, NOW, horizon)) {
        assertThat(score.value()).isFinite().isPositive();
        assertThat(score.expectedOrders()).isFinite().isPositive();
        assertThat(score.sellOutChance()).isBetween(0.0, 1.0);
        assertThat(score.parts()).allSatisfy(it -> assertThat(it.nats()).isFinite());
      }
    }
  }

  @Test
  void the_reason_has_the_numbers_in_it() {
    var link = new Link(rising("lipoil"), 1, "tag");
    var product = product(1, "Lip Oil", "beauty", Optional.empty());

    var score = only(new Candidate(product, 12, List.of(sold(1, 20)), links(link)));

    assertThat(score.reason())
        .matches(
            "About [0-9.]+ orders \\(\\d+ to \\d+\\) expected in 24 h with 12 left"
                + " \\([0-9]+% chance to sell out\\);"
                + " #lipoil is rising, up 12% in a day; cost unknown, the usual margin assumed\\.");
    assertThat(score.trend()).isEqualTo("#lipoil is rising, up 12% in a day");
  }

  @ParameterizedTest
  @CsvSource({
    "RISING, 66, 'is rising, up 66% in a day'",
    "RISING, 0, is near its peak",
    "RISING, -7, 'is near its peak, down 7% in a day'",
    "MID, 5, 'is picking up, up 5% in a day'",
    "MID, 0, is steady",
    "MID, -27, 'is easing, down 27% in a day'",
    "FADING, 50, 'is low, up 50% in a day'",
    "FADING, -50, 'is fading, down 50% in a day'",
  })
  void a_trend_is_not_said_to_go_where_its_last_day_did_not(Stage stage, int growth, String words) {
    var trend =
        new Trend(
            "lipoil",
            "lipoil",
            "US",
            stage,
            List.of(),
            10,
            1000,
            growth,
            "test",
            LocalDate.ofInstant(NOW, ZoneOffset.UTC),
            NOW,
            1,
            false);
    var link = new Link(trend, 1, "tag");
    var product = product(1, "Lip Oil", "beauty", Optional.empty());

    var score = only(new Candidate(product, 12, List.of(sold(1, 20)), links(link)));

    assertThat(score.trend()).isEqualTo("#lipoil " + words);
  }

  @Test
  void nothing_to_rate_gives_nothing() {
    assertThat(scorer.score(List.of(), NOW, DAY)).isEmpty();
  }

  private Score only(Candidate candidate) {
    return scorer.score(List.of(candidate), NOW, DAY).getFirst();
  }

  /** Always the same candidates, some with trends, sales or stock, some without. */
  static List<Candidate> random(int count) {
    var random = new Random(42);
    var candidates = new ArrayList<Candidate>();
    for (var i = 0; i < count; i++) {
      var sales = new ArrayList<SalesHistory.Day>();
      for (var age = 119; age >= 0; age--) {
        if (random.nextInt(4) == 0) sales.add(sold(age, random.nextInt(30)));
      }
      var links = new ArrayList<Link>();
      for (var j = 0; j < random.nextInt(4); j++) {
        var stage = STAGES.get(random.nextInt(STAGES.size()));
        var last = random.nextInt(101);
        links.add(new Link(trend("t" + j, stage, 5, 100, 40, last), random.nextDouble(), "tag"));
      }
      var category = CATEGORIES[random.nextInt(CATEGORIES.length)];
      var cost =
          random.nextBoolean() ? Optional.of(random.nextLong(1, 1200)) : Optional.<Long>empty();
      candidates.add(
          new Candidate(product(i, "P" + i, category, cost), random.nextInt(400), sales, links));
    }
    return candidates;
  }

  static RulesScorer scorer(Map<String, String> environment) {
    return new RulesScorer(
        ScoringSettings.read(Settings.read(environment, Optional.empty()), Duration.ofHours(4)));
  }

  private static Trend rising(String key) {
    return trend(key, Stage.RISING, 10, 50, 70, 100);
  }

  private static List<Link> links(Link... links) {
    return List.of(links);
  }
}
