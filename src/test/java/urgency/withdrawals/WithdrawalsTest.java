package urgency.withdrawals;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.orders.OrderWorld.LAMP;
import static urgency.orders.OrderWorld.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.mail.EmailAddress;
import urgency.mail.MailWorld;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.orders.OrderStatus;
import urgency.orders.OrderWorld;
import urgency.orders.RefundFacts;
import urgency.refunds.RefundWorld;
import urgency.refunds.Refunds;
import urgency.withdrawals.Withdrawals.Outcome;
import urgency.withdrawals.Withdrawals.Way;

class WithdrawalsTest {
  private static final RefundFacts.Refund FAILED =
      new RefundFacts.Refund(500, RefundFacts.State.FAILED);

  private final MailWorld world = new MailWorld();
  private final Refunds refunds = RefundWorld.refunds(world.shop);

  @AfterEach
  void close() {
    assertThat(world.shop.audit()).isEmpty();
    world.close();
  }

  @Test
  void before_the_payment_an_order_is_cancelled_and_its_units_go_back() {
    var withdrawals = byPerson();
    var order = opened(1);
    var left = world.shop.level(LAMP).left();
    assertThat(way(withdrawals, order, NOW)).isEqualTo(new Way.Cancel());

    assertThat(withdrawals.cancel(order.id(), NOW)).isInstanceOf(Outcome.Received.class);

    assertThat(status(order)).isEqualTo(OrderStatus.EXPIRED);
    assertThat(world.shop.level(LAMP).left()).isEqualTo(left + 1);
    assertThat(world.shop.desk.of(order.id()).orElseThrow().status()).isEqualTo("expired");
    assertThat(way(withdrawals, order, NOW)).isInstanceOf(Way.Out.class);
    assertThat(world.letters()).isEmpty();
  }

  @Test
  void an_order_without_a_page_is_cancelled_without_a_call() {
    var withdrawals = byPerson();
    var order = world.shop.placed(OrderWorld.buyer(1), "a", OrderWorld.line(LAMP, 1));

    withdrawals.cancel(order.id(), NOW);

    assertThat(status(order)).isEqualTo(OrderStatus.EXPIRED);
    assertThat(world.shop.desk.calls()).isZero();
  }

  @Test
  void no_answer_of_the_provider_keeps_the_units_and_the_wish_is_repeated_soon() {
    var withdrawals = byPerson();
    var order = opened(1);
    var left = world.shop.level(LAMP).left();
    world.shop.desk.down(true);

    withdrawals.cancel(order.id(), NOW);
    assertThat(status(order)).isEqualTo(OrderStatus.RELEASING);
    assertThat(world.shop.level(LAMP).left()).isEqualTo(left);

    world.shop.desk.down(false);
    world.shop.expire(NOW.plusSeconds(61));
    assertThat(status(order)).isEqualTo(OrderStatus.EXPIRED);
    assertThat(world.shop.level(LAMP).left()).isEqualTo(left + 1);
  }

  @Test
  void whoever_pays_before_the_page_is_closed_has_paid_and_may_withdraw() {
    var withdrawals = byPerson();
    var order = opened(1);
    world.shop.desk.pay(order.session().orElseThrow());

    withdrawals.cancel(order.id(), NOW);

    assertThat(status(order)).isEqualTo(OrderStatus.PAID);
    assertThat(way(withdrawals, order, NOW)).isInstanceOf(Way.Withdraw.class);
  }

  @Test
  void cancelling_many_times_at_once_gives_the_units_back_once() {
    var withdrawals = byPerson();
    var order = opened(1);
    var left = world.shop.level(LAMP).left();
    Callable<Object> tap = () -> withdrawals.cancel(order.id(), NOW);

    OrderWorld.atOnce(Collections.nCopies(8, tap));
    world.shop.expire(NOW.plusSeconds(61));

    assertThat(status(order)).isEqualTo(OrderStatus.EXPIRED);
    assertThat(world.shop.level(LAMP).left()).isEqualTo(left + 1);
  }

  @Test
  void a_withdrawal_waits_for_a_person_and_is_confirmed_by_one_letter() {
    var withdrawals = byPerson();
    var order = world.paid(1);
    Callable<Outcome> tap = () -> withdraw(withdrawals, order, NOW);

    var outcomes = OrderWorld.atOnce(Collections.nCopies(6, tap));
    world.send();

    assertThat(outcomes).allMatch(it -> it instanceof Outcome.Received);
    assertThat(outcomes).containsOnly(outcomes.getFirst());
    assertThat(status(order)).isEqualTo(OrderStatus.PAID);
    assertThat(world.headlines())
        .containsExactly("It’s yours. Thank you.", "Your withdrawal has been received");
    assertThat(open(withdrawals)).hasSize(1);
  }

