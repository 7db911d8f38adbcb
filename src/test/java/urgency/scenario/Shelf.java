package urgency.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import urgency.Patience;

/** The open shelf of a shop as its JSON tells it, and how to buy from it. */
record Shelf(long number, List<Offer> offers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One variant with its price, as an order must repeat it. */
  record Offer(String slug, String variant, long minor, String currency, int left) {
    String line(int quantity) {
      return "{\"variant\":\"%s\",\"quantity\":%d,\"price\":{\"minor\":%d,\"currency\":\"%s\"}}"
          .formatted(variant, quantity, minor, currency);
    }

    UUID id() {
      return UUID.fromString(variant);
    }
  }

  /** Waits for the first edition, which a fresh shop publishes by itself. */
  static Shelf of(Shop shop) {
    Patience.until(
        "the first shelf",
        Duration.ofSeconds(60),
        () -> shop.get("/api/shelf").statusCode() == 200);
    var shelf = json(shop.get("/api/shelf").body());
    var offers = new ArrayList<Offer>();
    for (var item : shelf.get("items")) {
      for (var offer : item.get("offers")) {
        offers.add(
            new Offer(
                item.get("slug").asText(),
                offer.get("variant").asText(),
                offer.get("price").get("minor").asLong(),
                offer.get("price").get("currency").asText(),
                offer.get("left").asInt()));
      }
    }
    return new Shelf(shelf.get("number").asLong(), offers);
  }

  static String order(Offer offer, int quantity) {
    return "{\"lines\":[" + offer.line(quantity) + "]}";
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError("not JSON: " + text, malformed);
    }
  }
}
