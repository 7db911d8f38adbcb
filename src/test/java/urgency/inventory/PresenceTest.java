package urgency.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.inventory.Presence.Past;
import urgency.inventory.Presence.ShortDay;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

class PresenceTest {
  private static final LocalDate MONDAY = LocalDate.parse("2026-11-23");
  private static final LocalDate LONG_AGO = MONDAY.minusDays(100);

  private final Database database = TestDatabase.fresh();
  private final Stock stock = new Stock();
  private final Presence presence = new Presence();
  private final ProductId lamp = new ProductId(new UUID(0, 1));
  private final ProductId mug = new ProductId(new UUID(0, 2));
  private final VariantId small = new VariantId(new UUID(1, 1));
  private final VariantId large = new VariantId(new UUID(1, 2));
  private final VariantId cup = new VariantId(new UUID(1, 3));
  private final Map<VariantId, ProductId> products = Map.of(small, lamp, large, lamp, cup, mug);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void what_is_always_there_has_no_short_day() {
    stock(cup, 5, at(0, 0));
    sell(cup, 4, at(1, 6));

    assertThat(past(at(5, 0), mug)).isEqualTo(new Past(Optional.empty(), List.of()));
  }

  @Test
  void a_day_on_which_it_sold_out_counts_by_the_hours_until_then() {
    stock(cup, 5, at(0, 0));
    sell(cup, 2, at(1, 3));
    sell(cup, 3, at(1, 6));

    assertShort(past(at(3, 12), mug), day(1, 0.25), day(2, 0), day(3, 0));
  }

  @Test
  void units_that_are_held_cannot_be_had_until_they_are_given_back() {
    stock(cup, 1, at(0, 0));
    var hold = hold(cup, 1, at(1, 6));
    database.change(tx -> stock.release(tx, hold, at(1, 18)));
    sell(cup, 1, at(2, 12));
    stock(cup, 4, at(2, 15));

    assertShort(past(at(3, 0), mug), day(1, 0.5), day(2, 21 / 24.0));
  }

  @Test
  void a_released_hold_that_was_paid_all_the_same_takes_its_units_again() {
    stock(cup, 1, at(0, 0));
    var hold = hold(cup, 1, at(1, 6));
    database.change(tx -> stock.release(tx, hold, at(1, 12)));
    database.change(tx -> stock.reacquire(tx, hold, at(1, 18)));

    assertShort(past(at(2, 0), mug), day(1, 0.5));
  }

  @Test
  void one_variant_is_enough() {
    stock(small, 1, at(0, 0));
    stock(large, 1, at(0, 0));
    sell(small, 1, at(1, 6));
    sell(large, 1, at(1, 12));
    stock(small, 1, at(1, 18));

    assertShort(past(at(2, 0), lamp), day(1, 0.75));
  }

  @Test
  void today_counts_by_the_part_that_is_over() {
    stock(cup, 1, at(0, 0));
    sell(cup, 1, at(1, 3));

    assertShort(past(at(1, 12), mug), day(1, 0.25));
  }

  @Test
  void of_what_came_later_than_the_rest_nothing_is_known_before() {
    stock(cup, 5, at(0, 0));
    stock(small, 5, at(2, 12));
    stock(large, 5, at(3, 0));

    assertThat(past(at(4, 0), mug).since()).isEmpty();
    assertThat(past(at(4, 0), lamp).since()).contains(MONDAY.plusDays(2));
    assertShort(past(at(4, 0), lamp), day(2, 0.5));
  }

  @Test
  void what_was_never_stocked_has_no_past() {
    assertThat(database.<Map<?, ?>>read(tx -> presence.past(tx, products, LONG_AGO, at(1, 0))))
        .isEmpty();
  }

  @Test
  void days_that_are_over_are_written_down_once_and_say_the_same() {
    stock(cup, 5, at(0, 0));
    stock(small, 1, at(0, 12));
    sell(small, 1, at(1, 6));
    sell(cup, 5, at(2, 12));
    var before = past(at(3, 12), mug);
    var lampBefore = past(at(3, 12), lamp);

    // Ten minutes after midnight every step of the day before is in.
    var early = at(2, 0).plus(Presence.SETTLED_AFTER).minusSeconds(1);
    count(early);
    assertThat(counted()).isEqualTo(MONDAY.plusDays(1));
    count(at(3, 1));
    count(at(3, 2));
    assertThat(counted()).isEqualTo(MONDAY.plusDays(3));

    assertThat(past(at(3, 12), mug)).isEqualTo(before);
    assertThat(past(at(3, 12), lamp)).isEqualTo(lampBefore);
    assertThat(database.<Boolean>read(tx -> presence.due(tx, at(3, 12)))).isFalse();
    assertThat(database.<Boolean>read(tx -> presence.due(tx, at(4, 1)))).isTrue();
    count(at(140, 1));
    assertThat(rows()).isEqualTo(2L * Presence.DAYS_KEPT);
  }

  private long rows() {
    return database.<Long>read(
        tx -> tx.createQuery("select count(*) from inventory.short_day").mapTo(Long.class).one());
  }

  private LocalDate counted() {
    return database.<LocalDate>read(
        tx -> tx.createQuery("select until from inventory.counted").mapTo(LocalDate.class).one());
  }

  private void count(Instant now) {
    database.change(tx -> presence.count(tx, products, now));
  }

  private Past past(Instant now, ProductId product) {
    Map<ProductId, Past> past = database.read(tx -> presence.past(tx, products, LONG_AGO, now));
    return Objects.requireNonNull(past.get(product));
  }

  private static void assertShort(Past past, ShortDay... expected) {
    assertThat(past.days()).hasSameSizeAs(expected);
    for (var i = 0; i < expected.length; i++) {
      assertThat(past.days().get(i).day()).isEqualTo(expected[i].day());
      assertThat(past.days().get(i).share()).isCloseTo(expected[i].share(), within(1e-9));
    }
  }

  private static ShortDay day(int day, double share) {
    return new ShortDay(MONDAY.plusDays(day), share);
  }

  private static Instant at(int day, int hour) {
    return MONDAY
        .atStartOfDay(java.time.ZoneOffset.UTC)
        .toInstant()
        .plus(Duration.ofDays(day))
        .plus(Duration.ofHours(hour));
  }

  private void stock(VariantId variant, int units, Instant at) {
    database.change(tx -> stock.stock(tx, variant, units, at));
  }

  private void sell(VariantId variant, int units, Instant at) {
    var hold = hold(variant, units, at);
    database.change(tx -> stock.sell(tx, hold, at.plusSeconds(600)));
  }

  private HoldId hold(VariantId variant, int units, Instant at) {
    var request =
        new HoldRequest(
            new HoldId(UUID.randomUUID()), List.of(new HoldRequest.Line(variant, units)));
    List<Hold> answers = database.write(tx -> stock.hold(tx, List.of(request), at));
    assertThat(answers).containsExactly(new Hold.Granted(request.id()));
    return request.id();
  }
}
