package urgency.live;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import urgency.catalog.ProductId;
import urgency.shelf.Edition;

/**
 * Everything that open phones are told, at one moment.
 *
 * @param audience only products whose number may be shown; all others have none
 */
record Figures(
    Optional<Edition> edition,
    Map<ProductId, ShelfStock.Figures> stock,
    Map<ProductId, Integer> audience) {
  static final Figures NONE = new Figures(Optional.empty(), Map.of(), Map.of());

  Figures {
    stock = Map.copyOf(stock);
    audience = Map.copyOf(audience);
  }

  /** The figures of one product only. */
  Figures only(ProductId product) {
    return new Figures(edition, only(stock, product), only(audience, product));
  }

  /** JSON members that differ from before, each with a leading comma; empty when none does. */
  String since(Figures before) {
    var json = new StringBuilder();
    var moved = new HashMap<ProductId, ShelfStock.Figures>();
    stock.forEach(
        (product, figures) -> {
          if (!figures.equals(before.stock.get(product))) moved.put(product, figures);
        });
    if (!moved.isEmpty()) stock(json, moved);
    if (!audience.equals(before.audience)) json.append(audienceMember());
    if (edition.isPresent() && !number(edition).equals(number(before.edition))) edition(json);
    return json.toString();
  }

  /** All JSON members, each with a leading comma. */
  String whole() {
    var json = new StringBuilder();
    stock(json, stock);
    json.append(audienceMember());
    if (edition.isPresent()) edition(json);
    return json.toString();
  }

  private static void stock(StringBuilder json, Map<ProductId, ShelfStock.Figures> stock) {
    json.append(",\"stock\":{");
    var comma = "";
    for (var it : stock.entrySet()) {
      json.append(comma).append('"').append(it.getKey().value());
      json.append("\":{\"left\":").append(it.getValue().left());
      json.append(",\"sold\":").append(it.getValue().sold()).append('}');
      comma = ",";
    }
    json.append('}');
  }

  /** Always all of it: a product that is not named has no number any more. */
  String audienceMember() {
    var json = new StringBuilder();
    json.append(",\"audience\":{");
    var comma = "";
    for (var it : audience.entrySet()) {
      json.append(comma).append('"').append(it.getKey().value());
      json.append("\":").append(it.getValue());
      comma = ",";
    }
    return json.append('}').toString();
  }

  private void edition(StringBuilder json) {
    var it = edition.orElseThrow();
    json.append(",\"edition\":{\"number\":").append(it.number());
    json.append(",\"opensAt\":").append(it.opensAt().toEpochMilli());
    json.append(",\"closesAt\":").append(it.closesAt().toEpochMilli()).append('}');
  }

  private static Optional<Long> number(Optional<Edition> edition) {
    return edition.map(Edition::number);
  }

  private static <T> Map<ProductId, T> only(Map<ProductId, T> all, ProductId product) {
    var it = all.get(product);
    return it == null ? Map.of() : Map.of(product, it);
  }
}
