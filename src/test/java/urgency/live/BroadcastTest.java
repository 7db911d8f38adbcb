package urgency.live;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.api.Test;
import urgency.Patience;
import urgency.catalog.VariantId;
import urgency.inventory.Stock.Level;
import urgency.orders.OrderId;
import urgency.platform.http.Visitors;
import urgency.shelf.Editions;

/** Phones over real HTTP; only the beat is made by hand. */
class BroadcastTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final String PHONE = "Mozilla/5.0 (iPhone) Safari/605.1.15";
  private static final UUID ANN = new UUID(7, 7);
  private static final OrderId ORDER = new OrderId(new UUID(3, 3));

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Visitors visitors = new Visitors(new byte[32], false);
  private final Editions editions = new Editions();
  private final Map<VariantId, Level> levels = new ConcurrentHashMap<>();
  private final StockPulse pulse =
      new StockPulse(editions, new StockPulse.Source(_ -> levels, _ -> Map.of()));
  private final LiveSettings settings = new LiveSettings(8, 6, 3);
  private final Audience audience = new Audience(settings);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private volatile Instant now = NOON;
  private final Broadcast broadcast =
      new Broadcast(settings, editions, pulse, audience, () -> now, metrics);
  private final List<Phone> phones = new CopyOnWriteArrayList<>();
  private int port;

  /** An open stream, and what it has said so far, one entry per block. */
  private record Phone(HttpResponse<java.io.InputStream> answer, List<String> blocks) {
    long frames() {
      return blocks.stream().filter(it -> it.contains("event: frame")).count();
    }

    JsonObject last(String event) {
      var block = blocks.stream().filter(it -> it.contains("event: " + event)).toList().getLast();
      return new JsonObject(block.substring(block.indexOf("data: ") + 6));
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
            .get(10, TimeUnit.SECONDS)
            .actualPort();
    beat();
  }

  @AfterEach
  void stop() throws Exception {
    for (var phone : phones) phone.answer().body().close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    http.shutdownNow();
  }

  @Test
  void the_stream_is_not_to_be_stored_or_buffered() {
    var headers = phone("").answer().headers();

    assertThat(headers.firstValue("Content-Type")).contains("text/event-stream");
    assertThat(headers.firstValue("Cache-Control")).contains("no-store");
    assertThat(headers.firstValue("X-Accel-Buffering")).contains("no");
  }

  @Test
  void a_phone_first_hears_hello_then_everything() {
    var phone = phone("");
    await("a frame", () -> phone.frames() == 1);

    assertThat(phone.blocks().getFirst()).startsWith("retry: ").contains("event: hello");
    assertThat(phone.last("hello").getLong("now")).isEqualTo(NOON.toEpochMilli());
    assertThat(phone.last("frame").getJsonObject("stock").fieldNames()).hasSize(2);
    assertThat(phone.last("frame").getJsonObject("edition").getLong("number")).isEqualTo(1);
  }

  @Test
  void a_hundred_movements_between_two_beats_are_one_frame() {
    var phone = phone("");
    await("a frame", () -> phone.frames() == 1);

    for (var held = 1; held <= 100; held++) levels.put(variant(1), new Level(200, held, 0));
    beat();
    beat();
    await("the hundred", () -> phone.heard("\"left\":100,"));
    levels.put(variant(2), new Level(10, 10, 0));
    beat();
    await("the last frame", () -> phone.heard("\"left\":0"));

    assertThat(phone.frames()).isEqualTo(3);
  }

  @Test
  void a_frame_tells_only_what_moved() {
    var phone = phone("");
    await("a frame", () -> phone.frames() == 1);
    levels.put(variant(2), new Level(10, 3, 0));
    beat();
    await("a second frame", () -> phone.frames() == 2);

    var frame = phone.last("frame");

    assertThat(frame.fieldNames()).containsExactlyInAnyOrder("now", "stock");
    assertThat(frame.getJsonObject("stock"))
        .isEqualTo(
            JsonObject.of(product(2).value().toString(), JsonObject.of("left", 7, "sold", 0)));
  }

  @Test
  void a_phone_that_comes_back_hears_everything_again() {
    levels.put(variant(2), new Level(10, 3, 0));
    beat();

    var phone = phone("", "Last-Event-ID", "1");
    await("a frame", () -> phone.frames() == 1);

    assertThat(phone.last("frame").getJsonObject("stock").fieldNames()).hasSize(2);
  }

  @Test
  void the_time_is_told_every_fifteen_seconds() {
    var phone = phone("");
    now = NOON.plusSeconds(15);
    beat();
    await("the time", () -> phone.heard("event: clock"));

    assertThat(phone.last("clock").getLong("now")).isEqualTo(now.toEpochMilli());
  }

  @Test
  void the_buyer_hears_of_the_order_from_the_start_and_when_it_moves() {
    var phone = phone("?order=" + ORDER, "Cookie", "shelf_visitor=" + visitors.value(ANN));
    await("the order", () -> phone.heard("\"AWAITING_PAYMENT\""));

    broadcast.orderMoved(new OrderNews(ORDER.toString(), "PAID", 3));
    await("the payment", () -> phone.heard("\"PAID\""));

    assertThat(phone.last("frame").getJsonObject("order"))
        .isEqualTo(JsonObject.of("id", ORDER.toString(), "status", "PAID", "version", 3));
  }

  @Test
  void a_stranger_hears_nothing_of_an_order() {
    var stranger =
        phone("?order=" + ORDER, "Cookie", "shelf_visitor=" + visitors.value(new UUID(8, 8)));
    await("a frame", () -> stranger.frames() == 1);

    broadcast.orderMoved(new OrderNews(ORDER.toString(), "PAID", 3));
    levels.put(variant(1), new Level(10, 9, 0));
    beat();
    await("the next frame", () -> stranger.heard("\"left\":1,"));

    assertThat(stranger.heard("\"order\"")).isFalse();
  }

  @Test
  void people_who_look_are_counted_from_the_floor_on_until_they_leave() throws Exception {
    var lamp = product(1).value().toString();
    var all = List.of(phone(""), phone(""), phone(""));
    for (var phone : all) {
      assertThat(look(phone, '"' + lamp + '"').statusCode()).isEqualTo(204);
    }
    now = NOON.plusSeconds(3);
    beat();
    await("three people", () -> all.getFirst().heard("\"" + lamp + "\":3"));

    all.getLast().answer().body().close();
    await("two connections", () -> broadcast.connections() == 2);
    now = NOON.plusSeconds(6);
    beat();
    await("no number", () -> all.getFirst().heard("\"audience\":{}}"));

    assertThat(all.getFirst().last("frame").getJsonObject("audience")).isEmpty();
  }

  @Test
  void a_look_is_refused_when_it_makes_no_sense() throws Exception {
    var phone = phone("");

    assertThat(look(phone, "\"lamp\"").statusCode()).isEqualTo(400);
    assertThat(look(phone, "7").statusCode()).isEqualTo(400);
    assertThat(post("no json").statusCode()).isEqualTo(400);
    assertThat(post("{\"connection\":\"stranger\",\"product\":null}").statusCode()).isEqualTo(404);
    assertThat(post("{\"connection\":\"" + "x".repeat(600) + "\"}").statusCode()).isEqualTo(413);
  }

  @Test
  void a_phone_that_looks_too_often_is_refused() throws Exception {
    var phone = phone("");
    for (var i = 0; i < 10; i++) assertThat(look(phone, "null").statusCode()).isEqualTo(204);

    var answer = look(phone, "null");

    assertThat(answer.statusCode()).isEqualTo(429);
  }

  @Test
  void a_seventh_phone_of_one_address_is_told_to_poll() throws Exception {
    for (var i = 0; i < 6; i++) phone("");

    var answer = http.send(request("/events").build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(broadcast.connections()).isEqualTo(6);
  }

  @Test
  void who_polls_reads_the_same_figures() throws Exception {
    var all = http.send(request("/api/live").build(), BodyHandlers.ofString());
    var one =
        http.send(
            request("/api/live?product=" + product(1).value()).build(), BodyHandlers.ofString());

    assertThat(new JsonObject(all.body()).getJsonObject("stock").fieldNames()).hasSize(2);
    assertThat(new JsonObject(one.body()).getJsonObject("stock").fieldNames()).hasSize(1);
    assertThat(all.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void everybody_is_let_go_with_a_moment_to_come_back() throws Exception {
    var phone = phone("");
    await("a frame", () -> phone.frames() == 1);

    broadcast.close();
    await("the end", () -> phone.heard(": until soon"));

    assertThat(http.send(request("/events").build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(503);
  }

  private void beat() {
    pulse.beat(now);
    broadcast.tick(now);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("User-Agent", PHONE)
        .timeout(SOON);
  }

  private Phone phone(String query, String... headers) {
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

  private static void listen(Phone phone) {
    try (var lines =
        new Scanner(phone.answer().body(), StandardCharsets.UTF_8).useDelimiter("\n\n")) {
      while (lines.hasNext()) phone.blocks().add(lines.next());
    }
  }

  private HttpResponse<String> look(Phone phone, String product) throws Exception {
    return post(
        "{\"connection\":\"%s\",\"product\":%s}"
            .formatted(phone.last("hello").getString("connection"), product));
  }

  private HttpResponse<String> post(String body) throws Exception {
    return http.send(
        request("/live/look").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  private static void await(String what, java.util.function.BooleanSupplier condition) {
    Patience.until(what, SOON, condition);
  }
}
