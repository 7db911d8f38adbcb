package urgency.trends.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.trends.Ingest;
import urgency.trends.SourceHealth;
import urgency.trends.SourceHealths;
import urgency.trends.SourceHealths.Refusal;
import urgency.trends.Sources;
import urgency.trends.Trend;
import urgency.trends.TrendSettings;
import urgency.trends.Trends;

class PushRouteTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String GOOD =
      """
      {"source": "my-list", "region": "US", "asOf": "2026-11-23", "observations": [
        {"name": "#LipOil", "views": 1200000, "daily": [100, 400, 900]},
        {"kind": "keyword", "name": "bento box", "rank": 2}]}
      """;

  private final Database database = TestDatabase.fresh();
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final InstantSource clock = () -> NOW;
  private final TrendSettings settings = settings(SECRET);
  private final Deliveries deliveries =
      new Deliveries(database, new Ingest(database, new Sources(List.of()), settings));
  private final Knocks knocks = new Knocks(database);
  private final HttpServer server = serve(settings);

  @AfterEach
  void close() throws Exception {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    database.close();
  }

  @Test
  void a_signed_delivery_becomes_trends() {
    var answer = send(GOOD, "one");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"source\":\"push.my-list\"", "\"rows\":2", "\"Fresh\"");
    List<Trend> current = database.read(tx -> new Trends().current(tx, NOW));
    assertThat(current).extracting(Trend::key).containsExactly("bentobox", "lipoil");
    assertThat(current.getLast().curve()).hasSize(3);
    SourceHealth health = database.read(tx -> new SourceHealths(settings).all(tx, NOW)).getFirst();
    assertThat(health.source()).isEqualTo("push.my-list");
    assertThat(health.goodRows()).isEqualTo(2);
  }

  @Test
  void the_same_key_gets_the_same_answer_and_counts_once() {
    var first = send(GOOD, "one");
    var again = send(GOOD, "one");

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotent-Replay")).contains("true");
    assertThat(first.headers().firstValue("Idempotent-Replay")).isEmpty();
  }

  @Test
  void the_same_key_with_another_body_is_a_conflict() {
    send(GOOD, "one");

    var other = send(GOOD.replace("900", "901"), "one");

    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(other.body()).contains("Idempotency-Key");
  }

  @Test
  void the_same_list_under_another_key_is_unchanged() {
    send(GOOD, "one");

    assertThat(send(GOOD, "two").body()).contains("\"Unchanged\"");
  }

  @Test
  void who_cannot_sign_is_turned_away() {
    var body = GOOD.getBytes(StandardCharsets.UTF_8);
    var good = PushSignature.header(body, SECRET, NOW);
    var signatures =
        List.of(
            "",
            "nonsense",
            "t=1,v1=" + "0".repeat(64),
            PushSignature.header(body, "another secret of 32 characters.", NOW),
            PushSignature.header((GOOD + " ").getBytes(StandardCharsets.UTF_8), SECRET, NOW),
            PushSignature.header(body, SECRET, NOW.minusSeconds(301)),
            PushSignature.header(body, SECRET, NOW.plusSeconds(301)),
            good.toUpperCase(java.util.Locale.ROOT),
            good + ",v1=" + "0".repeat(64));

    assertThat(signatures)
        .allSatisfy(it -> assertThat(send(body, it, "key").statusCode()).isEqualTo(401));
    assertThat(send(body, PushSignature.header(body, SECRET, NOW.minusSeconds(300)), "a"))
        .returns(200, HttpResponse::statusCode);
    assertThat(send(body, PushSignature.header(body, SECRET, NOW.plusSeconds(300)), "b"))
        .returns(200, HttpResponse::statusCode);
  }

  @Test
  void a_delivery_without_a_name_of_its_own_is_refused() {
    var answer = send(GOOD, "");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Idempotency-Key");
  }

  @Test
  void mistakes_are_told_by_row_and_field_and_nothing_is_taken() {
    var answer =
        send(
            """
            {"source": "My List", "region": "XX", "asOf": "2026-11-30", "observations": [
              {"name": "fine"}, {"name": "#", "views": -5}, {"nome": "x", "rank": 0},
              {"name": "fine"}]}
            """,
            "one");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body())
        .contains("\"field\":\"source\"", "\"field\":\"region\"", "\"field\":\"asOf\"")
        .contains("did you mean name?");
    assertThat(database.<List<Trend>>read(tx -> new Trends().current(tx, NOW))).isEmpty();
  }

  @Test
  void rows_are_judged_when_the_whole_is_right() {
    var answer =
        send(
            """
            {"source": "list", "region": "US", "asOf": "2026-11-23", "observations": [
              {"name": "fine"}, {"name": "#", "views": -5}, {"name": "Fine"},
              {"name": "x", "daily": [1, "NaN"]}, {"kind": "gossip", "name": "y"}]}
            """,
            "one");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("{\"row\":2,\"field\":\"name\"", "{\"row\":2,\"field\":\"views\"")
        .contains("{\"row\":3,\"field\":\"name\",\"remedy\":\"was in an earlier row already\"}")
        .contains("{\"row\":4,\"field\":\"daily\"", "{\"row\":5,\"field\":\"kind\"");
  }

  @Test
  void what_is_no_json_is_told_where() {
    var answer = send("{\"source\": \"list\",\n  oops", "one");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("line 2");
  }

  @Test
  void fifty_megabytes_are_refused_with_a_clear_answer() {
    var large = new byte[50 * 1024 * 1024];

    var answer = send(large, "t=1,v1=" + "0".repeat(64), "one");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("at most 2097152 bytes");
  }

  @Test
  void fifty_megabytes_of_unknown_length_are_refused_too() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
      var out = socket.getOutputStream();
      out.write(
          ("POST " + PushRoute.PATH + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      var chunk = new byte[1024 * 1024];
      for (var i = 0; i < 50; i++) {
        out.write("100000\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(chunk);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();

      assertThat(start(socket.getInputStream())).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void without_a_secret_there_is_nothing_here() {
    var route = new PushRoute(deliveries, knocks, settings(""), clock);
    var body = GOOD.getBytes(StandardCharsets.UTF_8);

    var answer = route.answered(PushSignature.header(body, SECRET, NOW), "one", body, NOW);

    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void an_operator_sees_what_a_known_sender_did_wrong() {
    send(GOOD, "good");
    send(GOOD.replace("2026-11-23", "yesterday"), "<b>my</b>-list");
    send(GOOD.replace("900", "901"), "good");
    send("{", "broken");
    send(GOOD, "two words");
    send("{", "broken");

    assertThat(refused())
        .allMatch(Refusal::signed)
        .extracting(Refusal::delivery, Refusal::status, Refusal::times)
        .containsExactlyInAnyOrder(
            tuple("http <b>my</b>-list", 422, 1L),
            tuple("http good", 409, 1L),
            tuple("http two?words", 400, 1L),
            tuple("http broken", 400, 2L));
    assertThat(refused())
        .extracting(Refusal::why)
        .contains("asOf: the last UTC day of the data, such as 2026-11-23")
        .allMatch(it -> it.length() <= 300);
  }

  @Test
  void the_last_twenty_refusals_are_kept() {
    for (var i = 1; i <= 30; i++) send("{", "key-%d".formatted(i));

    assertThat(refused()).hasSize(20);
  }

  @Test
  void who_cannot_sign_is_counted_and_pushes_nothing_out() {
    send("{", "mine");
    for (var i = 0; i < 50; i++) {
      send(new byte[i], i % 2 == 0 ? "" : "t=%d,v1=%s".formatted(i, "0".repeat(64)), "x" + i);
    }
    assertThat(refused()).hasSize(1);

    knocks.write();
    knocks.write();

    assertThat(refused())
        .extracting(Refusal::signed, Refusal::delivery, Refusal::status, Refusal::times)
        .containsExactlyInAnyOrder(
            tuple(true, "http mine", 400, 1L),
            tuple(false, "", 401, 25L),
            tuple(false, "", 401, 25L));
  }

  @Test
  void what_is_too_large_is_counted_too() {
    send(new byte[3 * 1024 * 1024], "", "one");

    knocks.write();

    assertThat(refused())
        .extracting(Refusal::why)
        .containsExactly("body: at most 2097152 bytes; send several deliveries");
  }

  @Test
  void a_line_of_the_log_is_written_seldom_and_says_what_was_left_out() {
    var seldom = new Seldom(Duration.ofMinutes(1));

    assertThat(seldom.turn(NOW)).hasValue(0);
    assertThat(seldom.turn(NOW.plusSeconds(1))).isEmpty();
    assertThat(seldom.turn(NOW.plusSeconds(59))).isEmpty();
    assertThat(seldom.turn(NOW.plusSeconds(60))).hasValue(2);
    assertThat(seldom.turn(NOW.plusSeconds(120))).hasValue(0);
  }

  @Test
  void a_twenty_first_list_is_refused() {
    for (var i = 1; i <= 20; i++) {
      assertThat(send(GOOD.replace("my-list", "list-" + i), "key" + i).statusCode()).isEqualTo(200);
    }

    var answer = send(GOOD.replace("my-list", "list-21"), "key21");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("20 lists already");
  }

  private List<Refusal> refused() {
    return database.read(tx -> new SourceHealths(settings).refused(tx));
  }

  private HttpResponse<String> send(String body, String key) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return send(bytes, PushSignature.header(bytes, SECRET, NOW), key);
  }

  private HttpResponse<String> send(byte[] body, String signature, String key) {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.actualPort() + PushRoute.PATH))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    if (!signature.isEmpty()) request.header(PushSignature.HEADER, signature);
    if (!key.isEmpty()) request.header(PushRoute.KEY, key);
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException broken) {
      throw new AssertionError(broken);
    }
  }

  private HttpServer serve(TrendSettings settings) {
    var router = Router.router(vertx);
    // As the framework does: nothing is read before somebody asks for it.
    router
        .route()
        .order(-1000)
        .handler(
            it -> {
              it.request().pause();
              it.next();
            });
    new PushRoute(deliveries, knocks, settings, clock).routes(router);
    try {
      return vertx
          .createHttpServer()
          .requestHandler(router)
          .listen(0, "127.0.0.1")
          .toCompletionStage()
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    } catch (Exception trouble) {
      throw new IllegalStateException(trouble);
    }
  }

  private static String start(InputStream in) throws IOException {
    return new String(in.readNBytes(12), StandardCharsets.US_ASCII);
  }

  private static TrendSettings settings(String secret) {
    var environment = Map.of("URGENCY_TRENDS_PUSH_SECRET", secret);
    return TrendSettings.read(Settings.read(environment, Optional.empty()));
  }
}
