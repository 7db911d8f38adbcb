package urgency.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.shelf.Examples.WINDOW;
import static urgency.shelf.Examples.candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import urgency.catalog.Product;
import urgency.scoring.Score;
import urgency.shelf.Decision.Gate;
import urgency.shelf.Decision.Why;

class DiversityTest {
  private static final ShelfSettings TWO_PLACES =
      Examples.settings(Map.of("URGENCY_SHELF_SLOTS", "2", "URGENCY_SHELF_EXPLORE_SLOTS", "0"));

  @Test
  void a_twin_gives_way_to_something_else_that_is_worth_nearly_as_much() {
    var decision =
        compose(named(1, 100, "Red lamp"), named(2, 99, "Red lamp"), named(3, 90, "Steel kettle"));

    assertThat(ids(decision)).containsExactly(1L, 3L);
    assertThat(decision.choices())
        .extracting(it -> it.why())
        .containsExactly(Why.VALUE, Why.DIVERSITY);
    assertThat(decision.passedOver())
        .singleElement()
        .satisfies(it -> assertThat(it.gate()).isEqualTo(Gate.OUTRANKED));
  }

  @Test
  void a_twin_that_is_worth_far_more_keeps_its_place() {
    var decision =
        compose(named(1, 100, "Red lamp"), named(2, 99, "Red lamp"), named(3, 50, "Steel kettle"));

    assertThat(ids(decision)).containsExactly(1L, 2L);
  }

  @Test
  void one_trend_has_at_most_three_places_while_others_can_fill_the_shelf() {
    var candidates = new ArrayList<Candidate>();
    for (var i = 1; i <= 6; i++) candidates.add(pulled(i, 100 - i, "#roomtok is rising"));
    for (var i = 7; i <= 12; i++) candidates.add(pulled(i, 10, ""));

    var decision =
        new Curator(
                Examples.settings(
                    Map.of("URGENCY_SHELF_SLOTS", "8", "URGENCY_SHELF_EXPLORE_SLOTS", "0")))
            .compose(candidates, WINDOW, 1, 0)
            .orElseThrow();

    assertThat(decision.edition().slots()).filteredOn(it -> !it.evidence().isEmpty()).hasSize(3);
    assertThat(decision.passedOver())
        .extracting(it -> it.gate())
        .contains(Gate.TREND_FULL)
        .doesNotContain(Gate.CATEGORY_FULL);
  }

  @Test
  void what_may_not_be_sold_is_named_with_its_reason() {
    var decision =
        compose(
            candidate(1, 10),
            candidate(2, 90, "home", 0, 3000, Optional.empty()),
            candidate(3, 90, "home", 9, 3000, Optional.of(Examples.dollars(2999))));

    assertThat(decision.passedOver())
        .extracting(it -> it.gate())
        .containsExactly(Gate.NO_UNITS, Gate.BELOW_MARGIN_FLOOR);
  }

  @Test
  void likeness_is_the_share_of_common_words() {
    var lamp = Diversity.words(List.of("Sunset Lamp", "lamp"));
    var other = Diversity.words(List.of("sunset mirror"));

    assertThat(Diversity.alike(lamp, lamp)).isEqualTo(1);
    assertThat(Diversity.alike(lamp, other)).isEqualTo(1 / 3.0);
    assertThat(Diversity.alike(lamp, new int[0])).isZero();
  }

  private static Decision compose(Candidate... candidates) {
    return new Curator(TWO_PLACES).compose(List.of(candidates), WINDOW, 1, 0).orElseThrow();
  }

  private static Candidate named(int id, double value, String name) {
    var it = candidate(id, value, "c" + id, 20, 3000, Optional.empty());
    var product = it.product();
    return with(
        it,
        new Product(
            product.id(),
            product.slug(),
            name,
            product.description(),
            "home",
            product.accent(),
            product.tags(),
            product.media(),
            product.variants(),
            false),
        it.score());
  }

  private static Candidate pulled(int id, double value, String trend) {
    var it = candidate(id, value, "c" + id, 20, 3000, Optional.empty());
    var s = it.score();
    return with(
        it,
        it.product(),
        new Score(
            s.product(),
            50,
            50,
            4,
            0.5,
            4,
            value,
            List.of(),
            "Because.",
            trend,
            "rules v1",
            s.at()));
  }

  private static Candidate with(Candidate it, Product product, Score score) {
    return new Candidate(
        product, score, it.unitsLeft(), it.references(), it.lastFlash(), it.shownLast());
  }

  private static List<Long> ids(Decision decision) {
    return decision.edition().slots().stream()
        .map(it -> it.product().value().getLeastSignificantBits())
        .toList();
  }
}
