package urgency.payments.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.money.Money;
import urgency.orders.OrderId;
import urgency.orders.PaymentDesk.MoneyBack;
import urgency.orders.PaymentDesk.Opening;
import urgency.orders.PaymentDesk.Refunding;
import urgency.orders.PaymentDesk.Trouble;
import urgency.orders.RefundFacts;
import urgency.payments.EventSource;
import urgency.payments.Samples;

/** What Stripe's client makes of answers, and what it sends: on the wire. */
class StripeAnswersTest {
  private static final String BROKEN = "{\"error\":{\"type\":\"api_error\"}}";
  private static final MoneyBack WISH =
      new MoneyBack(OrderId.fresh(), 2, "pi_1", Money.of(500, "USD"));

  private HttpServer server;
  private volatile int status = 200;
  private volatile String answer = "{}";
  private volatile String asked = "";
  private volatile String body = "";
  private volatile String key = "";

  /** The answer to it was a failure, which is given again. */
  private volatile String brokenKey = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            asked = decoded(exchange.getRequestURI().toString());
            body =
                decoded(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            var broken = key.equals(brokenKey);
            if (broken) exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
            var bytes = (broken ? BROKEN : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(broken ? 500 : status, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_refund_is_sent_with_its_key_and_understood() {
    answer =
        """
        {"id":"re_9","object":"refund","amount":500,"currency":"usd","status":"pending",
         "payment_intent":"pi_1"}
        """;

    var sent = desk().refund(WISH);

    assertThat(sent)
        .isEqualTo(
            new Refunding.Sent("re_9", new RefundFacts.Refund(500, RefundFacts.State.PENDING)));
    assertThat(asked).isEqualTo("/v1/refunds");
    assertThat(body).contains("payment_intent=pi_1", "amount=500");
    assertThat(key).isEqualTo("refund:" + WISH.order() + ":2");
  }

  @Test
  void a_refund_that_stripe_will_never_make_is_refused() {
    status = 400;
    answer =
        "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"charge_already_refunded\"}}";

    assertThat(desk().refund(WISH)).isInstanceOf(Refunding.Refused.class);
  }

  @Test
  void haste_and_trouble_are_told_apart_and_neither_is_a_refusal() {
    answer = "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"rate_limit\"}}";
    status = 429;
    assertThat(trouble()).contains(Trouble.TOO_FAST);

    answer = BROKEN;
    status = 500;
    assertThat(trouble()).contains(Trouble.DOWN);
  }

  @Test
  void an_order_gets_its_page_by_another_key_when_stripe_keeps_a_failure_for_the_first() {
    var order = Samples.order(Optional.empty());
    brokenKey = "cs:" + order.id();
    answer =
        """
        {"id":"cs_test_2","object":"checkout.session","url":"https://pay.example/cs_test_2",
         "expires_at":1795545660}
        """;

    assertThat(desk().open(order, Samples.NOW))
        .isInstanceOfSatisfying(
            Opening.Opened.class, it -> assertThat(it.session().id()).isEqualTo("cs_test_2"));
    assertThat(key).isEqualTo("cs:" + order.id() + ":2");
  }

  @Test
  void a_refund_that_may_have_been_made_is_never_asked_for_by_another_key() {
    brokenKey = WISH.key();

    assertThat(desk().refund(WISH)).isInstanceOf(Refunding.NotNow.class);
    assertThat(key).isEqualTo(WISH.key());
  }

  @Test
  void events_are_asked_for_by_time_type_and_place() {
    answer = "{\"object\":\"list\",\"data\":[{\"id\":\"evt_1\"}],\"has_more\":true}";

    var page = feed().events(Samples.NOW, Samples.NOW.plusSeconds(60), "evt_0").orElseThrow();

    assertThat(page.more()).isTrue();
    assertThat(page.items()).hasSize(1);
    assertThat(asked)
        .isEqualTo(
            "/v1/events?limit=100&created[gte]=1795543200&created[lt]=1795543260"
                + "&starting_after=evt_0&types[]=refund.created");
  }

  @Test
  void an_object_is_fetched_by_its_kind_and_only_by_an_honest_id() {
    answer = "{\"id\":\"du_1\",\"object\":\"dispute\"}";

    assertThat(feed().fetch(EventSource.Kind.DISPUTE, "du_1")).isPresent();
    assertThat(asked).isEqualTo("/v1/disputes/du_1");
    asked = "";
    assertThat(feed().fetch(EventSource.Kind.CHARGE, "../balance")).isEmpty();
    assertThat(asked).isEmpty();
  }

  private Optional<Trouble> trouble() {
    return switch (desk().open(Samples.order(Optional.empty()), Samples.NOW)) {
      case Opening.NotNow(_, var trouble) -> Optional.of(trouble);
      case Opening.Opened _, Opening.Refused _ -> Optional.empty();
    };
  }

  private StripeDesk desk() {
    return new StripeDesk("sk_test_1", base(), "http://shop.example");
  }

  private StripeFeed feed() {
    return new StripeFeed("sk_test_1", base(), List.of("refund.created"));
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
