package urgency.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.VariantId;
import urgency.inventory.Stock.Level;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

class StockTest {
  private static final Instant NOW = Instant.parse("2026-11-24T18:00:00Z");
  private static Database database;

  private final Stock stock = new Stock();
  private final VariantId lamp = new VariantId(UUID.randomUUID());
  private final VariantId mug = new VariantId(UUID.randomUUID());

  @BeforeAll
  static void open() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void stock() {
    stocked(lamp, 5);
    stocked(mug, 5);
  }

  @AfterEach
  void every_unit_is_explained() {
    assertThat(audit()).isEmpty();
  }

  @Test
  void a_hold_sets_all_its_lines_aside() {
    var request = request(line(lamp, 2), line(mug, 1));

    assertThat(hold(request)).containsExactly(new Hold.Granted(request.id()));
    assertThat(level(lamp)).isEqualTo(new Level(5, 2, 0));
    assertThat(level(mug)).isEqualTo(new Level(5, 1, 0));
  }

  @Test
  void a_hold_that_lacks_one_line_takes_none() {
    var request = request(line(lamp, 2), line(mug, 6));

    assertThat(hold(request)).containsExactly(new Hold.SoldOut(request.id(), mug, 5));
    assertThat(level(lamp)).isEqualTo(new Level(5, 0, 0));
  }

  @Test
  void who_comes_first_in_the_batch_is_served_first() {
    var first = request(line(lamp, 3));
    var tooMany = request(line(lamp, 3));
    var fits = request(line(lamp, 2));

    assertThat(hold(first, tooMany, fits))
        .containsExactly(
            new Hold.Granted(first.id()),
            new Hold.SoldOut(tooMany.id(), lamp, 2),
            new Hold.Granted(fits.id()));
  }

  @Test
  void the_same_hold_again_gives_the_first_answer_and_takes_nothing_more() {
    var request = request(line(lamp, 2));

    assertThat(hold(request, request)).containsOnly(new Hold.Granted(request.id()));
    assertThat(hold(request)).containsExactly(new Hold.Granted(request.id()));
    assertThat(level(lamp).held()).isEqualTo(2);
  }

  @Test
  void what_nobody_stocked_is_sold_out() {
    var unknown = new VariantId(UUID.randomUUID());
    var request = request(line(unknown, 1));

    assertThat(hold(request)).containsExactly(new Hold.SoldOut(request.id(), unknown, 0));
  }

  @Test
  void only_what_is_put_in_or_written_off_after_an_instant_is_restocked_since() {
    var later = NOW.plusSeconds(60);
    database.change(tx -> stock.stock(tx, lamp, 9, later));
    database.change(tx -> stock.stock(tx, mug, 3, later));
    hold(request(line(lamp, 2)));

    var both = List.of(lamp, mug);
    var since = database.read(tx -> stock.restocked(tx, both, NOW));
    assertThat(since).isEqualTo(Map.of(lamp, 4, mug, -2));
    var afterwards = database.read(tx -> stock.restocked(tx, both, later));
    assertThat(afterwards).isEmpty();
  }

  @Test
  void selling_twice_sells_once() {
    var id = held(line(lamp, 2), line(mug, 1));

    database.change(tx -> stock.sell(tx, id, NOW));
    database.change(tx -> stock.sell(tx, id, NOW));

    assertThat(level(lamp)).isEqualTo(new Level(5, 0, 2));
    assertThat(level(mug)).isEqualTo(new Level(5, 0, 1));
  }

  @Test
  void releasing_twice_releases_once() {
    var id = held(line(lamp, 2));

    database.change(tx -> stock.release(tx, id, NOW));
    database.change(tx -> stock.release(tx, id, NOW));

    assertThat(level(lamp)).isEqualTo(new Level(5, 0, 0));
  }

  @Test
  void what_is_sold_cannot_be_released_and_what_is_released_cannot_be_sold() {
    var sold = held(line(lamp, 1));
    var released = held(line(lamp, 1));
    database.change(tx -> stock.sell(tx, sold, NOW));
    database.change(tx -> stock.release(tx, released, NOW));

    assertThatThrownBy(() -> database.change(tx -> stock.release(tx, sold, NOW)))
        .hasMessageContaining("RELEASE of a hold that is SOLD");
    assertThatThrownBy(() -> database.change(tx -> stock.sell(tx, released, NOW)))
        .hasMessageContaining("SELL of a hold that is RELEASED");
  }

