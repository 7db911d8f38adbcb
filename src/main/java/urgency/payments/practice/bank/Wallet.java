package urgency.payments.practice.bank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.wire.Cause;
import urgency.payments.practice.wire.Ids;
import urgency.payments.practice.wire.Json;
import urgency.payments.practice.wire.Params;
import urgency.payments.practice.wire.Refusal;

/** Ways to pay, and the customers who have them. Keeps only numbers made for practice. */
public final class Wallet {
  public static final String METHOD = "payment_method";
  public static final String CUSTOMER = "customer";

  private static final int TEXT_MAX = 255;
  private static final List<String> ADDRESS =
      List.of("city", "country", "line1", "line2", "postal_code", "state");

  private final Store store;
  private final Events events;

  Wallet(Store store, Events events) {
    this.store = store;
    this.events = events;
  }

  /**
   * Makes a way to pay from the parameters of a request.
   *
   * @throws Refusal when it is none that is made for practice
   */
  public ObjectNode create(Handle tx, Params params, Cause cause) {
    var type = params.required("type", TEXT_MAX);
    var test =
        switch (type) {
          case "card" -> card(params.object("card"));
          case TestCard.SEPA -> account(params.object(TestCard.SEPA));
          default ->
              throw Refusal.invalid("type", "The practice till knows card and sepa_debit only.");
        };
    var billing = billing(params.object("billing_details"));
    params.allow("allow_redisplay", "radar_options");
    var metadata = params.metadata();
    params.refuseOthers();
    var method = method(tx, test, billing, cause);
    method.set("metadata", Json.map(metadata));
    store.save(tx, method);
    return method;
  }

  /** Makes a way to pay from a test card. */
  public ObjectNode create(Handle tx, TestCard test, Cause cause) {
    return method(tx, test, billing(Params.parse("")), cause);
  }

  /**
   * The way of paying of this name; a name for practice makes one.
   *
   * @param name an id, or one of the names that Stripe publishes for practice
   */
  public ObjectNode named(Handle tx, String parameter, String name, Cause cause) {
    var test = TestCard.named(name);
    return test.isPresent()
        ? create(tx, test.get(), cause)
        : store.get(tx, METHOD, parameter, name);
  }

  /** The test card behind a way to pay. */
  TestCard behind(Handle tx, ObjectNode method) {
    return TestCard.numbered(store.note(tx, method.path("id").asText()))
        .orElseThrow(() -> new IllegalStateException("no test card behind " + method.path("id")));
  }

  public ObjectNode customer(Handle tx, Params params, Cause cause) {
    var customer = Json.object(CUSTOMER, Ids.fresh("cus_", 14), cause);
    customer.putNull("address").put("balance", 0).putNull("currency");
    customer.putNull("default_source").put("delinquent", false).putNull("discount");
    customer.putNull("shipping").put("tax_exempt", "none");
    customer.set("metadata", Json.empty());
    update(customer, params);
    store.add(tx, customer);
    events.append(tx, "customer.created", customer, cause);
    return customer;
  }

  public ObjectNode updateCustomer(Handle tx, String id, Params params, Cause cause) {
    var customer = store.lock(tx, CUSTOMER, "id", id);
    update(customer, params);
    store.save(tx, customer);
    events.append(tx, "customer.updated", customer, cause);
    return customer;
  }

  private static void update(ObjectNode customer, Params params) {
    for (var name : List.of("description", "email", "name", "phone")) {
      if (params.has(name) || !customer.has(name)) {
        customer.put(name, Json.emptyIsNull(params.text(name, 512)));
      }
    }
    Json.merged((ObjectNode) customer.path("metadata"), params.metadata());
    params.refuseOthers();
  }

  private static TestCard card(Params card) {
    var token = card.text("token", TEXT_MAX);
    if (!token.isEmpty()) {
      return TestCard.named(token)
          .orElseThrow(() -> Refusal.noSuch("token", card.path("token"), token));
    }
    var number = card.required("number", 40);
    card.requiredNumber("exp_month", 1, 12);
    card.requiredNumber("exp_year", 0, 2_100);
    card.text("cvc", 4);
    return TestCard.numbered(number)
        .filter(it -> !it.isAccount())
        .orElseThrow(
            () ->
                Refusal.coded(
                    "incorrect_number",
                    card.path("number"),
                    "The practice till takes test cards only, such as 4242 4242 4242 4242."));
  }

  private static TestCard account(Params account) {
    return TestCard.numbered(account.required("iban", 60))
        .filter(TestCard::isAccount)
        .orElseThrow(
            () ->
                Refusal.coded(
                    "invalid_bank_account_iban",
                    account.path("iban"),
                    "The practice till takes test IBANs only, such as AT611904300234573201."));
  }

  private ObjectNode method(Handle tx, TestCard test, ObjectNode billing, Cause cause) {
    var method = Json.object(METHOD, Ids.fresh("pm_"), cause);
    method.put("type", test.isAccount() ? TestCard.SEPA : "card").putNull("customer");
    method.set("billing_details", billing);
    method.set("metadata", Json.empty());
    method.set(method.path("type").asText(), details(test));
    store.add(tx, method, test.number());
    return method;
  }

  /** What is told of a card or an account. */
  static ObjectNode details(TestCard test) {
    var details = Json.empty();
    if (test.isAccount()) {
      details
          .putNull("bank_code")
          .putNull("branch_code")
          .put("country", test.number().substring(0, 2));
      return details.put("fingerprint", "practice" + test.last4()).put("last4", test.last4());
    }
    details.put("brand", test.brand());
    details
        .putObject("checks")
        .putNull("address_line1_check")
        .putNull("address_postal_code_check")
        .put("cvc_check", "pass");
    details.put("country", "US").put("exp_month", 12).put("exp_year", 2034);
    details.put("fingerprint", "practice" + test.last4()).put("funding", "credit");
    details.put("last4", test.last4()).putNull("wallet");
    return details;
  }

  private static ObjectNode billing(Params given) {
    var billing = Json.empty();
    var address = given.object("address");
    if (given.has("address")) {
      var told = billing.putObject("address");
      for (var part : ADDRESS) told.put(part, Json.emptyIsNull(address.text(part, TEXT_MAX)));
    } else {
      var none = billing.putObject("address");
      for (var part : ADDRESS) none.putNull(part);
    }
    for (var part : List.of("email", "name", "phone")) {
      billing.put(part, Json.emptyIsNull(given.text(part, 512)));
    }
    return billing;
  }

  /** Who is billed, as it stands on a charge. */
  static JsonNode billing(ObjectNode method) {
    return method.path("billing_details");
  }
}
