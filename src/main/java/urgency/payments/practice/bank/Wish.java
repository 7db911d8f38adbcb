package urgency.payments.practice.bank;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.wire.Params;
import urgency.payments.practice.wire.Refusal;

/**
 * A payment page that was asked for, checked as Stripe checks it.
 *
 * @param methods ways to pay that it offers
 */
public record Wish(
    String reference,
    Map<String, String> metadata,
    Map<String, String> intentMetadata,
    List<Line> lines,
    String currency,
    String successUrl,
    String cancelUrl,
    List<String> methods) {
  /** What Stripe offers when nothing else is asked for. */
  static final List<String> METHODS = List.of("card", TestCard.SEPA);

  private static final Duration LIFE_MIN = Duration.ofMinutes(30);
  private static final Duration LIFE_MAX = Duration.ofHours(24);
  private static final int URL_MAX = 5_000;
  private static final long UNITS_MAX = 999_999;
  private static final long SECOND_MAX = 99_999_999_999L;
  private static final Map<String, Long> AMOUNT_MIN =
      Map.of(
          "usd", 50L, "eur", 50L, "cad", 50L, "aud", 50L, "chf", 50L, "gbp", 30L, "jpy", 50L, "sek",
          300L, "nok", 300L, "dkk", 250L);

  /**
   * Units of one thing at a price, in Stripe's smallest unit.
   *
   * @param priceId of a price that the till keeps; empty when it was written on the line
   */
  public record Line(String name, long price, long units, String priceId) {}

  public Wish {
    metadata = Map.copyOf(metadata);
    intentMetadata = Map.copyOf(intentMetadata);
    lines = List.copyOf(lines);
    methods = List.copyOf(methods);
  }

  /** In Stripe's smallest unit. */
  public long amount() {
    var sum = 0L;
    for (var line : lines) sum = Math.addExact(sum, Math.multiplyExact(line.price(), line.units()));
    return sum;
  }

  /**
   * @param store with the prices that it names
   * @throws Refusal when Stripe would refuse it
   */
  static Wish parse(Handle tx, Store store, Params params) {
    if (!params.required("mode", 20).equals("payment")) {
      throw Refusal.invalid("mode", "The practice till knows mode payment only.");
    }
    var items = params.objects("line_items");
    if (items.isEmpty()) throw Refusal.missing("line_items");
    var currencies = new ArrayList<String>();
    var lines = new ArrayList<Line>();
    for (var item : items) lines.add(line(tx, store, item, currencies));
    if (currencies.stream().distinct().count() > 1) {
      throw Refusal.invalid("line_items", "All line items must have the same currency.");
    }
    var intent = params.object("payment_intent_data");
    intent.oneOf("setup_future_usage", List.of("off_session", "on_session"));
    intent.allow("description", "receipt_email", "shipping", "statement_descriptor");
    intent.allow("statement_descriptor_suffix");
    var wish =
        new Wish(
            params.text("client_reference_id", 200),
            withoutEmpty(params.metadata()),
            withoutEmpty(intent.metadata()),
            lines,
            currencies.getFirst(),
            address(params, "success_url", params.required("success_url", URL_MAX)),
            address(params, "cancel_url", params.text("cancel_url", URL_MAX)),
            methods(params));
    params.oneOf("ui_mode", List.of("hosted", "hosted_page"));
    params.oneOf("submit_type", List.of("auto", "book", "donate", "pay"));
    params.allow("locale", "custom_text", "customer_email", "customer_creation", "expires_at");
    params.allow("payment_method_options", "automatic_tax", "billing_address_collection");
    params.refuseOthers();
    wish.refuseWrongAmount();
    return wish;
  }

  /** When the page shall close by itself. */
  static Instant expiresAt(Params params, Instant now) {
    var wanted = params.number("expires_at", 0, SECOND_MAX);
    if (wanted.isEmpty()) return now.plus(LIFE_MAX);
    var at = Instant.ofEpochSecond(wanted.get());
    if (at.isBefore(now.plus(LIFE_MIN))) {
      throw Refusal.invalid(
          "expires_at",
          "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.");
    }
    if (at.isAfter(now.plus(LIFE_MAX))) {
      throw Refusal.invalid(
          "expires_at",
          "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.");
    }
    return at;
  }

  private void refuseWrongAmount() {
    var amount = amount();
    if (amount > Goods.AMOUNT_MAX) {
      throw Refusal.coded("amount_too_large", "line_items", "Amount too large.");
    }
    if (amount > 0 && amount < AMOUNT_MIN.getOrDefault(currency, 1L)) {
      throw Refusal.coded(
          "amount_too_small",
          "line_items",
          "The Checkout Session's total amount must be at least %d in the smallest unit of %s."
              .formatted(AMOUNT_MIN.get(currency), currency));
    }
  }

  private static Line line(Handle tx, Store store, Params item, List<String> currencies) {
    item.allow("adjustable_quantity", "tax_rates", "dynamic_tax_rates", "metadata");
    var units = item.requiredNumber("quantity", 1, UNITS_MAX);
    var id = item.text("price", 255);
    if (!id.isEmpty()) return kept(tx, store, item, id, units, currencies);
    if (!item.isObject("price_data")) throw Refusal.missing(item.path("price_data"));
    var price = item.object("price_data");
    price.allow("tax_behavior");
    currencies.add(Goods.currency(price));
    var product = price.object("product_data");
    product.allow("description", "images", "metadata", "tax_code");
    return new Line(
        product.required("name", Goods.NAME_MAX),
        price.requiredNumber("unit_amount", 0, Goods.AMOUNT_MAX),
        units,
        "");
  }

  private static Line kept(
      Handle tx, Store store, Params item, String id, long units, List<String> currencies) {
    var price = store.get(tx, Goods.PRICE, item.path("price"), id);
    if (!price.path("active").asBoolean()) {
      throw Refusal.invalid(item.path("price"), "The price specified is inactive.");
    }
    currencies.add(price.path("currency").asText());
    var product = store.get(tx, Goods.PRODUCT, "product", price.path("product").asText());
    return new Line(product.path("name").asText(), price.path("unit_amount").asLong(), units, id);
  }

  private static List<String> methods(Params params) {
    var methods = params.texts("payment_method_types", 10);
    for (var it : methods) {
      if (!METHODS.contains(it)) {
        throw Refusal.invalid(
            "payment_method_types", "The practice till knows card and sepa_debit, not " + it + ".");
      }
    }
    return methods.isEmpty() ? METHODS : methods;
  }

  private static Map<String, String> withoutEmpty(Map<String, String> metadata) {
    var left = new java.util.TreeMap<>(metadata);
    left.values().removeIf(String::isEmpty);
    return left;
  }

  private static String address(Params params, String name, String url) {
    if (!url.isEmpty() && !url.matches("https?://\\S+")) {
      throw Refusal.coded("url_invalid", params.path(name), "Not a valid URL");
    }
    return url;
  }
}
