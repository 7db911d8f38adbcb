package urgency.trends.tiktokshop;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import urgency.trends.TrendObservation;
import urgency.trends.TrendObservation.Detail;
import urgency.trends.TrendObservation.Price;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.wire.Fields;
import urgency.trends.wire.Fields.WrongType;
import urgency.trends.wire.Read;
import urgency.trends.wire.Rows;

/**
 * Reads the products of a page: what they are, what they cost, what they sold. No shop, no face.
 */
final class ProductRows {
  private static final int CATEGORIES_MAX = 10;
  private static final List<String> SOLD = List.of("units_sold", "sold_count", "unitsSold");
  private static final List<String> TITLE = List.of("title", "product_name", "name");
  private static final List<String> ID = List.of("id", "product_id");

  private final FetchRequest request;
  private final Fields fields = new Fields();

  ProductRows(FetchRequest request) {
    this.request = request;
  }

  Read read(JsonNode products) {
    return Rows.read(products, this::row);
  }

  Map<String, Integer> aliases() {
    return fields.aliases();
  }

  private Optional<TrendObservation> row(JsonNode item) throws WrongType {
    var id = Fields.id(fields.find(item, ID));
    var title = Fields.title(fields.find(item, TITLE));
    var key = TrendObservation.fold(title);
    var sold = Fields.count(fields.find(item, SOLD), "units sold");
    var region = item.path("sale_region").asText(request.region());
    if (id.isEmpty() || key.isEmpty() || sold.isEmpty()) return Optional.empty();
    if (!region.matches("[A-Z]{2}")) throw new WrongType("sale region", item.path("sale_region"));
    var detail =
        new Detail(
            OptionalInt.empty(),
            Detail.NONE.postsLifetime(),
            Detail.NONE.viewsLifetime(),
            sold,
            List.of(),
            price(item.path("sales_price")),
            Optional.empty(),
            categories(item),
            Fields.link(item.path("detail_link")));
    return Optional.of(
        new TrendObservation(
            TikTokShopSource.ID,
            TrendObservation.Kind.PRODUCT,
            id,
            key,
            title,
            region,
            request.windowDays(),
            request.at(),
            LocalDate.ofInstant(request.at(), ZoneOffset.UTC),
            OptionalInt.empty(),
            0,
            0,
            List.of(),
            List.of(),
            detail));
  }

  private static Optional<Price> price(JsonNode node) throws WrongType {
    if (node.isMissingNode() || node.isNull()) return Optional.empty();
    var code = node.path("currency").asText("");
    if (!code.matches("[A-Z]{3}")) throw new WrongType("currency", node.path("currency"));
    var digits = digits(code, node);
    var least = minor(node.path("minimum_amount"), digits);
    var most = minor(node.path("maximum_amount"), digits);
    if (least > most) throw new WrongType("price range", node);
    return Optional.of(new Price(least, most, code));
  }

  private static int digits(String code, JsonNode node) throws WrongType {
    try {
      return Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
    } catch (IllegalArgumentException unknown) {
      throw new WrongType("currency", node);
    }
  }

  private static long minor(JsonNode node, int digits) throws WrongType {
    var text = node.isTextual() || node.isNumber() ? node.asText() : "";
    if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,8})?")) throw new WrongType("amount", node);
    return new BigDecimal(text)
        .movePointRight(digits)
        .setScale(0, java.math.RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  private static List<String> categories(JsonNode item) {
    var names = new ArrayList<String>();
    for (var it : item.path("category_chains")) {
      if (names.size() == CATEGORIES_MAX) break;
      var name = it.path("local_name").asText("").replaceAll("\\p{C}", "").strip();
      if (!name.isEmpty() && name.length() <= 100) names.add(name);
    }
    return names;
  }
}
