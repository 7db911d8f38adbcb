package urgency.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.orders.OrderWorld.LAMP;
import static urgency.orders.OrderWorld.MUG;
import static urgency.orders.OrderWorld.NOW;
import static urgency.orders.OrderWorld.PRICE;
import static urgency.orders.OrderWorld.buyer;
import static urgency.orders.OrderWorld.line;
import static urgency.orders.OrderWorld.tap;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.inventory.Stock.Level;
import urgency.money.Money;
import urgency.orders.Placement.Outcome.EditionOver;
import urgency.orders.Placement.Outcome.HeldAlready;
import urgency.orders.Placement.Outcome.KeyReused;
import urgency.orders.Placement.Outcome.LimitReached;
import urgency.orders.Placement.Outcome.Placed;
import urgency.orders.Placement.Outcome.PriceChanged;
import urgency.orders.Placement.Outcome.SoldOut;
import urgency.platform.language.Language;
import urgency.shelf.Edition;

class CheckoutTest {
  private OrderWorld world;

  @BeforeEach
  void open() {
    world = OrderWorld.fresh();
    world.stocked(LAMP, 10);
    world.stocked(MUG, 10);
  }

  @AfterEach
  void close() {
    assertThat(world.audit()).isEmpty();
    world.close();
  }

  @Test
  void a_tap_holds_its_units_and_leaves_an_order() {
    var order = world.placed(buyer(1), "a", line(LAMP, 2), line(MUG, 1));

    assertThat(world.order(order.id())).isEqualTo(order);
    assertThat(order.total()).isEqualTo(PRICE.times(3));
    assertThat(order.status()).isEqualTo(OrderStatus.HELD);
    assertThat(order.holdUntil()).isEqualTo(NOW.plus(Duration.ofMinutes(10)));
    assertThat(world.level(LAMP)).isEqualTo(new Level(10, 2, 0));
    assertThat(count("platform.fact")).isEqualTo(1);
    assertThat(count("orders.audit")).isEqualTo(1);
  }

  @Test
  void a_cart_with_one_line_sold_out_takes_nothing_and_writes_nothing() {
    world.stocked(MUG, 1);

    var outcome = world.checkout.place(tap(buyer(1), "a", line(LAMP, 1), line(MUG, 2)));

    assertThat(outcome).isEqualTo(new SoldOut(MUG, 1));
    assertThat(world.level(LAMP).held()).isZero();
    assertThat(count("orders.order_") + count("platform.fact")).isZero();
  }

  @Test
  void a_variant_on_no_open_shelf_is_refused() {
    var stranger = OrderWorld.variant(99);

    assertThat(world.checkout.place(tap(buyer(1), "a", line(stranger, 1))))
        .isEqualTo(new EditionOver(stranger));
  }

  @Test
  void a_price_is_refused_from_the_millisecond_of_its_end_on() {
    var closes = OrderWorld.edition(7).closesAt();
    var inTime =
        new Placement(
            OrderId.fresh(),
            buyer(1),
            "a",
            List.of(line(LAMP, 1)),
            Language.ENGLISH,
            closes.minusMillis(1));
    var late =
        new Placement(
            OrderId.fresh(), buyer(1), "b", List.of(line(LAMP, 1)), Language.ENGLISH, closes);
    var later =
        new Placement(
            OrderId.fresh(),
            buyer(1),
            "c",
            List.of(line(LAMP, 1)),
            Language.ENGLISH,
            closes.plusMillis(1));

    assertThat(world.checkout.place(inTime)).isInstanceOf(Placed.class);
    assertThat(world.checkout.place(late)).isEqualTo(new EditionOver(LAMP));
    assertThat(world.checkout.place(later)).isEqualTo(new EditionOver(LAMP));
  }

  @Test
  void a_price_that_is_not_ours_is_refused() {
    var cheap = new Placement.Line(LAMP, 1, Money.of(1, "USD"));

    assertThat(world.checkout.place(tap(buyer(1), "a", cheap)))
        .isEqualTo(new PriceChanged(LAMP, PRICE));
  }

