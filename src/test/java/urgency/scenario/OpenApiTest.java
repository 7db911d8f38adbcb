package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The document of the JSON API, held against the routes that answer. */
class OpenApiTest {
  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.open(Map.of());
    Shelf.of(shop);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void the_document_is_openapi_3_1() {
    var document = Shelf.json(shop.get("/openapi?format=json").body());

    assertThat(document.get("openapi").asText()).startsWith("3.1");
  }

  @Test
  void every_route_of_the_api_is_in_the_document_and_nothing_else() {
    var document = Shelf.json(shop.get("/openapi?format=json").body());
    var paths = new TreeSet<String>();
    document.get("paths").fieldNames().forEachRemaining(paths::add);

    assertThat(paths)
        .containsExactly(
            "/api/live",
            "/api/orders",
            "/api/orders/{id}",
            "/api/products/{slug}",
            "/api/shelf",
            "/events",
            "/live/look");
  }

  @Test
  void every_route_in_the_document_answers() {
    var offer = Shelf.of(shop).offers().getFirst();

    assertThat(shop.get("/api/shelf").statusCode()).isEqualTo(200);
    assertThat(shop.get("/api/products/" + offer.slug()).statusCode()).isEqualTo(200);
    assertThat(shop.get("/api/products/nothing").statusCode()).isEqualTo(404);
    assertThat(shop.get("/api/orders").statusCode()).isEqualTo(200);
    assertThat(shop.get("/api/orders/ord_" + "0".repeat(32)).statusCode()).isEqualTo(404);
    assertThat(shop.get("/api/live").statusCode()).isEqualTo(200);
  }

  @Test
  void both_numbers_come_with_their_range_and_what_they_rest_on() {
    var document = shop.get("/openapi?format=json").body();
    var item = Shelf.json(shop.get("/api/shelf").body()).get("items").get(0);

    assertThat(document).contains("\"viralityRange\"", "\"urgencyRange\"", "\"CACHED_LLM\"");
    assertThat(item.get("source").asText()).isIn("STAT", "PRIOR");
    for (var number : List.of("virality", "urgency")) {
      var range = item.get(number + "Range");
      assertThat(item.get(number).asInt())
          .isBetween(range.get("low").asInt(), range.get("high").asInt());
    }
  }
}
