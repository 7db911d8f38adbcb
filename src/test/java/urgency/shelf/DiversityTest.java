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
import urgency.shelf.Diversity.Likeness;

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
                    Map.of("URGENCY_SHELF_SLOTS", "8", "URGENCY_SHELF_EXPLORE_SLOTS", "0")),
                Likeness.WORDS_AND_MEANING)
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

  @Test
  void a_twin_in_other_words_gives_way_too() {
    // No word in common with the first, but the same thing.
    var first = named(1, 100, "Red bicycle");
    var twin = named(2, 99, "Crimson bike");
    var other = named(3, 96, "Steel kettle");

    assertThat(ids(compose(first, twin, other))).containsExactly(1L, 3L);
    assertThat(
            ids(
                new Curator(TWO_PLACES, Likeness.WORDS)
                    .compose(List.of(first, twin, other), WINDOW, 1, 0)
                    .orElseThrow()))
        .containsExactly(1L, 2L);
  }

  @Test
  void words_alone_tell_where_a_text_means_nothing_to_us() {
    var first = named(1, 100, "\u2603\u2603 \u0e01\u0e02\u0e03", "\u0e02");
    var twin = named(2, 99, "\u2603\u2603 \u0e01\u0e02\u0e03", "\u0e02");
    var other = named(3, 81, "\u0e04\u0e05", "\u0e05");

    assertThat(first.meaning().known()).isFalse();
    assertThat(ids(compose(first, twin, other))).containsExactly(1L, 3L);
  }

  @Test
  void what_rests_stays_off_while_others_fill_the_shelf() {
    var decision = resting(candidate(1, 90), candidate(2, 20), candidate(3, 10));

    assertThat(ids(decision)).containsExactly(2L, 3L);
    assertThat(decision.passedOver())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.gate()).isEqualTo(Gate.RESTING);
              assertThat(it.rank()).isEqualTo(1);
            });
  }

  @Test
  void what_rests_comes_back_before_the_shelf_stays_short_and_before_a_cap_gives_way() {
    var settings =
        Map.of(
            "URGENCY_SHELF_SLOTS", "3",
            "URGENCY_SHELF_EXPLORE_SLOTS", "0",
            "URGENCY_SHELF_PER_CATEGORY", "1",
            "URGENCY_SHELF_REST_SHELVES", "3");
    var decision =
        new Curator(Examples.settings(settings), Likeness.WORDS_AND_MEANING)
            .compose(
                List.of(
                    shownIn(9, of(1, 100, "home")),
                    shownIn(6, of(2, 50, "home")),
                    of(3, 40, "home"),
                    shownIn(7, of(4, 30, "pets")),
                    shownIn(8, of(5, 20, "pets"))),
                WINDOW,
                10,
                0)
            .orElseThrow();

    // 2 has rested; 4 comes back within the caps, and then 1 in spite of them.
    assertThat(ids(decision)).containsExactly(1L, 2L, 4L);
    assertThat(decision.passedOver())
        .extracting(it -> it.gate())
        .containsExactly(Gate.CATEGORY_FULL, Gate.RESTING);
    assertThat(decision.passedOver()).extracting(it -> it.rank()).containsExactly(3, 5);
  }

  @Test
  void nothing_rests_unless_it_is_asked_for() {
    var shown = shownIn(1, candidate(1, 90));
    var decision =
        new Curator(TWO_PLACES, Likeness.WORDS_AND_MEANING)
            .compose(List.of(shown, candidate(2, 20), candidate(3, 10)), WINDOW, 2, 0)
            .orElseThrow();

    assertThat(ids(decision)).containsExactly(1L, 2L);
  }

  private static Decision resting(Candidate first, Candidate... others) {
    var all = new ArrayList<>(List.of(others));
    all.add(shownIn(1, first));
    return new Curator(
            Examples.settings(
                Map.of(
                    "URGENCY_SHELF_SLOTS", "2",
                    "URGENCY_SHELF_EXPLORE_SLOTS", "0",
                    "URGENCY_SHELF_REST_SHELVES", "1")),
            Likeness.WORDS_AND_MEANING)
        .compose(all, WINDOW, 2, 0)
        .orElseThrow();
  }

  private static Candidate of(int id, double value, String category) {
    return candidate(id, value, category, 20, 3000, Optional.empty());
  }

  private static Candidate shownIn(long edition, Candidate it) {
    return new Candidate(
        it.product(),
        it.score(),
        it.unitsLeft(),
        it.references(),
        it.lastFlash(),
        false,
        Optional.empty(),
        Optional.of(edition),
        Optional.empty());
  }

  private static Decision compose(Candidate... candidates) {
    return new Curator(TWO_PLACES, Likeness.WORDS_AND_MEANING)
        .compose(List.of(candidates), WINDOW, 1, 0)
        .orElseThrow();
  }

  private static Candidate named(int id, double value, String name) {
    return named(id, value, name, "home");
  }

  private static Candidate named(int id, double value, String name, String category) {
    var it = candidate(id, value, "c" + id, 20, 3000, Optional.empty());
    var product = it.product();
    return with(
        it,
        new Product(
            product.id(),
            product.slug(),
            name,
            product.description(),
            category,
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
