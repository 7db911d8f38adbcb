package urgency.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import urgency.money.Money;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

/** Day 0 is when the product came to the shop at 50.00; the window asked for is days 100 to 130. */
class PriceHistoryTest {
  private static final Instant DAY_0 = Instant.parse("2026-06-01T00:00:00Z");

  private final Database database = TestDatabase.fresh();
  private final PriceHistory prices = new PriceHistory();
  private final VariantId variant = new VariantId(UUID.randomUUID());

  @BeforeEach
  void a_product_at_fifty() {
    var product =
        new Product(
            new ProductId(UUID.randomUUID()),
            "lamp",
            "Lamp",
            "",
            "home",
            "#ff7a3d",
            Set.of(),
            Media.NONE,
            List.of(new Variant(variant, "L-1", "Lamp", usd(5000), Optional.empty())),
            false);
    database.change(tx -> new Catalog(prices).save(tx, product, DAY_0));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void the_regular_price_in_force_counts_however_long_ago_it_began() {
    assertThat(lowest()).contains(usd(5000));
  }

  @Test
  void a_regular_price_that_ended_before_the_window_does_not_count() {
    append(3000, 20, 0);
    append(4500, 99, 0);

    assertThat(lowest()).contains(usd(4500));
  }

  @Test
  void the_regular_price_in_force_at_the_start_counts_even_if_it_ends_the_next_day() {
    append(3000, 20, 0);
    append(4500, 101, 0);

    assertThat(lowest()).contains(usd(3000));
  }

  @Test
  void a_price_that_ends_as_the_window_begins_does_not_count() {
    append(3000, 20, 0);
    append(4500, 100, 0);

    assertThat(lowest()).contains(usd(4500));
  }

  @Test
  void a_flash_price_within_the_window_counts() {
    append(2900, 110, 111);

    assertThat(lowest()).contains(usd(2900));
  }

  @Test
  void a_flash_price_that_reaches_into_the_window_counts() {
    append(2900, 99, 101);

    assertThat(lowest()).contains(usd(2900));
  }

  @Test
  void a_flash_price_that_ended_as_the_window_began_does_not_count() {
    append(2900, 99, 100);

    assertThat(lowest()).contains(usd(5000));
  }

  @Test
  void a_flash_price_does_not_end_the_regular_one() {
    append(2900, 50, 51);

    assertThat(lowest()).contains(usd(5000));
  }

  @Test
  void a_price_that_begins_as_the_window_ends_does_not_count() {
    append(2900, 130, 131);
    append(3000, 130, 0);

    assertThat(lowest()).contains(usd(5000));
  }

  @Test
  void a_regular_price_replaced_in_the_same_instant_was_never_offered() {
    append(1, 110, 0);
    append(4000, 110, 0);

    assertThat(lowest()).contains(usd(4000));
  }

  @Test
  void a_young_variant_counts_from_its_first_price() {
    var lowest = lowest(DAY_0.minus(Duration.ofDays(20)), day(10));

    assertThat(lowest).contains(usd(5000));
  }

  @Test
  void a_variant_without_any_price_in_the_window_is_left_out() {
    assertThat(lowest(DAY_0.minus(Duration.ofDays(20)), DAY_0)).isEmpty();
  }

  @Test
  void an_equal_row_is_not_written_twice() {
    append(2900, 110, 111);
    append(2900, 110, 111);
    append(5000, 0, 0);

    assertThat(rows()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update catalog.price set price_minor = 1",
        "delete from catalog.price",
        "truncate catalog.price"
      })
  void what_was_offered_cannot_be_unsaid(String sql) {
    assertThatThrownBy(() -> database.change(tx -> tx.execute(sql)))
        .hasMessageContaining("only grows");
    assertThat(rows()).isEqualTo(1);
  }

  private Optional<Money> lowest() {
    return lowest(day(100), day(130));
  }

  private Optional<Money> lowest(Instant from, Instant until) {
    var lowest = database.read(tx -> prices.lowest(tx, List.of(variant), from, until));
    return Optional.ofNullable(lowest.get(variant));
  }

  // Until day 0 means: a regular price, without an end.
  private void append(long cents, int fromDay, int untilDay) {
    var until = untilDay == 0 ? Optional.<Instant>empty() : Optional.of(day(untilDay));
    var offered = new PriceHistory.Offered(variant, usd(cents), day(fromDay), until);
    database.change(tx -> prices.append(tx, List.of(offered)));
  }

  private long rows() {
    return database.read(
        tx -> tx.createQuery("select count(*) from catalog.price").mapTo(Long.class).one());
  }

  private static Instant day(int number) {
    return DAY_0.plus(Duration.ofDays(number));
  }

  private static Money usd(long cents) {
    return Money.of(cents, "USD");
  }
}
