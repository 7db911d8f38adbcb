package urgency.payments.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.payments.PaymentSettings;
import urgency.payments.TillSettings;
import urgency.payments.stripe.Doctor.Finding;
import urgency.payments.stripe.Doctor.Level;

class DoctorTest {
  private static final String SITE = "https://shop.example";

  private final Map<String, Integer> statuses = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private String endpoints = endpoints("enabled", "\"*\"");
  private HttpServer stripe;

  @BeforeEach
  void open() throws IOException {
    stripe = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stripe.createContext(
        "/",
        exchange -> {
          var path = exchange.getRequestURI().getPath();
          asked.add(exchange.getRequestMethod() + " " + path);
          var incomplete = exchange.getRequestMethod().equals("POST") ? 400 : 200;
          var status = statuses.getOrDefault(path, incomplete);
          var body = (path.endsWith("webhook_endpoints") ? endpoints : "{}").getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    stripe.start();
  }

  @AfterEach
  void close() {
    stripe.stop(0);
  }

  @Test
  void a_well_kept_account_has_nothing_to_mend() {
    assertThat(examine(SITE)).extracting(Finding::level).containsOnly(Level.FINE);
    assertThat(asked).contains("POST /v1/checkout/sessions", "GET /v1/events");
  }

  @Test
  void a_missing_right_is_named_with_its_remedy() {
    statuses.put("/v1/refunds", 403);

    assertThat(mend(SITE))
        .singleElement()
        .satisfies(it -> assertThat(it.what()).contains("Refunds: write"))
        .satisfies(it -> assertThat(it.remedy()).contains("Restricted keys"));
  }

  @Test
  void an_unknown_key_ends_the_examination() {
    statuses.put("/v1/checkout/sessions", 401);

    assertThat(mend(SITE))
        .extracting(Finding::what)
        .containsExactly("Stripe does not know the key");
    assertThat(asked).hasSize(1);
  }

  @Test
  void an_endpoint_that_leaves_events_out_or_sleeps_is_found() {
    endpoints = endpoints("disabled", "\"checkout.session.completed\"");

    assertThat(mend(SITE))
        .extracting(Finding::what)
        .anySatisfy(it -> assertThat(it).contains("switched off"))
        .anySatisfy(it -> assertThat(it).contains("refund.failed", "charge.dispute.created"));
  }

  @Test
  void a_clock_that_is_wrong_by_ten_minutes_is_found() {
    var doctor =
        new Doctor(
            settings("rk_live_x"),
            SITE,
            InstantSource.system().instant().minus(Duration.ofMinutes(10)),
            _ -> {});

    assertThat(doctor.examine())
        .filteredOn(it -> it.level() == Level.MEND)
        .singleElement()
        .satisfies(it -> assertThat(it.what()).startsWith("the clock"));
  }

  @Test
  void a_test_shop_at_home_is_told_how_to_forward_events() {
    endpoints = "{\"data\":[]}";

    var findings = examine("http://localhost:8080", "rk_test_x");

    assertThat(findings).extracting(Finding::level).doesNotContain(Level.MEND);
    assertThat(findings)
        .extracting(Finding::remedy)
        .contains(
            "forward its events: stripe listen --forward-to http://localhost:8080/webhooks/stripe");
  }

  @Test
  void without_a_key_it_says_that_the_till_is_for_practice() {
    var practice = new PaymentSettings("", List.of(), base(), TillSettings.CALM);

    assertThat(new Doctor(practice, SITE, Instant.EPOCH, _ -> {}).examine())
        .extracting(Finding::level)
        .containsExactly(Level.LOOK);
    assertThat(asked).isEmpty();
  }

  @Test
  void a_stripe_that_cannot_be_reached_is_told_apart() {
    stripe.stop(0);

    assertThat(mend(SITE))
        .singleElement()
        .satisfies(it -> assertThat(it.what()).contains("does not answer"));
  }

  private List<Finding> mend(String site) {
    return examine(site).stream().filter(it -> it.level() == Level.MEND).toList();
  }

  private List<Finding> examine(String site) {
    return examine(site, "rk_live_x");
  }

  private List<Finding> examine(String site, String key) {
    return new Doctor(settings(key), site, InstantSource.system().instant(), _ -> {}).examine();
  }

  private PaymentSettings settings(String key) {
    return new PaymentSettings(key, List.of("whsec_x"), base(), TillSettings.CALM);
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + stripe.getAddress().getPort());
  }

  private static String endpoints(String status, String events) {
    return """
        {"data":[{"url":"https://shop.example/webhooks/stripe","status":"%s",
         "enabled_events":[%s],"api_version":"2026-07-29.dahlia"}]}
        """
        .formatted(status, events);
  }
}
