package urgency.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.money.Money;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

class SalesHistoryTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

  private final Database database = TestDatabase.fresh();
  private final SalesHistory sales = new SalesHistory();
  private final ProductId lamp = new ProductId(UUID.randomUUID());

  @BeforeEach
  void a_product() {
    var variant =
        new Variant(
            new VariantId(UUID.randomUUID()), "L", "L", Money.of(1, "USD"), Optional.empty());
    var product =
        new Product(
            lamp,
            "lamp",
            "Lamp",
            "",
            "home",
            "#ff7a3d",
            Set.of(),
            Media.NONE,
            List.of(variant),
            false);
    database.change(tx -> new Catalog(new PriceHistory()).save(tx, product, Instant.EPOCH));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void days_come_in_order_and_both_ends_are_included() {
    set(MONDAY.plusDays(2), 3, 4);
    set(MONDAY, 1, 1);
    set(MONDAY.plusDays(1), 2, 5);
    set(MONDAY.plusDays(3), 9, 9);

    assertThat(between(MONDAY, MONDAY.plusDays(2)))
        .containsExactly(
            Map.entry(
                lamp,
                List.of(
                    new SalesHistory.Day(MONDAY, 1, 1),
                    new SalesHistory.Day(MONDAY.plusDays(1), 2, 5),
                    new SalesHistory.Day(MONDAY.plusDays(2), 3, 4))));
  }

  @Test
  void a_day_set_anew_has_the_new_figures() {
    set(MONDAY, 1, 1);
    set(MONDAY, 1, 1);
    set(MONDAY, 2, 7);

    assertThat(between(MONDAY, MONDAY))
        .containsExactly(Map.entry(lamp, List.of(new SalesHistory.Day(MONDAY, 2, 7))));
  }

  @Test
  void a_day_whose_orders_were_all_undone_has_no_row() {
    set(MONDAY, 1, 1);
    set(MONDAY, 0, 0);

    assertThat(between(MONDAY, MONDAY)).isEmpty();
  }

  private void set(LocalDate day, int orders, int units) {
    database.change(tx -> sales.set(tx, lamp, day, orders, units));
  }

  private Map<ProductId, List<SalesHistory.Day>> between(LocalDate from, LocalDate until) {
    return database.read(tx -> sales.between(tx, from, until));
  }
}
