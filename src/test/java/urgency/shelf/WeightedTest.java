package urgency.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static urgency.shelf.Examples.WINDOW;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import urgency.platform.sql.StoredRecord;
import urgency.scoring.Score;
import urgency.shelf.Decision.Weighed;
import urgency.shelf.Decision.Why;
import urgency.shelf.Diversity.Likeness;

/** A shelf that is ranked by {@code 0.70 pct(R) + 0.20 V + 0.10 U}. */
class WeightedTest {
  private static final Map<String, String> PLAIN =
      Map.of(
          "URGENCY_SHELF_MODE", "weighted",
          "URGENCY_SHELF_EXPLORE_SLOTS", "0",
          "URGENCY_SHELF_DIVERSITY_PERCENT", "0");

  private final Curator curator = curator(PLAIN);

  @Test
  void the_score_is_seven_tenths_percentile_two_virality_and_one_urgency() {
    var it = new Weighed(75, 40, 90);

    assertThat(it.score()).isCloseTo(0.7 * 75 + 0.2 * 40 + 0.1 * 90, within(1e-12));
  }

  @Test
  void the_percentile_is_of_those_that_may_be_sold_and_alike_for_equals() {
    var ranked =
        curator.ranked(
            List.of(
                rated(1, 10, 0, 0),
                rated(2, 20, 0, 0),
                rated(3, 20, 0, 0),
                rated(4, 1000, 0, 0),
                Examples.candidate(5, 5000, "home", 0, 3000, Optional.empty())),
            1);

    assertThat(ranked)
        .extracting(it -> it.weighed().orElseThrow().percentile())
        .containsExactly(100.0, 75.0, 75.0, 25.0);
    assertThat(ids(ranked)).containsExactly(4L, 2L, 3L, 1L);
  }

  @Test
  void both_numbers_can_bring_a_product_past_one_that_is_worth_more() {
    var rich = rated(1, 900, 10, 10);
    var viral = rated(2, 100, 90, 90);
    var candidates = List.of(rich, viral, rated(3, 50, 0, 0), rated(4, 10, 0, 0));

    assertThat(ids(curator.ranked(candidates, 1))).containsExactly(2L, 1L, 3L, 4L);
    assertThat(ids(curator(Map.of()).ranked(candidates, 1))).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void ties_are_broken_by_product_id() {
    // 0.70 x 25 more is 0.20 x 75 and 0.10 x 25 more; and two that are the same in all.
    var candidates =
        List.of(rated(4, 40, 0, 0), rated(3, 30, 0, 0), rated(2, 30, 0, 0), rated(1, 20, 0, 0));

    assertThat(ids(curator.ranked(candidates, 1))).containsExactly(4L, 2L, 3L, 1L);
  }

  @Test
  void what_was_shown_last_loses_of_its_value_before_the_percentile_and_nothing_of_its_numbers() {
    var shown = shownLast(rated(1, 100, 50, 50));
    var ranked = curator.ranked(List.of(shown, rated(2, 80, 50, 50), rated(3, 70, 50, 50)), 1);

    assertThat(ids(ranked)).containsExactly(2L, 1L, 3L);
    assertThat(ranked.get(1).value()).isEqualTo(75);
    assertThat(ranked.get(1).weighed()).contains(new Weighed(100 * 2 / 3.0, 50, 50));
  }

  @Test
  void the_draw_is_by_value_and_the_drawn_stands_by_its_score() {
    var candidates = new ArrayList<Candidate>();
    for (var i = 1; i <= 20; i++) candidates.add(rated(i, 100, 0, 0));
    // Worth as nothing beside the others, so that it is never drawn, however high it ranks.
    for (var i = 21; i <= 60; i++) candidates.add(rated(i, 1e-9, 100, 100));
    var settings =
        Map.of(
            "URGENCY_SHELF_MODE", "weighted",
            "URGENCY_SHELF_SLOTS", "10",
            "URGENCY_SHELF_PER_CATEGORY", "100");
    for (var seed = 0; seed < 40; seed++) {
      var decision = curator(settings).compose(candidates, WINDOW, 1, seed).orElseThrow();
      var drawn =
          decision.choices().stream().filter(it -> it.why() == Why.EXPLORE).findFirst().get();

      assertThat(number(drawn.product())).isLessThanOrEqualTo(20);
      assertThat(drawn.place()).isEqualTo(10);
      var before =
          decision.choices().stream().filter(it -> it.place() > 1).map(it -> it.rank()).toList();
      assertThat(before).isSorted();
    }
  }

  @Test
  void the_order_of_candidates_does_not_matter_and_what_is_stored_decides_the_same_again() {
    for (var seed = 0; seed < 50; seed++) {
      var random = new Random(seed);
      var candidates = new ArrayList<Candidate>();
      for (var i = 0; i < 40; i++) candidates.add(Examples.random(i, random));
      var settings = Examples.settings(Map.of("URGENCY_SHELF_MODE", "weighted"));
      var inputs = Decisions.Inputs.of(7, WINDOW, "before", settings, candidates);
      Collections.shuffle(candidates, random);
      var shuffled = Decisions.Inputs.of(7, WINDOW, "before", settings, candidates);
      var stored = StoredRecord.read(StoredRecord.write(inputs), Decisions.Inputs.class);

      assertThat(stored.settings().mode()).isEqualTo(ShelfSettings.Mode.WEIGHTED);
      assertThat(stored.decide()).isEqualTo(inputs.decide()).isEqualTo(shuffled.decide());
      assertThat(StoredRecord.digest(stored)).isEqualTo(StoredRecord.digest(inputs));
    }
  }

  private static Curator curator(Map<String, String> environment) {
    return new Curator(Examples.settings(environment), Likeness.WORDS_AND_MEANING);
  }

  private static Candidate rated(int id, double value, int virality, int urgency) {
    var it = Examples.candidate(id, value);
    var s = it.score();
    var score =
        new Score(
            s.product(),
            virality,
            urgency,
            4,
            0.5,
            4,
            value,
            List.of(),
            "Because.",
            "",
            "rules v1",
            s.at());
    return new Candidate(
        it.product(), score, it.unitsLeft(), it.references(), it.lastFlash(), false);
  }

  private static Candidate shownLast(Candidate it) {
    return new Candidate(
        it.product(), it.score(), it.unitsLeft(), it.references(), it.lastFlash(), true);
  }

  private static List<Long> ids(Collection<Ranked> ranked) {
    return ranked.stream().map(it -> number(it.candidate().product().id())).toList();
  }

  private static long number(urgency.catalog.ProductId it) {
    return it.value().getLeastSignificantBits();
  }
}
