package urgency.payments.practice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/** The till's API on a port of its own, on the loopback interface only. */
final class TillServer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TillServer.class);
  private static final int BODY_MAX = 64 * 1024;
  private static final int BACKLOG_MAX = 1_024;

  static {
    // Without it each answer waits for the acknowledgement of its own headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final TillApi api;
  private final InstantSource clock;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  TillServer(TillApi api, int port, InstantSource clock) {
    this.api = api;
    this.clock = clock;
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
    server.stop(0);
    threads.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readNBytes(BODY_MAX + 1);
      if (body.length > BODY_MAX) {
        exchange.sendResponseHeaders(413, -1);
      } else {
        send(exchange, answer(exchange, body));
      }
    }
  }

  private TillApi.Answer answer(HttpExchange exchange, byte[] body) {
    try {
      return api.answer(request(exchange, body), clock.instant());
    } catch (RuntimeException broken) {
      LOG.error("the practice till failed", broken);
      return new TillApi.Answer(
          500, "{\"error\":{\"type\":\"api_error\",\"message\":\"The till failed.\"}}", false);
    }
  }

  private static TillApi.Request request(HttpExchange exchange, byte[] body) {
    var uri = exchange.getRequestURI();
    return new TillApi.Request(
        exchange.getRequestMethod(),
        uri.getPath(),
        Optional.ofNullable(uri.getRawQuery()).orElse(""),
        header(exchange, "Authorization"),
        header(exchange, "Idempotency-Key"),
        new String(body, StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, TillApi.Answer answer) throws IOException {
    var headers = exchange.getResponseHeaders();
    var version = header(exchange, "Stripe-Version");
    headers.set("Content-Type", "application/json");
    headers.set("Request-Id", TillSecrets.fresh("req_", 14));
    headers.set("Stripe-Version", isVersion(version) ? version : TillJson.API_VERSION);
    var key = header(exchange, "Idempotency-Key");
    if (!key.isEmpty()) headers.set("Idempotency-Key", key);
    if (answer.replayed()) headers.set("Idempotent-Replayed", "true");
    var body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private static boolean isVersion(String version) {
    return version.matches("[0-9a-z.-]{10,40}");
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }
}
