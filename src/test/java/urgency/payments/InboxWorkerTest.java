package urgency.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.orders.OrderWorld.LAMP;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.OrderStatus;
import urgency.orders.OrderWorld;
import urgency.orders.PaymentDesk.SessionState;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboxWorkerTest {
  private final TestClock clock = new TestClock(Samples.NOW);
  private OrderWorld shop;
  private TestDesk desk;
  private final TestSource source = new TestSource();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private Inbox inbox;
  private int buyers;
  private InboxWorker worker;

  @BeforeAll
  void start() {
    shop = OrderWorld.fresh();
    shop.stocked(LAMP, 1_000);
    inbox = new Inbox(shop.database);
  }

  @AfterAll
  void stop() {
    inbox.close();
    shop.close();
  }

  @BeforeEach
  void empty() {
    shop.database.change(tx -> tx.execute("truncate payments.inbox"));
    repairSettlement();
    desk = new TestDesk();
    worker = worker(clock);
  }

  @ParameterizedTest
  @CsvSource({
    "checkout.session.completed, complete, paid, PAID",
    "checkout.session.completed, complete, unpaid, PROCESSING",
    "checkout.session.expired, expired, unpaid, EXPIRED",
    "checkout.session.async_payment_succeeded, complete, paid, PAID",
    "checkout.session.async_payment_failed, complete, unpaid, PAYMENT_FAILED"
  })
  void each_kind_of_news_reaches_the_order(
      String type, String status, String payment, OrderStatus then) {
    var order = opened();
    accept(Samples.event("evt_1", type, order, status, payment));

    worker.workOff();

    assertThat(status(order)).isEqualTo(then);
    assertThat(statuses()).containsExactly("done");
  }

  @Test
  void a_page_that_was_opened_ahead_pays_the_order_that_has_it() {
    var order = opened();
    accept(
        Samples.spare(
            Samples.event("evt_1", "checkout.session.completed", order, "complete", "paid")));

    worker.workOff();

    assertThat(status(order)).isEqualTo(OrderStatus.PAID);
  }

  @ParameterizedTest
  @CsvSource({
    "checkout.session.expired, expired, unpaid, ignored",
    "checkout.session.completed, complete, paid, dead"
  })
  void money_on_a_page_that_no_order_has_is_shown_to_a_person(
      String type, String status, String payment, String then) {
    accept(Samples.spare(Samples.event("evt_1", type, OrderId.fresh(), status, payment)));
    worker.workOff();
    clock.advance(InboxWorker.ORDER_WAIT_MAX.plusSeconds(1));

    worker.workOff();

    assertThat(statuses()).containsExactly(then);
  }

  @Test
  void a_failure_leaves_nothing_of_the_settlement_and_the_event_waits() {
    var order = opened();
    breakSettlement();
    accept(paid(order));

    worker.workOff();

    assertThat(status(order)).isEqualTo(OrderStatus.AWAITING_PAYMENT);
    repairSettlement();
    assertThat(statuses()).containsExactly("new");
  }

  @Test
  void an_event_that_failed_once_is_settled_when_the_trouble_is_over() {
    var order = opened();
    breakSettlement();
    accept(paid(order));
    worker.workOff();

    repairSettlement();
    clock.advance(Duration.ofSeconds(2));
    worker.workOff();

    assertThat(status(order)).isEqualTo(OrderStatus.PAID);
  }

  @Test
  void an_event_that_fails_ten_times_waits_for_a_person_who_can_replay_it() {
    var order = opened();
    breakSettlement();
    accept(paid(order));
    for (var i = 0; i < InboxWorker.ATTEMPTS_MAX; i++) {
      worker.workOff();
      clock.advance(Duration.ofMinutes(16));
    }
    assertThat(statuses()).containsExactly("dead");

    repairSettlement();
    shop.database.change(tx -> inbox.replayDead(tx, clock.instant(), 10));
    worker.workOff();

    assertThat(statuses()).containsExactly("done");
  }

  @Test
  void an_event_that_is_faster_than_its_order_waits_for_it() {
    var tap = OrderWorld.tap(OrderWorld.buyer(++buyers), "key", OrderWorld.line(LAMP, 1));
    accept(Samples.paid("evt_1", tap.id()));
    worker.workOff();
    assertThat(statuses()).containsExactly("new");

    shop.checkout.place(tap);
    clock.advance(Duration.ofSeconds(2));
    worker.workOff();

    assertThat(statuses()).containsExactly("done");
  }

  @Test
  void an_event_whose_order_never_comes_is_given_up_after_a_quarter_of_an_hour() {
    accept(Samples.paid("evt_1", Samples.order(Optional.empty()).id()));

    for (var minute = 0; minute < 17; minute++) {
      worker.workOff();
      clock.advance(Duration.ofMinutes(1));
    }

    assertThat(statuses()).containsExactly("dead");
  }

  @Test
  void a_thin_event_is_settled_by_what_the_provider_says_when_asked() {
    var order = opened();
    source.object(session(order));
    var before = source.fetches();
    accept(thin(order));

    worker.workOff();

    assertThat(source.fetches() - before).isEqualTo(1);
    assertThat(status(order)).isEqualTo(OrderStatus.PAID);
    assertThat(statuses()).containsExactly("done");
  }

  @Test
  void a_thin_event_waits_while_the_provider_cannot_be_asked() {
    accept(thin(opened()));

    worker.workOff();

    assertThat(statuses()).containsExactly("new");
  }

  @Test
  void the_reconciler_settles_an_order_whose_webhook_never_came() {
    var order = opened();
    desk.answer(state(order));
    var redirect = new Redirect(desk, shop.settlement, shop.database, clock);

    new Reconciler(shop.orders, redirect, shop.database)
        .run(order.placedAt().plus(Duration.ofMinutes(3)));

    assertThat(status(order)).isEqualTo(OrderStatus.PAID);
  }

  @Test
  void a_shopper_who_reloads_does_not_make_us_ask_again_and_again() {
    var order = opened();
    desk.answer(state(order));
    var redirect = new Redirect(desk, shop.settlement, shop.database, clock);

    for (var i = 0; i < 5; i++) redirect.lookNow(order);

    assertThat(desk.looks()).isEqualTo(1);
  }

  @Test
  void old_events_are_forgotten_and_waiting_ones_are_not() {
    accept(Samples.event("evt_old", "a.b", opened(), "open", "unpaid"));
    accept(Samples.paid("evt_waiting", Samples.order(Optional.empty()).id()));
    shop.database.change(
        tx ->
            tx.execute("update payments.inbox set status = 'ignored' where event_id = 'evt_old'"));

    shop.database.change(tx -> inbox.forget(tx, clock.instant().plus(Duration.ofDays(36))));

    assertThat(statuses()).containsExactly("new");
  }

  private Order opened() {
    return shop.opened(OrderWorld.buyer(++buyers), "key", OrderWorld.line(LAMP, 1));
  }

  private OrderStatus status(Order order) {
    return shop.order(order.id()).status();
  }

  // As a full disk would: no order can be changed.
  private void breakSettlement() {
    shop.database.change(
        tx ->
            tx.execute(
                "alter table orders.order_ add constraint broken check (version < 3) not valid"));
  }

  private void repairSettlement() {
    shop.database.change(
        tx -> tx.execute("alter table orders.order_ drop constraint if exists broken"));
  }

  private static byte[] paid(Order order) {
    return Samples.event("evt_1", "checkout.session.completed", order, "complete", "paid");
  }

  private static byte[] thin(Order order) {
    return Samples.thin("evt_thin", "evt_full", order.session().orElseThrow().id());
  }

  private void accept(byte[] raw) {
    var envelope = Envelope.parse(raw).orElseThrow();
    Instant now = clock.instant();
    inbox.accept(new Inbox.News(envelope, raw, Inbox.Source.PUSH, Inbox.Status.NEW, "", now));
  }

  private List<String> statuses() {
    return shop.database.read(
        tx -> tx.createQuery("select status from payments.inbox").mapTo(String.class).list());
  }

  private static JsonNode session(Order order) {
    return Envelope.parse(paid(order)).orElseThrow().object();
  }

  private static SessionState state(Order order) {
    return new SessionState(
        order.session().orElseThrow().id(),
        "complete",
        "paid",
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
