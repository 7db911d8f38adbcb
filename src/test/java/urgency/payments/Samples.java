package urgency.payments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.OrderStatus;
import urgency.orders.PaymentFacts;

/** Orders and events for tests. */
public final class Samples {
  public static final Path STRIPE = Path.of("src/test/resources/stripe");
  public static final Instant NOW = Instant.parse("2026-11-24T18:00:00Z");

  private Samples() {}

  public static Order order(Optional<Order.Session> session) {
    return new Order(
        OrderId.fresh(),
        UUID.randomUUID(),
        "key",
        1,
        List.of(
            new Order.Line(
                new ProductId(UUID.randomUUID()),
                new VariantId(UUID.randomUUID()),
                "Moon lamp & stand",
                2,
                Money.of(1_819, "USD")),
            new Order.Line(
                new ProductId(UUID.randomUUID()),
                new VariantId(UUID.randomUUID()),
                "Café cup",
                1,
                Money.of(900, "USD"))),
        Money.of(4_538, "USD"),
        NOW,
        NOW.plus(Duration.ofMinutes(10)),
        session,
        PaymentFacts.NONE,
        session.isPresent() ? OrderStatus.AWAITING_PAYMENT : OrderStatus.HELD,
        1);
  }

  /** An event about the session of an order that has none yet. */
  static byte[] event(String id, String type, OrderId order, String status, String payment) {
    return event(id, type, order, "cs_test_1", 4_538, status, payment);
  }

  /** An event about an order's session, as Stripe writes it. */
  static byte[] event(String id, String type, Order order, String status, String payment) {
    var session = order.session().orElseThrow().id();
    return event(id, type, order.id(), session, order.total().minor(), status, payment);
  }

  private static byte[] event(
      String id,
      String type,
      OrderId order,
      String session,
      long amount,
      String status,
      String payment) {
    var object =
        """
        {"id":"%s","object":"checkout.session","client_reference_id":"%s",
         "amount_total":%d,"currency":"usd","status":"%s","payment_status":"%s",
         "livemode":false,"payment_intent":"pi_1","metadata":{"order_id":"%s"}}
        """
            .formatted(session, order, amount, status, payment, order);
    return """
    {"id":"%s","object":"event","api_version":"2026-10-28.endive","created":1795543200,
     "livemode":false,"type":"%s","data":{"object":%s}}
    """
        .formatted(id, type, object)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The same news of a page that was opened ahead, and so names no order. */
  static byte[] spare(byte[] event) {
    return new String(event, StandardCharsets.UTF_8)
        .replaceAll("\"client_reference_id\":\"[^\"]*\"", "\"client_reference_id\":null")
        .replaceAll("\"metadata\":\\{[^}]*}", "\"metadata\":{\"spare\":\"1\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  static byte[] paid(String id, OrderId order) {
    return event(id, "checkout.session.completed", order, "complete", "paid");
  }

  /** The same change as a thin event, which names its object and does not hold it. */
  static byte[] thin(String id, String snapshot, String session) {
    return """
    {"id":"%s","object":"v2.core.event","created":"2026-11-24T18:00:00.000Z",
     "livemode":false,"type":"v1.checkout.session.completed","snapshot_event":"%s",
     "related_object":{"id":"%s","type":"checkout.session",
                       "url":"/v1/checkout/sessions/%s"}}
    """
        .formatted(id, snapshot, session, session)
        .getBytes(StandardCharsets.UTF_8);
  }

  static List<Path> realEvents() {
    try (var files = Files.list(STRIPE.resolve("events"))) {
      return files.sorted().toList();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  static byte[] withId(Path file, String id) {
    try {
      var event = (ObjectNode) Envelope.JSON.readTree(Files.readAllBytes(file));
      return Envelope.JSON.writeValueAsBytes(event.put("id", id));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
