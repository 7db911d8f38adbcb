package urgency.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static urgency.live.LiveExamples.NOON;
import static urgency.live.LiveExamples.edition;
import static urgency.live.LiveExamples.product;
import static urgency.live.LiveExamples.variant;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.claims.Claim;
import urgency.claims.ClaimBook;
import urgency.claims.Claims;
import urgency.claims.Cue;
import urgency.claims.Evidence;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

/** What phones were told is on record, line by line. */
class LiveRecordTest {
  private final Database database = TestDatabase.fresh();
  private final LiveRecord record = new LiveRecord(new ClaimBook(database));

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void every_number_of_units_that_was_told_is_a_line_and_none_twice() {
    for (var left : new int[] {8, 5, 5, 4, 3, 2}) record.told(left(left, NOON, Map.of()));

    record.write(NOON.plusSeconds(10));
    record.write(NOON.plusSeconds(20));

    assertThat(lines("UnitsLeft")).hasSize(4);
    assertThat(lines("UnitsSold")).hasSize(5);
    assertThat(lines("UnitsLeft").getLast()).contains("\"says\":{\"units\":2}");
  }

  @Test
  void two_thousand_purchases_of_ten_seconds_are_two_thousand_lines() {
    for (var i = 0; i < 2_000; i++) record.told(left(8, NOON, Map.of(product(1), bought())));

    record.write(NOON.plusSeconds(10));

    assertThat(lines("JustBought")).hasSize(2_000);
  }

  @Test
  void what_could_not_be_written_waits_for_the_next_time() {
    record.told(left(3, NOON, Map.of()));
    database.change(tx -> tx.execute("alter table claims.entry rename to away"));
    assertThatThrownBy(() -> record.write(NOON.plusSeconds(10)));

    database.change(tx -> tx.execute("alter table claims.away rename to entry"));
    record.write(NOON.plusSeconds(20));

    assertThat(lines("UnitsLeft")).hasSize(1);
  }

  @Test
  void nothing_more_is_told_when_too_much_waits() {
    var lot = new HashMap<ProductId, Claim<Cue.JustBought>>();
    for (var i = 0; i < LiveRecord.WAITING_MAX; i++) lot.put(product(i), bought());
    record.told(left(8, NOON, lot));

    assertThatThrownBy(() -> record.told(left(8, NOON, Map.of())))
        .hasMessageContaining("wait to be put on record");
  }

  private static Figures left(int left, Instant now, Map<ProductId, Claim<Cue.JustBought>> bought) {
    var edition = edition(1, NOON, 1);
    Map<VariantId, Integer> units = Map.of(variant(1), left);
    var stock = new ShelfStock(edition, Map.of(), units, Map.of(variant(1), 10 - left));
    return new Figures(
        Optional.of(edition),
        Figures.Units.of(stock, now, now),
        Map.of(),
        Map.of(),
        Map.of(),
        bought);
  }

  private static Claim<Cue.JustBought> bought() {
    var evidence = new Evidence.Purchase(1, java.time.Duration.ofSeconds(1), NOON, NOON);
    return Claims.check(new Cue.JustBought(1), evidence, NOON).accepted().orElseThrow();
  }

  private List<String> lines(String kind) {
    return database.read(
        tx ->
            tx.createQuery("select line from claims.entry where line like ? order by id")
                .bind(0, "%\"kind\":\"" + kind + "\"%")
                .mapTo(String.class)
                .list());
  }
}
