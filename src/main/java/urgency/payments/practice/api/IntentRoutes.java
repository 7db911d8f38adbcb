package urgency.payments.practice.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.api.Route.Call;
import urgency.payments.practice.bank.Bank;
import urgency.payments.practice.bank.Intents;
import urgency.payments.practice.wire.Cause;
import urgency.payments.practice.wire.Json;
import urgency.payments.practice.wire.Params;
import urgency.payments.practice.wire.Refusal;

/** PaymentIntents, for callers who take payments without a payment page. */
final class IntentRoutes {
  private static final String BASE = "/v1/payment_intents";
  private static final long AMOUNT_MAX = 99_999_999;
  private static final long AMOUNT_MIN = 50;
  private static final List<String> METHODS = List.of("card", "sepa_debit");
  private static final List<String> CHANGEABLE =
      List.of("requires_payment_method", "requires_confirmation", "requires_action");
  private static final List<String> REASONS =
      List.of("duplicate", "fraudulent", "requested_by_customer", "abandoned");

  private final Bank bank;

  IntentRoutes(Bank bank) {
    this.bank = bank;
  }

  List<Route> all() {
    return List.of(
        new Route("POST", BASE, this::create),
        new Route("GET", BASE, this::list),
        new Route("GET", BASE + "/{}", this::get),
        new Route("POST", BASE + "/{}", this::update),
        new Route("POST", BASE + "/{}/confirm", this::confirm),
        new Route("POST", BASE + "/{}/capture", this::capture),
        new Route("POST", BASE + "/{}/cancel", this::cancel));
  }

  private ObjectNode create(Handle tx, Call call) {
    var params = call.params();
    var wanted = wanted(params);
    var method = params.text("payment_method", 255);
    var confirm = params.flag("confirm");
    if (!confirm && params.has("return_url")) {
      throw Refusal.invalid(
          "return_url", "`return_url` can only be used when `confirm` is set to true.");
    }
    params.oneOf("confirmation_method", List.of("automatic"));
    allowConfirming(params);
    params.refuseOthers();
    if (!wanted.customer().isEmpty()) {
      bank.store().get(tx, "customer", "customer", wanted.customer());
    }
    var intent = bank.intents().open(tx, wanted, call.cause());
    choose(tx, intent, method, call.cause());
    return confirm ? confirmed(tx, intent, call.cause()) : intent;
  }

  private ObjectNode list(Handle tx, Call call) {
    return Lists.of(tx, bank.store(), BASE, Intents.KIND, call.params(), "customer");
  }

  private ObjectNode get(Handle tx, Call call) {
    call.params().allow("client_secret");
    return bank.store().get(tx, Intents.KIND, "intent", call.id());
  }

  private ObjectNode update(Handle tx, Call call) {
    var params = call.params();
    var intent = bank.store().lock(tx, Intents.KIND, "intent", call.id());
    var amount = params.number("amount", AMOUNT_MIN, AMOUNT_MAX);
    if (amount.isPresent()) {
      refuseIfOver(intent, "amount");
      intent.put("amount", amount.get());
    }
    for (var name : List.of("description", "receipt_email")) {
      if (params.has(name)) intent.put(name, Json.emptyIsNull(params.text(name, 1_000)));
    }
    if (params.isObject("shipping")) intent.set("shipping", params.kept("shipping"));
    Json.merged((ObjectNode) intent.path("metadata"), params.metadata());
    var method = params.text("payment_method", 255);
    params.refuseOthers();
    if (!method.isEmpty()) refuseIfOver(intent, "payment_method");
    bank.store().save(tx, intent);
    choose(tx, intent, method, call.cause());
    return intent;
  }

  private ObjectNode confirm(Handle tx, Call call) {
    var params = call.params();
    var intent = own(tx, call.id(), "confirm");
    var method = params.text("payment_method", 255);
    params.allow("return_url", "client_secret", "receipt_email", "shipping");
    allowConfirming(params);
    params.refuseOthers();
    if (!method.isEmpty()) refuseIfOver(intent, "payment_method");
    choose(tx, intent, method, call.cause());
    return confirmed(tx, intent, call.cause());
  }

