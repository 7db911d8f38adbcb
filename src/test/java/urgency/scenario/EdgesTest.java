package urgency.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.Patience;

/** What every answer owes its reader, whoever asks. */
class EdgesTest {
  private static Shop shop;
  private static Shelf shelf;

  @BeforeAll
  static void open() {
    shop = Shop.open(Map.of());
    shelf = Shelf.of(shop);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void every_page_forbids_inline_script_and_foreign_origins() {
    for (var path : new String[] {"/", "/cart", "/orders", "/nowhere", "/api/shelf"}) {
      var policy = shop.get(path).headers().firstValue("Content-Security-Policy").orElse("");

      assertThat(policy).as(path).contains("default-src 'none'").doesNotContain("unsafe");
    }
  }

  @Test
  void the_one_style_in_a_page_is_named_in_its_policy_by_its_digest() throws Exception {
    var page = shop.get("/");
    var style = Jsoup.parse(page.body()).select("style").getFirst().data();
    var digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(UTF_8));

    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
  }

  @Test
  void an_unchanged_shelf_is_not_sent_twice() {
    var first = shop.get("/api/shelf");
    var tag = first.headers().firstValue("ETag").orElseThrow();

    var again = shop.get("/api/shelf", "If-None-Match", tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void the_shelf_comes_compressed_to_those_who_ask() {
    assertThat(shop.get("/", "Accept-Encoding", "br").headers().firstValue("Content-Encoding"))
        .contains("br");
    assertThat(shop.get("/", "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding"))
        .contains("gzip");
    assertThat(shop.get("/").headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void every_file_a_page_names_is_there_and_may_be_kept_for_ever() {
    var page = shop.get("/").body();
    var files = Pattern.compile("(?:src|href)=\"(/a/[^\"#]+)").matcher(page);
    var count = 0;
    while (files.find()) {
      count++;
      var answer = shop.get(files.group(1));
      assertThat(answer.statusCode()).as(files.group(1)).isEqualTo(200);
      assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
    }
    assertThat(count).isPositive();
  }

  @Test
  void a_form_sent_by_another_site_is_refused() {
    var order = Shelf.order(shelf.offers().getFirst(), 1);

    var foreign =
        shop.json(
            "/api/orders",
            order,
            "Idempotency-Key",
            UUID.randomUUID().toString(),
            "Sec-Fetch-Site",
            "cross-site");

    assertThat(foreign.statusCode()).isEqualTo(403);
    for (var path : List.of("/cart", "/webhooks/../cart", "/webhooks/%2e%2e/cart")) {
      var answer = shop.form(path, "", "Origin", "https://evil.example");
      assertThat(answer.statusCode()).as(path).isEqualTo(403);
    }
  }

  @Test
  void a_body_that_is_too_large_is_refused_before_it_is_read() {
    var answer = shop.json("/api/orders", "x".repeat(600_000), "Idempotency-Key", "k");

    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void an_error_is_a_page_for_people_and_a_problem_for_programs() {
    assertThat(shop.get("/nowhere", "Accept", "text/html").body()).contains("<html");
    assertThat(
            shop.get("/nowhere", "Accept", "application/json").headers().firstValue("Content-Type"))
        .contains("application/problem+json");
  }

  @Test
  void health_and_metrics_are_on_a_port_of_their_own() {
    assertThat(shop.get("/health").statusCode()).isEqualTo(404);
    assertThat(shop.get("/metrics").statusCode()).isEqualTo(404);
    assertThat(shop.management("/health/ready").statusCode()).isEqualTo(200);
    assertThat(shop.management("/health/live").statusCode()).isEqualTo(200);
    assertThat(shop.management("/health/ready").body()).contains("database");
    assertThat(shop.management("/metrics").body())
        .contains("jvm_memory_used_bytes")
        .contains("pages_served_total")
        .contains("database_connections_in_use")
        .contains("group_commit_requests_total{name=\"payments-inbox\"}")
        .contains("webhook_inbox{state=\"dead\"}");
    // Jobs are reported once they have run, and looked at every few seconds.
    Patience.until(
        "the job of expiry in the metrics",
        Duration.ofSeconds(60),
        () -> shop.management("/metrics").body().contains("job_runs{job=\"orders.expiry\"}"));
  }

  @Test
  void too_many_writes_from_one_address_are_slowed_down() {
    try (var small = shop.sibling(Map.of("URGENCY_HTTP_WRITES_PER_MINUTE", "5"))) {
      var codes = new java.util.ArrayList<Integer>();
      for (var i = 0; i < 8; i++) codes.add(small.form("/cart", "variant=x").statusCode());

      assertThat(codes).contains(429);
    }
  }

  @Test
  void methods_that_an_address_does_not_take_are_refused() {
    var request = shop.request("/api/shelf").method("DELETE", HttpRequest.BodyPublishers.noBody());

    HttpResponse<String> answer = shop.send(request);

    assertThat(answer.statusCode()).isIn(404, 405);
  }

  @Test
  void a_misspelt_setting_stops_the_start_with_the_nearest_name() throws Exception {
    var said = started(Map.of("URGENCY_SHELF_REFERSH", "1m"));

    assertThat(said)
        .contains("URGENCY_SHELF_REFERSH: no such setting")
        .contains("URGENCY_SHELF_REFRESH");
  }

  @Test
  void a_busy_port_stops_the_start_with_the_next_step() throws Exception {
    var port = shop.url("").replaceAll(".*:", "");

    var said = started(Map.of("URGENCY_HTTP_PORT", port));

    assertThat(said)
        .contains("port " + port + " is busy")
        .contains("Next step: URGENCY_HTTP_PORT=");
  }

  private static String started(Map<String, String> settings)
      throws IOException, InterruptedException {
    var log = Files.createTempFile(Path.of("target"), "start", ".log");
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                "target/quarkus-app/quarkus-run.jar")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(it -> it.startsWith("URGENCY_"));
    builder.environment().putAll(settings);
    var process = builder.start();
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    return Files.readString(log);
  }
}
