package urgency.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import urgency.payments.Signature;

/**
 * As much of Stripe as a test needs that the practice till cannot show: an answer that takes its
 * time, and a shopper who gave an e-mail address.
 */
final class StripeStandIn implements AutoCloseable {
  static final String SECRET = "whsec_standin";

  private record Session(String id, String order, long amount, String currency, long expires) {}

  private final Map<String, Session> byOrder = new ConcurrentHashMap<>();
  private final Map<String, String> states = new ConcurrentHashMap<>();
  private final Map<String, String> refunds = new ConcurrentHashMap<>();
  private final AtomicInteger events = new AtomicInteger();
  private final HttpServer server;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile String page = "https://checkout.stripe.com/c/pay/";
  private volatile boolean refusesRefunds;

  StripeStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/checkout/sessions", this::sessions);
    server.createContext("/v1/refunds", this::refund);
    server.createContext("/v1/", it -> answer(it, 200, EMPTY));
    server.start();
  }

  private static final String EMPTY =
      "{\"object\":\"list\",\"data\":[],\"has_more\":false,\"url\":\"/v1\"}";

  /** Settings of a shop that takes it for Stripe. */
  Map<String, String> settings() {
    return Map.of(
        "URGENCY_STRIPE_SECRET_KEY",
        "sk_test_standin",
        "URGENCY_STRIPE_WEBHOOK_SECRETS",
        SECRET,
        "URGENCY_STRIPE_API_BASE",
        "http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** New pages are not told of until the latch is open. */
  void slowUntil(CountDownLatch latch) {
    gate = latch;
  }

  /** Where payment pages are; the session's id is added. */
  void pagesAt(String address) {
    page = address;
  }

  /** From now on no refund is taken. */
  void refusesRefunds(boolean refuses) {
    refusesRefunds = refuses;
  }

  /** The shopper pays, and the shop is told as many times. */
  void pay(Shop shop, String order, String email, int times) {
    var session = byOrder.get(order);
    states.put(session.id(), "complete");
    var body = event(session, email);
    for (var copy = 0; copy < times; copy++) {
      var request =
          shop.request("/webhooks/stripe")
              .header(
                  "Stripe-Signature",
                  Signature.header(body, SECRET, java.time.InstantSource.system().instant()))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      if (shop.send(request).statusCode() != 200) throw new AssertionError("not taken");
    }
  }

  /** How a session of an order stands. */
  String state(String order) {
    var session = byOrder.get(order);
    return session == null ? "none" : states.getOrDefault(session.id(), "open");
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private byte[] event(Session session, String email) {
    return """
    {"id":"evt_standin_%d","object":"event","api_version":"2026-07-29.dahlia",
     "created":1795543200,"livemode":false,"type":"checkout.session.completed",
     "data":{"object":%s}}
    """
        .formatted(events.incrementAndGet(), json(session, email))
        .getBytes(UTF_8);
  }

  private void sessions(HttpExchange http) throws IOException {
    var rest = http.getRequestURI().getPath().substring("/v1/checkout/sessions".length());
    if (http.getRequestMethod().equals("GET") && rest.isEmpty()) {
      answer(http, 200, EMPTY);
    } else if (rest.isEmpty()) {
      var form = form(http);
      await();
      var order = form.get("client_reference_id");
      var session =
          byOrder.computeIfAbsent(
              order,
              it ->
                  new Session(
                      "cs_test_" + it.substring(4),
                      it,
                      amount(form),
                      form.get("line_items[0][price_data][currency]"),
                      Long.parseLong(form.get("expires_at"))));
      answer(http, 200, json(session, ""));
    } else {
      var id = rest.substring(1).replace("/expire", "");
      var session =
          byOrder.values().stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
      if (rest.endsWith("/expire")) states.putIfAbsent(id, "expired");
      var tooLate = rest.endsWith("/expire") && states.get(id).equals("complete");
      answer(
          http,
          tooLate ? 400 : 200,
          tooLate
              ? "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"not open\"}}"
              : json(session, ""));
    }
  }

  private void refund(HttpExchange http) throws IOException {
    if (!http.getRequestMethod().equals("POST")) {
      answer(http, 200, EMPTY);
      return;
    }
    var form = form(http);
    if (refusesRefunds) {
      answer(
          http, 400, "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"no funds\"}}");
      return;
    }
    var key = http.getRequestHeaders().getFirst("Idempotency-Key");
    var id = refunds.computeIfAbsent(key, _ -> "re_standin_" + (refunds.size() + 1));
    answer(
        http,
        200,
        """
        {"id":"%s","object":"refund","amount":%s,"currency":"usd","status":"succeeded",
         "payment_intent":"%s","metadata":{},"created":1795543200}
        """
            .formatted(id, form.get("amount"), form.get("payment_intent")));
  }

  private String json(Session it, String email) {
    var state = states.getOrDefault(it.id(), "open");
    var details = email.isEmpty() ? "null" : "{\"email\":\"" + email + "\"}";
    return """
    {"id":"%s","object":"checkout.session","client_reference_id":"%s","amount_total":%d,
     "currency":"%s","status":"%s","payment_status":"%s","livemode":false,
     "payment_intent":%s,"metadata":{"order_id":"%s"},"customer_details":%s,
     "expires_at":%d,"url":%s}
    """
        .formatted(
            it.id(),
            it.order(),
            it.amount(),
            it.currency(),
            state,
            state.equals("complete") ? "paid" : "unpaid",
            state.equals("complete") ? "\"pi_" + it.id() + "\"" : "null",
            it.order(),
            details,
            it.expires(),
            state.equals("open") ? "\"" + page + it.id() + "\"" : "null");
  }

  private static long amount(Map<String, String> form) {
    var sum = 0L;
    for (var line = 0; form.containsKey("line_items[" + line + "][quantity]"); line++) {
      var start = "line_items[" + line + "]";
      sum +=
          Long.parseLong(form.get(start + "[quantity]"))
              * Long.parseLong(form.get(start + "[price_data][unit_amount]"));
    }
    return sum;
  }

  private static Map<String, String> form(HttpExchange http) throws IOException {
    var form = new HashMap<String, String>();
    var body = new String(http.getRequestBody().readAllBytes(), UTF_8);
    for (var pair : body.split("&", -1)) {
      var at = pair.indexOf('=');
      if (at < 0) continue;
      form.put(
          URLDecoder.decode(pair.substring(0, at), UTF_8),
          URLDecoder.decode(pair.substring(at + 1), UTF_8));
    }
    return form;
  }

  private void await() {
    try {
      gate.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange http, int status, String json) throws IOException {
    http.getRequestBody().readAllBytes();
    var body = json.getBytes(UTF_8);
    http.getResponseHeaders().add("Content-Type", "application/json");
    http.getResponseHeaders().add("Request-Id", "req_standin");
    try (http) {
      http.sendResponseHeaders(status, body.length);
      http.getResponseBody().write(body);
    }
  }
}
