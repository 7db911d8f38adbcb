package urgency.payments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static urgency.orders.OrderWorld.LAMP;
import static urgency.orders.OrderWorld.NOW;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import urgency.Patience;
import urgency.orders.Order;
import urgency.orders.OrderStatus;
import urgency.orders.OrderWorld;
import urgency.orders.Orders;
import urgency.orders.PaymentFacts.Dispute;

/** Refunds, disputes and lost webhooks, from the inbox to the order. */
class MoneyEventsTest {
  private static final Duration LATER = Duration.ofMinutes(16);

  private final TestClock clock = new TestClock(NOW);
  private final TestSource source = new TestSource();
  private OrderWorld shop;
  private Inbox inbox;
  private InboxWorker worker;

  @BeforeEach
  void start() {
    shop = OrderWorld.fresh();
    shop.stocked(LAMP, 20);
    inbox = new Inbox(shop.database);
    var news = new EventNews(shop.orders, shop.settlement);
    worker = new InboxWorker(shop.database, inbox, news, source, new SimpleMeterRegistry(), clock);
  }

  @AfterEach
  void stop() {
    assertThat(shop.audit()).isEmpty();
    inbox.close();
    shop.close();
  }

  @ParameterizedTest
  @CsvSource({
    "refund.created, pending, 1900, REFUND_PENDING",
    "refund.updated, succeeded, 500, PARTIALLY_REFUNDED",
    "refund.updated, succeeded, 1900, REFUNDED",
    "refund.failed, failed, 1900, REFUND_FAILED"
  })
  void a_refund_reaches_its_order(String type, String status, long minor, OrderStatus then) {
    var order = paid(1, "pi_1");

    accept(event("evt_r", type, refund("re_1", "pi_1", minor, status)));

    assertThat(status(order)).isEqualTo(then);
  }

  @ParameterizedTest
  @ValueSource(strings = {"re 1 2", "", "re_1\\n", "re\\u0000"})
  void a_refund_whose_id_is_none_waits_for_a_person_and_its_order_stays_readable(String id) {
    var order = paid(1, "pi_1");

    accept(event("evt_r", "refund.updated", refund(id, "pi_1", 500, "succeeded")));

    assertThat(status(order)).isEqualTo(OrderStatus.PAID);
    assertThat(inboxStatus("evt_r")).isEqualTo(Inbox.Status.DEAD);
  }

  @Test
  void a_charge_tells_how_much_went_back_in_all() {
    var order = paid(1, "pi_1");

    accept(event("evt_1", "charge.refunded", charge("pi_1", 400)));
    assertThat(status(order)).isEqualTo(OrderStatus.PARTIALLY_REFUNDED);
    accept(event("evt_2", "charge.refunded", charge("pi_1", 1_900)));

    assertThat(status(order)).isEqualTo(OrderStatus.REFUNDED);
  }

  @ParameterizedTest
  @CsvSource({
    "created, needs_response, OPEN",
    "updated, under_review, OPEN",
    "closed, won, WON",
    "closed, lost, LOST",
    "created, warning_needs_response, INQUIRY",
    "updated, warning_under_review, INQUIRY",
    "closed, warning_closed, AVERTED",
    "closed, prevented, AVERTED"
  })
  void a_dispute_stands_beside_the_status(String what, String status, Dispute then) {
    var order = paid(1, "pi_1");

    accept(event("evt_d", "charge.dispute." + what, dispute("pi_1", status)));

    assertThat(shop.order(order.id()).facts().dispute()).isEqualTo(then);
    assertThat(status(order)).isEqualTo(OrderStatus.PAID);
  }

  @ParameterizedTest
  @CsvSource({"needs_response, OPEN", "under_review, OPEN", "won, WON", "lost, LOST"})
  void a_dispute_that_follows_a_closed_inquiry_is_seen(String status, Dispute then) {
    var order = paid(1, "pi_1");
    accept(event("evt_1", "charge.dispute.created", dispute("pi_1", "warning_needs_response")));
    accept(event("evt_2", "charge.dispute.closed", dispute("pi_1", "warning_closed")));

    accept(event("evt_3", "charge.dispute.updated", dispute("pi_1", status)));
    accept(event("evt_4", "charge.dispute.closed", dispute("pi_1", "warning_closed")));

    assertThat(shop.order(order.id()).facts().dispute()).isEqualTo(then);
  }

  @ParameterizedTest
  @CsvSource({
    "'', PAID",
    "00000000000000000000000000000001:1, PAID",
    "00000000000000000000000000000001:2, QUARANTINED",
    "00000000000000000000000000000002:1, QUARANTINED",
    "00000000000000000000000000000001:1 00000000000000000000000000000002:1, QUARANTINED",
    "00000000000000000000000000000001:1 00000000000000000000000000000001:1, QUARANTINED",
    "lamp\\u0000, QUARANTINED"
  })
  void a_payment_for_what_was_not_ordered_waits_for_a_person(String goods, OrderStatus then) {
    var order = opened(1);

    accept(paidEvent(order, "pi_1").replace("{\"order_id\"", named(goods)));

    assertThat(status(order)).isEqualTo(then);
    assertThat(shop.order(order.id()).facts().intent()).isEqualTo("pi_1");
  }

