package urgency.payments.practice.bank;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.wire.Cause;
import urgency.payments.practice.wire.Ids;
import urgency.payments.practice.wire.Json;
import urgency.payments.practice.wire.Refusal;

/** Payments that a cardholder has taken to the bank, and how that ends. */
public final class Disputes {
  public static final String KIND = "dispute";

  private static final Duration ANSWER_WITHIN = Duration.ofDays(7);
  private static final List<String> OPEN =
      List.of("needs_response", "warning_needs_response", "under_review", "warning_under_review");
  private static final List<String> EVIDENCE =
      List.of(
          "access_activity_log",
          "billing_address",
          "cancellation_policy",
          "cancellation_policy_disclosure",
          "cancellation_rebuttal",
          "customer_communication",
          "customer_email_address",
          "customer_name",
          "customer_purchase_ip",
          "customer_signature",
          "duplicate_charge_documentation",
          "duplicate_charge_explanation",
          "duplicate_charge_id",
          "product_description",
          "receipt",
          "refund_policy",
          "refund_policy_disclosure",
          "refund_refusal_explanation",
          "service_date",
          "service_documentation",
          "shipping_address",
          "shipping_carrier",
          "shipping_date",
          "shipping_documentation",
          "shipping_tracking_number",
          "uncategorized_file",
          "uncategorized_text");

  private final Store store;
  private final Events events;

  Disputes(Store store, Events events) {
    this.store = store;
    this.events = events;
  }

  /** Opens one, when the card is one whose holder disputes. */
  void open(Handle tx, ObjectNode charge, TestCard test, Cause cause) {
    switch (test.conduct()) {
      case DISPUTED -> open(tx, charge, "needs_response", cause);
      case INQUIRY -> open(tx, charge, "warning_needs_response", cause);
      case PAYS, DECLINED, STEP, REFUND_SLOW, REFUND_FAILS, SLOW, SLOW_FAILS -> {
        // Nobody complains.
      }
    }
  }

  /**
   * Gives in.
   *
   * @throws Refusal when it is over
   */
  public ObjectNode close(Handle tx, String id, Cause cause) {
    var dispute = opened(tx, id);
    var inquiry = isInquiry(dispute);
    return end(tx, dispute, inquiry ? "warning_closed" : "lost", cause);
  }

  /**
   * Answers it. As at Stripe, the words {@code winning_evidence} and {@code losing_evidence} decide
   * it at once; any other wait for a decision that never comes.
   *
   * @param submit whether the bank shall have it now
   * @throws Refusal when it is over
   */
  public ObjectNode answer(Handle tx, String id, ObjectNode evidence, boolean submit, Cause cause) {
    var dispute = opened(tx, id);
    ((ObjectNode) dispute.path("evidence")).setAll(evidence);
    var details = (ObjectNode) dispute.path("evidence_details");
    details.put("has_evidence", true);
    if (!submit) return moved(tx, dispute, "charge.dispute.updated", cause);
    details.put("submission_count", details.path("submission_count").asInt() + 1);
    var inquiry = isInquiry(dispute);
    dispute.put("status", inquiry ? "warning_under_review" : "under_review");
    moved(tx, dispute, "charge.dispute.updated", cause);
    return switch (dispute.path("evidence").path("uncategorized_text").asText()) {
      case "winning_evidence" -> {
        if (!inquiry) moved(tx, dispute, "charge.dispute.funds_reinstated", cause);
        yield end(tx, dispute, inquiry ? "warning_closed" : "won", cause);
      }
      case "losing_evidence" -> end(tx, dispute, "lost", cause);
      default -> dispute;
    };
  }

  /** The names of what a shop may say for itself. */
  public static List<String> evidence() {
    return EVIDENCE;
  }

  private void open(Handle tx, ObjectNode charge, String status, Cause cause) {
    var inquiry = status.startsWith("warning");
    var dispute = Json.object(KIND, Ids.fresh("dp_"), cause);
    dispute.set("amount", charge.path("amount"));
    dispute.putArray("balance_transactions");
    dispute.put("charge", charge.path("id").asText());
    dispute.set("currency", charge.path("currency"));
    var evidence = dispute.putObject("evidence");
    EVIDENCE.forEach(evidence::putNull);
    evidence.putObject("enhanced_evidence");
    dispute.putArray("enhanced_eligibility_types");
    var details = dispute.putObject("evidence_details");
    details.put("due_by", cause.at().plus(ANSWER_WITHIN).getEpochSecond());
    details.put("has_evidence", false).put("past_due", false).put("submission_count", 0);
    details.putObject("enhanced_eligibility");
    dispute.put("is_charge_refundable", inquiry).putObject("metadata");
    dispute.set("payment_intent", charge.path("payment_intent"));
    dispute.put("reason", inquiry ? "general" : "fraudulent").put("status", status);
    store.add(tx, dispute);
    if (!inquiry) {
      charge.put("disputed", true);
      store.save(tx, charge);
    }
    events.append(tx, "charge.dispute.created", dispute, cause);
    if (!inquiry) events.append(tx, "charge.dispute.funds_withdrawn", dispute, cause);
  }

  private ObjectNode opened(Handle tx, String id) {
    var dispute = store.lock(tx, KIND, "dispute", id);
    if (!OPEN.contains(dispute.path("status").asText())) {
      throw Refusal.invalid("", "This dispute is already closed.");
    }
    return dispute;
  }

  private ObjectNode end(Handle tx, ObjectNode dispute, String status, Cause cause) {
    dispute.put("status", status).put("is_charge_refundable", status.equals("warning_closed"));
    return moved(tx, dispute, "charge.dispute.closed", cause);
  }

  private ObjectNode moved(Handle tx, ObjectNode dispute, String type, Cause cause) {
    store.save(tx, dispute);
    events.append(tx, type, dispute, cause);
    return dispute;
  }

  private static boolean isInquiry(ObjectNode dispute) {
    return dispute.path("status").asText().startsWith("warning");
  }
}
