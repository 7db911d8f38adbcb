package urgency.payments.practice.bank;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.wire.Cause;
import urgency.payments.practice.wire.Ids;
import urgency.payments.practice.wire.Json;

/** Attempts to take money. Each belongs to a payment; what is refunded or disputed is a charge. */
public final class Charges {
  public static final String KIND = "charge";

  private final Store store;
  private final Events events;

  Charges(Store store, Events events) {
    this.store = store;
    this.events = events;
  }

  /**
   * Writes an attempt down.
   *
   * @param status {@code succeeded}, {@code pending} or {@code failed}
   */
  ObjectNode attempt(
      Handle tx, ObjectNode intent, ObjectNode method, TestCard test, String status, Cause cause) {
    var captured = !intent.path("capture_method").asText().equals("manual");
    var well = !status.equals("failed");
    var amount = intent.path("amount").asLong();
    var charge = Json.object(KIND, Ids.fresh("ch_"), cause);
    charge.put("amount", amount).put("amount_captured", well && captured ? amount : 0);
    charge.put("amount_refunded", 0).putNull("application").putNull("balance_transaction");
    charge.set("billing_details", Wallet.billing(method));
    charge.put("calculated_statement_descriptor", "PRACTICE");
    charge.put("captured", well && captured && !status.equals("pending"));
    charge.set("currency", intent.path("currency"));
    charge.set("customer", intent.path("customer"));
    charge.set("description", intent.path("description"));
    charge.put("disputed", false).putNull("failure_balance_transaction");
    charge.put("failure_code", Json.emptyIsNull(test.code()));
    charge.put("failure_message", Json.emptyIsNull(test.says()));
    charge.putObject("fraud_details");
    charge.set("metadata", intent.path("metadata").deepCopy());
    charge.set("outcome", outcome(test, status));
    charge.put("paid", well).put("payment_intent", intent.path("id").asText());
    charge.put("payment_method", method.path("id").asText());
    var kind = method.path("type").asText();
    var details = charge.putObject("payment_method_details");
    details.put("type", kind).set(kind, details(test));
    charge.set("receipt_email", intent.path("receipt_email"));
    charge.putNull("receipt_number").putNull("receipt_url").put("refunded", false);
    charge.putNull("review");
    if (intent.path("shipping").isObject()) charge.set("shipping", intent.path("shipping"));
    charge.putNull("source_transfer").putNull("statement_descriptor");
    charge.putNull("statement_descriptor_suffix").put("status", status);
    charge.putNull("transfer_data").putNull("transfer_group");
    store.add(tx, charge);
    events.append(tx, KIND + "." + status, charge, cause);
    return charge;
  }

  /** A slow attempt comes to its end. */
  void settle(Handle tx, String id, boolean well, Cause cause) {
    var charge = store.lock(tx, KIND, "charge", id);
    charge.put("status", well ? "succeeded" : "failed").put("paid", well).put("captured", well);
    if (!well) {
      charge.put("amount_captured", 0).put("failure_code", "payment_failed");
      charge.put("failure_message", "The bank did not pay.");
    }
    store.save(tx, charge);
    events.append(tx, well ? "charge.succeeded" : "charge.failed", charge, cause);
  }

  /** Takes what was set aside, or a part of it. */
  void capture(Handle tx, String id, long amount, Cause cause) {
    var charge = store.lock(tx, KIND, "charge", id);
    charge.put("amount_captured", amount).put("captured", true);
    store.save(tx, charge);
    events.append(tx, "charge.captured", charge, cause);
  }

  private static ObjectNode outcome(TestCard test, String status) {
    var declined = status.equals("failed");
    var outcome = Json.empty();
    outcome.put("network_status", declined ? "declined_by_network" : "approved_by_network");
    outcome.put("reason", Json.emptyIsNull(test.declineCode()));
    outcome.put("seller_message", declined ? test.says() : "Payment complete.");
    return outcome.put("type", declined ? "issuer_declined" : "authorized");
  }

  private static ObjectNode details(TestCard test) {
    var details = Wallet.details(test);
    if (test.isAccount()) return details.putNull("mandate");
    details.putNull("installments").putNull("mandate").put("network", test.brand());
    return details.putNull("three_d_secure");
  }
}
