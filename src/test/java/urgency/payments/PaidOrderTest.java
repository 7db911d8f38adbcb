package urgency.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import urgency.Patience;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.OrderStatus;
import urgency.orders.OrderWorld;
import urgency.orders.PaymentDesk.SessionState;
import urgency.orders.Placement;

/** Webhook, inbox and reconciler with the real orders behind them. */
class PaidOrderTest {
  private static final String SECRET = "whsec_test";

  private final TestClock clock = new TestClock(OrderWorld.NOW);
  private final TestDesk desk = new TestDesk();
  private OrderWorld shop;
  private final TestSource source = new TestSource();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private Inbox inbox;
  private InboxWorker worker;
  private Webhook webhook;

  @BeforeEach
  void start() {
    shop = OrderWorld.fresh();
    shop.stocked(OrderWorld.LAMP, 5);
    inbox = new Inbox(shop.database);
    worker = worker(clock);
    webhook =
        new Webhook(inbox, worker, new WebhookSecrets(List.of(SECRET), false), metrics, clock);
  }

  @AfterEach
  void stop() {
    inbox.close();
    shop.close();
  }

  @ParameterizedTest
  @CsvSource({
    "checkout.session.completed, complete, paid, PAID",
    "checkout.session.completed, complete, unpaid, PROCESSING",
    "checkout.session.expired, expired, unpaid, EXPIRED",
    "checkout.session.async_payment_succeeded, complete, paid, PAID",
    "checkout.session.async_payment_failed, complete, unpaid, PAYMENT_FAILED"
  })
  void a_webhook_moves_the_order(String type, String status, String payment, OrderStatus then) {
    var order = opened();

    post(Samples.event("evt_1", type, order, status, payment));
    settle();

    assertThat(shop.order(order.id()).status()).isEqualTo(then);
    assertThat(shop.audit()).isEmpty();
  }

  @Test
  void the_same_payment_told_in_three_ways_sells_once() {
    var order = opened();
    desk.answer(state(order, "complete", "paid"));
    var redirect = new Redirect(desk, shop.settlement, shop.database, clock);

    redirect.lookNow(order);
    post(Samples.event("evt_1", "checkout.session.completed", order, "complete", "paid"));
    post(Samples.event("evt_1", "checkout.session.completed", order, "complete", "paid"));
    settle();
    new Reconciler(shop.orders, redirect, shop.database)
        .run(OrderWorld.NOW.plus(Duration.ofMinutes(5)));

    assertThat(shop.order(order.id()).status()).isEqualTo(OrderStatus.PAID);
    assertThat(shop.level(OrderWorld.LAMP).sold()).isEqualTo(2);
    assertThat(shop.audit()).isEmpty();
  }

  @Test
  void a_shopper_who_comes_back_before_the_webhook_finds_the_order_paid() {
    var order = opened();
    desk.answer(state(order, "complete", "paid"));
    var redirect = new Redirect(desk, shop.settlement, shop.database, clock);

    try (var answer =
        new BackPage(shop.orders, redirect, shop.database).back(order.id().toString())) {
      assertThat(answer.getStatus()).isEqualTo(303);
      assertThat(answer.getLocation()).hasToString("/orders/" + order.id() + "?from=till");
    }
    assertThat(shop.order(order.id()).status()).isEqualTo(OrderStatus.PAID);
  }

  @Test
  void nobody_learns_by_coming_back_from_a_payment_whether_an_order_exists() {
    var nobodys = OrderId.fresh();
    var redirect = new Redirect(desk, shop.settlement, shop.database, clock);

    try (var answer = new BackPage(shop.orders, redirect, shop.database).back(nobodys.toString())) {
      assertThat(answer.getStatus()).isEqualTo(303);
      assertThat(answer.getLocation()).hasToString("/orders/" + nobodys + "?from=till");
    }
  }

  @Test
  void an_order_whose_webhooks_are_all_lost_comes_right_by_itself() {
    var order = opened();
    desk.answer(state(order, "complete", "paid"));
    var redirect = new Redirect(desk, shop.settlement, shop.database, clock);

    new Reconciler(shop.orders, redirect, shop.database)
        .run(OrderWorld.NOW.plus(Reconciler.PATIENCE).plusSeconds(1));

    assertThat(shop.order(order.id()).status()).isEqualTo(OrderStatus.PAID);
  }

  @Test
  void a_slow_payment_that_failed_unheard_is_found_by_the_reconciler() {
    var order = opened();
    desk.answer(state(order, "complete", "failed"));
    var redirect = new Redirect(desk, shop.settlement, shop.database, clock);

    new Reconciler(shop.orders, redirect, shop.database)
        .run(OrderWorld.NOW.plus(Duration.ofMinutes(5)));

    assertThat(shop.order(order.id()).status()).isEqualTo(OrderStatus.PAYMENT_FAILED);
  }

  @Test
  void open_orders_are_listed_from_where_the_last_list_ended() {
    for (var i = 0; i < 5; i++) shop.opened(OrderWorld.buyer(i), "key", line());
    var later = OrderWorld.NOW.plusSeconds(1);

    var first =
        shop.database.read(tx -> shop.orders.openWithSession(tx, later, Optional.empty(), 3));
    var rest =
        shop.database.read(
            tx -> shop.orders.openWithSession(tx, later, Optional.of(first.getLast().id()), 3));

    assertThat(first).hasSize(3);
    assertThat(rest).hasSize(2).doesNotContainAnyElementsOf(first);
  }

  @Test
  void an_amount_that_is_not_ours_never_sells() {
    var order = opened();
    var raw =
        new String(
                Samples.event("evt_1", "checkout.session.completed", order, "complete", "paid"),
                StandardCharsets.UTF_8)
            .replace("\"amount_total\":3800", "\"amount_total\":1");

    post(raw.getBytes(StandardCharsets.UTF_8));
    settle();

    assertThat(shop.order(order.id()).status()).isEqualTo(OrderStatus.QUARANTINED);
  }

  // A lane that the webhook woke may be at the event already.
  private void settle() {
    worker.workOff();
    Patience.until(
        "the inbox is empty",
        Duration.ofSeconds(30),
        () -> shop.database.read(inbox::depth).waiting() == 0);
  }

  private Order opened() {
    return shop.opened(OrderWorld.buyer(1), "key", OrderWorld.line(OrderWorld.LAMP, 2));
  }

  private static Placement.Line line() {
    return OrderWorld.line(OrderWorld.LAMP, 1);
  }

  private void post(byte[] body) {
    var receipt =
        webhook.receive(Signature.header(body, SECRET, OrderWorld.NOW), body, clock.instant());
    assertThat(receipt).isEqualTo(new Webhook.Receipt.Kept());
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

  private InboxWorker worker(TestClock clock) {
    var news = new EventNews(shop.orders, shop.settlement);
    return new InboxWorker(shop.database, inbox, news, source, metrics, clock);
  }
}