  @Test
  void a_thin_event_of_a_refund_is_settled_by_what_the_provider_says() {
    var order = paid(1, "pi_1");
    source.object(json(refund("re_1", "pi_1", 1_900, "succeeded")));

    accept(
        """
        {"id":"evt_thin","object":"v2.core.event","created":"2026-11-24T18:00:00.000Z",
         "livemode":false,"type":"v1.refund.updated","snapshot_event":"evt_full",
         "related_object":{"id":"re_1","type":"refund","url":"/v1/refunds/re_1"}}
        """);

    assertThat(status(order)).isEqualTo(OrderStatus.REFUNDED);
  }

  @Test
  void a_refund_that_is_faster_than_its_payment_waits_for_it() {
    var order = opened(1);
    accept(event("evt_r", "refund.updated", refund("re_1", "pi_1", 1_900, "succeeded")));
    assertThat(inboxStatus("evt_r")).isEqualTo(Inbox.Status.NEW);

    accept(paidEvent(order, "pi_1"));
    clock.advance(Duration.ofMinutes(2));
    worker.workOff();

    assertThat(status(order)).isEqualTo(OrderStatus.REFUNDED);
  }

  @Test
  void a_refund_of_another_shop_on_the_same_account_is_left_alone_in_the_end() {
    accept(event("evt_r", "refund.updated", refund("re_1", "pi_other", 100, "succeeded")));

    clock.advance(LATER);
    worker.workOff();

    assertThat(inboxStatus("evt_r")).isEqualTo(Inbox.Status.IGNORED);
  }

  @Test
  void chosen_events_are_worked_off_once_more() {
    paid(1, "pi_1");
    accept(event("evt_r", "refund.updated", refund("re_1", "pi_1", 500, "succeeded")));
    var refunds = new Inbox.Choice("", "refund.updated", Optional.empty(), NOW, NOW.plus(LATER));
    var one = new Inbox.Choice("evt_r", "", Optional.empty(), NOW, NOW.plus(LATER));
    var before = new Inbox.Choice("", "", Optional.empty(), Instant.EPOCH, NOW);

    assertThat(replayed(refunds)).isEqualTo(1);
    worker.workOff();
    assertThat(replayed(one)).isEqualTo(1);
    worker.workOff();
    assertThat(replayed(before)).isZero();
    assertThat(replayed(Inbox.Choice.ALL)).isEqualTo(2);
    worker.workOff();

    assertThat(inboxStatus("evt_r")).isEqualTo(Inbox.Status.DONE);
  }

  @Test
  void with_every_webhook_lost_each_order_comes_right_within_five_minutes() {
    var poll = poll();
    poll.run(NOW);
    var paid = opened(1);
    var refunded = opened(2);
    var expired = opened(3);
    clock.advance(Duration.ofMinutes(1));
    source.event(json(paidEvent(paid, "pi_1")));
    source.event(json(paidEvent(refunded, "pi_2")));
    source.event(json(event("evt_c", "charge.refunded", charge("pi_2", 1_900))));
    source.event(
        json(Samples.event("evt_x", "checkout.session.expired", expired, "expired", "unpaid")));

    var news = 0;
    for (var minute = 0; minute < 5; minute++) {
      clock.advance(Duration.ofMinutes(1));
      if (minute % 2 == 0) news += poll.run(clock.instant());
      worker.workOff();
    }

    assertThat(news).isEqualTo(4);
    // The poll woke the worker's own threads too, and they may still have some in hand. The clock
    // stands at five minutes while we wait for them.
    Patience.until(
        "all that was found to be worked off",
        Duration.ofSeconds(30),
        () -> {
          worker.workOff();
          return shop.database.read(inbox::depth).waiting() == 0;
        });
    assertThat(status(paid)).isEqualTo(OrderStatus.PAID);
    assertThat(status(refunded)).isEqualTo(OrderStatus.REFUNDED);
    assertThat(status(expired)).isEqualTo(OrderStatus.EXPIRED);
  }

  @Test
  void a_shop_that_was_away_for_days_reads_all_that_it_missed() {
    var poll = poll();
    poll.run(NOW.minus(Duration.ofDays(9)));
    var order = opened(1);
    source.event(json(paidEvent(order, "pi_1")));
    source.down(true);
    assertThat(poll.run(NOW)).isZero();

    source.down(false);
    assertThat(poll.run(NOW.plus(Duration.ofMinutes(1)))).isEqualTo(1);
    assertThat(poll.run(NOW.plus(Duration.ofMinutes(3)))).isZero();
  }

