package urgency.payments.practice.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import urgency.payments.practice.wire.Json;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaymentsTest {
  private static final String INTENTS = "/v1/payment_intents";
  private static final String FORM =
      "amount=2000&currency=usd&payment_method_types[]=card&metadata[order_id]=ord_1";

  private Caller caller;

  @BeforeAll
  void start() {
    caller = new Caller();
  }

  @AfterAll
  void stop() {
    caller.close();
  }

  @Test
  void a_payment_walks_from_a_method_over_a_confirmation_to_success() {
    var intent = caller.made(INTENTS, FORM);
    assertThat(status(intent)).isEqualTo("requires_payment_method");

    var chosen = caller.made(path(intent), "payment_method=pm_card_visa");
    assertThat(status(chosen)).isEqualTo("requires_confirmation");

    var paid = caller.made(path(intent) + "/confirm", "");
    assertThat(status(paid)).isEqualTo("succeeded");
    assertThat(paid.path("amount_received").asLong()).isEqualTo(2_000);
    assertThat(caller.events(id(intent)))
        .containsExactly("payment_intent.created", "payment_intent.succeeded");
    var charge = caller.found("/v1/charges/" + paid.path("latest_charge").asText());
    assertThat(charge.path("paid").asBoolean()).isTrue();
    assertThat(charge.path("metadata").path("order_id").asText()).isEqualTo("ord_1");
  }

  @ParameterizedTest
  @CsvSource({
    "pm_card_chargeDeclined, card_declined, generic_decline",
    "pm_card_visa_chargeDeclined, card_declined, generic_decline",
    "pm_card_chargeDeclinedInsufficientFunds, card_declined, insufficient_funds",
    "pm_card_chargeDeclinedExpiredCard, expired_card, expired_card",
    "pm_card_chargeDeclinedIncorrectCvc, incorrect_cvc, incorrect_cvc",
    "pm_card_chargeDeclinedProcessingError, processing_error, processing_error",
  })
  void a_card_that_is_declined_is_an_error_and_a_payment_that_waits_for_another(
      String card, String code, String reason) {
    var error = caller.error(INTENTS, FORM + "&confirm=true&payment_method=" + card, 402);

    assertThat(error.path("type").asText()).isEqualTo("card_error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("decline_code").asText()).isEqualTo(reason);
    var intent = caller.found(path(error.path("payment_intent")));
    assertThat(status(intent)).isEqualTo("requires_payment_method");
    assertThat(intent.path("last_payment_error").path("message").asText())
        .isEqualTo(error.path("message").asText());
    assertThat(caller.events(id(intent)))
        .containsExactly("payment_intent.created", "payment_intent.payment_failed");
    assertThat(caller.events(error.path("charge").asText())).containsExactly("charge.failed");
    assertThat(status(caller.made(path(intent) + "/confirm", "payment_method=pm_card_visa")))
        .isEqualTo("succeeded");
  }

  @Test
  void a_declined_payment_uses_up_its_key_and_is_answered_the_same_again() {
    var form = FORM + "&confirm=true&payment_method=pm_card_chargeDeclined";

    var first = caller.post(INTENTS, form, "declined");
    var second = caller.post(INTENTS, form, "declined");

    assertThat(first.status()).isEqualTo(402);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.replayed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"true, succeeded", "false, requires_payment_method"})
  void a_card_that_asks_its_bank_waits_for_the_shoppers_word(boolean yes, String end) {
    var intent = confirmed("pm_card_authenticationRequired", "&return_url=http://shop/back");
    assertThat(status(intent)).isEqualTo("requires_action");
    var action = intent.path("next_action").path("redirect_to_url");
    assertThat(action.path("url").asText()).isEqualTo("http://shop/c/step/" + id(intent));
    assertThat(action.path("return_url").asText()).isEqualTo("http://shop/back");

    caller.database.change(
        tx -> {
          var locked = caller.bank.store().lock(tx, "payment_intent", "intent", id(intent));
          var cause = urgency.payments.practice.wire.Cause.time(caller.now);
          caller.bank.intents().authenticate(tx, locked, yes, cause);
        });

    var after = caller.found(path(intent));
    assertThat(status(after)).isEqualTo(end);
    assertThat(after.path("next_action").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"AT611904300234573201, succeeded", "AT861904300235473202, requires_payment_method"})
  void a_debit_is_agreed_at_once_and_ends_later(String iban, String end) {
    var form = "type=sepa_debit&billing_details[name]=Jenny&sepa_debit[iban]=" + iban;
    var method = caller.made("/v1/payment_methods", form);
    var intent =
        caller.made(
            INTENTS,
            "amount=2000&currency=eur&payment_method_types[]=sepa_debit&confirm=true"
                + "&payment_method="
                + id(method));
    assertThat(status(intent)).isEqualTo("processing");
    assertThat(caller.error(path(intent) + "/cancel", "", 400).path("code").asText())
        .isEqualTo("payment_intent_unexpected_state");

    caller.later();

    assertThat(status(caller.found(path(intent)))).isEqualTo(end);
    assertThat(caller.events(intent.path("latest_charge").asText()))
        .containsExactly(
            "charge.pending", end.equals("succeeded") ? "charge.succeeded" : "charge.failed");
  }

  @Test
  void money_that_is_set_aside_is_taken_later_in_part() {
    var intent = confirmed("pm_card_visa", "&capture_method=manual");
    assertThat(status(intent)).isEqualTo("requires_capture");
    assertThat(intent.path("amount_capturable").asLong()).isEqualTo(2_000);
    assertThat(caller.post(path(intent) + "/capture", "amount_to_capture=2001").status())
        .isEqualTo(400);

    var taken = caller.made(path(intent) + "/capture", "amount_to_capture=1500");

    assertThat(status(taken)).isEqualTo("succeeded");
    assertThat(taken.path("amount_received").asLong()).isEqualTo(1_500);
    assertThat(caller.post(path(intent) + "/capture", "").status()).isEqualTo(400);
  }

  @Test
  void a_payment_that_is_canceled_takes_no_money_any_more() {
    var intent = caller.made(INTENTS, FORM);

    var canceled = caller.made(path(intent) + "/cancel", "cancellation_reason=abandoned");

    assertThat(status(canceled)).isEqualTo("canceled");
    assertThat(canceled.path("cancellation_reason").asText()).isEqualTo("abandoned");
    for (var act : new String[] {"/confirm", "/cancel"}) {
      assertThat(caller.post(path(intent) + act, "").status()).isEqualTo(400);
    }
    assertThat(caller.post(path(intent), "amount=900").status()).isEqualTo(400);
    assertThat(caller.made(path(intent), "description=over").path("description").asText())
        .isEqualTo("over");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "currency=usd",
        "amount=20&currency=usd",
        "amount=2000&currency=dollars",
        "amount=2000&currency=usd&payment_method=pm_card_nobody",
        "amount=2000&currency=usd&confirm=perhaps",
        "amount=2000&currency=usd&confirm=true",
        "amount=2000&currency=usd&return_url=http://shop",
        "amount=2000&currency=usd&payment_method_types[]=gold",
        "amount=2000&currency=usd&customer=cus_nobody",
        "amount=2000&currency=usd&colour=red",
        "amount=2000&currency=usd&metadata=order",
        "amount=%00&currency=usd",
        "amount[]=1&currency=usd",
        "amount=99999999999999999999&currency=usd",
      })
  void what_stripe_refuses_leaves_nothing(String form) {
    var before = caller.found(INTENTS, "limit=100").path("data").size();

    var answer = caller.post(INTENTS, form);

    assertThat(answer.status()).isIn(400, 404);
    assertThat(caller.found(INTENTS, "limit=100").path("data")).hasSize(before);
  }

  @Test
  void an_id_becomes_its_object_where_the_caller_asks_for_it() {
    var intent = confirmed("pm_card_visa", "");

    var whole = Json.parse(caller.get(path(intent), "expand[]=latest_charge").body());
    var wrong = caller.get(path(intent), "expand[]=colour");

    assertThat(whole.path("latest_charge").path("object").asText()).isEqualTo("charge");
    assertThat(wrong.status()).isEqualTo(400);
  }

  @Test
  void a_customer_keeps_a_card() {
    var customer = caller.made("/v1/customers", "email=jenny@example.com&name=Jenny");
    var method = caller.made("/v1/payment_methods", "type=card&card[token]=tok_visa");

    caller.made("/v1/payment_methods/%s/attach".formatted(id(method)), "customer=" + id(customer));

    var kept = caller.found("/v1/payment_methods", "type=card&customer=" + id(customer));
    assertThat(kept.path("data")).hasSize(1);
    assertThat(caller.made("/v1/customers/" + id(customer), "name=Rosen").path("name").asText())
        .isEqualTo("Rosen");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type=card&card[number]=4111111111111111&card[exp_month]=1&card[exp_year]=34",
        "type=sepa_debit&sepa_debit[iban]=DE02120300000000202051",
        "type=card&card[token]=tok_nobody",
        "type=gold",
        "type=card"
      })
  void only_cards_made_for_practice_are_taken(String form) {
    assertThat(caller.post("/v1/payment_methods", form).status()).isIn(400, 404);
  }

  private JsonNode confirmed(String method, String more) {
    return caller.made(INTENTS, FORM + "&confirm=true&payment_method=" + method + more);
  }

  private static String path(JsonNode intent) {
    return INTENTS + "/" + id(intent);
  }

  private static String id(JsonNode object) {
    return object.path("id").asText();
  }

  private static String status(JsonNode object) {
    return object.path("status").asText();
  }
}