  @Test
  void with_the_setting_all_the_money_is_asked_back_once() {
    var withdrawals = with(true);
    var order = world.paid(1);
    Callable<Outcome> tap = () -> withdraw(withdrawals, order, NOW);

    OrderWorld.atOnce(Collections.nCopies(6, tap));

    assertThat(status(order)).isEqualTo(OrderStatus.REFUND_PENDING);
    assertThat(refundsOf(order))
        .singleElement()
        .satisfies(it -> assertThat(it.amount()).isEqualTo(order.total()));
    assertThat(open(withdrawals)).isEmpty();
    assertThat(world.shop.level(LAMP).sold()).isEqualTo(1);
  }

  @Test
  void a_slow_payment_that_comes_after_the_withdrawal_goes_back_too() {
    var withdrawals = with(true);
    var order = opened(1);
    var session = order.session().orElseThrow();
    world.shop.settle(order.id(), world.shop.desk.promise(session), "evt_1");
    withdraw(withdrawals, order, NOW);
    withdrawals.refundOpen(NOW, 10);
    assertThat(status(order)).isEqualTo(OrderStatus.PROCESSING);

    world.shop.settle(order.id(), world.shop.desk.arrive(session), "evt_2");
    withdrawals.refundOpen(NOW, 10);
    withdrawals.refundOpen(NOW, 10);

    assertThat(status(order)).isEqualTo(OrderStatus.REFUND_PENDING);
  }

  @Test
  void a_part_of_the_money_on_its_way_takes_nobodys_right_to_withdraw() {
    var withdrawals = byPerson();
    var order = world.paid(1);

    askBack(order, 500);
    assertThat(status(order)).isEqualTo(OrderStatus.REFUND_PENDING);
    assertThat(way(withdrawals, order, NOW)).isInstanceOf(Way.Withdraw.class);

    world.shop.database.change(
        tx -> world.shop.settlement.refund(tx, order.id(), "re_1", FAILED, "evt_2", NOW));
    assertThat(status(order)).isEqualTo(OrderStatus.REFUND_FAILED);
    assertThat(withdraw(withdrawals, order, NOW)).isInstanceOf(Outcome.Received.class);
  }

  @Test
  void who_gets_all_of_the_money_back_has_nothing_left_to_withdraw_from() {
    var withdrawals = byPerson();
    var order = world.paid(1);

    askBack(order, order.total().minor());

    assertThat(status(order)).isEqualTo(OrderStatus.REFUND_PENDING);
    assertThat(way(withdrawals, order, NOW)).isEqualTo(new Way.None());
  }

  @Test
  void the_period_ends_to_the_instant() {
    var withdrawals = byPerson();
    var order = world.paid(1);
    var end = NOW.plus(Duration.ofDays(21));

    assertThat(way(withdrawals, order, NOW)).isEqualTo(new Way.Withdraw(end));
    assertThat(way(withdrawals, order, end.minusNanos(1_000))).isInstanceOf(Way.Withdraw.class);
    assertThat(way(withdrawals, order, end)).isEqualTo(new Way.None());
    assertThat(withdraw(withdrawals, order, end)).isEqualTo(new Outcome.NotPossible());
  }

  private void askBack(Order order, long minor) {
    var amount = Money.of(minor, "USD");
    world.shop.database.change(
        tx -> refunds.ask(tx, order.id(), amount, "scratched", "Owner", NOW));
  }

  private List<Withdrawals.Statement> open(Withdrawals withdrawals) {
    return world.shop.database.read(tx -> withdrawals.open(tx, 10));
  }

  private List<Refunds.Refund> refundsOf(Order order) {
    return world.shop.database.read(tx -> refunds.of(tx, order.id()));
  }

  private Withdrawals byPerson() {
    return with(false);
  }

  private Withdrawals with(boolean atOnce) {
    return new Withdrawals(
        world.shop.orders,
        refunds,
        world.shop.expiry(),
        world.outbox,
        world.addresses,
        world.shop.database,
        new WithdrawalSettings(Duration.ofDays(14), Duration.ofDays(7), atOnce));
  }

  private Order opened(int buyer) {
    return world.shop.opened(OrderWorld.buyer(buyer), "a", OrderWorld.line(LAMP, 1));
  }

  private Outcome withdraw(Withdrawals withdrawals, Order order, Instant now) {
    var address = Optional.of(new EmailAddress("ada@b.example"));
    return world.shop.database.write(
        tx -> withdrawals.withdraw(tx, order.id(), "Ada", address, now));
  }

  private Way way(Withdrawals withdrawals, Order order, Instant now) {
    return world.shop.database.read(tx -> withdrawals.way(tx, world.shop.order(order.id()), now));
  }

  private OrderStatus status(Order order) {
    return world.shop.order(order.id()).status();
  }
}
