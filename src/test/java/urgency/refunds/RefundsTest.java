package urgency.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.orders.OrderWorld.LAMP;
import static urgency.orders.OrderWorld.MUG;
import static urgency.orders.OrderWorld.NOW;
import static urgency.orders.OrderWorld.PRICE;
import static urgency.orders.OrderWorld.buyer;
import static urgency.orders.OrderWorld.line;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.OrderStatus;
import urgency.orders.OrderWorld;
import urgency.orders.PaymentDesk.SessionState;
import urgency.orders.RefundFacts;
import urgency.refunds.Refunds.Outcome;

class RefundsTest {
  private OrderWorld world;
  private Refunds refunds;
  private RefundSender sender;

  @BeforeEach
  void open() {
    world = OrderWorld.fresh();
    world.stocked(LAMP, 4);
    refunds = new Refunds(world.orders, world.settlement, world.stock, new RefundSettings(false));
    sender = new RefundSender(world.database, world.orders, world.settlement, refunds, world.desk);
  }

  @AfterEach
  void close() {
    assertThat(world.audit()).isEmpty();
    world.close();
  }

  @Test
  void a_part_goes_back_and_the_order_stays_sold() {
    var order = paid(1);

    assertThat(ask(order, 500)).isEqualTo(new Outcome.Asked(1, Money.of(500, "USD")));
    assertThat(status(order)).isEqualTo(OrderStatus.REFUND_PENDING);
    sender.run(NOW);

    assertThat(status(order)).isEqualTo(OrderStatus.PARTIALLY_REFUNDED);
    assertThat(world.desk.refunds()).containsExactly(Map.entry(key(order, 1), 500L));
    assertThat(world.level(LAMP).sold()).isEqualTo(1);
  }

  @Test
  void two_parts_make_a_whole_and_then_there_is_nothing_left() {
    var order = paid(1);
    ask(order, 500);
    ask(order, 1_400);

    sender.run(NOW);

    assertThat(status(order)).isEqualTo(OrderStatus.REFUNDED);
    assertThat(ask(order, 1)).isEqualTo(new Outcome.AlreadyRefunded());
  }

  @Test
  void more_than_was_paid_is_not_sent() {
    var order = paid(1);
    ask(order, 500);

    assertThat(ask(order, 1_401)).isEqualTo(new Outcome.MoreThanPaid(Money.of(1_400, "USD")));
    assertThat(ask(world.opened(buyer(9), "a", line(LAMP, 1)), 1)).isEqualTo(new Outcome.NotPaid());
    assertThat(
            world.database.<Outcome>write(
                tx -> refunds.ask(tx, OrderId.fresh(), PRICE, "r", "an operator", NOW)))
        .isEqualTo(new Outcome.NoSuchOrder());
    assertThat(
            world.database.<Outcome>write(
                tx -> refunds.ask(tx, order.id(), Money.of(1, "EUR"), "r", "an operator", NOW)))
        .isEqualTo(new Outcome.WrongCurrency("USD"));
  }

  @Test
  void however_many_ask_at_once_they_never_get_more_than_was_paid() {
    var order = paid(1);
    Callable<Outcome> all = () -> ask(order, 1_900);

    var outcomes = OrderWorld.atOnce(List.of(all, all, all, all, all, all));
    sender.run(NOW);

    assertThat(outcomes).filteredOn(it -> it instanceof Outcome.Asked).hasSize(1);
    assertThat(world.desk.refunds().values()).containsExactly(1_900L);
  }

  @Test
  void a_lost_answer_is_no_second_refund() {
    var order = paid(1);
    ask(order, 1_900);
    world.desk.losesAnswers(true);
    sender.run(NOW);
    assertThat(status(order)).isEqualTo(OrderStatus.REFUND_PENDING);

    world.desk.losesAnswers(false);
    sender.run(NOW.plusSeconds(60));

    assertThat(status(order)).isEqualTo(OrderStatus.REFUNDED);
    assertThat(world.desk.refunds()).hasSize(1);
  }

  @Test
  void what_the_provider_refuses_is_shown_to_a_person_who_can_ask_again() {
    var order = paid(1);
    ask(order, 1_900);
    world.desk.refusesRefunds(true);
    sender.run(NOW);
    assertThat(status(order)).isEqualTo(OrderStatus.REFUND_FAILED);

    world.desk.refusesRefunds(false);
    assertThat(ask(order, 1_900)).isInstanceOf(Outcome.Asked.class);
    sender.run(NOW.plusSeconds(1));

    assertThat(status(order)).isEqualTo(OrderStatus.REFUNDED);
  }

  @Test
  void a_wish_without_an_answer_is_given_up_before_its_key_is_forgotten() {
    var order = paid(1);
    ask(order, 1_900);
    world.desk.down(true);

    sender.run(NOW);
    sender.run(NOW.plus(Duration.ofHours(21)));

    assertThat(status(order)).isEqualTo(OrderStatus.REFUND_FAILED);
    assertThat(refundsOf(order).getFirst().state()).isEqualTo(Refunds.State.REFUSED);
  }

