package urgency.payments.practice.bank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.wire.Cause;
import urgency.payments.practice.wire.Ids;
import urgency.payments.practice.wire.Json;
import urgency.payments.practice.wire.Refusal;

/**
 * Payments, and the only ways in which one moves: it requires a method, a confirmation, a step of
 * the shopper or a capture, is processing, and ends succeeded or canceled.
 */
public final class Intents {
  public static final String KIND = "payment_intent";

  private static final List<String> CONFIRMABLE =
      List.of("requires_payment_method", "requires_confirmation", "requires_action");

  /** What a payment is for. */
  public record Wanted(
      long amount,
      String currency,
      List<String> methods,
      Map<String, String> metadata,
      String description,
      String receiptEmail,
      String customer,
      String returnUrl,
      boolean captureLater,
      JsonNode shipping) {
    public Wanted {
      methods = List.copyOf(methods);
      metadata = Map.copyOf(metadata);
    }
  }

  private final Store store;
  private final Events events;
  private final Charges charges;
  private final Wallet wallet;
  private final Disputes disputes;
  private final Schedule schedule;
  private final String site;

  Intents(
      Store store,
      Events events,
      Charges charges,
      Wallet wallet,
      Disputes disputes,
      Schedule schedule,
      String site) {
    this.store = store;
    this.events = events;
    this.charges = charges;
    this.wallet = wallet;
    this.disputes = disputes;
    this.schedule = schedule;
    this.site = site;
  }

  /** A payment without a method yet. */
  public ObjectNode open(Handle tx, Wanted wanted, Cause cause) {
    return open(tx, wanted, "", cause);
  }

  /**
   * The same, for a payment page.
   *
   * @param session whose payment it is; empty for none
   */
  ObjectNode open(Handle tx, Wanted wanted, String session, Cause cause) {
    var id = Ids.fresh("pi_");
    var intent = Json.object(KIND, id, cause);
    intent.put("amount", wanted.amount()).put("amount_capturable", 0).put("amount_received", 0);
    intent.putObject("amount_details");
    intent.putNull("application").putNull("application_fee_amount").putNull("canceled_at");
    intent.putNull("automatic_payment_methods").putNull("cancellation_reason");
    intent.put("capture_method", wanted.captureLater() ? "manual" : "automatic_async");
    intent.put("client_secret", Ids.fresh(id + "_secret_", 25));
    intent.put("confirmation_method", "automatic").put("currency", wanted.currency());
    intent.put("customer", Json.emptyIsNull(wanted.customer()));
    intent.put("description", Json.emptyIsNull(wanted.description()));
    intent.putNull("last_payment_error").putNull("latest_charge");
    intent.set("metadata", Json.map(wanted.metadata()));
    intent.putNull("next_action").putNull("on_behalf_of").putNull("payment_method");
    intent.putObject("payment_method_options");
    wanted.methods().forEach(intent.putArray("payment_method_types")::add);
    intent.putNull("processing").put("receipt_email", Json.emptyIsNull(wanted.receiptEmail()));
    intent.putNull("review").putNull("setup_future_usage");
    if (wanted.shipping().isObject()) {
      intent.set("shipping", wanted.shipping());
    } else {
      intent.putNull("shipping");
    }
    intent.putNull("statement_descriptor").putNull("statement_descriptor_suffix");
    intent.put("status", "requires_payment_method");
    intent.putNull("transfer_data").putNull("transfer_group");
    store.add(tx, intent, session.isEmpty() ? wanted.returnUrl() : session);
    events.append(tx, "payment_intent.created", intent, cause);
    return intent;
  }

