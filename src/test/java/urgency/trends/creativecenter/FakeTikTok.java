package urgency.trends.creativecenter;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A Creative Center of our own, on loopback: serves every known shape and every known fault, and
 * remembers how it was asked. Runnable, for trying the shop by hand against each of them.
 */
public final class FakeTikTok implements AutoCloseable {
  private static final int LARGE_CHUNKS = 50;
  private static final int CHUNK = 1024 * 1024;
  private static final long SILENCE_MAX_S = 30;

  /** What the next answer is. */
  public enum Act {
    HASHTAGS("creativeone_hashtag_list_anonymous"),
    YOUNG_NUMBERS("creativeone_hashtag_list_young_numbers"),
    NO_ROWS("creativeone_empty_ok"),
    INVALID_LOGIN("creativeone_invalid_login"),
    RADAR_LIST("radar_v1_hashtag_list_retired"),
    RADAR_NO_PERMISSION("radar_v1_no_permission"),
    RADAR_DEPRECATED("radar_v1_deprecated"),
    RADAR_PRODUCTS("radar_v1_top_products_retired"),
    FORBIDDEN,
    GONE,
    MOVED,
    THROTTLED,
    BROKEN,
    LOGIN_PAGE,
    NO_BODY,
    CUT_OFF,
    RESET,
    SILENCE,
    DRIP,
    FIFTY_MEGABYTES;

    private final String fixture;

    Act() {
      this("");
    }

    Act(String fixture) {
      this.fixture = fixture;
    }
  }

  /** One request as it came. */
  public record Asked(
      String method, String path, String userAgent, String conversion, String body) {}

  private final HttpServer server;
  private final Queue<Act> acts = new ConcurrentLinkedQueue<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Act otherwise = Act.HASHTAGS;

  public FakeTikTok(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** Serves on the port of the first argument, faults as named by the others, in turn. */
  public static void main(String[] arguments) throws InterruptedException {
    try (var fake = new FakeTikTok(arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]))) {
      for (var i = 1; i < arguments.length; i++) fake.next(Act.valueOf(arguments[i]));
      System.err.println("set URGENCY_TRENDS_CREATIVE_CENTER_BASE_URL=" + fake.address());
      new CountDownLatch(1).await();
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Lays answers ready; when they are used up, {@link #otherwise} is served. */
  public void next(Act... answers) {
    acts.addAll(List.of(answers));
  }

  public void otherwise(Act answer) {
    otherwise = answer;
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }

  /** A fixture's bytes. */
  static byte[] fixture(String name) {
    try (var in = FakeTikTok.class.getResourceAsStream("/tiktok/" + name + ".json")) {
      if (in == null) throw new IllegalArgumentException("no fixture " + name);
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      asked.add(
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              String.valueOf(headers.getFirst("User-Agent")),
              String.valueOf(headers.getFirst("agw-js-conv")),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      var act = acts.poll();
      play(exchange, act == null ? otherwise : act);
    }
  }

  private void play(HttpExchange exchange, Act act) throws IOException {
    switch (act) {
      case HASHTAGS,
          YOUNG_NUMBERS,
          NO_ROWS,
          INVALID_LOGIN,
          RADAR_LIST,
          RADAR_NO_PERMISSION,
          RADAR_DEPRECATED,
          RADAR_PRODUCTS ->
          send(exchange, 200, "application/json", fixture(act.fixture));
      case FORBIDDEN -> send(exchange, 403, "text/html", bytes("<html>no</html>"));
      case GONE -> send(exchange, 404, "text/html", bytes("<html>where?</html>"));
      case MOVED -> {
        exchange.getResponseHeaders().set("Location", address() + "/elsewhere");
        send(exchange, 301, "text/html", bytes("<html>moved</html>"));
      }
      case THROTTLED -> {
        exchange.getResponseHeaders().set("Retry-After", "7");
        send(exchange, 429, "application/json", bytes("{}"));
      }
      case BROKEN -> send(exchange, 500, "application/json", bytes("{}"));
      case LOGIN_PAGE -> send(exchange, 200, "text/html", bytes("<!doctype html><title>Log in"));
      case NO_BODY -> exchange.sendResponseHeaders(200, -1);
      case CUT_OFF -> {
        var whole = fixture(Act.HASHTAGS.fixture);
        exchange.sendResponseHeaders(200, whole.length);
        exchange.getResponseBody().write(whole, 0, whole.length / 2);
      }
      case RESET -> {
        // Closing the exchange without an answer drops the connection.
      }
      case SILENCE -> hush(SILENCE_MAX_S * 1000);
      case DRIP -> drip(exchange);
      case FIFTY_MEGABYTES -> flood(exchange);
    }
  }

  private void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    for (var i = 0; i < SILENCE_MAX_S * 10 && closing.getCount() > 0; i++) {
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      hush(100);
    }
  }

  private static void flood(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    var chunk = new byte[CHUNK];
    java.util.Arrays.fill(chunk, (byte) ' ');
    chunk[0] = '{';
    for (var i = 0; i < LARGE_CHUNKS; i++) exchange.getResponseBody().write(chunk);
  }

  private void hush(long milliseconds) {
    try {
      var _ = closing.await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
