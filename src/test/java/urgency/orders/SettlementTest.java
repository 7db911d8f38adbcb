package urgency.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static urgency.orders.OrderWorld.LAMP;
import static urgency.orders.OrderWorld.MUG;
import static urgency.orders.OrderWorld.NOW;
import static urgency.orders.OrderWorld.buyer;
import static urgency.orders.OrderWorld.line;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.inventory.Stock.Level;
import urgency.orders.PaymentDesk.Goods;
import urgency.orders.PaymentDesk.SessionState;
import urgency.orders.Settlement.Outcome.Applied;
import urgency.orders.Settlement.Outcome.Known;
import urgency.orders.Settlement.Outcome.NoSuchOrder;

class SettlementTest {
  private OrderWorld world;
  private Order order;

  @BeforeEach
  void open() {
    world = OrderWorld.fresh();
    world.stocked(LAMP, 3);
    order = world.opened(buyer(1), "a", line(LAMP, 2));
  }

  @AfterEach
  void close() {
    assertThat(world.audit()).isEmpty();
    world.close();
  }

  @Test
  void a_paid_session_sells_the_units() {
    var outcome = settle("complete", "paid");
    var sold = world.database.read(tx -> world.orders.unitsSold(tx, 7));

    assertThat(outcome).isEqualTo(new Applied(OrderStatus.PAID));
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 0, 2));
    assertThat(sold).isEqualTo(Map.of(LAMP, 2));
  }

  @Test
  void a_webhook_delivered_three_times_pays_once() {
    settle("complete", "paid");
    var before = world.order(order.id());

    assertThat(settle("complete", "paid")).isEqualTo(new Known(OrderStatus.PAID));
    assertThat(settle("complete", "paid")).isEqualTo(new Known(OrderStatus.PAID));
    assertThat(world.order(order.id())).isEqualTo(before);
  }

  @Test
  void completed_is_not_paid() {
    assertThat(settle("complete", "unpaid")).isEqualTo(new Applied(OrderStatus.PROCESSING));
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 2, 0));
  }

  @Test
  void a_slow_payment_that_fails_gives_the_units_back() {
    settle("complete", "unpaid");

    var outcome = settle("complete", "failed");

    assertThat(outcome).isEqualTo(new Applied(OrderStatus.PAYMENT_FAILED));
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 0, 0));
  }

  @Test
  void an_expired_session_gives_the_units_back() {
    assertThat(settle("expired", "unpaid")).isEqualTo(new Applied(OrderStatus.EXPIRED));
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 0, 0));
  }

  @Test
  void a_late_payment_takes_the_units_again_while_they_are_there() {
    settle("expired", "unpaid");

    assertThat(settle("complete", "paid")).isEqualTo(new Applied(OrderStatus.PAID));
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 0, 2));
  }

  @Test
  void a_late_payment_goes_back_when_the_units_are_gone_even_if_they_return() {
    settle("expired", "unpaid");
    var other = world.placed(buyer(2), "a", line(LAMP, 2));

    assertThat(settle("complete", "paid")).isEqualTo(new Applied(OrderStatus.REFUND_PENDING));
    world.database.change(tx -> world.stock.release(tx, other.holdId(), NOW));
    assertThat(settle("complete", "paid")).isEqualTo(new Known(OrderStatus.REFUND_PENDING));
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 0, 0));
  }

  @Test
  void a_refund_is_done_when_all_of_the_money_went_back() {
    settle("complete", "paid");

    assertThat(refunded(100)).isEqualTo(new Applied(OrderStatus.PARTIALLY_REFUNDED));
    assertThat(refunded(order.total().minor())).isEqualTo(new Applied(OrderStatus.REFUNDED));
    assertThat(refunded(100)).isEqualTo(new Known(OrderStatus.REFUNDED));
    assertThat(world.level(LAMP).sold()).isEqualTo(2);
  }

  @Test
  void a_wrong_amount_sells_nothing_and_calls_a_person() {
    var ours = state("complete", "paid");
    var cheap = new SessionState(ours.id(), "complete", "paid", 1, "USD", false, Optional.empty());

    assertThat(world.settle(order.id(), cheap, "evt_1"))
        .isEqualTo(new Applied(OrderStatus.QUARANTINED));
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 2, 0));
    assertThat(world.order(order.id()).facts().mismatch()).startsWith("amount 1 USD");
  }

  @Test
  void a_wrong_currency_mode_or_session_sells_nothing() {
    var it = state("complete", "paid");
    var yen =
        new SessionState(
            it.id(), "complete", "paid", it.amountMinor(), "JPY", false, it.paymentIntent());
    var live =
        new SessionState(
            it.id(), "complete", "paid", it.amountMinor(), "USD", true, it.paymentIntent());
    var foreign =
        new SessionState(
            "cs_x", "complete", "paid", it.amountMinor(), "USD", false, it.paymentIntent());

    for (var wrong : new SessionState[] {yen, live, foreign}) {
      world.settle(order.id(), wrong, "evt_1");
      assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.QUARANTINED);
    }
    assertThat(world.level(LAMP).sold()).isZero();
  }

  @Test
  void a_payment_for_other_goods_or_units_sells_nothing_and_can_be_sent_back() {
    world.stocked(MUG, 2);
    var mugs = world.opened(buyer(2), "a", line(MUG, 2));
    var lamp = world.opened(buyer(3), "a", line(LAMP, 1));
    var paidFor = Map.of(order, Goods.one(LAMP), mugs, order.goods(), lamp, Goods.NONE);

    for (var it : paidFor.entrySet()) {
      var wrong = it.getKey();
      var other = it.getValue();
      world.settle(wrong.id(), payment(wrong, "complete", Optional.of(other)), "evt_1");

      var after = world.order(wrong.id());
      assertThat(after.status()).isEqualTo(OrderStatus.QUARANTINED);
      assertThat(after.facts().mismatch())
          .isEqualTo("goods " + other + " instead of " + wrong.goods());
      assertThat(after.facts().takenMinor()).isEqualTo(wrong.total().minor());
      assertThat(after.facts().intent()).isEqualTo("pi_" + wrong.id());
    }
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 3, 0));
    assertThat(world.level(MUG)).isEqualTo(new Level(2, 2, 0));
  }

  @Test
  void a_payment_for_the_goods_of_the_order_or_on_a_page_that_names_none_sells_them() {
    var other = world.opened(buyer(2), "a", line(LAMP, 1));

    world.settle(order.id(), payment(order, "complete", Optional.of(order.goods())), "evt_1");
    world.settle(other.id(), payment(other, "complete", Optional.empty()), "evt_2");

    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 0, 3));
  }

  @Test
  void a_page_for_other_goods_that_ended_unpaid_gives_the_units_back() {
    world.settle(order.id(), payment(order, "expired", Optional.of(Goods.one(MUG))), "evt_1");

    assertThat(world.order(order.id()).status()).isEqualTo(OrderStatus.EXPIRED);
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 0, 0));
  }

  @Test
  void a_foreign_page_that_took_no_money_is_no_news() {
    var it = state("expired", "unpaid");
    var foreign =
        new SessionState(
            "cs_x", "expired", "unpaid", it.amountMinor(), "USD", false, Optional.empty());

    assertThat(world.settle(order.id(), foreign, "evt_1"))
        .isEqualTo(new Known(OrderStatus.AWAITING_PAYMENT));
  }

  @Test
  void news_of_an_unknown_order_changes_nothing() {
    assertThat(world.settle(OrderId.fresh(), state("complete", "paid"), "evt_1"))
        .isEqualTo(new NoSuchOrder());
  }

  @Test
  void an_order_moves_with_its_audit_line_and_its_fact() {
    settle("complete", "paid");

    var causes =
        world.database.read(
            tx ->
                tx.createQuery(
                        """
                        select "from" || ' ' || "to" || ' ' || cause
                          from orders.audit
                         order by version
                        """)
                    .mapTo(String.class)
                    .list());
    var told =
        world.database.read(
            tx ->
                tx.createQuery("select body ->> 'status' from platform.fact order by id")
                    .mapTo(String.class)
                    .list());

    assertThat(causes)
        .containsExactly(
            " HELD placed", "HELD AWAITING_PAYMENT page opened", "AWAITING_PAYMENT PAID evt_1");
    assertThat(told).containsExactly("HELD", "AWAITING_PAYMENT", "PAID");
  }

  @Test
  void the_audit_cannot_be_rewritten() {
    assertThatThrownBy(() -> world.database.change(tx -> tx.execute("delete from orders.audit")))
        .hasMessageContaining("the audit only grows");
  }

  private Settlement.Outcome settle(String status, String payment) {
    return world.settle(order.id(), state(status, payment), "evt_1");
  }

  private Settlement.Outcome refunded(long minor) {
    return world.database.write(
        tx -> world.settlement.refunded(tx, order.id(), minor, "evt_r", NOW));
  }

  private static SessionState payment(Order order, String status, Optional<Goods> goods) {
    return new SessionState(
        order.session().orElseThrow().id(),
        status,
        status.equals("complete") ? "paid" : "unpaid",
        order.total().minor(),
        "USD",
        false,
        Optional.of("pi_" + order.id()),
        Optional.empty(),
        goods);
  }

  private SessionState state(String status, String payment) {
    return new SessionState(
        order.session().orElseThrow().id(),
        status,
        payment,
        order.total().minor(),
        order.total().currency().getCurrencyCode(),
        false,
        Optional.empty());
  }
}
