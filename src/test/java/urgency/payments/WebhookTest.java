package urgency.payments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import urgency.Patience;
import urgency.orders.Order;
import urgency.orders.OrderStatus;
import urgency.orders.OrderWorld;
import urgency.platform.sql.TestDatabase;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookTest {
  private static final String SECRET = "whsec_test";

  private final TestClock clock = new TestClock(Samples.NOW);
  private OrderWorld shop;
  private final TestSource source = new TestSource();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private Inbox inbox;
  private int buyers;
  private InboxWorker worker;
  private Webhook webhook;

  @BeforeAll
  void start() {
    shop = OrderWorld.fresh();
    shop.stocked(OrderWorld.LAMP, 100);
    inbox = new Inbox(shop.database);
    worker = worker(clock);
    webhook =
        new Webhook(inbox, worker, new WebhookSecrets(List.of(SECRET), false), metrics, clock);
  }

  @AfterAll
  void stop() {
    inbox.close();
    shop.close();
  }

  @BeforeEach
  void empty() {
    shop.database.change(tx -> tx.execute("truncate payments.inbox"));
  }

  @Test
  void an_event_that_comes_ten_times_at_once_is_one_row_and_settles_once() throws Exception {
    var order = placed();
    var body = paid("evt_ten", order);

    var answers = new ArrayList<Future<Integer>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 10; i++) answers.add(threads.submit(() -> post(body)));
    }
    worker.workOff();
    // A lane that the webhook woke may be at the event already.
    Patience.until("settled", Duration.ofSeconds(30), () -> statuses().equals(List.of("done")));

    for (var answer : answers) assertThat(answer.get()).isEqualTo(200);
    assertThat(statuses()).containsExactly("done");
    assertThat(shop.order(order.id()).status()).isEqualTo(OrderStatus.PAID);
  }

  @Test
  void every_real_event_is_stored_and_worked_off_without_an_error() {
    var number = 0;
    for (var file : Samples.realEvents()) {
      assertThat(post(Samples.withId(file, "evt_real_" + number++))).isEqualTo(200);
    }
    worker.workOff();
    assertThat(statuses()).hasSize(number).containsOnly("ignored", "new");
    var later = worker(new TestClock(Samples.NOW.plus(Duration.ofMinutes(16))));
    // A lane that the webhook woke may be at an event already, which nobody else takes then.
    Patience.until(
        "all given up",
        Duration.ofSeconds(30),
        () -> {
          later.workOff();
          return statuses().stream().allMatch("ignored"::equals);
        });

    assertThat(statuses()).hasSize(number).containsOnly("ignored");
  }

  @Test
  void real_events_that_share_an_id_are_one_row() throws Exception {
    for (var file : Samples.realEvents()) {
      assertThat(post(Files.readAllBytes(file))).isEqualTo(200);
    }

    assertThat(statuses()).hasSizeLessThan(Samples.realEvents().size());
  }

  @Test
  void two_thousand_mangled_webhooks_never_break_the_shop() {
    var random = new Random(20_261_124);
    var body = paid("evt_fuzz", placed());

    for (var i = 0; i < 2_000; i++) {
      var mangled = mangled(body, random);
      var header =
          random.nextInt(4) == 0
              ? new String(
                  mangled(Signature.header(mangled, SECRET, Samples.NOW).getBytes(UTF_8), random),
                  UTF_8)
              : Signature.header(mangled, SECRET, Samples.NOW);

      assertThat(post(header, mangled)).isIn(200, 400);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "text",
        "{",
        "{}",
        "{\"id\":1,\"type\":\"a\"}",
        "{\"id\":\"evt_1\"}",
        "{\"id\":\"evt\\u0000\",\"type\":\"a\"}",
        "{\"id\":\"evt_1\",\"type\":\"a\"} {}"
      })
  void signed_bytes_that_are_no_event_are_refused(String body) {
    assertThat(post(body.getBytes(UTF_8))).isEqualTo(400);
    assertThat(statuses()).isEmpty();
  }

  @Test
  void deep_nesting_is_refused() {
    var deep = "{\"id\":\"evt_1\",\"type\":\"a\",\"x\":" + "[".repeat(5_000);

    assertThat(post(deep.getBytes(UTF_8))).isEqualTo(400);
  }

  @Test
  void a_wrong_signature_is_refused_and_leaves_nothing() {
    var body = paid("evt_1", placed());

    assertThat(post(Signature.header(body, "whsec_other", Samples.NOW), body)).isEqualTo(400);
    assertThat(statuses()).isEmpty();
    var refused = metrics.counter("webhook_refused", "why", "no signature matches");
    assertThat(refused.count()).isPositive();
  }

  @Test
  void a_body_beyond_the_limit_is_refused_before_it_is_looked_at() {
    assertThat(post("t=1,v1=0", new byte[Webhook.BODY_MAX + 1])).isEqualTo(413);
  }

  @Test
  void a_body_that_breaks_off_is_refused_in_silence() {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Invalid character in chunk size");
          }

          @Override
          public int read(byte[] into, int from, int most) throws IOException {
            return read();
          }
        };

    try (var answer = webhook.answer("t=1,v1=0", "", broken)) {
      assertThat(answer.getStatus()).isEqualTo(400);
    }
  }

  @Test
  void an_event_of_another_type_or_of_live_money_is_kept_and_left_alone() {
    var order = placed();
    var live = new String(paid("evt_live", order), UTF_8);

    post(Samples.event("evt_other", "payment_intent.created", order, "open", "unpaid"));
    post(live.replace("\"livemode\":false,\"type\"", "\"livemode\":true,\"type\"").getBytes(UTF_8));
    worker.workOff();

    assertThat(statuses()).containsExactly("ignored", "ignored");
    assertThat(shop.order(order.id()).status()).isEqualTo(OrderStatus.AWAITING_PAYMENT);
  }

  @Test
  void the_thin_and_the_full_event_of_one_change_count_once() {
    var order = placed();

    post(paid("evt_full", order));
    post(Samples.thin("evt_thin", "evt_full", order.session().orElseThrow().id()));

    assertThat(statuses()).hasSize(1);
  }

  @Test
  void a_database_that_is_down_is_told_so_that_the_event_comes_again() {
    var gone = TestDatabase.fresh();
    var closed = new Inbox(gone);
    gone.close();
    var broken =
        new Webhook(closed, worker, new WebhookSecrets(List.of(SECRET), false), metrics, clock);
    var body = paid("evt_1", placed());

    var receipt =
        broken.receive(Signature.header(body, SECRET, Samples.NOW), body, clock.instant());
    closed.close();

    assertThat(receipt).isEqualTo(new Webhook.Receipt.NotNow());
  }

  private Order placed() {
    return shop.opened(OrderWorld.buyer(++buyers), "key", OrderWorld.line(OrderWorld.LAMP, 1));
  }

  private static byte[] paid(String event, Order order) {
    return Samples.event(event, "checkout.session.completed", order, "complete", "paid");
  }

  private int post(byte[] body) {
    return post(Signature.header(body, SECRET, clock.instant()), body);
  }

  private int post(String header, byte[] body) {
    try (var response = webhook.answer(header, "", new ByteArrayInputStream(body))) {
      return response.getStatus();
    }
  }

  private List<String> statuses() {
    return shop.database.read(
        tx -> tx.createQuery("select status from payments.inbox").mapTo(String.class).list());
  }

  private static byte[] mangled(byte[] bytes, Random random) {
    var mangled = bytes.clone();
    for (var i = random.nextInt(4); i >= 0; i--) {
      mangled[random.nextInt(mangled.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(5) == 0
        ? Arrays.copyOf(mangled, random.nextInt(mangled.length))
        : mangled;
  }

  private InboxWorker worker(TestClock clock) {
    var news = new EventNews(shop.orders, shop.settlement);
    return new InboxWorker(shop.database, inbox, news, source, metrics, clock);
  }
}
