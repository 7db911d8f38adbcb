package urgency.trends.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A TikTok of our own, on loopback: serves every known shape and every known fault of all the
 * interfaces that the shop asks, and remembers how it was asked. Runnable with the JDK alone:
 * {@code bin/trends --fake}.
 */
public final class FakeTikTok implements AutoCloseable {
  private static final int MISTAKE = 2;
  private static final int PORT_MAX = 65_535;
  private static final int IN_LINE = 5;
  private static final int LARGE_CHUNKS = 50;
  private static final int CHUNK = 1024 * 1024;
  private static final long SILENCE_MAX_S = 30;

  /** One request as it came. */
  public record Asked(
      String method,
      String path,
      String query,
      String userAgent,
      String conversion,
      String token,
      String body) {}

  private final HttpServer server;
  private final Queue<Play> plays = new ConcurrentLinkedQueue<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Optional<Play> otherwise = Optional.empty();
  private volatile Optional<Shape> damaged = Optional.empty();

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

  /** Serves until it is stopped; arguments are a port, then shapes and faults, in turn. */
  public static void main(String[] arguments) throws InterruptedException {
    var names = new ArrayList<>(List.of(arguments));
    var port =
        !names.isEmpty() && names.getFirst().matches("[0-9]{1,5}")
            ? Integer.parseInt(names.removeFirst())
            : 0;
    var plays = new ArrayList<Play>();
    for (var name : names) named(name).ifPresentOrElse(plays::add, () -> refuse(unknown(name)));
    if (port > PORT_MAX) refuse("port %d: name one up to %d".formatted(port, PORT_MAX));
    try (var fake = started(port)) {
      fake.next(plays.toArray(Play[]::new));
      System.err.print(
          """
          A TikTok of our own listens at %1$s. In another terminal:

            export URGENCY_TRENDS_CREATIVE_CENTER_ENABLED=true
            export URGENCY_TRENDS_CREATIVE_CENTER_ACCEPT_UNDOCUMENTED=true
            export URGENCY_TRENDS_CREATIVE_CENTER_VIDEOS=true
            export URGENCY_TRENDS_CREATIVE_CENTER_INTERVAL=10ms
            export URGENCY_TRENDS_CREATIVE_CENTER_BASE_URL=%1$s
            export URGENCY_TRENDS_OEMBED_ENABLED=true URGENCY_TRENDS_OEMBED_BASE_URL=%1$s
            export URGENCY_TRENDS_TIKTOK_SHOP_APP_KEY=key
            export URGENCY_TRENDS_TIKTOK_SHOP_APP_SECRET=secret
            export URGENCY_TRENDS_TIKTOK_SHOP_REFRESH_TOKEN=token
            export URGENCY_TRENDS_TIKTOK_SHOP_BASE_URL=%1$s
            export URGENCY_TRENDS_TIKTOK_SHOP_AUTH_URL=%1$s
            bin/trends

          or, instead of Creative Center, the official interface:

            export URGENCY_TRENDS_BUSINESS_ACCESS_TOKEN=token
            export URGENCY_TRENDS_BUSINESS_ADVERTISER_ID=1
            export URGENCY_TRENDS_BUSINESS_BASE_URL=%1$s

          or, besides either, a vendor:

            export URGENCY_TRENDS_VENDOR_URL='%1$s/vendor/trends?country={region}'
            export URGENCY_TRENDS_VENDOR_ROWS=/data/items
            export URGENCY_TRENDS_VENDOR_FIELDS='id=/item/id,name=/item/title,views=/stats/views,
              posts=/stats/posts,rank=/rank_position,daily=/history,day=/date,count=/views'

          Play it one of these until further notice, or / to play fair again:
            curl -X POST %1$s/fake/LOGIN_PAGE
          %2$s
          """
              .formatted(fake.address(), choice()));
      new CountDownLatch(1).await();
    }
  }

  private static FakeTikTok started(int port) {
    try {
      return new FakeTikTok(port);
    } catch (UncheckedIOException taken) {
      refuse("port %d: %s; name another".formatted(port, taken.getCause().getMessage()));
      throw taken;
    }
  }

  private static void refuse(String why) {
    System.err.println(why);
    System.exit(MISTAKE);
  }

  private static String unknown(String name) {
    return "%s is neither a shape nor a fault. There are:%n%s".formatted(name, choice());
  }

