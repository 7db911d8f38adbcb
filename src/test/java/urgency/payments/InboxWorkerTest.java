package urgency.payments;

import static org.assertj.core.api.Assertions.assertThat;

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
import urgency.orders.PaymentDesk.SessionState;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboxWorkerTest {
  private final TestClock clock = new TestClock(Samples.NOW);
  private Database database;
  private TestOrders orders;
  private TestDesk desk;
  private Inbox inbox;
  private InboxWorker worker;

  @BeforeAll
  void start() {
    database = TestDatabase.fresh();
    orders = new TestOrders(database);
    inbox = new Inbox(database);
  }

  @AfterAll
  void stop() {
    inbox.close();
    database.close();
  }

  @BeforeEach
  void empty() {
    database.change(tx -> tx.execute("truncate payments.inbox, public.settled"));
    orders.recover();
    desk = new TestDesk();
    worker = new InboxWorker(database, inbox, orders, desk, clock);
  }

  @ParameterizedTest
  @CsvSource({
    "checkout.session.completed, complete, paid, paid",
    "checkout.session.completed, complete, unpaid, unpaid",
    "checkout.session.expired, expired, unpaid, unpaid",
    "checkout.session.async_payment_succeeded, complete, paid, paid",
    "checkout.session.async_payment_failed, complete, unpaid, failed"
  })
  void each_kind_of_news_reaches_the_order(
      String type, String status, String payment, String told) {
    var order = placed(Optional.empty());
    accept(Samples.event("evt_1", type, order.id(), status, payment));

    worker.workOff();

    assertThat(orders.settled()).containsExactly(told + " " + order.id());
    assertThat(statuses()).containsExactly("done");
  }

  @Test
  void a_failure_leaves_nothing_of_the_settlement_and_the_event_waits() {
    var order = placed(Optional.empty());
    orders.failWith(new IllegalStateException("the units are elsewhere"));
    accept(Samples.paid("evt_1", order.id()));

    worker.workOff();

    assertThat(orders.settled()).isEmpty();
    assertThat(statuses()).containsExactly("new");
  }

  @Test
  void an_event_that_failed_once_is_settled_when_the_trouble_is_over() {
    var order = placed(Optional.empty());
    orders.failWith(new IllegalStateException("for a moment"));
    accept(Samples.paid("evt_1", order.id()));
    worker.workOff();

    orders.recover();
    clock.advance(Duration.ofSeconds(2));
    worker.workOff();

    assertThat(orders.settled()).containsExactly("paid " + order.id());
  }

  @Test
  void an_event_that_fails_ten_times_waits_for_a_person_who_can_replay_it() {
    var order = placed(Optional.empty());
    orders.failWith(new IllegalStateException("for good"));
    accept(Samples.paid("evt_1", order.id()));
    for (var i = 0; i < InboxWorker.ATTEMPTS_MAX; i++) {
      worker.workOff();
      clock.advance(Duration.ofMinutes(16));
    }
    assertThat(statuses()).containsExactly("dead");

    orders.recover();
    database.change(tx -> inbox.replayDead(tx, clock.instant(), 10));
    worker.workOff();

    assertThat(statuses()).containsExactly("done");
  }

  @Test
  void an_event_that_is_faster_than_its_order_waits_for_it() {
    var order = Samples.order(Optional.empty());
    accept(Samples.paid("evt_1", order.id()));
    worker.workOff();
    assertThat(statuses()).containsExactly("new");

    orders.add(order);
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
    var order = placed(Optional.of(new Order.Session("cs_test_9", "http://till", clock.instant())));
    desk.answer(state("cs_test_9"));
    accept(Samples.thin("evt_thin", "evt_full", "cs_test_9"));

    worker.workOff();

    assertThat(desk.looks()).isEqualTo(1);
    assertThat(orders.settled()).containsExactly("paid " + order.id());
    assertThat(statuses()).containsExactly("done");
  }

  @Test
  void a_thin_event_waits_while_the_provider_cannot_be_asked() {
    placed(Optional.of(new Order.Session("cs_test_8", "http://till", clock.instant())));
    accept(Samples.thin("evt_thin", "evt_full", "cs_test_8"));

    worker.workOff();

    assertThat(statuses()).containsExactly("new");
  }

  @Test
  void the_reconciler_settles_an_order_whose_webhook_never_came() {
    var order = placed(Optional.of(new Order.Session("cs_test_7", "http://till", clock.instant())));
    desk.answer(state("cs_test_7"));
    var redirect = new Redirect(desk, orders, database, clock);

    new Reconciler(orders, redirect, database).run(order.placedAt().plus(Duration.ofMinutes(3)));

    assertThat(orders.settled()).contains("paid " + order.id());
  }

  @Test
  void a_shopper_who_reloads_does_not_make_us_ask_again_and_again() {
    var order = placed(Optional.of(new Order.Session("cs_test_6", "http://till", clock.instant())));
    desk.answer(state("cs_test_6"));
    var redirect = new Redirect(desk, orders, database, clock);

    for (var i = 0; i < 5; i++) redirect.lookNow(order);

    assertThat(desk.looks()).isEqualTo(1);
  }

  @Test
  void old_events_are_forgotten_and_waiting_ones_are_not() {
    accept(Samples.event("evt_old", "a.b", placed(Optional.empty()).id(), "open", "unpaid"));
    accept(Samples.paid("evt_waiting", Samples.order(Optional.empty()).id()));
    database.change(
        tx ->
            tx.execute("update payments.inbox set status = 'ignored' where event_id = 'evt_old'"));

    database.change(tx -> inbox.forget(tx, clock.instant().plus(Duration.ofDays(36))));

    assertThat(statuses()).containsExactly("new");
  }

  private Order placed(Optional<Order.Session> session) {
    var order = Samples.order(session);
    orders.add(order);
    return order;
  }

  private void accept(byte[] raw) {
    var envelope = Envelope.parse(raw).orElseThrow();
    Instant now = clock.instant();
    inbox.accept(new Inbox.News(envelope, raw, Inbox.Source.PUSH, Inbox.Status.NEW, "", now));
  }

  private List<String> statuses() {
    return database.read(
        tx -> tx.createQuery("select status from payments.inbox").mapTo(String.class).list());
  }

  private static SessionState state(String id) {
    return new SessionState(id, "complete", "paid", 4_538, "USD", false, Optional.of("pi_1"));
  }
}