  @Test
  void released_units_can_be_had_again_once() {
    var id = held(line(lamp, 5));
    database.change(tx -> stock.release(tx, id, NOW));

    assertThat(reacquired(id)).isEqualTo(new Hold.Granted(id));
    assertThat(reacquired(id)).isEqualTo(new Hold.Granted(id));
    assertThat(level(lamp)).isEqualTo(new Level(5, 0, 5));
  }

  @Test
  void released_units_that_others_took_are_gone() {
    var id = held(line(mug, 1), line(lamp, 5));
    database.change(tx -> stock.release(tx, id, NOW));
    held(line(lamp, 1));

    assertThat(reacquired(id)).isEqualTo(new Hold.SoldOut(id, lamp, 4));
    assertThat(level(mug)).isEqualTo(new Level(5, 0, 0));
  }

  @Test
  void stocking_sets_what_is_left_besides_what_is_held_and_sold() {
    var sold = held(line(lamp, 1));
    held(line(lamp, 1));
    database.change(tx -> stock.sell(tx, sold, NOW));

    stocked(lamp, 10);
    assertThat(level(lamp)).isEqualTo(new Level(12, 1, 1));
    stocked(lamp, 0);
    assertThat(level(lamp)).isEqualTo(new Level(2, 1, 1));
  }

  @Test
  void unknown_variants_have_no_level() {
    var unknown = new VariantId(UUID.randomUUID());

    var levels = database.read(tx -> stock.levels(tx, List.of(lamp, unknown)));

    assertThat(levels).isEqualTo(Map.of(lamp, new Level(5, 0, 0)));
  }

  @Test
  void the_ledger_cannot_be_rewritten() {
    for (var sql :
        List.of("update inventory.ledger set units = 1", "delete from inventory.ledger")) {
      assertThatThrownBy(() -> database.change(tx -> tx.execute(sql)))
          .hasMessageContaining("the ledger only grows");
    }
  }

  @Test
  void an_audit_finds_a_unit_that_nobody_explains() {
    database.change(tx -> tx.execute("update inventory.stock set on_hand = on_hand + 1"));

    assertThat(audit()).contains(lamp, mug);
    database.change(tx -> tx.execute("update inventory.stock set on_hand = on_hand - 1"));
  }

  @Test
  void an_audit_finds_a_history_that_cannot_be() {
    var other = TestDatabase.fresh();
    try {
      other.change(tx -> stock.stock(tx, lamp, 5, NOW));
      var request = request(line(lamp, 2));
      other.change(tx -> stock.hold(tx, List.of(request), NOW));
      // The sums still agree, but half a hold cannot be released.
      other.change(
          tx -> {
            tx.execute(
                "insert into inventory.ledger select hold_id, 'RELEASE', variant_id, 1, at"
                    + " from inventory.ledger where kind = 'HOLD'");
            tx.execute("update inventory.stock set held = held - 1");
          });

      assertThat(other.read(stock::audit)).containsExactly(lamp);
    } finally {
      other.close();
    }
  }

  private void stocked(VariantId variant, int left) {
    database.change(tx -> stock.stock(tx, variant, left, NOW));
  }

  private List<Hold> hold(HoldRequest... requests) {
    return database.write(tx -> stock.hold(tx, List.of(requests), NOW));
  }

  private HoldId held(HoldRequest.Line... lines) {
    var request = request(lines);
    assertThat(hold(request)).containsExactly(new Hold.Granted(request.id()));
    return request.id();
  }

  private Hold reacquired(HoldId id) {
    return database.write(tx -> stock.reacquire(tx, id, NOW));
  }

  private Level level(VariantId variant) {
    var level = database.read(tx -> stock.levels(tx, List.of(variant))).get(variant);
    if (level == null) throw new AssertionError("not stocked: " + variant);
    return level;
  }

  private List<VariantId> audit() {
    return database.read(stock::audit);
  }

  private static HoldRequest request(HoldRequest.Line... lines) {
    return new HoldRequest(new HoldId(UUID.randomUUID()), List.of(lines));
  }

  private static HoldRequest.Line line(VariantId variant, int units) {
    return new HoldRequest.Line(variant, units);
  }
}