  // A few in a line, for terminals.
  private static String choice() {
    var text = new StringBuilder();
    for (var kind : List.<Play[]>of(Shape.values(), Fault.values())) {
      text.append(kind[0] instanceof Shape ? "  shapes:" : "  faults:");
      for (var i = 0; i < kind.length; i++) {
        text.append(i > 0 && i % IN_LINE == 0 ? "\n          " : " ").append(kind[i]);
      }
      text.append('\n');
    }
    return text.toString().stripTrailing();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Lays answers ready; when they are used up, {@link #otherwise} is served. */
  public void next(Play... answers) {
    plays.addAll(List.of(answers));
  }

  public void otherwise(Play answer) {
    otherwise = Optional.of(answer);
    damaged = Optional.empty();
  }

  /** Serves a shape with a fault in it, where that shape is at home, and all else as it should. */
  public void damaged(Shape shape, Fault fault) {
    otherwise = Optional.of(fault);
    damaged = Optional.of(shape);
  }

  /** Serves a shape where it is at home, and all else as it should. */
  public void fine(Shape shape) {
    otherwise = Optional.of(shape);
    damaged = Optional.of(shape);
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      if (path.startsWith("/fake")) {
        told(exchange, path);
        return;
      }
      var headers = exchange.getRequestHeaders();
      asked.add(
          new Asked(
              exchange.getRequestMethod(),
              path,
              String.valueOf(exchange.getRequestURI().getRawQuery()),
              String.valueOf(headers.getFirst("User-Agent")),
              String.valueOf(headers.getFirst("agw-js-conv")),
              String.valueOf(
                  headers.getFirst(
                      path.contains("affiliate") ? "x-tts-access-token" : "Access-Token")),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      play(exchange, Shape.Place.of(path));
    }
  }

  private void told(HttpExchange exchange, String path) throws IOException {
    var name = path.substring(path.lastIndexOf('/') + 1);
    var play = named(name);
    if (play.isEmpty() && !name.isEmpty()) {
      send(exchange, 404, "text/plain", bytes(unknown(name) + "\n"));
      return;
    }
    otherwise = play;
    var words = play.map(Object::toString).orElse("what is usual");
    send(exchange, 200, "text/plain", bytes("from now on: " + words + "\n"));
  }

  private void play(HttpExchange exchange, Shape.Place place) throws IOException {
    var usual = place.usual();
    var laid = plays.poll();
    if (laid == null && damaged.isPresent()) {
      usual = damaged.get().place == place ? damaged.get() : usual;
      laid = damaged.get().place == place ? otherwise.orElse(usual) : usual;
    }
    switch (laid == null ? otherwise.orElse(usual) : laid) {
      case Shape shape -> send(exchange, 200, "application/json", shape.bytes());
      case Fault fault -> play(exchange, usual, fault);
    }
  }

  private void play(HttpExchange exchange, Shape shape, Fault fault) throws IOException {
    switch (fault) {
      case FORBIDDEN -> send(exchange, 403, "text/html", bytes("<html>no</html>"));
      case UNAUTHORIZED ->
          send(exchange, 401, "application/json", bytes("{\"code\":106001,\"message\":\"sign\"}"));
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
        var whole = shape.bytes();
        exchange.sendResponseHeaders(200, whole.length);
        exchange.getResponseBody().write(whole, 0, whole.length / 2);
      }
      case RESET -> {
        // Closing the exchange without an answer drops the connection.
      }
      case SILENCE -> hush(SILENCE_MAX_S * 1000);
      case DRIP -> drip(exchange);
      case FIFTY_MEGABYTES -> flood(exchange);
      case REFUSED_IN_200,
          DEPRECATED,
          NO_LIST_KEY,
          NO_ROWS_OF_MANY,
          ROUNDED_IDS,
          NUMBERS_AS_STRINGS,
          NOT_A_NUMBER,
          BELOW_ZERO,
          TWICE,
          BACKWARDS ->
          send(exchange, 200, "application/json", Damage.of(shape, fault));
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
    Arrays.fill(chunk, (byte) ' ');
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

  private static Optional<Play> named(String name) {
    for (var it : Shape.values()) if (it.name().equals(name)) return Optional.of(it);
    for (var it : Fault.values()) if (it.name().equals(name)) return Optional.of(it);
    return Optional.empty();
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
