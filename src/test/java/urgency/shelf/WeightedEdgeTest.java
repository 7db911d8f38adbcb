package urgency.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import urgency.app.bars.ImaginedShop;
import urgency.engine.CounterFactual;
import urgency.scoring.Explanation;
import urgency.scoring.Score;

/** What would bring a product onto a shelf that is ranked by score, or off it. */
class WeightedEdgeTest {
  private static final int PRODUCTS = 40;

  private final ImaginedShop shop = new ImaginedShop(PRODUCTS);
  private final List<Score> scores = shop.rate();

  @Test
  void what_is_said_of_the_edge_is_where_the_decision_turns() {
    var trial = trial(scores, "10", "30");
    var edges = 0;
    for (var i = 0; i < PRODUCTS; i++) {
      var score = scores.get(i);
      var found = of(trial, i);
      assertThat(trial.weighed(score.product(), Map.of())).isPresent();
      if (found.times() == 0) continue;
      edges++;
      var on = isOn(trial, score, 1);

      assertThat(found.sentence()).contains(on ? "would leave" : "would enter");
      assertThat(isOn(trial, score, found.times() * 1.002)).isTrue();
      assertThat(isOn(trial, score, found.times() / 1.002)).isFalse();
      assertThat(found.sentence()).contains("units and orders would move Urgency");
      assertThat(found.ways()).allMatch(it -> it.startsWith("at a price of"));
    }
    assertThat(edges).isGreaterThan(PRODUCTS / 2);
  }

  @Test
  void worth_is_not_said_to_be_the_way_where_its_numbers_are_too_low() {
    var all = new ArrayList<Score>();
    for (var it : scores) all.add(numbers(it, 100));
    all.set(7, numbers(scores.get(7), 0));

    var found = of(trial(all, "5", "100"), 7);

    assertThat(found.times()).isZero();
    assertThat(found.sentence()).contains("its two numbers are too low");
  }

  @Test
  void a_product_whose_numbers_are_enough_is_said_to_stay() {
    var all = new ArrayList<Score>();
    for (var it : scores) all.add(numbers(it, 0));
    all.set(7, numbers(scores.get(7), 100));

    var found = of(trial(all, "24", "100"), 7);

    assertThat(found.times()).isZero();
    assertThat(found.sentence()).contains("its two numbers are enough");
  }

  private CounterFactual of(Decisions.Trial trial, int i) {
    var run = shop.run();
    var candidate = run.candidates().get(i);
    var score = trial.score(candidate.product().id()).orElseThrow();
    var explained = Explanation.of(score, candidate, run, ImaginedShop.NOON);
    return CounterFactual.of(trial, score, candidate, run, explained);
  }

  private Decisions.Trial trial(List<Score> rated, String slots, String perCategory) {
    var settings =
        Examples.settings(
            Map.of(
                "URGENCY_SHELF_MODE", "weighted",
                "URGENCY_SHELF_SLOTS", slots,
                "URGENCY_SHELF_PER_CATEGORY", perCategory,
                "URGENCY_SHELF_PER_TREND", "100",
                "URGENCY_SHELF_DIVERSITY_PERCENT", "0",
                "URGENCY_SHELF_EXPLORE_SLOTS", "0"));
    return Decisions.Trial.imagined(
        3, Examples.WINDOW.opensAt(), settings, shop.run().candidates(), rated);
  }

  private static boolean isOn(Decisions.Trial trial, Score it, double times) {
    var instead = new HashMap<>(Map.of(it.product(), it.worth(it.value() * times)));
    return trial.decide(instead).orElseThrow().choices().stream()
        .anyMatch(choice -> choice.product().equals(it.product()));
  }

  private static Score numbers(Score it, int both) {
    return new Score(
        it.product(),
        both,
        both,
        it.expectedOrders(),
        it.sellOutChance(),
        it.worth(),
        it.value(),
        it.parts(),
        it.reason(),
        it.trend(),
        it.scorer(),
        it.at());
  }
}
