package urgency.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.orders.OrderWorld.LAMP;
import static urgency.orders.OrderWorld.NOW;
import static urgency.orders.OrderWorld.buyer;
import static urgency.orders.OrderWorld.line;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import urgency.Patience;
import urgency.inventory.Stock.Level;
import urgency.orders.PaymentDesk.Opening;
import urgency.orders.PaymentDesk.Trouble;
import urgency.payments.TestClock;
import urgency.payments.paced.PacedDesk;
import urgency.platform.sql.TestDatabase;

/** A drop through a desk that keeps to a pace, with a provider that goes away and comes back. */
class RushTest {
  private static final int ORDERS = 60;

  private final TestClock clock = new TestClock(NOW);
  private final FakeDesk provider = new FakeDesk();

  @Test
  void a_provider_that_is_down_for_ten_minutes_costs_no_unit_and_the_line_drains_after() {
    try (var world = world()) {
      world.stocked(LAMP, ORDERS);
      provider.down(true);
      var placed = new ArrayList<OrderId>();
      for (var i = 0; i < ORDERS; i++) placed.add(tapped(world, i).id());

      for (var second = 0; second < 590; second++) tick(world);
      assertThat(world.level(LAMP)).isEqualTo(new Level(ORDERS, ORDERS, 0));
      assertThat(statuses(world, placed)).containsOnly(OrderStatus.HELD);

      provider.down(false);
      // The hold is near its end; what got its page in time is payable, what did not is given back.
      for (var second = 0; second < 120; second++) tick(world);
      assertThat(statuses(world, placed)).containsOnly(OrderStatus.EXPIRED);
      assertThat(world.level(LAMP)).isEqualTo(new Level(ORDERS, 0, 0));
      assertThat(world.audit()).isEmpty();
    }
  }

  @Test
  void while_nobody_answers_no_unit_comes_back_even_long_after_the_hold() {
    try (var world = world()) {
      world.stocked(LAMP, ORDERS);
      var placed = new ArrayList<OrderId>();
      for (var i = 0; i < 3; i++) placed.add(tapped(world, i).id());
      for (var second = 0; second < 10; second++) tick(world);
      assertThat(statuses(world, placed)).containsOnly(OrderStatus.AWAITING_PAYMENT);

      provider.down(true);
      for (var second = 0; second < 1_200; second++) tick(world);

      assertThat(statuses(world, placed)).containsOnly(OrderStatus.RELEASING);
      assertThat(world.level(LAMP).held()).isEqualTo(3);
    }
  }

  @Test
  void a_rush_gets_its_pages_at_the_pace_in_the_order_of_the_taps() {
    try (var world = world()) {
      world.stocked(LAMP, ORDERS);
      var placed = new ArrayList<OrderId>();
      for (var i = 0; i < ORDERS; i++) {
        placed.add(tapped(world, i).id());
        clock.advance(Duration.ofMillis(1));
      }
      var atOnce = provider.opened();
      assertThat(atOnce).isBetween(1, 10);

      var seconds = 0;
      while (provider.opened() < ORDERS && seconds < 60) {
        tick(world);
        seconds++;
      }
      assertThat(seconds).isBetween(2, 20);
      assertThat(statuses(world, placed)).containsOnly(OrderStatus.AWAITING_PAYMENT);
    }
  }

  @Test
  void who_orders_in_a_rush_is_told_to_wait_and_gets_the_page_without_asking_again() {
    try (var world = world()) {
      world.stocked(LAMP, ORDERS);
      var placed = new ArrayList<OrderId>();
      var told = new ArrayList<Opening>();
      for (var i = 0; i < ORDERS; i++) {
        var order = world.placed(buyer(i), "a", line(LAMP, 1));
        placed.add(order.id());
        told.add(opening(world, order));
      }
      var last = world.order(placed.getLast());

      assertThat(told.getFirst()).isInstanceOf(Opening.Opened.class);
      assertThat(told.getLast()).isInstanceOf(Opening.NotNow.class);
      assertThat(last.status()).isEqualTo(OrderStatus.HELD);
      for (var second = 0; second < 60; second++) tick(world);
      assertThat(statuses(world, placed)).containsOnly(OrderStatus.AWAITING_PAYMENT);
    }
  }

  @Test
  void who_has_no_turn_is_in_the_line_already_and_costs_no_write() {
    try (var world = world()) {
      world.stocked(LAMP, ORDERS);
      for (var i = 0; i < ORDERS; i++) {
        var order = world.placed(buyer(i), "a", line(LAMP, 1));
        opening(world, order);
      }

      assertThat(asPlaced(world)).isEqualTo(ORDERS - provider.opened());
    }
  }

  /** What the shopper is told, when the machine that the test runs on has no other work. */
  private Opening opening(OrderWorld world, Order placed) {
    var told = world.checkout.openPaymentPage(placed, clock.instant());
    if (!(told instanceof Opening.NotNow(_, var trouble)) || trouble != Trouble.DOWN) return told;
    // It had its turn, and its page comes behind the shopper's back.
    Patience.until(
        "the page of who had a turn",
        Duration.ofSeconds(30),
        () -> world.order(placed.id()).status() == OrderStatus.AWAITING_PAYMENT);
    return world.checkout.openPaymentPage(world.order(placed.id()), clock.instant());
  }

  private static int asPlaced(OrderWorld world) {
    return world.database.read(
        tx ->
            tx.createQuery(
                    """
                    select count(*)
                      from orders.order_
                     where status = 'HELD'
                       and attempts = 0
                       and attempt_at = placed_at + cast(:after as interval)
                    """)
                .bind("after", PaymentPages.FIRST_ATTEMPT_AFTER.toString())
                .mapTo(Integer.class)
                .one());
  }

  private OrderWorld world() {
    var database = TestDatabase.fresh();
    var desk = new PacedDesk(provider, database, 20, new Random(20_261_124), clock);
    return OrderWorld.on(database, desk, provider);
  }

  private Order tapped(OrderWorld world, int number) {
    var order = world.placed(buyer(number), "a", line(LAMP, 1));
    assertThat(world.checkout.openPaymentPage(order.id(), clock.instant()))
        .isNotInstanceOf(Opening.Refused.class);
    return order;
  }

  private void tick(OrderWorld world) {
    clock.advance(Duration.ofSeconds(1));
    world.pages.openWaiting(clock.instant());
    world.expiry.run(clock.instant());
  }

  private static List<OrderStatus> statuses(OrderWorld world, List<OrderId> orders) {
    var statuses = new ArrayList<OrderStatus>();
    for (var id : orders) statuses.add(world.order(id).status());
    return statuses;
  }
}