  @Test
  void more_units_than_an_order_may_have_are_refused() {
    assertThat(world.checkout.place(tap(buyer(1), "a", line(LAMP, 5))))
        .isEqualTo(new LimitReached(LAMP, 4));
  }

  @Test
  void one_buyer_gets_so_many_units_of_a_variant_in_an_edition() {
    world.placed(buyer(1), "a", line(LAMP, 4));
    world.placed(buyer(1), "b", line(LAMP, 3));

    assertThat(world.checkout.place(tap(buyer(1), "c", line(LAMP, 3), line(MUG, 1))))
        .isEqualTo(new LimitReached(LAMP, 9));
    assertThat(world.checkout.place(tap(buyer(2), "d", line(LAMP, 3)))).isInstanceOf(Placed.class);
  }

  @Test
  void many_orders_of_other_things_do_not_hide_what_a_buyer_has() {
    world.stocked(LAMP, 20);
    world.placed(buyer(1), "a", line(LAMP, 4));
    world.placed(buyer(1), "b", line(LAMP, 3));
    for (var i = 0; i < 72; i++) {
      var thing = OrderWorld.variant(3 + i / 9);
      if (i % 9 == 0) world.stocked(thing, 9);
      var tap = at(NOW.plusSeconds(i), "other " + i, line(thing, 1));
      assertThat(world.checkout.place(tap)).isInstanceOf(Placed.class);
      pay(tap.id());
    }

    var later = NOW.plusSeconds(300);
    assertThat(world.checkout.place(at(later, "c", line(MUG, 1), line(LAMP, 3))))
        .isEqualTo(new LimitReached(LAMP, 9));
    assertThat(world.checkout.place(at(later, "d", line(LAMP, 2)))).isInstanceOf(Placed.class);
    assertThat(world.checkout.place(at(later, "e", line(LAMP, 1))))
        .isEqualTo(new LimitReached(LAMP, 9));
  }

  @Test
  void the_same_key_gives_the_same_order_again() {
    var order = world.placed(buyer(1), "a", line(LAMP, 1), line(MUG, 1));

    assertThat(world.placed(buyer(1), "a", line(MUG, 1), line(LAMP, 1))).isEqualTo(order);
    assertThat(world.level(LAMP).held()).isEqualTo(1);
  }

  @Test
  void the_same_key_for_other_lines_is_refused() {
    world.placed(buyer(1), "a", line(LAMP, 1));

    assertThat(world.checkout.place(tap(buyer(1), "a", line(LAMP, 2)))).isEqualTo(new KeyReused());
  }

  @Test
  void a_repeat_after_the_edition_is_over_still_gives_the_order() {
    var order = world.placed(buyer(1), "a", line(LAMP, 1));
    var late =
        new Placement(
            OrderId.fresh(),
            buyer(1),
            "a",
            List.of(line(LAMP, 1)),
            Language.ENGLISH,
            NOW.plus(Duration.ofDays(1)));

    assertThat(world.checkout.place(late)).isEqualTo(new Placed(order));
  }

  @Test
  void keys_of_different_buyers_have_nothing_to_do_with_each_other() {
    var one = world.placed(buyer(1), "a", line(LAMP, 1));
    var other = world.placed(buyer(2), "a", line(LAMP, 1));

    assertThat(one.id()).isNotEqualTo(other.id());
  }

  @Test
  void buy_pressed_again_leads_back_to_the_open_order_even_when_it_has_the_last_unit() {
    world.stocked(LAMP, 1);
    var order = world.opened(buyer(1), "a", line(LAMP, 1));

    assertThat(world.placed(buyer(1), "b", line(LAMP, 1))).isEqualTo(order);
    assertThat(world.checkout.place(tap(buyer(2), "a", line(LAMP, 1))))
        .isEqualTo(new SoldOut(LAMP, 0));
  }

