package urgency.payments.practice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The till's objects in Stripe's JSON; every one is valid against Stripe's own OpenAPI file. */
final class TillJson {
  /** The release of the API that the till speaks. */
  static final String API_VERSION = "2026-07-29.dahlia";

  private static final ObjectMapper JSON = new ObjectMapper();

  private TillJson() {}

  static ObjectNode session(TillSession it) {
    var wish = it.wish();
    var json = JSON.createObjectNode();
    json.put("id", it.id()).put("object", "checkout.session");
    json.put("amount_subtotal", wish.amount()).put("amount_total", wish.amount());
    json.putObject("automatic_tax").put("enabled", false).putNull("liability").putNull("status");
    json.put("cancel_url", emptyIsNull(wish.cancelUrl()));
    json.put("client_reference_id", emptyIsNull(wish.reference()));
    json.put("created", it.created().getEpochSecond()).put("currency", wish.currency());
    json.putArray("custom_fields");
    json.putObject("custom_text")
        .putNull("after_submit")
        .putNull("shipping_address")
        .putNull("submit")
        .putNull("terms_of_service_acceptance");
    json.putNull("customer").putNull("customer_details").putNull("customer_email");
    json.put("expires_at", it.expiresAt().getEpochSecond());
    json.putNull("invoice").put("livemode", false).putNull("locale");
    json.set("metadata", map(wish.metadata()));
    json.put("mode", "payment");
    json.put("payment_intent", it.intent().map(TillSession.Intent::id).orElse(null));
    json.putNull("payment_link").put("payment_method_collection", "if_required");
    json.putObject("payment_method_options");
    json.putArray("payment_method_types").add("card").add("sepa_debit");
    json.put("payment_status", it.paymentStatus());
    json.putNull("recovered_from").putNull("setup_intent").putNull("shipping_cost");
    json.putArray("shipping_options");
    json.put("status", it.status()).putNull("submit_type").putNull("subscription");
    json.put("success_url", wish.successUrl());
    json.putObject("total_details")
        .put("amount_discount", 0)
        .put("amount_shipping", 0)
        .put("amount_tax", 0);
    json.put("url", it.status().equals("open") ? it.url() : null);
    return json;
  }

  static ObjectNode intent(TillSession session, TillSession.Intent it) {
    var amount = session.wish().amount();
    var json = JSON.createObjectNode();
    json.put("id", it.id()).put("object", "payment_intent").put("amount", amount);
    json.put("amount_received", it.status().equals("succeeded") ? amount : 0);
    json.put("capture_method", "automatic").put("confirmation_method", "automatic");
    json.put("created", session.created().getEpochSecond());
    json.put("currency", session.wish().currency()).put("livemode", false);
    json.set("metadata", map(session.wish().intentMetadata()));
    json.putArray("payment_method_types").add("card").add("sepa_debit");
    json.put("status", it.status());
    return json;
  }

  static ObjectNode event(String id, String type, TillSession session, Instant now) {
    var json = JSON.createObjectNode();
    json.put("id", id).put("object", "event").put("api_version", API_VERSION);
    json.put("created", now.getEpochSecond());
    json.putObject("data").set("object", session(session));
    json.put("livemode", false).put("pending_webhooks", 1);
    json.putObject("request").putNull("id").putNull("idempotency_key");
    json.put("type", type);
    return json;
  }

  static ObjectNode list(String url, List<? extends JsonNode> all, boolean more) {
    var json = JSON.createObjectNode().put("object", "list");
    json.putArray("data").addAll(all);
    return json.put("has_more", more).put("url", url);
  }

  static ObjectNode lineItems(TillSession session) {
    var items = new ArrayList<ObjectNode>();
    var currency = session.wish().currency();
    for (var line : session.wish().lines()) {
      var amount = line.price() * line.units();
      var json = JSON.createObjectNode();
      json.put("id", "li_" + session.id().substring("cs_test_".length(), 20) + items.size());
      json.put("object", "item").put("amount_discount", 0).put("amount_subtotal", amount);
      json.put("amount_tax", 0).put("amount_total", amount).put("currency", currency);
      json.put("description", line.name()).putNull("price").put("quantity", line.units());
      items.add(json);
    }
    return list("/v1/checkout/sessions/%s/line_items".formatted(session.id()), items, false);
  }

  static String error(TillRefusal refusal) {
    var json = JSON.createObjectNode();
    var error = json.putObject("error");
    error.put("message", refusal.getMessage()).put("type", refusal.type());
    if (!refusal.code().isEmpty()) error.put("code", refusal.code());
    if (!refusal.parameter().isEmpty()) error.put("param", refusal.parameter());
    return json.toString();
  }

  static String text(Wish wish) {
    try {
      return JSON.writeValueAsString(wish);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a wish cannot be written", impossible);
    }
  }

  static Wish wish(String text) {
    try {
      return JSON.readValue(text, Wish.class);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a stored wish cannot be read", impossible);
    }
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("stored text is not JSON", impossible);
    }
  }

  private static ObjectNode map(Map<String, String> values) {
    var json = JSON.createObjectNode();
    new TreeMap<>(values).forEach(json::put);
    return json;
  }

  private static @Nullable String emptyIsNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