  private ObjectNode capture(Handle tx, Call call) {
    var intent = bank.store().lock(tx, Intents.KIND, "intent", call.id());
    var amount = call.params().number("amount_to_capture", 1, AMOUNT_MAX);
    var capturable = intent.path("amount_capturable").asLong();
    bank.intents().capture(tx, intent, amount.orElse(capturable), call.cause());
    return intent;
  }

  private ObjectNode cancel(Handle tx, Call call) {
    var intent = own(tx, call.id(), "cancel");
    var reason = call.params().oneOf("cancellation_reason", REASONS);
    bank.intents().cancel(tx, intent, reason, call.cause());
    return intent;
  }

  private ObjectNode confirmed(Handle tx, ObjectNode intent, Cause cause) {
    bank.intents().confirm(tx, intent, cause);
    return Declined.orElse(intent, intent);
  }

  private void choose(Handle tx, ObjectNode intent, String method, Cause cause) {
    if (method.isEmpty()) return;
    bank.intents().choose(tx, intent, bank.wallet().named(tx, "payment_method", method, cause));
  }

  // One that belongs to a payment page is paid there, or ends with it.
  private ObjectNode own(Handle tx, String id, String what) {
    var intent = bank.store().lock(tx, Intents.KIND, "intent", id);
    if (bank.sessions().byIntent(tx, id).isPresent()) {
      throw Refusal.coded(
          "payment_intent_unexpected_state",
          "",
          "You cannot %s this PaymentIntent: it belongs to a Checkout Session.".formatted(what));
    }
    return intent;
  }

  private static Intents.Wanted wanted(Params params) {
    var amount = params.requiredNumber("amount", 1, AMOUNT_MAX);
    if (amount < AMOUNT_MIN) {
      throw Refusal.coded(
          "amount_too_small", "amount", "Amount must be at least 50 in the smallest unit.");
    }
    var currency = params.required("currency", 10).toLowerCase(java.util.Locale.ROOT);
    if (!currency.matches("[a-z]{3}")) {
      throw Refusal.invalid("currency", "Invalid currency: " + currency);
    }
    var automatic = params.object("automatic_payment_methods");
    automatic.allow("allow_redirects");
    return new Intents.Wanted(
        amount,
        currency,
        methods(params, automatic.flag("enabled")),
        params.metadata(),
        params.text("description", 1_000),
        params.text("receipt_email", 512),
        params.text("customer", 255),
        params.text("return_url", 5_000),
        params
            .oneOf("capture_method", List.of("automatic", "automatic_async", "manual"))
            .equals("manual"),
        params.kept("shipping"));
  }

  private static List<String> methods(Params params, boolean automatic) {
    var methods = params.texts("payment_method_types", 10);
    for (var it : methods) {
      if (!METHODS.contains(it)) {
        throw Refusal.invalid(
            "payment_method_types", "The practice till knows card and sepa_debit, not " + it + ".");
      }
    }
    if (!methods.isEmpty()) return methods;
    return automatic ? METHODS : List.of("card");
  }

  private static void allowConfirming(Params params) {
    params.oneOf("setup_future_usage", List.of("off_session", "on_session"));
    params.allow("off_session", "use_stripe_sdk", "error_on_requires_action", "mandate_data");
    params.allow("statement_descriptor", "statement_descriptor_suffix", "payment_method_options");
  }

  private static void refuseIfOver(ObjectNode intent, String parameter) {
    var status = intent.path("status").asText();
    if (CHANGEABLE.contains(status)) return;
    throw Refusal.coded(
        "payment_intent_unexpected_state",
        parameter,
        "This PaymentIntent's %s could not be updated because it has a status of %s."
            .formatted(parameter, status));
  }
}
