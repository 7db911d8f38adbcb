package urgency.live;

import static urgency.live.LiveExamples.NOON;
import static urgency.live.LiveExamples.edition;
import static urgency.live.LiveExamples.product;
import static urgency.live.LiveExamples.variant;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import urgency.Patience;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.claims.Claim;
import urgency.claims.Claims;
import urgency.claims.Cue;
import urgency.claims.Evidence;
import urgency.inventory.Stock.Level;
import urgency.orders.OrderId;
import urgency.platform.http.Visitors;
import urgency.shelf.Editions;

/** Phones over real HTTP; only the beat is made by hand. */
abstract class Phones {
  // A machine with other work may stand still for seconds.
  static final Duration SOON = Duration.ofSeconds(30);
  static final String PHONE = "Mozilla/5.0 (iPhone) Safari/605.1.15";
  static final UUID ANN = new UUID(7, 7);
  static final OrderId ORDER = new OrderId(new UUID(3, 3));

  final Vertx vertx = Vertx.vertx();
  final HttpClient http = HttpClient.newHttpClient();
  final Visitors visitors = new Visitors(new byte[32], false);
  final Editions editions = new Editions();
  final Map<VariantId, Level> levels = new ConcurrentHashMap<>();
  final Map<VariantId, Integer> sold = new ConcurrentHashMap<>();
  final StockPulse pulse =
      new StockPulse(
          editions, new StockPulse.Source(_ -> levels, _ -> Map.copyOf(sold), _ -> Map.of()));
  final LiveSettings settings = new LiveSettings(8, 6, 3, true);
  final Audience audience = new Audience(settings);
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final Told told = new Told();
  volatile Instant now = NOON;
  Instant beatAt = Instant.EPOCH;
  final Broadcast broadcast =
      new Broadcast(settings, editions, pulse, audience, told, () -> now, metrics);
  final List<Phone> phones = new CopyOnWriteArrayList<>();
  int port;

  /** Hearts and shares of this node, and what was put on record. */
  static final class Told implements Broadcast.Counts {
    int hearts;
    volatile boolean full;
    final List<Figures> figures = new CopyOnWriteArrayList<>();

    @Override
    public Map<ProductId, Claim<Cue.Likes>> likes(Instant now) {
      return Claims.check(
              new Cue.Likes(hearts), new Evidence.Count(hearts, 1, Duration.ZERO, false, now), now)
          .accepted()
          .map(it -> Map.of(product(1), it))
          .orElse(Map.of());
    }

    @Override
    public Map<ProductId, Integer> shares() {
      return Map.of();
    }

    @Override
    public void told(Figures all) {
      if (full) throw new IllegalStateException("the record is full");
      figures.add(all);
    }
  }

  /** An open stream, and what it has said so far, one entry per block. */
  record Phone(HttpResponse<java.io.InputStream> answer, List<String> blocks) {
    long frames() {
      return blocks.stream().filter(it -> it.contains("event: frame")).count();
    }

    JsonObject last(String event) {
      var block = blocks.stream().filter(it -> it.contains("event: " + event)).toList().getLast();
      return new JsonObject(block.substring(block.indexOf("data: ") + 6));
    }

    String id() {
      var block = blocks.stream().filter(it -> it.contains("id: ")).toList().getLast();
      var at = block.indexOf("id: ") + 4;
      return block.substring(at, block.indexOf('\n', at));
    }

    boolean heard(String part) {
      return blocks.stream().anyMatch(it -> it.contains(part));
    }
  }

  @BeforeEach
  void start() throws Exception {
    editions.remember(edition(1, NOON, 2));
    levels.put(variant(1), new Level(10, 0, 0));
    levels.put(variant(2), new Level(10, 0, 0));
    var router = Router.router(vertx);
    new LiveRoutes(
            broadcast,
            audience,
            visitors,
            () -> now,
            (id, buyer) ->
                buyer.equals(ANN)
                    ? Optional.of(new OrderNews(id.toString(), "AWAITING_PAYMENT", 2))
                    : Optional.empty())
        .routes(router);
    port =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS)
            .actualPort();
    beat();
  }

  @AfterEach
  void stop() throws Exception {
    for (var phone : phones) phone.answer().body().close();
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    http.shutdownNow();
  }

  // Beats are a quarter of a second apart, as far as the clock of the test has not gone on.
  void beat() {
    var next = beatAt.plusMillis(250);
    beatAt = next.isAfter(now) ? next : now;
    beat(beatAt);
  }

  // Returns when everybody has been told.
  void beat(Instant at) {
    pulse.beat(at);
    broadcast.tick(at);
    await("the end of the round", () -> !broadcast.telling());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("User-Agent", PHONE)
        .timeout(SOON);
  }

  Phone phone(String query, String... headers) {
    var request = request("/events" + query);
    if (headers.length > 0) request.headers(headers);
    try {
      var answer = http.send(request.build(), BodyHandlers.ofInputStream());
      var phone = new Phone(answer, new CopyOnWriteArrayList<>());
      phones.add(phone);
      Thread.ofVirtual().start(() -> listen(phone));
      await("hello", () -> phone.heard("event: hello"));
      return phone;
    } catch (IOException | InterruptedException broken) {
      throw new IllegalStateException(broken);
    }
  }

  static void listen(Phone phone) {
    try (var lines =
        new Scanner(phone.answer().body(), StandardCharsets.UTF_8).useDelimiter("\n\n")) {
      while (lines.hasNext()) phone.blocks().add(lines.next());
    }
  }

  HttpResponse<String> look(Phone phone, String product) throws Exception {
    return post(
        "{\"connection\":\"%s\",\"product\":%s}"
            .formatted(phone.last("hello").getString("connection"), product));
  }

  HttpResponse<String> post(String body) throws Exception {
    return http.send(
        request("/live/look").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  static void await(String what, java.util.function.BooleanSupplier condition) {
    Patience.until(what, SOON, condition);
  }
}
