package urgency.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static urgency.shelf.Examples.WINDOW;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import urgency.catalog.ProductId;
import urgency.scoring.Score;
import urgency.shelf.Decision.Why;
import urgency.shelf.Diversity.Likeness;

class ExplorationTest {
  private static final ShelfSettings TEN_PLACES =
      Examples.settings(Map.of("URGENCY_SHELF_SLOTS", "10", "URGENCY_SHELF_PER_CATEGORY", "100"));

  @Test
  void one_place_is_drawn_and_says_so() {
    var decision = decide(candidates(40, 4), 7);

    assertThat(decision.edition().slots()).hasSize(10);
    assertThat(decision.choices()).filteredOn(it -> it.why() == Why.EXPLORE).hasSize(1);
    assertThat(decision.choices())
        .filteredOn(it -> it.why() != Why.EXPLORE)
        .allSatisfy(it -> assertThat(it.propensity()).isEqualTo(1));
  }

  @Test
  void the_same_seed_draws_the_same_and_others_differ() {
    var candidates = candidates(40, 4);
    var drawn = IntStream.range(0, 50).mapToObj(it -> explored(decide(candidates, it))).toList();

    assertThat(explored(decide(candidates, 7))).isEqualTo(drawn.get(7));
    assertThat(drawn.stream().map(Decision.Choice::product).distinct().count()).isGreaterThan(3);
  }

  @Test
  void over_many_seeds_each_is_chosen_as_often_as_the_logged_chance_says() {
    var candidates = candidates(16, 2);
    var logged = new HashMap<ProductId, List<Double>>();
    var seeds = 2_000;
    for (var seed = 0; seed < seeds; seed++) {
      var it = explored(decide(candidates, seed * 1_000_003L));
      logged.computeIfAbsent(it.product(), _ -> new ArrayList<>()).add(it.propensity());
    }

    logged.forEach(
        (product, chances) -> {
          var mean = chances.stream().mapToDouble(it -> it).average().orElseThrow();
          assertThat(chances.size() / (double) seeds).isCloseTo(mean, within(0.05));
        });
  }

  @Test
  void what_is_little_known_is_drawn_far_more_often_than_its_equals() {
    var candidates = new ArrayList<Candidate>();
    for (var i = 1; i <= 10; i++) candidates.add(candidate(i, 2, 1_000));
    for (var i = 11; i <= 30; i++) candidates.add(candidate(i, 1, 1_000));
    var young = candidate(31, 1, 0.3);
    candidates.add(young);
    var seeds = 400;
    var drawn = 0;
    for (var seed = 0; seed < seeds; seed++) {
      if (explored(decide(candidates, seed)).product().equals(young.product().id())) drawn++;
    }

    assertThat(drawn).isGreaterThan(3 * seeds / 21);
  }

  @Test
  void without_anything_left_over_nothing_is_drawn() {
    var decision = decide(candidates(10, 4), 7);

    assertThat(decision.choices()).allSatisfy(it -> assertThat(it.why()).isEqualTo(Why.VALUE));
  }

  @Test
  void draws_have_the_mean_and_the_variance_of_their_law() {
    for (var shape : new double[] {0.2, 1, 4.5, 60}) {
      var chance = new Chance(42);
      var sum = 0.0;
      var squares = 0.0;
      var draws = 40_000;
      for (var i = 0; i < draws; i++) {
        var it = chance.gamma(shape);
        sum += it;
        squares += it * it;
      }
      var mean = sum / draws;

      assertThat(mean).as("mean of %s", shape).isCloseTo(shape, within(shape * 0.05));
      assertThat(squares / draws - mean * mean)
          .as("variance of %s", shape)
          .isCloseTo(shape, within(shape * 0.1));
    }
  }

  private static Decision decide(List<Candidate> candidates, long seed) {
    return new Curator(TEN_PLACES, Likeness.WORDS_AND_MEANING)
        .compose(candidates, WINDOW, 1, seed)
        .orElseThrow();
  }

  private static Decision.Choice explored(Decision decision) {
    return decision.choices().stream()
        .filter(it -> it.why() == Why.EXPLORE)
        .findFirst()
        .orElseThrow();
  }

  private static List<Candidate> candidates(int count, double worth) {
    var candidates = new ArrayList<Candidate>();
    for (var i = 1; i <= count; i++) candidates.add(candidate(i, 1 + 1.0 / i, worth));
    return candidates;
  }

  private static Candidate candidate(int id, double value, double worth) {
    var it = Examples.candidate(id, value);
    var s = it.score();
    return new Candidate(
        it.product(),
        new Score(
            s.product(),
            50,
            50,
            4,
            0.5,
            worth,
            value,
            List.of(),
            "Because.",
            "",
            "rules v1",
            s.at()),
        it.unitsLeft(),
        it.references(),
        it.lastFlash(),
        false);
  }
}
