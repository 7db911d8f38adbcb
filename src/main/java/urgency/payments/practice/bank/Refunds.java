package urgency.payments.practice.bank;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.wire.Cause;
import urgency.payments.practice.wire.Ids;
import urgency.payments.practice.wire.Json;
import urgency.payments.practice.wire.Refusal;

/**
 * Money that goes back. A refund may be pending for a while, and one that succeeded may fail later;
 * the charge always says how much of it went back.
 */
public final class Refunds {
  public static final String KIND = "refund";

  private static final List<String> CANCELABLE = List.of("pending", "requires_action");

  /**
   * What somebody wants to have sent back.
   *
   * @param amount empty for all that is left
   */
  public record Wanted(Optional<Long> amount, String reason, Map<String, String> metadata) {
    public Wanted {
      metadata = Map.copyOf(metadata);
    }
  }

  private final Store store;
  private final Events events;
  private final Wallet wallet;
  private final Schedule schedule;

  Refunds(Store store, Events events, Wallet wallet, Schedule schedule) {
    this.store = store;
    this.events = events;
    this.wallet = wallet;
    this.schedule = schedule;
  }

  /** Of a charge. */
  public ObjectNode ofCharge(Handle tx, String id, Wanted wanted, Cause cause) {
    return create(tx, store.lock(tx, Charges.KIND, "charge", id), wanted, cause);
  }

  /** Of whatever charge took the money of a payment. */
  public ObjectNode ofIntent(Handle tx, String id, Wanted wanted, Cause cause) {
    var intent = store.get(tx, Intents.KIND, "payment_intent", id);
    if (!intent.path("status").asText().equals("succeeded")) {
      throw Refusal.invalid(
          "payment_intent",
          "This PaymentIntent (%s) does not have a successful charge to refund.".formatted(id));
    }
    var charge = intent.path("latest_charge").asText();
    return create(tx, store.lock(tx, Charges.KIND, "charge", charge), wanted, cause);
  }

  /** Writes something else on it. */
  public ObjectNode update(Handle tx, String id, Map<String, String> metadata, Cause cause) {
    var refund = store.lock(tx, KIND, "refund", id);
    var before = Json.empty();
    before.set("metadata", refund.path("metadata").deepCopy());
    Json.merged((ObjectNode) refund.path("metadata"), metadata);
    store.save(tx, refund);
    updated(tx, refund, before, cause);
    return refund;
  }

  /**
   * Stops one that is not through yet.
   *
   * @throws Refusal when it is
   */
  public ObjectNode cancel(Handle tx, String id, Cause cause) {
    var refund = store.lock(tx, KIND, "refund", id);
    var status = refund.path("status").asText();
    if (!CANCELABLE.contains(status)) {
      throw Refusal.invalid(
          "", "Refunds with a status of `%s` cannot be canceled.".formatted(status));
    }
    schedule.forget(tx, id);
    takeBack(tx, refund, cause);
    return move(tx, refund, "canceled", cause);
  }

  /** Time has passed: a pending one is through, or one that was through has failed. */
  void ripen(Handle tx, ObjectNode refund, Schedule.What what, Cause cause) {
    switch (what) {
      case COMES -> move(tx, refund, "succeeded", cause);
      case FAILS -> {
        takeBack(tx, refund, cause);
        refund.put("failure_reason", "expired_or_canceled_card");
        move(tx, refund, "failed", cause);
        events.append(tx, "refund.failed", refund, cause);
      }
    }
  }

  private ObjectNode create(Handle tx, ObjectNode charge, Wanted wanted, Cause cause) {
    var amount = refundable(charge, wanted.amount());
    var method = store.get(tx, Wallet.METHOD, "id", charge.path("payment_method").asText());
    var conduct = wallet.behind(tx, method).conduct();
    var pending = conduct == TestCard.Conduct.REFUND_SLOW || conduct == TestCard.Conduct.SLOW;
    var refund = Json.object(KIND, Ids.fresh("re_"), cause);
    refund.remove("livemode");
    refund.put("amount", amount).putNull("balance_transaction");
    refund.put("charge", charge.path("id").asText());
    refund.set("currency", charge.path("currency"));
    refund.set("metadata", Json.map(wanted.metadata()));
    refund.set("payment_intent", charge.path("payment_intent"));
    refund.put("reason", Json.emptyIsNull(wanted.reason())).putNull("receipt_number");
    refund.putNull("source_transfer_reversal").put("status", pending ? "pending" : "succeeded");
    refund.putNull("transfer_reversal");
    store.add(tx, refund);
    var all = charge.path("amount_refunded").asLong() + amount;
    charge.put("amount_refunded", all);
    charge.put("refunded", all == charge.path("amount_captured").asLong());
    store.save(tx, charge);
    events.append(tx, "refund.created", refund, cause);
    events.append(tx, "charge.refunded", charge, cause);
    if (pending) schedule.later(tx, refund, Schedule.What.COMES, cause);
    if (conduct == TestCard.Conduct.REFUND_FAILS) {
      schedule.later(tx, refund, Schedule.What.FAILS, cause);
    }
    return refund;
  }

  private static long refundable(ObjectNode charge, Optional<Long> wanted) {
    var id = charge.path("id").asText();
    if (!charge.path("status").asText().equals("succeeded")
        || !charge.path("captured").asBoolean()) {
      throw Refusal.invalid("charge", "Charge %s took no money to refund.".formatted(id));
    }
    if (charge.path("disputed").asBoolean()) {
      throw Refusal.coded(
          "charge_disputed",
          "charge",
          "Charge %s has been charged back; cannot issue a refund.".formatted(id));
    }
    var left = charge.path("amount_captured").asLong() - charge.path("amount_refunded").asLong();
    if (left == 0) {
      throw Refusal.coded(
          "charge_already_refunded", "", "Charge %s has already been refunded.".formatted(id));
    }
    var amount = wanted.orElse(left);
    if (amount > left) {
      throw Refusal.invalid(
          "amount",
          "Refund amount (%d) is greater than unrefunded amount on charge (%d)."
              .formatted(amount, left));
    }
    return amount;
  }

  private void takeBack(Handle tx, ObjectNode refund, Cause cause) {
    var charge = store.lock(tx, Charges.KIND, "charge", refund.path("charge").asText());
    var all = charge.path("amount_refunded").asLong() - refund.path("amount").asLong();
    charge.put("amount_refunded", all).put("refunded", false);
    store.save(tx, charge);
    events.append(tx, "charge.updated", charge, cause);
  }

  private ObjectNode move(Handle tx, ObjectNode refund, String status, Cause cause) {
    var before = Json.empty();
    before.set("status", refund.path("status"));
    refund.put("status", status);
    store.save(tx, refund);
    updated(tx, refund, before, cause);
    return refund;
  }

  private void updated(Handle tx, ObjectNode refund, ObjectNode before, Cause cause) {
    events.append(tx, "refund.updated", refund, before, cause);
    events.append(tx, "charge.refund.updated", refund, before, cause);
  }
}
