package urgency.live;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.live.LiveExamples.NOON;
import static urgency.live.LiveExamples.edition;
import static urgency.live.LiveExamples.product;
import static urgency.live.LiveExamples.variant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.inventory.Stock.Level;
import urgency.shelf.Editions;

class StockPulseTest {
  private final Editions editions = new Editions();
  private final Map<VariantId, Level> levels = new HashMap<>();
  private final Map<VariantId, Integer> sold = new HashMap<>();
  private final Map<VariantId, Integer> restocked = new HashMap<>();
  private final List<Set<ProductId>> heard = new ArrayList<>();
  private int soldReadings;
  private final StockPulse pulse =
      new StockPulse(
          editions,
          new StockPulse.Source(
              _ -> Map.copyOf(levels),
              _ -> {
                soldReadings++;
                return Map.copyOf(sold);
              },
              _ -> Map.copyOf(restocked)));

  @BeforeEach
  void a_shelf_of_two() {
    editions.remember(edition(1, NOON, 2));
    levels.put(variant(1), new Level(10, 0, 0));
    levels.put(variant(2), new Level(10, 0, 0));
    pulse.listen((_, moved) -> heard.add(moved));
  }

  @Test
  void a_new_shelf_has_moved_as_a_whole() {
    pulse.beat(NOON);

    assertThat(heard).containsExactly(Set.of(product(1), product(2)));
  }

  @Test
  void a_beat_without_movement_is_not_heard() {
    pulse.beat(NOON);
    pulse.beat(NOON.plusMillis(250));

    assertThat(heard).hasSize(1);
  }

  @Test
  void only_what_moved_is_named() {
    pulse.beat(NOON);
    levels.put(variant(2), new Level(10, 1, 0));
    pulse.beat(NOON.plusMillis(250));

    assertThat(heard.getLast()).containsExactly(product(2));
    assertThat(pulse.latest().orElseThrow().figures())
        .containsEntry(product(2), new ShelfStock.Figures(10, 9, 0));
  }

  @Test
  void units_sold_are_read_at_most_once_a_second() {
    for (var i = 0; i < 8; i++) {
      levels.put(variant(1), new Level(100, i, 0));
      pulse.beat(NOON.plusMillis(250L * i));
    }

    assertThat(soldReadings).isEqualTo(2);
  }

  @Test
  void units_sold_are_not_read_again_while_nothing_moves() {
    for (var i = 0; i < 36; i++) pulse.beat(NOON.plusMillis(250L * i));

    assertThat(soldReadings).isEqualTo(1);
  }

  @Test
  void a_sale_is_told_within_a_second() {
    pulse.beat(NOON);
    levels.put(variant(1), new Level(10, 0, 2));
    sold.put(variant(1), 2);
    pulse.beat(NOON.plusMillis(250));
    pulse.beat(NOON.plusMillis(1_000));

    assertThat(pulse.latest().orElseThrow().figures())
        .containsEntry(product(1), new ShelfStock.Figures(10, 8, 2));
  }

  @Test
  void what_comes_while_the_shelf_is_open_counts_as_stocked_and_its_sales_are_told() {
    levels.put(variant(1), new Level(30, 0, 2));
    sold.put(variant(1), 2);
    restocked.put(variant(1), 20);
    pulse.beat(NOON);
    var stock = pulse.latest().orElseThrow();

    assertThat(stock.figures()).containsEntry(product(1), new ShelfStock.Figures(30, 28, 2));
    assertThat(Figures.Units.of(stock, NOON, NOON).get(product(1)))
        .extracting(it -> it.soldTold())
        .isEqualTo(2);
  }

  @Test
  void the_next_shelf_starts_afresh() {
    pulse.beat(NOON);
    editions.remember(edition(2, NOON.plusSeconds(3600), 2));
    pulse.beat(NOON.plusSeconds(3600));

    assertThat(heard).hasSize(2);
    assertThat(pulse.latest().orElseThrow().edition().number()).isEqualTo(2);
  }

  @Test
  void a_listener_that_fails_does_not_deafen_the_others() {
    var failing =
        new StockPulse(editions, new StockPulse.Source(_ -> levels, _ -> sold, _ -> Map.of()));
    failing.listen(
        (_, _) -> {
          throw new IllegalStateException("cannot render");
        });
    failing.listen((_, moved) -> heard.add(moved));

    failing.beat(NOON);

    assertThat(heard).hasSize(1);
  }
}
