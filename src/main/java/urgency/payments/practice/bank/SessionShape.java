package urgency.payments.practice.bank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import urgency.payments.practice.wire.Cause;
import urgency.payments.practice.wire.Json;

/** A session and its lines in Stripe's JSON. */
public final class SessionShape {
  public static final String KIND = "checkout.session";

  private SessionShape() {}

  public static ObjectNode of(Session it) {
    var wish = it.wish();
    var json = Json.object(KIND, it.id(), Cause.time(it.created()));
    json.put("amount_subtotal", wish.amount()).put("amount_total", wish.amount());
    json.putObject("automatic_tax").put("enabled", false).putNull("liability").putNull("status");
    json.put("cancel_url", Json.emptyIsNull(wish.cancelUrl()));
    json.put("client_reference_id", Json.emptyIsNull(wish.reference()));
    json.put("currency", wish.currency());
    json.putArray("custom_fields");
    json.putObject("custom_text")
        .putNull("after_submit")
        .putNull("shipping_address")
        .putNull("submit")
        .putNull("terms_of_service_acceptance");
    json.putNull("customer").putNull("customer_email");
    json.putNull("customer_details");
    it.email()
        .filter(_ -> it.isComplete())
        .ifPresent(email -> json.putObject("customer_details").put("email", email));
    json.put("expires_at", it.expiresAt().getEpochSecond());
    json.putNull("invoice").putNull("locale");
    json.set("metadata", Json.map(wish.metadata()));
    json.put("mode", "payment");
    json.put("payment_intent", it.intent().orElse(null));
    json.putNull("payment_link").put("payment_method_collection", "if_required");
    json.putObject("payment_method_options");
    wish.methods().forEach(json.putArray("payment_method_types")::add);
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

  /**
   * What is on the bill.
   *
   * @param prices of the lines, in their order; empty for one that was written on its line
   */
  static List<ObjectNode> lines(Session session, List<Optional<ObjectNode>> prices) {
    var items = new ArrayList<ObjectNode>();
    var currency = session.wish().currency();
    var cause = Cause.time(session.created());
    var stem = session.id().substring("cs_test_".length(), 20);
    for (var i = 0; i < prices.size(); i++) {
      var line = session.wish().lines().get(i);
      var amount = line.price() * line.units();
      var json = Json.empty().put("id", "li_" + stem + i).put("object", "item");
      json.put("amount_discount", 0).put("amount_subtotal", amount);
      json.put("amount_tax", 0).put("amount_total", amount).put("currency", currency);
      json.put("description", line.name());
      var number = stem + i;
      JsonNode price =
          prices
              .get(i)
              .orElseGet(
                  () ->
                      Goods.price("prod_" + number, currency, line.price(), cause)
                          .put("id", "price_" + number)
                          .put("active", false));
      json.set("price", price);
      items.add(json.put("quantity", line.units()));
    }
    return items;
  }
}
