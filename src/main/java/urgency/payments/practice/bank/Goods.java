package urgency.payments.practice.bank;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.wire.Cause;
import urgency.payments.practice.wire.Ids;
import urgency.payments.practice.wire.Json;
import urgency.payments.practice.wire.Params;
import urgency.payments.practice.wire.Refusal;

/** Products and their prices, for callers who keep them at the till. The shop does not. */
public final class Goods {
  public static final String PRODUCT = "product";
  public static final String PRICE = "price";

  static final long AMOUNT_MAX = 99_999_999;
  static final int NAME_MAX = 250;

  private static final int TEXT_MAX = 40_000;
  private static final int IMAGES_MAX = 8;

  private final Store store;
  private final Events events;

  Goods(Store store, Events events) {
    this.store = store;
    this.events = events;
  }

  public ObjectNode product(Handle tx, Params params, Cause cause) {
    var product = product(params, cause);
    params.allow("shippable", "statement_descriptor", "tax_code", "unit_label", "url");
    params.refuseOthers();
    store.add(tx, product);
    events.append(tx, "product.created", product, cause);
    return product;
  }

  public ObjectNode updateProduct(Handle tx, String id, Params params, Cause cause) {
    var product = store.lock(tx, PRODUCT, "id", id);
    if (params.has("name")) product.put("name", params.required("name", NAME_MAX));
    if (params.has("description")) {
      product.put("description", Json.emptyIsNull(params.text("description", TEXT_MAX)));
    }
    if (params.has("active")) product.put("active", params.flag("active"));
    Json.merged((ObjectNode) product.path("metadata"), params.metadata());
    params.refuseOthers();
    product.put("updated", cause.seconds());
    store.save(tx, product);
    events.append(tx, "product.updated", product, cause);
    return product;
  }

  public ObjectNode price(Handle tx, Params params, Cause cause) {
    var product = params.text("product", 255);
    if (product.isEmpty() && params.has("product_data")) {
      product = product(tx, params.object("product_data"), cause).path("id").asText();
    } else {
      if (product.isEmpty()) throw Refusal.missing("product");
      store.get(tx, PRODUCT, "product", product);
    }
    var price =
        price(
            product, currency(params), params.requiredNumber("unit_amount", 0, AMOUNT_MAX), cause);
    price.put("nickname", Json.emptyIsNull(params.text("nickname", TEXT_MAX)));
    price.put("lookup_key", Json.emptyIsNull(params.text("lookup_key", 200)));
    price.set("metadata", Json.map(params.metadata()));
    params.oneOf("billing_scheme", List.of("per_unit"));
    if (params.has("active")) price.put("active", params.flag("active"));
    params.allow("tax_behavior", "transfer_lookup_key");
    params.refuseOthers();
    store.add(tx, price);
    events.append(tx, "price.created", price, cause);
    return price;
  }

  public ObjectNode updatePrice(Handle tx, String id, Params params, Cause cause) {
    var price = store.lock(tx, PRICE, "price", id);
    if (params.has("active")) price.put("active", params.flag("active"));
    if (params.has("nickname")) {
      price.put("nickname", Json.emptyIsNull(params.text("nickname", TEXT_MAX)));
    }
    Json.merged((ObjectNode) price.path("metadata"), params.metadata());
    params.refuseOthers();
    store.save(tx, price);
    events.append(tx, "price.updated", price, cause);
    return price;
  }

  /** What a line of a bill costs, where the caller wrote it on the line and keeps no price. */
  static ObjectNode price(String product, String currency, long amount, Cause cause) {
    var price = Json.object(PRICE, Ids.fresh("price_"), cause);
    price.put("active", true).put("billing_scheme", "per_unit").put("currency", currency);
    price.putNull("custom_unit_amount").putNull("lookup_key").putNull("nickname");
    price.putObject("metadata");
    price.put("product", product).putNull("recurring").put("tax_behavior", "unspecified");
    price.putNull("tiers_mode").putNull("transform_quantity").put("type", "one_time");
    return price.put("unit_amount", amount).put("unit_amount_decimal", Long.toString(amount));
  }

  /**
   * Of a price or a line, in lower case.
   *
   * @throws Refusal when there is no such currency
   */
  static String currency(Params params) {
    var code = params.required("currency", 10);
    try {
      return Currency.getInstance(code.toUpperCase(Locale.ROOT))
          .getCurrencyCode()
          .toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException unknown) {
      throw Refusal.invalid(params.path("currency"), "Invalid currency: " + code);
    }
  }

  private static ObjectNode product(Params params, Cause cause) {
    var id = params.text("id", 255);
    var product = Json.object(PRODUCT, id.isEmpty() ? Ids.fresh("prod_", 14) : id, cause);
    product.put("active", !params.has("active") || params.flag("active")).putNull("default_price");
    product.put("description", Json.emptyIsNull(params.text("description", TEXT_MAX)));
    params.texts("images", IMAGES_MAX).forEach(product.putArray("images")::add);
    product.putArray("marketing_features");
    product.set("metadata", Json.map(params.metadata()));
    product.put("name", params.required("name", NAME_MAX)).putNull("package_dimensions");
    product.putNull("shippable").putNull("statement_descriptor").putNull("tax_code");
    product.put("type", "service").putNull("unit_label").put("updated", cause.seconds());
    return product.putNull("url");
  }
}
