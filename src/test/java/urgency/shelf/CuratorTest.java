package urgency.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.shelf.Examples.SETTINGS;
import static urgency.shelf.Examples.WINDOW;
import static urgency.shelf.Examples.candidate;
import static urgency.shelf.Examples.dollars;
import static urgency.shelf.Examples.variant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import urgency.catalog.ProductId;
import urgency.catalog.Variant;
import urgency.scoring.Score;
import urgency.shelf.Diversity.Likeness;

class CuratorTest {
  private final Curator curator = new Curator(SETTINGS, Likeness.WORDS_AND_MEANING);

  @Test
  void the_most_valuable_come_first() {
    var edition = compose(List.of(candidate(1, 10), candidate(2, 30), candidate(3, 20)));

    assertThat(ids(edition)).containsExactly(2L, 3L, 1L);
  }

  @Test
  void ties_are_broken_by_product_id() {
    var edition = compose(List.of(candidate(3, 10), candidate(1, 10), candidate(2, 10)));

    assertThat(ids(edition)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void a_slot_says_what_its_numbers_rest_on_and_whether_the_rating_is_an_earlier_one() {
    var lead = SETTINGS.lead();
    var edition =
        compose(
            List.of(
                rated(candidate(1, 30), WINDOW.opensAt().minus(lead)),
                rated(candidate(2, 20), WINDOW.opensAt().minus(lead).minusMillis(1)),
                candidate(3, 10)));

    assertThat(edition.slots())
        .extracting(it -> it.basis().map(Slot.Basis::source))
        .containsExactly(
            Optional.of(Score.Source.STAT), Optional.of(Score.Source.LAST), Optional.empty());
  }

  @Test
  void places_count_from_one_without_gaps() {
    var edition = compose(List.of(candidate(1, 10), candidate(2, 30), candidate(3, 20)));

    assertThat(edition.slots()).extracting(Slot::place).containsExactly(1, 2, 3);
  }

  @Test
  void what_has_no_units_is_not_on_the_shelf() {
    var edition =
        compose(
            List.of(
                candidate(1, 90, "home", 0, 3000, Optional.empty()),
                candidate(2, 10, "home", 9, 3000, Optional.empty())));

    assertThat(ids(edition)).containsExactly(2L);
  }

  @Test
  void what_would_be_sold_below_the_margin_floor_is_not_on_the_shelf() {
    var edition =
        compose(
            List.of(
                candidate(1, 90, "home", 9, 3000, Optional.of(dollars(2900))),
                candidate(2, 10, "home", 9, 3000, Optional.of(dollars(2857)))));

    assertThat(ids(edition)).containsExactly(2L);
  }

  @Test
  void what_a_judge_sees_a_risk_in_waits_and_a_judge_that_sees_risks_everywhere_is_not_believed() {
    var candidates = new ArrayList<Candidate>();
    for (var i = 1; i <= 10; i++) candidates.add(candidate(i, 100 - i));
    candidates.set(0, risky(candidates.get(0)));
    candidates.set(5, risky(candidates.get(5)));

    assertThat(ids(compose(candidates))).hasSize(8).doesNotContain(1L, 6L);

    candidates.set(7, risky(candidates.get(7)));

    assertThat(ids(compose(candidates))).as("three of ten are too many").hasSize(10);
  }

  @Test
  void without_anything_to_sell_there_is_no_edition() {
    var none = curator.compose(List.of(), WINDOW, 1, 0);

    assertThat(none).isEmpty();
  }

  @Test
  void the_daily_drop_is_the_best_that_many_can_have() {
    var edition =
        compose(
            List.of(
                candidate(1, 90, "home", 4, 3000, Optional.empty()),
                candidate(2, 50, "home", 5, 3000, Optional.empty()),
                candidate(3, 10, "home", 9, 3000, Optional.empty())));

    assertThat(ids(edition)).containsExactly(2L, 1L, 3L);
  }

  @Test
  void the_daily_drop_is_simply_the_best_when_all_are_scarce() {
    var edition =
        compose(
            List.of(
                candidate(1, 10, "home", 2, 3000, Optional.empty()),
                candidate(2, 90, "home", 1, 3000, Optional.empty())));

    assertThat(ids(edition)).containsExactly(2L, 1L);
  }

  @Test
  void a_category_has_at_most_four_places_while_others_can_fill_the_shelf() {
    var candidates = new ArrayList<Candidate>();
    for (var i = 0; i < 40; i++) {
      candidates.add(candidate(i, 1000 - i, "category-" + i / 6, 9, 3000, Optional.empty()));
    }

    var edition = compose(candidates);

    assertThat(edition.slots()).hasSize(24);
    assertThat(perCategory(edition, candidates)).allSatisfy((_, n) -> assertThat(n).isEqualTo(4));
  }

  @Test
  void the_cap_gives_way_before_the_shelf_stays_short() {
    var candidates = IntStream.range(0, 30).mapToObj(it -> candidate(it, it)).toList();

    var edition = compose(candidates);

    assertThat(edition.slots()).hasSize(24);
  }

  @Test
  void what_was_on_the_last_shelf_must_be_clearly_better_to_stay_ahead() {
    var shown = shownLast(candidate(1, 100));
    var closeBehind = candidate(2, 80);
    var farBehind = candidate(3, 70);

    var edition = compose(List.of(shown, closeBehind, farBehind));

    assertThat(ids(edition)).containsExactly(2L, 1L, 3L);
  }

  @Test
  void a_third_of_what_may_be_reduced_is_and_the_best_of_it_first() {
    var candidates = IntStream.range(0, 24).mapToObj(it -> candidate(it, it)).toList();

    var edition = compose(candidates);

    assertThat(edition.slots().subList(0, 8)).allMatch(it -> it.headline().flash());
    assertThat(edition.slots().subList(8, 24)).noneMatch(it -> it.headline().flash());
  }

  @Test
  void a_product_that_cannot_be_reduced_keeps_its_place_and_its_price() {
    var thinMargin = candidate(1, 90, "home", 9, 3000, Optional.of(dollars(2700)));
    var wideMargin = candidate(2, 10, "home", 9, 3000, Optional.of(dollars(900)));

    var edition = compose(List.of(thinMargin, wideMargin));

    assertThat(edition.slots().get(0).headline().price()).isEqualTo(dollars(3000));
    assertThat(edition.slots().get(1).headline().flash()).isTrue();
  }

  @Test
  void a_flash_price_holds_for_every_variant_in_stock_or_for_none() {
    var cheap = new Variant(variant(1), "A", "Lilac", dollars(3000), Optional.empty());
    var thin = new Variant(variant(2), "B", "Mint", dollars(3000), Optional.of(dollars(2700)));
    var product = Examples.product(1, "home", cheap, thin);
    var references = Map.of(variant(1), dollars(3000), variant(2), dollars(3000));
    var score = Examples.score(product.id(), 10, 0);
    var bothInStock =
        new Candidate(
            product, score, Map.of(variant(1), 5, variant(2), 5), references, Map.of(), false);
    var oneInStock =
        new Candidate(product, score, Map.of(variant(1), 5), references, Map.of(), false);

    assertThat(compose(List.of(bothInStock)).slots().getFirst().deals()).noneMatch(Deal::flash);
    assertThat(compose(List.of(oneInStock)).slots().getFirst().deals())
        .extracting(Deal::flash)
        .containsExactly(true, false);
  }

  @Test
  void a_deal_names_its_variant_only_when_there_are_several() {
    var one = new Variant(variant(1), "A", "Lilac", dollars(3000), Optional.empty());
    var other = new Variant(variant(2), "B", "Mint", dollars(3000), Optional.empty());
    var product = Examples.product(1, "home", one, other);
    var candidate =
        new Candidate(
            product,
            Examples.score(product.id(), 10, 0),
            Map.of(variant(1), 5),
            Map.of(),
            Map.of(),
            false);

    assertThat(compose(List.of(candidate)).slots().getFirst().deals())
        .extracting(Deal::title)
        .containsExactly("Thing, Lilac", "Thing, Mint");
    assertThat(compose(List.of(candidate(3, 1))).slots().getFirst().deals())
        .extracting(Deal::title)
        .containsExactly("Thing");
  }

  private Edition compose(Collection<Candidate> candidates) {
    return curator.compose(candidates, WINDOW, 1, 0).orElseThrow().edition();
  }

  private static Candidate risky(Candidate it) {
    return new Candidate(
        it.product(),
        it.score(),
        it.unitsLeft(),
        it.references(),
        it.lastFlash(),
        it.shownLast(),
        it.barred(),
        it.shownIn(),
        Optional.of("TRADEMARK"));
  }

  private static Candidate shownLast(Candidate it) {
    return new Candidate(
        it.product(), it.score(), it.unitsLeft(), it.references(), it.lastFlash(), true);
  }

  private static List<Long> ids(Edition edition) {
    return edition.slots().stream()
        .map(it -> it.product().value().getLeastSignificantBits())
        .toList();
  }

  private static Map<String, Integer> perCategory(
      Edition edition, Collection<Candidate> candidates) {
    var categories = new HashMap<ProductId, String>();
    candidates.forEach(it -> categories.put(it.product().id(), it.product().category()));
    var count = new HashMap<String, Integer>();
    edition.slots().forEach(it -> count.merge(categories.get(it.product()), 1, Integer::sum));
    return count;
  }

  private static Candidate rated(Candidate it, Instant at) {
    var old = it.score();
    var band = new Score.Band(40, 60);
    var score =
        new Score(
            old.product(),
            old.virality(),
            old.urgency(),
            old.expectedOrders(),
            old.sellOutChance(),
            old.worth(),
            old.value(),
            old.parts(),
            old.reason(),
            old.trend(),
            old.scorer(),
            at,
            old.source(),
            Optional.of(new Score.Bands(band, band)));
    return new Candidate(
        it.product(), score, it.unitsLeft(), it.references(), it.lastFlash(), it.shownLast());
  }
}
