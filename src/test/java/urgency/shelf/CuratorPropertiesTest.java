package urgency.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.shelf.Examples.SETTINGS;
import static urgency.shelf.Examples.WINDOW;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import urgency.catalog.Product;
import urgency.catalog.Variant;
import urgency.shelf.Diversity.Likeness;

/** What holds for every shelf, tried on many that came out of a seed. */
class CuratorPropertiesTest {
  private static final int SEEDS = 300;
  private static final Map<String, String> LARGE =
      Map.of("URGENCY_SHELF_SLOTS", "100", "URGENCY_SHELF_PER_CATEGORY", "100");

  private final Curator curator = new Curator(SETTINGS, Likeness.WORDS_AND_MEANING);

  @Test
  void the_order_of_candidates_does_not_matter() {
    for (var seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      var candidates = candidates(random);
      var once = curator.compose(candidates, WINDOW, 7, seed);

      Collections.shuffle(candidates, random);

      assertThat(curator.compose(candidates, WINDOW, 7, seed)).as("seed %d", seed).isEqualTo(once);
    }
  }

  @Test
  void nothing_is_on_a_shelf_twice() {
    for (var seed = 0; seed < SEEDS; seed++) {
      var slots = slots(candidates(new Random(seed)));

      assertThat(slots).as("seed %d", seed).extracting(Slot::product).doesNotHaveDuplicates();
    }
  }

  @Test
  void the_cap_is_broken_only_on_a_shelf_that_others_cannot_fill() {
    for (var seed = 0; seed < SEEDS; seed++) {
      var candidates = candidates(new Random(seed));
      var slots = slots(candidates);
      var over =
          perCategory(slots, candidates).values().stream()
              .mapToInt(it -> Math.max(0, it - 4))
              .sum();
      var sellable =
          slots(candidates, new Curator(Examples.settings(LARGE), Likeness.WORDS_AND_MEANING));
      var within =
          perCategory(sellable, candidates).values().stream().mapToInt(it -> Math.min(4, it)).sum();

      assertThat(over).as("seed %d", seed).isEqualTo(Math.max(0, slots.size() - within));
    }
  }

  @Test
  void every_flash_price_is_lawful_and_every_other_price_is_the_regular_one() {
    var flash = 0;
    for (var seed = 0; seed < SEEDS; seed++) {
      var candidates = candidates(new Random(seed));
      for (var slot : slots(candidates)) {
        var candidate = behind(slot, candidates);
        for (var deal : slot.deals()) lawful(seed, candidate, deal);
        if (slot.headline().flash()) flash++;
      }
    }

    assertThat(flash).as("flash prices that were tried").isGreaterThan(SEEDS);
  }

  @Test
  void nothing_is_sold_below_cost_and_margin_floor() {
    for (var seed = 0; seed < SEEDS; seed++) {
      var candidates = candidates(new Random(seed));
      for (var slot : slots(candidates)) {
        for (var deal : slot.deals()) {
          var cost = soldBy(behind(slot, candidates).product(), deal).cost();
          cost.ifPresent(
              it ->
                  assertThat(deal.price().minor() * 100)
                      .isGreaterThanOrEqualTo(it.minor() * (100 + SETTINGS.marginFloor())));
        }
      }
    }
  }

  private static void lawful(int seed, Candidate candidate, Deal deal) {
    if (deal.price().equals(deal.regular())) return;
    var reference = candidate.references().get(deal.variant());
    var lastFlash = candidate.lastFlash().get(deal.variant());
    var minor = deal.price().minor();

    assertThat(reference).as("seed %d: %s", seed, deal).isEqualTo(deal.reference());
    assertThat(minor * 100).isLessThanOrEqualTo(deal.reference().minor() * 95);
    assertThat(minor * 100).isBetween(deal.regular().minor() * 55, deal.regular().minor() * 85);
    assertThat(minor % 10).isEqualTo(9);
    if (lastFlash != null) assertThat(minor).isLessThan(lastFlash.minor());
  }

  private static List<Candidate> candidates(Random random) {
    var candidates = new ArrayList<Candidate>();
    var count = 1 + random.nextInt(60);
    for (var i = 0; i < count; i++) candidates.add(Examples.random(i, random));
    return candidates;
  }

  private List<Slot> slots(Collection<Candidate> candidates) {
    return slots(candidates, curator);
  }

  private static List<Slot> slots(Collection<Candidate> candidates, Curator curator) {
    return curator
        .compose(candidates, WINDOW, 1, 0)
        .map(it -> it.edition().slots())
        .orElse(List.of());
  }

  private static Candidate behind(Slot slot, Collection<Candidate> candidates) {
    return candidates.stream()
        .filter(it -> it.product().id().equals(slot.product()))
        .findFirst()
        .orElseThrow();
  }

  private static Variant soldBy(Product product, Deal deal) {
    return product.variants().stream()
        .filter(it -> it.id().equals(deal.variant()))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Integer> perCategory(
      Collection<Slot> slots, Collection<Candidate> candidates) {
    var count = new HashMap<String, Integer>();
    for (var slot : slots) {
      count.merge(behind(slot, candidates).product().category(), 1, Integer::sum);
    }
    return count;
  }
}
