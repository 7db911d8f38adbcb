package urgency.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.scoring.Goods.NOW;
import static urgency.scoring.Goods.product;
import static urgency.scoring.Goods.trend;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.Product;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.scoring.Overrides.Pin;
import urgency.scoring.Overrides.Standing;
import urgency.scoring.Overrides.Synonym;
import urgency.scoring.Scorer.Link;
import urgency.trends.Trend;

class OverridesTest {
  private static final Product TUMBLER = product(1, "Swirl Tumbler", "kitchen", "tumbler");

  private final Database database = TestDatabase.fresh();
  private final Overrides overrides = new Overrides();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_pinned_link_stands_in_place_of_what_was_found() {
    var links = links(new Pin("tumbler", TUMBLER.id(), 0.4, "Owner", NOW), "tumbler");

    assertThat(links)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.strength()).isEqualTo(0.4);
              assertThat(it.method()).isEqualTo(Links.MANUAL);
            });
  }

  @Test
  void a_link_that_nothing_suggests_can_be_pinned() {
    assertThat(links(new Pin("quencher", TUMBLER.id(), 1, "Owner", NOW), "quencher"))
        .extracting(Link::method)
        .containsExactly(Links.MANUAL);
  }

  @Test
  void a_forbidden_link_is_gone_and_others_stay() {
    assertThat(links(new Pin("tumbler", TUMBLER.id(), 0, "Owner", NOW), "tumbler", "swirltumbler"))
        .extracting(it -> it.trend().key())
        .containsExactly("swirltumbler");
  }

  @Test
  void a_pin_without_a_trend_links_nothing() {
    assertThat(links(new Pin("gone", TUMBLER.id(), 1, "Owner", NOW), "hockey")).isEmpty();
  }

  @Test
  void a_synonym_makes_a_hashtag_mean_what_the_operator_says() {
    var standing =
        new Standing(
            List.of(), List.of(new Synonym("stanleycup", "Tumbler", "Owner", NOW)), Map.of());

    var links =
        new Links(List.of(rising("stanleycup")), Map.of(), standing, new HashMap<>()).of(TUMBLER);

    assertThat(links)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.strength()).isEqualTo(1);
              assertThat(it.method()).isEqualTo(Links.SYNONYM);
            });
  }

  @Test
  void what_was_set_comes_back_and_can_be_taken_back() {
    var pin = new Pin("a", TUMBLER.id(), 0.5, "Owner", NOW);
    var synonym = new Synonym("a", "b", "Owner", NOW);
    var barred = new Overrides.Barred(TUMBLER.id(), "recalled", "Owner", NOW);
    database.change(
        tx -> {
          overrides.pin(tx, new Pin("a", TUMBLER.id(), 1, "Owner", NOW));
          overrides.pin(tx, pin);
          overrides.add(tx, synonym);
          overrides.add(tx, synonym);
          overrides.bar(tx, barred);
        });
    assertThat(database.read(Overrides::standing))
        .isEqualTo(new Standing(List.of(pin), List.of(synonym), Map.of(TUMBLER.id(), barred)));

    assertThat(database.<Boolean>write(tx -> overrides.unpin(tx, "a", TUMBLER.id()))).isTrue();
    assertThat(database.<Boolean>write(tx -> overrides.unpin(tx, "a", TUMBLER.id()))).isFalse();
    assertThat(database.<Boolean>write(tx -> overrides.remove(tx, "a", "b"))).isTrue();
    assertThat(database.<Boolean>write(tx -> overrides.allow(tx, TUMBLER.id()))).isTrue();
    assertThat(database.read(Overrides::standing)).isEqualTo(Standing.NONE);
  }

  private static List<Link> links(Pin pin, String... keys) {
    var trends = java.util.Arrays.stream(keys).map(OverridesTest::rising).toList();
    var standing = new Standing(List.of(pin), List.of(), Map.of());
    return new Links(trends, Map.of(), standing, new HashMap<>()).of(TUMBLER);
  }

  private static Trend rising(String key) {
    return trend(key, Trend.Stage.RISING, 10, 50, 70, 100);
  }
}