  @Test
  void the_audit_finds_what_differs_and_nothing_else() {
    var good = paid(1, "pi_1");
    var unheard = opened(2);
    paid(3, "pi_3");
    source.session(session(paid(4, "pi_4"), 1_800));
    source.session(session(good, 1_900));
    source.session(session(unheard, 1_900));
    var audit = new PaymentAudit(source, shop.orders, shop.database);

    var figures = audit.run(NOW.plus(Duration.ofHours(2))).orElseThrow();

    assertThat(figures).isEqualTo(new PaymentAudit.Figures(1, 1, 1));
  }

  @Test
  void orders_are_read_page_by_page_with_their_history() {
    for (var i = 1; i <= 5; i++) paid(i, "pi_" + i);
    var choice =
        new Orders.Choice(
            Optional.of(OrderStatus.PAID), Instant.EPOCH, NOW.plus(Duration.ofDays(1)));

    var first = shop.database.read(tx -> shop.orders.page(tx, choice, Optional.empty(), 3));
    var last = Optional.of(first.getLast());
    var rest = shop.database.read(tx -> shop.orders.page(tx, choice, last, 3));
    var history = shop.database.read(tx -> shop.orders.history(tx, first.getFirst().id(), 100));

    assertThat(first).hasSize(3);
    assertThat(rest).hasSize(2).doesNotContainAnyElementsOf(first);
    assertThat(history)
        .extracting(Orders.Step::to)
        .containsExactly("HELD", "AWAITING_PAYMENT", "PAID");
  }

  private EventPoll poll() {
    var secrets = new WebhookSecrets(List.of("whsec_test"), false);
    return new EventPoll(source, inbox, worker, secrets, shop.database);
  }

  private Order opened(int buyer) {
    return shop.opened(OrderWorld.buyer(buyer), "key", OrderWorld.line(LAMP, 1));
  }

  private Order paid(int buyer, String intent) {
    var order = opened(buyer);
    accept(paidEvent(order, intent));
    return order;
  }

  private OrderStatus status(Order order) {
    return shop.order(order.id()).status();
  }

  private Inbox.Status inboxStatus(String event) {
    var choice =
        new Inbox.Choice(event, "", Optional.empty(), Instant.EPOCH, NOW.plus(Duration.ofDays(1)));
    return shop.database.read(tx -> new InboxView().page(tx, choice, 10)).getFirst().status();
  }

  private int replayed(Inbox.Choice choice) {
    return shop.database.write(tx -> inbox.replay(tx, choice, clock.instant(), 10));
  }

  private void accept(String event) {
    var raw = event.getBytes(UTF_8);
    var envelope = Envelope.parse(raw).orElseThrow();
    inbox.accept(
        new Inbox.News(envelope, raw, Inbox.Source.PUSH, Inbox.Status.NEW, "", clock.instant()));
    worker.workOff();
  }

  private static String paidEvent(Order order, String intent) {
    var id = "evt_" + intent;
    var raw = Samples.event(id, "checkout.session.completed", order, "complete", "paid");
    return new String(raw, UTF_8).replace("\"pi_1\"", "\"" + intent + "\"");
  }

  private static String named(String goods) {
    return "{\"goods\":\"" + goods + "\",\"order_id\"";
  }

  private static JsonNode session(Order order, long minor) {
    var raw = Samples.event("evt_s", "checkout.session.completed", order, "complete", "paid");
    var text =
        new String(raw, UTF_8)
            .replace("\"amount_total\":1900", "\"amount_total\":" + minor)
            .replace("\"object\":\"checkout", "\"created\":1795543200,\"object\":\"checkout");
    return json(text).path("data").path("object");
  }

  private static String event(String id, String type, String object) {
    return """
        {"id":"%s","object":"event","api_version":"2020-08-27","created":1795543200,
         "livemode":false,"type":"%s","data":{"object":%s}}
        """
        .formatted(id, type, object);
  }

  private static String refund(String id, String intent, long minor, String status) {
    return """
        {"id":"%s","object":"refund","amount":%d,"currency":"usd","status":"%s",
         "payment_intent":"%s","metadata":{}}
        """
        .formatted(id, minor, status, intent);
  }

  private static String charge(String intent, long refunded) {
    return """
        {"id":"ch_1","object":"charge","amount":1900,"amount_refunded":%d,"currency":"usd",
         "payment_intent":"%s","metadata":{}}
        """
        .formatted(refunded, intent);
  }

  private static String dispute(String intent, String status) {
    return """
        {"id":"du_1","object":"dispute","amount":1900,"currency":"usd","status":"%s",
         "payment_intent":"%s"}
        """
        .formatted(status, intent);
  }

  private static JsonNode json(String text) {
    return json(text.getBytes(UTF_8));
  }

  private static JsonNode json(byte[] raw) {
    try {
      return Envelope.JSON.readTree(raw);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
