package urgency.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.orders.OrderWorld.LAMP;
import static urgency.orders.OrderWorld.NOW;
import static urgency.orders.OrderWorld.buyer;
import static urgency.orders.OrderWorld.line;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.inventory.Stock.Level;
import urgency.orders.Expiry.Shutting;
import urgency.orders.PaymentDesk.SessionState;
import urgency.orders.Settlement.Outcome.Applied;
import urgency.orders.Settlement.Outcome.Known;

/** A person rejects a payment in doubt, and the units go back when it is sure that they can. */
class RejectionTest {
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
  void after_the_page_of_the_order_is_closed_its_units_go_back_and_it_ends_unpaid() {
    doubt();

    assertThat(shut()).isEqualTo(new Shutting.Shut());
    assertThat(reject()).isEqualTo(new Applied(OrderStatus.EXPIRED));
    assertThat(world.desk.of(order.id()).orElseThrow().status()).isEqualTo("expired");
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 0, 0));
  }

  @Test
  void the_same_news_again_does_not_bring_the_doubt_back() {
    doubt();
    shut();
    reject();

    assertThat(doubt()).isEqualTo(new Known(OrderStatus.EXPIRED));
    assertThat(reject()).isEqualTo(new Known(OrderStatus.EXPIRED));
  }

  @Test
  void without_the_word_of_the_provider_the_units_stay_held_and_the_order_in_doubt() {
    doubt();
    world.desk.down(true);

    assertThat(shut()).isEqualTo(new Shutting.Unknown());
    assertThat(reject()).isEqualTo(new Known(OrderStatus.QUARANTINED));
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 2, 0));

    world.desk.down(false);
    assertThat(shut()).isEqualTo(new Shutting.Shut());
  }

  @Test
  void a_page_that_was_paid_meanwhile_keeps_its_units() {
    doubt();
    world.desk.pay(order.session().orElseThrow());

    assertThat(shut()).isEqualTo(new Shutting.Paid());
    assertThat(reject()).isEqualTo(new Known(OrderStatus.QUARANTINED));
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 0, 2));
  }

  @Test
  void a_page_that_was_finished_with_a_slow_payment_keeps_its_units() {
    doubt();
    world.desk.promise(order.session().orElseThrow());

    assertThat(shut()).isEqualTo(new Shutting.Paid());
    assertThat(reject()).isEqualTo(new Known(OrderStatus.QUARANTINED));
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 2, 0));
  }

  @Test
  void a_page_that_was_paid_in_another_currency_is_finished_and_its_units_go_back() {
    var id = order.session().orElseThrow().id();
    var yen = new SessionState(id, "complete", "paid", 3_800, "JPY", false, Optional.of("pi_1"));
    world.desk.says(yen);
    world.settle(order.id(), yen, "evt_1");

    assertThat(shut()).isEqualTo(new Shutting.Shut());
    assertThat(reject()).isEqualTo(new Applied(OrderStatus.EXPIRED));
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 0, 0));
  }

  @Test
  void a_page_of_which_the_answer_was_lost_is_found_and_closed() {
    var lost = world.placed(buyer(2), "a", line(LAMP, 1));
    world.desk.losesAnswers(true);
    world.checkout.openPaymentPage(lost.id(), NOW);
    world.desk.losesAnswers(false);
    var page = world.desk.of(lost.id()).orElseThrow();
    var live = new SessionState(page.id(), "open", "unpaid", 1_900, "USD", true, Optional.empty());
    world.settle(lost.id(), live, "evt_1");

    var version = world.order(lost.id()).version();
    assertThat(world.expiry.shut(lost.id(), version, "Owner", NOW)).isEqualTo(new Shutting.Shut());
    assertThat(world.desk.of(lost.id()).orElseThrow().status()).isEqualTo("expired");
  }

  @Test
  void an_order_that_is_not_in_doubt_or_has_money_here_or_has_changed_stays_as_it_is() {
    assertThat(shut()).isEqualTo(new Shutting.Changed());
    var cheap =
        new SessionState(
            order.session().orElseThrow().id(),
            "complete",
            "paid",
            1,
            "USD",
            false,
            Optional.of("pi_1"));
    var seen = world.order(order.id()).version();
    world.settle(order.id(), cheap, "evt_1");

    assertThat(shut()).isEqualTo(new Shutting.Changed());
    assertThat(world.expiry.shut(order.id(), seen, "Owner", NOW)).isEqualTo(new Shutting.Changed());
    assertThat(world.level(LAMP)).isEqualTo(new Level(3, 2, 0));
  }

  private Settlement.Outcome doubt() {
    var minor = order.total().minor();
    var foreign =
        new SessionState("cs_x", "complete", "paid", minor, "USD", false, Optional.empty());
    return world.settle(order.id(), foreign, "evt_x");
  }

  private Shutting shut() {
    return world.expiry.shut(order.id(), world.order(order.id()).version(), "Owner", NOW);
  }

  private Settlement.Outcome reject() {
    var mismatch = world.order(order.id()).facts().mismatch();
    return world.database.write(
        tx -> world.settlement.reject(tx, order.id(), mismatch, "Owner", NOW));
  }
}
