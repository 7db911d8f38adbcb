package urgency.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * From an acknowledged order to its payment, the way a phone goes: it looks until the payment page
 * is there, for pages open at the pace that Stripe allows, and pays with the test card that works.
 */
final class Phone {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final byte[] CARD =
      "number=4242424242424242&expiry=12/34&code=123".getBytes(UTF_8);
  private static final Set<String> WAITING = Set.of("HELD", "AWAITING_PAYMENT");
  private static final long LOOKS_EVERY_MS = 250;

  /**
   * An order as the shop acknowledged it.
   *
   * @param cookie who ordered; only they may see the order
   * @param page where it is paid, empty while that is not known
   */
  record Placed(String order, String cookie, String page) {
    static Placed of(Wire.Answer answer) throws IOException {
      var body = JSON.readTree(answer.body());
      var cookie = answer.headers().getOrDefault("set-cookie", "").split(";", 2)[0];
      return new Placed(body.path("id").asText(), cookie, pageIn(body));
    }
  }

  private Phone() {}

  /** The order with its page; empty when it is over, or no page came in that time. */
  static Optional<Placed> awaitPage(Wire wire, Placed placed, Duration within) throws IOException {
    var deadline = System.nanoTime() + within.toNanos();
    var now = placed;
    while (now.page().isEmpty()) {
      if (System.nanoTime() > deadline) return Optional.empty();
      pause();
      var path = "/api/orders/" + placed.order();
      var answer =
          wire.send("GET", path, "application/json", new byte[0], "Cookie", placed.cookie());
      if (answer.status() >= 500) continue;
      if (answer.status() != 200) throw new IOException(path + " was answered " + answer.status());
      var body = JSON.readTree(answer.body());
      if (!WAITING.contains(body.path("status").asText())) return Optional.empty();
      now = new Placed(placed.order(), placed.cookie(), pageIn(body));
    }
    return Optional.of(now);
  }

  /** Whether the till took the money. */
  static boolean pays(Wire till, Placed placed) throws IOException {
    var path = URI.create(placed.page()).getPath() + "/pay";
    var answer = till.send("POST", path, FORM, CARD);
    // The way back to the page of the till: it did not take it, since the page had run out.
    var to = URI.create(answer.headers().getOrDefault("location", "/c/")).getPath();
    return answer.status() == 303 && !to.startsWith("/c/");
  }

  private static String pageIn(JsonNode order) {
    return order.path("paymentUrl").asText("");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOKS_EVERY_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
