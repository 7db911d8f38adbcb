package urgency.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.orders.OrderWorld.LAMP;
import static urgency.orders.OrderWorld.NOW;
import static urgency.orders.OrderWorld.buyer;
import static urgency.orders.OrderWorld.line;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.Patience;
import urgency.inventory.Stock.Level;
import urgency.orders.PaymentDesk.Opening;

class ExpiryTest {
  private static final Instant DUE = NOW.plus(Duration.ofMinutes(10));

  private static final Duration SOON = Duration.ofSeconds(30);

  private OrderWorld world;

  @BeforeEach
  void open() {
    world = OrderWorld.fresh();
    world.stocked(LAMP, 3);
  }

  @AfterEach
  void close() {
    assertThat(world.audit()).isEmpty();
    world.close();
  }

  private Optional<Instant> moreTime(Order order, Instant now) {
    var moreTime = new MoreTime(new OrderBook(world.facts), OrderWorld.SETTINGS);
    return world.database.write(tx -> moreTime.give(tx, order.id(), now));
  }

  @Test
  void a_hold_that_ran_out_is_given_back_after_its_page_is_closed() {
    var order = world.opened(buyer(1), "a", line(LAMP, 2));

    world.expiry.run(DUE);

    assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.EXPIRED);
    assertThat(world.desk.of(order.id()).orElseThrow().status()).isEqualTo("expired");
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 0, 0));
  }

  @Test
  void a_hold_is_kept_until_its_very_last_moment() {
    var order = world.opened(buyer(1), "a", line(LAMP, 2));

    world.expiry.run(DUE.minusNanos(1_000));

    assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.AWAITING_PAYMENT);
  }

  @Test
  void who_asks_for_more_time_gets_as_much_again_once() {
    var order = world.opened(buyer(1), "a", line(LAMP, 2));
    var later = DUE.plus(OrderWorld.SETTINGS.hold());

    assertThat(moreTime(order, NOW.plusSeconds(60))).contains(later);
    assertThat(moreTime(order, NOW.plusSeconds(61))).isEmpty();
    world.expiry.run(later.minusNanos(1_000));

    assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.AWAITING_PAYMENT);
    assertThat(world.order(order.id()).holdUntil()).isEqualTo(later);
    assertThat(world.order(order.id()).version()).isEqualTo(order.version() + 1);
    world.expiry.run(later);
    assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.EXPIRED);
    assertThat(world.level(LAMP).left()).isEqualTo(3);
  }

  @Test
  void no_time_is_given_after_the_end_or_for_what_is_paid() {
    var late = world.opened(buyer(1), "a", line(LAMP, 1));
    var paid = world.opened(buyer(2), "a", line(LAMP, 1));
    world.desk.pay(paid.session().orElseThrow());
    world.expiry.run(DUE);

    assertThat(moreTime(late, DUE)).isEmpty();
    assertThat(moreTime(paid, NOW)).isEmpty();
    assertThat(world.order(paid.id()).status()).isEqualTo(OrderStatus.PAID);
  }

  @Test
  void nothing_is_held_longer_than_its_payment_page_lives() {
    var order = world.opened(buyer(1), "a", line(LAMP, 1));
    var ends = DUE.plusSeconds(90);
    world.database.change(
        tx ->
            tx.createUpdate("update orders.order_ set session_expires_at = :at")
                .bind("at", OrderBook.time(ends))
                .execute());

    assertThat(moreTime(order, NOW)).contains(ends);
  }

  @Test
  void an_order_without_a_page_is_given_back_without_a_call() {
    var order = world.placed(buyer(1), "a", line(LAMP, 2));

    world.expiry.run(DUE);

    assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.EXPIRED);
    assertThat(world.desk.calls()).isZero();
  }

  @Test
  void while_the_provider_is_down_the_hold_is_kept_and_asked_for_less_and_less_often() {
    var order = world.opened(buyer(1), "a", line(LAMP, 2));
    var before = world.desk.calls();
    world.desk.down(true);

    for (var second = 0; second < 60; second++) world.expiry.run(DUE.plusSeconds(second));

    assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.RELEASING);
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 2, 0));
    assertThat(world.desk.calls() - before).isBetween(4, 8);

    world.desk.down(false);
    world.expiry.run(DUE.plusSeconds(130));

    assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.EXPIRED);
    assertThat(world.level(LAMP).left()).isEqualTo(3);
  }

  @Test
  void a_shopper_who_was_faster_keeps_the_units() {
    var order = world.opened(buyer(1), "a", line(LAMP, 2));
    world.desk.pay(order.session().orElseThrow());

    world.expiry.run(DUE);

    assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.PAID);
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 0, 2));
  }

  @Test
  void a_slow_payment_under_way_keeps_the_units_without_a_deadline() {
    var order = world.opened(buyer(1), "a", line(LAMP, 2));
    world.desk.promise(order.session().orElseThrow());

    world.expiry.run(DUE);
    world.expiry.run(DUE.plus(Duration.ofDays(3)));

    assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.PROCESSING);
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 2, 0));
  }

  @Test
  void a_page_of_which_the_answer_was_lost_is_found_again_and_closed() {
    var order = world.placed(buyer(1), "a", line(LAMP, 2));
    world.desk.losesAnswers(true);
    world.checkout.openPaymentPage(order.id(), NOW);
    world.desk.losesAnswers(false);

    world.expiry.run(DUE);

    assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.EXPIRED);
    assertThat(world.desk.of(order.id()).orElseThrow().status()).isEqualTo("expired");
    assertThat(world.desk.opened()).isEqualTo(1);
  }

  @Test
  void a_page_that_may_exist_keeps_the_units_while_nobody_answers() {
    var order = world.placed(buyer(1), "a", line(LAMP, 2));
    world.desk.down(true);
    world.checkout.openPaymentPage(order.id(), NOW);

    world.expiry.run(DUE);

    assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.RELEASING);
    assertThat(world.level(LAMP).held()).isEqualTo(2);
  }

  @Test
  void a_crash_between_hold_and_charge_heals_itself() {
    var order = world.placed(buyer(1), "a", line(LAMP, 1));

    world.pages.openWaiting(NOW.plusSeconds(1));
    assertThat(world.desk.calls()).isZero();
    world.pages.openWaiting(NOW.plusSeconds(6));

    assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.AWAITING_PAYMENT);
  }

  @Test
  void a_page_that_cannot_be_opened_is_tried_again_later_and_later() {
    var order = world.placed(buyer(1), "a", line(LAMP, 1));
    world.desk.down(true);

    for (var second = 0; second < 120; second++) world.pages.openWaiting(NOW.plusSeconds(second));

    assertThat(world.desk.calls()).isBetween(4, 8);
    assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.HELD);
  }

  @Test
  void a_page_that_comes_after_the_order_expired_is_shown_to_nobody_and_closed() throws Exception {
    var order = world.placed(buyer(1), "a", line(LAMP, 1));
    var gate = new CountDownLatch(1);
    world.desk.slowUntil(gate);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var opening = threads.submit(() -> world.checkout.openPaymentPage(order.id(), NOW));
      Patience.until("the page is asked for", SOON, () -> world.desk.calls() == 1);
      var expiring = threads.submit(() -> world.expiry.run(DUE));
      Patience.until("the page is asked for again", SOON, () -> world.desk.calls() == 2);
      gate.countDown();
      expiring.get();

      assertThat(opening.get()).isInstanceOf(Opening.Refused.class);
    }
    assertThat(world.desk.of(order.id()).orElseThrow().status()).isEqualTo("expired");
    assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.EXPIRED);
    assertThat(world.level(LAMP).left()).isEqualTo(3);
  }

  @Test
  void an_expired_order_gets_no_page() {
    var order = world.placed(buyer(1), "a", line(LAMP, 1));
    world.expiry.run(DUE);

    assertThat(world.checkout.openPaymentPage(order.id(), DUE)).isInstanceOf(Opening.Refused.class);
    assertThat(world.desk.calls()).isZero();
  }

  @Test
  void two_nodes_that_expire_at_once_give_back_once() {
    world.stocked(LAMP, 40);
    for (var i = 0; i < 40; i++) world.opened(buyer(i), "a", line(LAMP, 1));
    Callable<Void> sweep =
        () -> {
          world.expiry.run(DUE);
          return null;
        };

    OrderWorld.atOnce(List.of(sweep, sweep));
    world.expiry.run(DUE.plusSeconds(31));

    assertThat(world.level(LAMP)).isEqualTo(new Level(40, 0, 0));
  }
}
