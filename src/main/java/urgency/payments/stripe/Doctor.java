package urgency.payments.stripe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import urgency.payments.PaymentSettings;

/**
 * Looks at an account of Stripe from the shop's side and says what to mend: what the key may do,
 * whether Stripe will tell this shop who has paid, and whether the clocks agree. Creates nothing:
 * where a right to write is asked for, the request is one that Stripe refuses as incomplete.
 */
public final class Doctor {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
  private static final Duration SKEW_MAX = Duration.ofSeconds(60);
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERROR = 500;

  /** What Stripe must tell the shop; all of it is in docs/stripe.md. */
  public static final List<String> EVENTS =
      List.of(
          "checkout.session.completed",
          "checkout.session.async_payment_succeeded",
          "checkout.session.async_payment_failed",
          "checkout.session.expired",
          "charge.refunded",
          "charge.dispute.created",
          "charge.dispute.updated",
          "charge.dispute.closed",
          "refund.created",
          "refund.updated",
          "refund.failed");

  /** How bad it is. */
  public enum Level {
    FINE,
    LOOK,
    MEND
  }

  /**
   * One thing that was looked at.
   *
   * @param remedy what to do about it, empty when it is fine
   */
  public record Finding(Level level, String what, String remedy) {}

  /** A right that the key needs, and the request that shows whether it has it. */
  private record Right(String name, String method, String path) {}

  private static final List<Right> RIGHTS =
      List.of(
          new Right("Checkout Sessions: write", "POST", "/v1/checkout/sessions"),
          new Right("Refunds: write", "POST", "/v1/refunds"),
          new Right("PaymentIntents: read", "GET", "/v1/payment_intents?limit=1"),
          new Right("Charges: read", "GET", "/v1/charges?limit=1"),
          new Right("Disputes: read", "GET", "/v1/disputes?limit=1"),
          new Right("Events: read", "GET", "/v1/events?limit=1"));

  private final PaymentSettings settings;
  private final String site;
  private final Instant now;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWER_MAX)
          .build();
  private final List<Finding> findings = new ArrayList<>();
  private final Consumer<Finding> tell;

  /**
   * @param site the shop's address, without a trailing slash
   * @param tell hears each finding as soon as it is there
   */
  public Doctor(PaymentSettings settings, String site, Instant now, Consumer<Finding> tell) {
    this.settings = settings;
    this.site = site;
    this.now = now;
    this.tell = tell;
  }

  /** Looks at everything; stops early where nothing else can be seen. */
  public List<Finding> examine() {
    if (settings.practice()) {
      find(
          Level.LOOK,
          "the shop uses its practice till: no money moves",
          "set URGENCY_STRIPE_SECRET_KEY and URGENCY_STRIPE_WEBHOOK_SECRETS for Stripe");
      return List.copyOf(findings);
    }
    find(Level.FINE, "the key is for %s".formatted(settings.live() ? "live" : "test"), "");
    address();
    try {
      if (rights()) endpoints();
    } catch (IOException trouble) {
      find(
          Level.MEND,
          "%s does not answer (%s)".formatted(settings.apiBase(), trouble),
          "let this machine reach it on port 443");
    }
    return List.copyOf(findings);
  }

  private void address() {
    if (site.startsWith("https://")) {
      find(Level.FINE, "shoppers come back to " + site, "");
    } else if (settings.live()) {
      find(
          Level.MEND,
          "shoppers would come back to %s, which is not secret".formatted(site),
          "set URGENCY_SITE_URL to the shop's https address");
    } else {
      find(
          Level.LOOK,
          "Stripe cannot reach %s by itself".formatted(site),
          "forward its events: stripe listen --forward-to %s/webhooks/stripe".formatted(site));
    }
  }

  // Whether the key is a key at all.
  private boolean rights() throws IOException {
    for (var right : RIGHTS) {
      var answer = send(right.method(), right.path());
      if (findings.stream().noneMatch(it -> it.what().startsWith("the clock"))) clock(answer);
      if (answer.statusCode() == UNAUTHORIZED) {
        find(
            Level.MEND,
            "Stripe does not know the key",
            "copy it again from Stripe's page Developers, API keys");
        return false;
      } else if (answer.statusCode() == FORBIDDEN) {
        find(
            Level.MEND,
            "the key may not do this: " + right.name(),
            "give it that right on Stripe's page Developers, API keys, Restricted keys");
      } else if (answer.statusCode() >= SERVER_ERROR) {
        find(
            Level.LOOK,
            "Stripe answered %d about %s".formatted(answer.statusCode(), right.name()),
            "ask again later");
      } else {
        find(Level.FINE, right.name(), "");
      }
    }
    return true;
  }

  private void clock(HttpResponse<String> answer) {
    var date = answer.headers().firstValue("Date").orElse("");
    try {
      var theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      var skew = Duration.between(theirs, now).abs();
      if (skew.compareTo(SKEW_MAX) > 0) {
        find(
            Level.MEND,
            "the clock of this machine is %d s off".formatted(skew.toSeconds()),
            "keep it right by NTP: a webhook more than 300 s off is refused");
      } else {
        find(Level.FINE, "the clock agrees with Stripe's", "");
      }
    } catch (DateTimeParseException untold) {
      find(Level.LOOK, "the clock could not be compared", "");
    }
  }

  private void endpoints() throws IOException {
    var answer = send("GET", "/v1/webhook_endpoints?limit=100");
    if (answer.statusCode() == FORBIDDEN) {
      find(
          Level.LOOK,
          "the key may not look at webhook endpoints, which is as it should be",
          "see on Stripe's page Developers, Webhooks that %s is there".formatted(hook()));
      return;
    }
    for (var endpoint : tree(answer.body()).path("data")) {
      if (endpoint.path("url").asText("").equals(hook())) {
        endpoint(endpoint);
        return;
      }
    }
    find(
        settings.live() ? Level.MEND : Level.LOOK,
        "no webhook endpoint leads to " + hook(),
        "add it on Stripe's page Developers, Webhooks, with the events of docs/stripe.md");
  }

  private void endpoint(JsonNode endpoint) {
    if (!endpoint.path("status").asText("").equals("enabled")) {
      find(Level.MEND, "the webhook endpoint is switched off", "enable it on Stripe's page");
    }
    var wanted = new TreeSet<>(EVENTS);
    for (var event : endpoint.path("enabled_events")) {
      if (event.asText().equals("*")) wanted.clear();
      wanted.remove(event.asText());
    }
    if (wanted.isEmpty()) {
      find(Level.FINE, "Stripe tells %s all that it needs".formatted(hook()), "");
    } else {
      find(
          Level.MEND,
          "the webhook endpoint does not send " + String.join(", ", wanted),
          "add these events to it; until then orders wait for the reconciler");
    }
    var version = endpoint.path("api_version").asText("");
    find(
        Level.FINE,
        version.isEmpty()
            ? "events come in the account's API version; the shop reads any"
            : "events come in API version %s; the shop reads any".formatted(version),
        "");
  }

  private String hook() {
    return site + "/webhooks/stripe";
  }

  private HttpResponse<String> send(String method, String path) throws IOException {
    var base = settings.apiBase().toString();
    var request =
        HttpRequest.newBuilder(URI.create(base.replaceFirst("/$", "") + path))
            .timeout(ANSWER_MAX)
            .header("Authorization", "Bearer " + settings.secretKey())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private static JsonNode tree(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException noJson) {
      return JSON.createObjectNode();
    }
  }

  private void find(Level level, String what, String remedy) {
    var finding = new Finding(level, what, remedy);
    findings.add(finding);
    tell.accept(finding);
  }
}
