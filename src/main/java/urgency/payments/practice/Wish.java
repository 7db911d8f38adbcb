package urgency.payments.practice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A payment page that was asked for, checked as Stripe checks it. */
record Wish(
    String reference,
    Map<String, String> metadata,
    Map<String, String> intentMetadata,
    List<Line> lines,
    String currency,
    String successUrl,
    String cancelUrl) {
  private static final Set<String> KNOWN =
      Set.of(
          "mode",
          "line_items",
          "client_reference_id",
          "metadata",
          "payment_intent_data",
          "expires_at",
          "success_url",
          "cancel_url",
          "ui_mode",
          "locale",
          "payment_method_types",
          "submit_type",
          "custom_text",
          "expand");
  private static final Duration LIFE_MIN = Duration.ofMinutes(30);
  private static final Duration LIFE_MAX = Duration.ofHours(24);
  private static final int LINES_MAX = 100;
  private static final int METADATA_MAX = 50;
  private static final int VALUE_MAX = 500;
  private static final int URL_MAX = 5_000;
  private static final long AMOUNT_MAX = 99_999_999;

  /** Units of one thing at a price, in Stripe's smallest unit. */
  record Line(String name, long price, long units) {}

  Wish {
    metadata = Map.copyOf(metadata);
    intentMetadata = Map.copyOf(intentMetadata);
    lines = List.copyOf(lines);
  }

  long amount() {
    var sum = 0L;
    for (var line : lines) sum = Math.addExact(sum, Math.multiplyExact(line.price(), line.units()));
    return sum;
  }

  /**
   * @throws TillRefusal when Stripe would refuse it
   */
  static Wish parse(ObjectNode form) {
    for (var field : form.properties()) {
      if (!KNOWN.contains(field.getKey())) throw TillRefusal.unknown(field.getKey());
    }
    if (!required(form, "mode").equals("payment")) {
      throw TillRefusal.invalid("mode", "The practice till knows mode payment only.");
    }
    var items = form.path("line_items");
    if (!items.isArray() || items.isEmpty()) throw TillRefusal.missing("line_items");
    if (items.size() > LINES_MAX) throw TillRefusal.invalid("line_items", "Too many line items.");
    var lines = new ArrayList<Line>();
    for (var item : items) lines.add(line(item));
    var wish =
        new Wish(
            bounded(form, "client_reference_id", 200),
            metadata(form.path("metadata"), "metadata"),
            metadata(
                form.path("payment_intent_data").path("metadata"), "payment_intent_data[metadata]"),
            lines,
            currency(items),
            address(required(form, "success_url"), "success_url"),
            form.has("cancel_url") ? address(required(form, "cancel_url"), "cancel_url") : "");
    if (wish.amount() > AMOUNT_MAX) throw TillRefusal.invalid("line_items", "Amount too large.");
    return wish;
  }

  /** When the page shall close by itself. */
  static Instant expiresAt(ObjectNode form, Instant now) {
    if (!form.has("expires_at")) return now.plus(LIFE_MAX);
    var at = Instant.ofEpochSecond(number(form, "expires_at", 0, 99_999_999_999L));
    if (at.isBefore(now.plus(LIFE_MIN))) {
      throw TillRefusal.invalid(
          "expires_at",
          "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.");
    }
    if (at.isAfter(now.plus(LIFE_MAX))) {
      throw TillRefusal.invalid(
          "expires_at",
          "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.");
    }
    return at;
  }

  private static Line line(JsonNode item) {
    var price = item.path("price_data");
    if (!price.isObject()) throw TillRefusal.missing("line_items[0][price_data]");
    var name = price.path("product_data").path("name").asText("");
    if (name.isBlank()) throw TillRefusal.missing("line_items[0][price_data][product_data][name]");
    return new Line(
        name, number(price, "unit_amount", 0, AMOUNT_MAX), number(item, "quantity", 1, 999_999));
  }

  private static String currency(JsonNode items) {
    var first = items.get(0).path("price_data").path("currency").asText("");
    for (var item : items) {
      if (!item.path("price_data").path("currency").asText("").equals(first)) {
        throw TillRefusal.invalid("line_items", "All line items must have the same currency.");
      }
    }
    try {
      return Currency.getInstance(first.toUpperCase(Locale.ROOT))
          .getCurrencyCode()
          .toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException unknown) {
      throw TillRefusal.invalid("line_items[0][price_data][currency]", "Invalid currency.");
    }
  }

  private static Map<String, String> metadata(JsonNode node, String name) {
    if (node.isMissingNode()) return Map.of();
    if (!node.isObject() || node.size() > METADATA_MAX) {
      throw TillRefusal.invalid(name, "Invalid metadata.");
    }
    var metadata = new TreeMap<String, String>();
    for (var field : node.properties()) {
      var value = field.getValue().asText("");
      if (value.length() > VALUE_MAX) throw TillRefusal.invalid(name, "Metadata value too long.");
      metadata.put(field.getKey(), value);
    }
    return metadata;
  }

  private static String address(String url, String name) {
    if (!url.matches("https?://\\S+") || url.length() > URL_MAX) {
      throw TillRefusal.invalid(name, "Not a valid URL");
    }
    return url;
  }

  private static String required(JsonNode form, String name) {
    var value = form.path(name).asText("");
    if (value.isBlank()) throw TillRefusal.missing(name);
    return value;
  }

  private static String bounded(JsonNode form, String name, int max) {
    var value = form.path(name).asText("");
    if (value.length() > max) {
      throw TillRefusal.invalid(name, "Must be at most " + max + " characters.");
    }
    return value;
  }

  private static long number(JsonNode form, String name, long min, long max) {
    var text = required(form, name);
    if (!text.matches("-?[0-9]{1,18}")) {
      throw TillRefusal.invalid(name, "Invalid integer: " + name);
    }
    var number = Long.parseLong(text);
    if (number < min || number > max) throw TillRefusal.invalid(name, "Out of range: " + name);
    return number;
  }
}
