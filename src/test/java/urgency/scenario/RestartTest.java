package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.Patience;

/** The application is killed in the middle of an order; nothing is lost, nothing counts twice. */
class RestartTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final AtomicInteger NEXT = new AtomicInteger();

  private static Shop shop;

  private Shelf.Offer offer;
  private String order;
  private String cookie;
  private String till;

  @BeforeAll
  static void open() {
    shop = Shop.open(Map.of());
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @BeforeEach
  void order_something() {
    offer = Shelf.of(shop).offers().get(NEXT.getAndIncrement());
    var answer =
        shop.json(
            "/api/orders", Shelf.order(offer, 1), "Idempotency-Key", UUID.randomUUID().toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    order = Shelf.json(answer.body()).get("id").asText();
    cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    // On a busy machine the answer comes before the payment page.
    Patience.until("the payment page", SOON, () -> told().hasNonNull("paymentUrl"));
    till = URI.create(told().get("paymentUrl").asText()).getPath();
  }

  @Test
  void an_order_that_was_open_at_a_crash_can_still_be_paid() {
    shop.kill();
    shop.restart();

    pay();

    becomesPaid();
  }

  @Test
  void a_payment_just_before_a_crash_still_arrives() {
    pay();
    shop.kill();
    shop.restart();

    becomesPaid();
    assertThat(sold()).isEqualTo(1);
  }

  private void pay() {
    var answer = shop.form(till + "/pay", "number=4242424242424242&expiry=12/34&code=123");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
  }

  private void becomesPaid() {
    Patience.until("order " + order + " is paid", SOON, () -> status().equals("PAID"));
    assertThat(sold()).isEqualTo(1);
  }

  private String status() {
    return told().path("status").asText();
  }

  private JsonNode told() {
    return Shelf.json(shop.get("/api/orders/" + order, "Cookie", cookie).body());
  }

  private int sold() {
    return shop.database()
        .withHandle(
            tx ->
                tx.createQuery("select sold from inventory.stock where variant_id = :variant")
                    .bind("variant", offer.id())
                    .mapTo(Integer.class)
                    .one());
  }
}