  /** Gives it a way to pay, and waits for the confirmation. */
  public void choose(Handle tx, ObjectNode intent, ObjectNode method) {
    var type = method.path("type").asText();
    var fits = false;
    for (var it : intent.path("payment_method_types")) fits |= it.asText().equals(type);
    if (!fits) {
      throw Refusal.coded(
          "payment_method_invalid_parameter",
          "payment_method",
          "The PaymentMethod provided (%s) is not allowed for this PaymentIntent.".formatted(type));
    }
    intent.put("payment_method", method.path("id").asText()).put("status", "requires_confirmation");
    intent.putNull("last_payment_error");
    store.save(tx, intent);
  }

  /**
   * Tries to take the money. A payment that is declined is no refusal: it is kept, and says so.
   *
   * @throws Refusal when it is not there to be confirmed
   */
  public void confirm(Handle tx, ObjectNode intent, Cause cause) {
    var status = intent.path("status").asText();
    if (!CONFIRMABLE.contains(status)) throw unexpected("confirm", status);
    if (intent.path("payment_method").isNull()) {
      throw Refusal.coded(
          "payment_intent_unexpected_state",
          "payment_method",
          "You cannot confirm this PaymentIntent because it's missing a payment method.");
    }
    var id = intent.path("payment_method").asText();
    var method = store.get(tx, Wallet.METHOD, "payment_method", id);
    var test = wallet.behind(tx, method);
    switch (test.conduct()) {
      case DECLINED -> decline(tx, intent, method, test, cause);
      case STEP -> ask(tx, intent, cause);
      case SLOW, SLOW_FAILS -> process(tx, intent, method, test, cause);
      case PAYS, DISPUTED, INQUIRY, REFUND_SLOW, REFUND_FAILS ->
          take(tx, intent, method, test, cause);
    }
  }

  /**
   * The shopper has, or has not, confirmed it to the bank.
   *
   * @throws Refusal when nobody was asked
   */
  public void authenticate(Handle tx, ObjectNode intent, boolean well, Cause cause) {
    var status = intent.path("status").asText();
    if (!status.equals("requires_action")) throw unexpected("authenticate", status);
    var id = intent.path("payment_method").asText();
    var method = store.get(tx, Wallet.METHOD, "payment_method", id);
    intent.putNull("next_action");
    if (well) {
      take(tx, intent, method, wallet.behind(tx, method), cause);
    } else {
      fail(
          tx,
          intent,
          "payment_intent_authentication_failure",
          "We are unable to authenticate your payment method. Please choose a different payment"
              + " method and try again.",
          method,
          cause);
    }
  }

  /** A slow payment has come, or will not. */
  void settle(Handle tx, ObjectNode intent, boolean well, Cause cause) {
    charges.settle(tx, intent.path("latest_charge").asText(), well, cause);
    if (well) {
      succeed(tx, intent, intent.path("amount").asLong(), cause);
    } else {
      var id = intent.path("payment_method").asText();
      var method = store.get(tx, Wallet.METHOD, "payment_method", id);
      fail(
          tx,
          intent,
          "payment_intent_payment_attempt_failed",
          "The payment failed: the bank did not pay.",
          method,
          cause);
    }
  }

  /**
   * Takes what was set aside.
   *
   * @throws Refusal when nothing is set aside, or less
   */
  public void capture(Handle tx, ObjectNode intent, long amount, Cause cause) {
    var status = intent.path("status").asText();
    if (!status.equals("requires_capture")) throw unexpected("capture", status);
    if (amount > intent.path("amount_capturable").asLong()) {
      throw Refusal.coded(
          "amount_too_large",
          "amount_to_capture",
          "The amount to capture is greater than the amount that can be captured.");
    }
    charges.capture(tx, intent.path("latest_charge").asText(), amount, cause);
    intent.put("amount_capturable", 0);
    succeed(tx, intent, amount, cause);
  }

