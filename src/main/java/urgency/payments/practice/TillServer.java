package urgency.payments.practice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;
import urgency.payments.practice.api.Api;
import urgency.payments.practice.wire.Ids;
import urgency.payments.practice.wire.Json;
import urgency.payments.practice.wire.Refusal;

/** The till's API on a port of its own, on the loopback interface only. */
final class TillServer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TillServer.class);
  private static final int BODY_MAX = 64 * 1024;
  private static final int BACKLOG_MAX = 1_024;
  // Longer than any caller of the shop waits.
  private static final Duration SILENCE = Duration.ofSeconds(15);

  static {
    // Without it each answer waits for the acknowledgement of its own headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Function<Api.Request, Api.Answer> api;
  private final Mishaps mishaps;
  private final HttpServer server;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  TillServer(Function<Api.Request, Api.Answer> api, Mishaps mishaps, int port) {
    this.api = api;
    this.mishaps = mishaps;
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      server = HttpServer.create(address, BACKLOG_MAX);
    } catch (IOException busy) {
      throw new UncheckedIOException(
          "the practice till cannot listen on port %d; set till.port=0".formatted(port), busy);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readNBytes(BODY_MAX + 1);
      if (body.length > BODY_MAX) {
        exchange.sendResponseHeaders(413, -1);
        return;
      }
      var request = request(exchange, body);
      switch (mishaps.next()) {
        case NONE -> send(exchange, answer(request));
        case FAILS -> send(exchange, refused(Refusal.broken()));
        case FAILS_LATE -> {
          answer(request);
          send(exchange, refused(Refusal.broken()));
        }
        case TOO_FAST -> send(exchange, refused(Refusal.tooFast()));
        case SILENT -> waitInVain();
        case SILENT_LATE -> {
          answer(request);
          waitInVain();
        }
      }
    }
  }

  private void waitInVain() {
    try {
      if (closing.await(SILENCE.toMillis(), TimeUnit.MILLISECONDS)) LOG.debug("closing");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Api.Answer answer(Api.Request request) {
    try {
      return api.apply(request);
    } catch (RuntimeException broken) {
      LOG.error("the practice till failed", broken);
      return refused(Refusal.broken());
    }
  }

  private static Api.Answer refused(Refusal refusal) {
    return new Api.Answer(refusal.status(), refusal.json().toString(), Ids.fresh("req_", 14), "");
  }

  private static Api.Request request(HttpExchange exchange, byte[] body) {
    var uri = exchange.getRequestURI();
    return new Api.Request(
        exchange.getRequestMethod(),
        Optional.ofNullable(uri.getPath()).orElse(""),
        Optional.ofNullable(uri.getRawQuery()).orElse(""),
        header(exchange, "Authorization"),
        header(exchange, "Stripe-Version"),
        header(exchange, "Idempotency-Key"),
        new String(body, StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, Api.Answer answer) throws IOException {
    var headers = exchange.getResponseHeaders();
    var version = header(exchange, "Stripe-Version");
    headers.set("Content-Type", "application/json");
    headers.set("Request-Id", answer.id());
    headers.set("Stripe-Version", Api.isVersion(version) ? version : Json.API_VERSION);
    var key = header(exchange, "Idempotency-Key");
    if (!key.isEmpty()) headers.set("Idempotency-Key", key);
    if (answer.replayed()) {
      headers.set("Idempotent-Replayed", "true");
      headers.set("Original-Request", answer.original());
    }
    if (answer.status() == 429) headers.set("Stripe-Rate-Limited-Reason", "endpoint-rate");
    var body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }
}