  @Test
  void who_holds_the_last_unit_and_wants_more_with_it_is_led_to_the_order_that_has_it() {
    world.stocked(LAMP, 1);
    var order = world.opened(buyer(1), "a", line(LAMP, 1));

    assertThat(world.checkout.place(tap(buyer(1), "b", line(LAMP, 1), line(MUG, 1))))
        .isEqualTo(new HeldAlready(LAMP, 0, order.id()));
    assertThat(world.checkout.place(tap(buyer(2), "a", line(LAMP, 1), line(MUG, 1))))
        .isEqualTo(new SoldOut(LAMP, 0));
    assertThat(world.level(MUG).held()).isZero();
  }

  @Test
  void what_a_buyer_has_paid_does_not_count_as_held() {
    world.stocked(LAMP, 1);
    var order = world.opened(buyer(1), "a", line(LAMP, 1));
    world.settle(order.id(), world.desk.pay(order.session().orElseThrow()), "evt_1");

    assertThat(world.checkout.place(tap(buyer(1), "b", line(LAMP, 1), line(MUG, 1))))
        .isEqualTo(new SoldOut(LAMP, 0));
  }

  @Test
  void a_hold_from_before_the_refresh_is_known_after_it() {
    world.stocked(LAMP, 1);
    var edition = OrderWorld.edition(7);
    var refresh = edition.closesAt();
    var next = new Edition(8, refresh, refresh.plus(Duration.ofHours(4)), edition.slots());
    world.editions.remember(next);
    var before = at(refresh.minusSeconds(60), "a", line(LAMP, 1));
    assertThat(world.checkout.place(before)).isInstanceOf(Placed.class);

    var after = at(refresh.plusSeconds(60), "b", line(LAMP, 1), line(MUG, 1));

    assertThat(world.checkout.place(after)).isEqualTo(new HeldAlready(LAMP, 0, before.id()));
  }

  @Test
  void buy_pressed_again_after_paying_is_a_new_order() {
    var order = world.opened(buyer(1), "a", line(LAMP, 1));
    world.settle(order.id(), world.desk.pay(order.session().orElseThrow()), "evt_1");

    assertThat(world.placed(buyer(1), "b", line(LAMP, 1)).id()).isNotEqualTo(order.id());
  }

  @Test
  void orders_are_found_by_buyer_newest_first_and_by_session() {
    var first = world.opened(buyer(1), "a", line(LAMP, 1));
    var later =
        new Placement(
            OrderId.fresh(),
            buyer(1),
            "b",
            List.of(line(MUG, 1)),
            Language.ENGLISH,
            NOW.plusSeconds(1));
    world.checkout.place(later);

    var found = world.database.read(tx -> world.orders.of(tx, buyer(1), 10));
    var session = first.session().orElseThrow().id();
    var bySession = world.database.read(tx -> world.orders.bySession(tx, session));

    assertThat(found).extracting(Order::id).containsExactly(later.id(), first.id());
    assertThat(bySession).contains(first);
  }

  @Test
  void the_payment_page_is_opened_once() {
    var order = world.placed(buyer(1), "a", line(LAMP, 1));

    var first = world.checkout.openPaymentPage(order.id(), NOW);
    var again = world.checkout.openPaymentPage(order.id(), NOW);

    assertThat(first).isInstanceOf(PaymentDesk.Opening.Opened.class).isEqualTo(again);
    assertThat(world.desk.calls()).isEqualTo(1);
    assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.AWAITING_PAYMENT);
  }

  private static Placement at(Instant now, String key, Placement.Line... lines) {
    return new Placement(OrderId.fresh(), buyer(1), key, List.of(lines), Language.ENGLISH, now);
  }

  private void pay(OrderId order) {
    world.checkout.openPaymentPage(order, NOW);
    var session = world.order(order).session().orElseThrow();
    world.settle(order, world.desk.pay(session), "evt_" + order);
  }

  private long count(String table) {
    return world.database.read(
        tx -> tx.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }
}