  /**
   * Ends it without money.
   *
   * @throws Refusal when it has ended already, or is on its way
   */
  public void cancel(Handle tx, ObjectNode intent, String reason, Cause cause) {
    var status = intent.path("status").asText();
    if (List.of("succeeded", "canceled", "processing").contains(status)) {
      throw unexpected("cancel", status);
    }
    intent.put("status", "canceled").put("canceled_at", cause.seconds());
    intent.put("cancellation_reason", Json.emptyIsNull(reason));
    intent.put("amount_capturable", 0).putNull("next_action");
    store.save(tx, intent);
    events.append(tx, "payment_intent.canceled", intent, cause);
  }

  private void take(Handle tx, ObjectNode intent, ObjectNode method, TestCard test, Cause cause) {
    var charge = charges.attempt(tx, intent, method, test, "succeeded", cause);
    intent.put("latest_charge", charge.path("id").asText());
    var amount = intent.path("amount").asLong();
    if (intent.path("capture_method").asText().equals("manual")) {
      intent.put("status", "requires_capture").put("amount_capturable", amount);
      store.save(tx, intent);
      events.append(tx, "payment_intent.amount_capturable_updated", intent, cause);
    } else {
      succeed(tx, intent, amount, cause);
    }
    disputes.open(tx, charge, test, cause);
  }

  private void succeed(Handle tx, ObjectNode intent, long amount, Cause cause) {
    intent.put("status", "succeeded").put("amount_received", amount);
    intent.putNull("last_payment_error").putNull("processing");
    store.save(tx, intent);
    events.append(tx, "payment_intent.succeeded", intent, cause);
  }

  private void decline(
      Handle tx, ObjectNode intent, ObjectNode method, TestCard test, Cause cause) {
    var charge = charges.attempt(tx, intent, method, test, "failed", cause);
    intent.put("latest_charge", charge.path("id").asText());
    var error = Json.empty();
    error.put("charge", charge.path("id").asText()).put("code", test.code());
    if (!test.declineCode().isEmpty()) error.put("decline_code", test.declineCode());
    error.put("doc_url", Refusal.documented(test.code())).put("message", test.says());
    error.put("type", "card_error").set("payment_method", method);
    failed(tx, intent, error, cause);
  }

  private void fail(
      Handle tx, ObjectNode intent, String code, String says, ObjectNode method, Cause cause) {
    var error = Json.empty();
    error.put("code", code).put("doc_url", Refusal.documented(code)).put("message", says);
    error.put("type", "invalid_request_error").set("payment_method", method);
    failed(tx, intent, error, cause);
  }

  private void failed(Handle tx, ObjectNode intent, ObjectNode error, Cause cause) {
    intent.set("last_payment_error", error);
    intent.put("status", "requires_payment_method").putNull("payment_method");
    intent.putNull("next_action").putNull("processing");
    store.save(tx, intent);
    events.append(tx, "payment_intent.payment_failed", intent, cause);
  }

  private void ask(Handle tx, ObjectNode intent, Cause cause) {
    var id = intent.path("id").asText();
    var action = intent.putObject("next_action").put("type", "redirect_to_url");
    action
        .putObject("redirect_to_url")
        .put("return_url", Json.emptyIsNull(store.note(tx, id)))
        .put("url", site + "/c/step/" + id);
    intent.put("status", "requires_action");
    store.save(tx, intent);
    events.append(tx, "payment_intent.requires_action", intent, cause);
  }

  private void process(
      Handle tx, ObjectNode intent, ObjectNode method, TestCard test, Cause cause) {
    var charge = charges.attempt(tx, intent, method, test, "pending", cause);
    intent.put("latest_charge", charge.path("id").asText()).put("status", "processing");
    store.save(tx, intent);
    events.append(tx, "payment_intent.processing", intent, cause);
    var well = test.conduct() == TestCard.Conduct.SLOW;
    schedule.later(tx, intent, well ? Schedule.What.COMES : Schedule.What.FAILS, cause);
  }

  private static Refusal unexpected(String what, String status) {
    return Refusal.coded(
        "payment_intent_unexpected_state",
        "",
        "You cannot %s this PaymentIntent because it has a status of %s.".formatted(what, status));
  }
}
