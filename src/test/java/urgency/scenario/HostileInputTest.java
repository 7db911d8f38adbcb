package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Wrong, missing, huge and hostile values: 4xx that names the field, never 5xx, nothing changed.
 */
class HostileInputTest {
  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "-1",
          "1e9",
          "999999999999999999999",
          "NaN",
          "null",
          "%00",
          "../../etc/passwd",
          "<script>alert(1)</script>",
          "' or 1=1 --",
          "a".repeat(5_000),
          "%F0%9F%92%A9",
          "%ZZ",
          "00000000-0000-0000-0000-000000000000",
          "ord_00000000000000000000000000000000");

  private static Shop shop;
  private static Shelf.Offer offer;

  @BeforeAll
  static void open() {
    shop = Shop.open(Map.of());
    offer = Shelf.of(shop).offers().getFirst();
  }

  @AfterAll
  static void close() {
    assertThat(shop.log()).doesNotContain("failed (");
    shop.close();
  }

  @Test
  void addresses_with_hostile_parts_are_refused() {
    for (var value : VALUES) {
      for (var path :
          List.of(
              "/p/", "/orders/", "/api/orders/", "/api/products/", "/c/pay/", "/a/", "/media/")) {
        var safe = java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8);
        assertThat(shop.get(path + safe).statusCode()).as(path + value).isBetween(200, 499);
      }
    }
  }

  @Test
  void query_strings_with_hostile_values_are_refused() {
    for (var value : VALUES) {
      var safe = java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8);
      for (var path :
          List.of(
              "/checkout?variant=%s&quantity=1",
              "/checkout?variant=" + offer.variant() + "&quantity=%s",
              "/?view=%s",
              "/api/live?product=%s")) {
        var asked = path.replace("%s", safe);
        assertThat(shop.get(asked).statusCode()).as(asked).isBetween(200, 499);
      }
    }
  }

  @Test
  void forms_with_hostile_values_are_refused_and_change_nothing() {
    var held = held();
    for (var value : VALUES) {
      var safe = java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8);
      for (var form :
          List.of(
              "key=%s&variant=" + offer.variant() + "&quantity=1&shown=USD1",
              "key=" + UUID.randomUUID() + "&variant=%s&quantity=1&shown=USD1",
              "key="
                  + UUID.randomUUID()
                  + "&variant="
                  + offer.variant()
                  + "&quantity=%s&shown=USD1",
              "key=" + UUID.randomUUID() + "&variant=" + offer.variant() + "&quantity=1&shown=%s",
              "%s")) {
        var answer = shop.form("/orders", form.replace("%s", safe));
        assertThat(answer.statusCode()).as(form + value).isBetween(400, 499);
      }
      assertThat(shop.form("/cart", "variant=" + safe + "&quantity=1&action=add").statusCode())
          .isBetween(300, 499);
    }

    assertThat(held()).isEqualTo(held);
  }

  @Test
  void json_bodies_with_hostile_values_are_refused_with_the_field() {
    var held = held();
    var good = Shelf.order(offer, 1);
    for (var body :
        List.of(
            "",
            "{",
            "[]",
            "null",
            "{}",
            "{\"lines\":null}",
            "{\"lines\":[]}",
            "{\"lines\":[null]}",
            "{\"lines\":[{}]}",
            "{\"lines\":\"x\"}",
            good.replace("\"quantity\":1", "\"quantity\":0"),
            good.replace("\"quantity\":1", "\"quantity\":-4"),
            good.replace("\"quantity\":1", "\"quantity\":1.5"),
            good.replace("\"quantity\":1", "\"quantity\":99999999999"),
            good.replace("\"quantity\":1", "\"quantity\":\"many\""),
            good.replace(offer.variant(), "nobody"),
            good.replace(offer.variant(), UUID.randomUUID().toString()),
            good.replace("USD", "XXXX"),
            good.replaceAll("\"minor\":\\d+", "\"minor\":1"),
            good.replaceAll("\"minor\":\\d+", "\"minor\":-1"),
            "{\"lines\":[" + offer.line(1) + "," + offer.line(2) + "]}",
            "{\"lines\":[" + (offer.line(1) + ",").repeat(400) + offer.line(1) + "]}",
            "[".repeat(50_000))) {
      var answer = shop.json("/api/orders", body, "Idempotency-Key", UUID.randomUUID().toString());
      assertThat(answer.statusCode()).as(start(body)).isBetween(400, 499);
      assertThat(answer.body()).as(start(body)).contains("detail");
    }
    assertThat(shop.json("/api/orders", good).statusCode()).isEqualTo(400);
    assertThat(shop.json("/api/orders", good, "Idempotency-Key", "x".repeat(3_000)).statusCode())
        .isEqualTo(400);

    assertThat(held()).isEqualTo(held);
  }

  @Test
  void what_is_refused_is_counted() {
    var cheap = Shelf.order(offer, 1).replaceAll("\"minor\":\\d+", "\"minor\":1");

    shop.json("/api/orders", cheap, "Idempotency-Key", UUID.randomUUID().toString());
    shop.form("/orders", "key=" + UUID.randomUUID() + "&variant=x&quantity=-1&shown=USD1");
    shop.get("/orders/ord_" + "0".repeat(32));

    assertThat(shop.management("/metrics").body())
        .contains("orders_refused_total{why=\"price_changed\"}")
        .contains("orders_refused_total{why=\"not_theirs\"}")
        .contains("input_refused_total");
  }

  @Test
  void webhooks_without_a_valid_signature_are_refused() {
    var random = new Random(42);
    for (var i = 0; i < 300; i++) {
      var noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      var header = new String(noise, java.nio.charset.StandardCharsets.US_ASCII);
      var clean = header.replaceAll("[^ -~]", "=");
      var answer =
          shop.send(
              shop.request("/webhooks/stripe", "Stripe-Signature", "t=" + i + ",v1=" + clean)
                  .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(noise)));
      assertThat(answer.statusCode()).as(clean).isIn(400, 413);
    }
  }

  @Test
  void a_look_at_nothing_is_refused() {
    for (var body :
        List.of("", "{}", "[]", "{\"connection\":1}", "{\"connection\":\"x\",\"product\":\"y\"}")) {
      assertThat(shop.json("/live/look", body).statusCode()).as(body).isBetween(200, 499);
    }
  }

  private static String start(String body) {
    return body.substring(0, Math.min(80, body.length()));
  }

  private static int held() {
    return shop.database()
        .withHandle(
            tx ->
                tx.createQuery("select coalesce(sum(held), 0) from inventory.stock")
                    .mapTo(Integer.class)
                    .one());
  }
}