  @Test
  void a_late_payment_whose_units_are_gone_goes_back_once_by_itself() {
    var order = world.opened(buyer(1), "a", line(LAMP, 4));
    world.settle(order.id(), state(order, "expired", "unpaid"), "evt_1");
    world.placed(buyer(2), "a", line(LAMP, 1));
    world.settle(order.id(), state(order, "complete", "paid"), "evt_2");
    assertThat(status(order)).isEqualTo(OrderStatus.REFUND_PENDING);

    for (var second = 0; second < 60; second += 2) sender.run(NOW.plusSeconds(second));

    assertThat(status(order)).isEqualTo(OrderStatus.REFUNDED);
    assertThat(world.desk.refunds().values()).containsExactly(7_600L);
    assertThat(refundsOf(order)).hasSize(1);
  }

  @Test
  void a_refund_that_comes_back_from_the_bank_is_seen() {
    var order = paid(1);
    ask(order, 1_900);
    sender.run(NOW);
    var id = refundsOf(order).getFirst().providerId();

    world.database.write(
        tx ->
            world.settlement.refund(
                tx,
                order.id(),
                id,
                new RefundFacts.Refund(1_900, RefundFacts.State.FAILED),
                "evt_f",
                NOW));

    assertThat(status(order)).isEqualTo(OrderStatus.REFUND_FAILED);
  }

  @Test
  void a_doubtful_payment_can_be_sent_back_and_gives_its_units_back() {
    var order = world.opened(buyer(1), "a", line(LAMP, 1));
    var it = state(order, "complete", "paid");
    world.settle(
        order.id(),
        new SessionState(it.id(), "complete", "paid", 700, "USD", false, it.paymentIntent()),
        "evt_1");
    assertThat(status(order)).isEqualTo(OrderStatus.QUARANTINED);

    assertThat(ask(order, 700)).isInstanceOf(Outcome.Asked.class);
    sender.run(NOW);

    assertThat(status(order)).isEqualTo(OrderStatus.REFUNDED);
    assertThat(world.level(LAMP).left()).isEqualTo(4);
  }

  @Test
  void a_doubtful_payment_can_be_accepted_and_sells_its_units() {
    var order = world.opened(buyer(1), "a", line(LAMP, 1));
    var it = state(order, "complete", "paid");
    world.settle(
        order.id(),
        new SessionState(it.id(), "complete", "paid", 700, "USD", false, it.paymentIntent()),
        "evt_1");

    world.database.write(tx -> world.settlement.accept(tx, order.id(), "an operator", NOW));

    assertThat(status(order)).isEqualTo(OrderStatus.PAID);
    assertThat(world.level(LAMP).sold()).isEqualTo(1);
  }

  @Test
  void units_in_hand_go_back_on_the_shelf_when_a_person_says_so() {
    var order = paid(1);
    ask(order, 1_900);
    sender.run(NOW);
    assertThat(world.level(LAMP).left()).isEqualTo(3);

    assertThat(restocked(order, 1)).isEqualTo(1);
    assertThat(restocked(order, 1)).isZero();

    assertThat(world.level(LAMP).left()).isEqualTo(4);
  }

  @Test
  void units_go_back_line_by_line_and_never_more_than_were_sold() {
    world.stocked(MUG, 5);
    var order = world.opened(buyer(1), "a", line(LAMP, 2), line(MUG, 3));
    world.settle(order.id(), world.desk.pay(order.session().orElseThrow()), "evt_paid");
    ask(order, 1_900);
    ask(order, 1_900);

    assertThat(restocked(order, 1, 0)).isEqualTo(1);
    assertThat(restocked(order, 2, 2)).isEqualTo(3);
    assertThat(restocked(order, 9, 9)).isEqualTo(1);

    assertThat(world.level(LAMP).left()).isEqualTo(4);
    assertThat(world.level(MUG).left()).isEqualTo(5);
  }

  @Test
  void with_the_setting_units_go_back_as_soon_as_all_of_the_money_does() {
    refunds = new Refunds(world.orders, world.settlement, world.stock, new RefundSettings(true));
    var order = paid(1);

    ask(order, 900);
    assertThat(world.level(LAMP).left()).isEqualTo(3);
    ask(order, 1_000);

    assertThat(world.level(LAMP).left()).isEqualTo(4);
  }

  private Order paid(int buyer) {
    var order = world.opened(buyer(buyer), "a", line(LAMP, 1));
    world.settle(order.id(), world.desk.pay(order.session().orElseThrow()), "evt_paid");
    return order;
  }

  private Outcome ask(Order order, long minor) {
    return world.database.write(
        tx -> refunds.ask(tx, order.id(), Money.of(minor, "USD"), "broken", "an operator", NOW));
  }

  private int restocked(Order order, Integer... units) {
    return world.database.write(tx -> refunds.restock(tx, order.id(), 1, List.of(units), NOW));
  }

  private OrderStatus status(Order order) {
    return world.order(order.id()).status();
  }

  private List<Refunds.Refund> refundsOf(Order order) {
    return world.database.read(tx -> refunds.of(tx, order.id()));
  }

  private static String key(Order order, int number) {
    return "refund:" + order.id() + ":" + number;
  }

  private static SessionState state(Order order, String status, String payment) {
    return new SessionState(
        order.session().orElseThrow().id(),
        status,
        payment,
        order.total().minor(),
        "USD",
        false,
        Optional.of("pi_1"));
  }
}
