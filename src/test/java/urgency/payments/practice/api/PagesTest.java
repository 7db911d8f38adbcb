package urgency.payments.practice.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
  private static final String SESSIONS = "/v1/checkout/sessions";

  private Caller caller;
  private String price;

  @BeforeAll
  void start() {
    caller = new Caller();
    var product = caller.made("/v1/products", "name=Lamp&description=It+glows");
    var form = "unit_amount=1500&currency=eur&product=" + product.path("id").asText();
    price = caller.made("/v1/prices", form).path("id").asText();
  }

  @AfterAll
  void stop() {
    caller.close();
  }

  @Test
  void a_page_is_made_from_prices_that_the_till_keeps() {
    var session = session("");

    var lines = caller.found(path(session) + "/line_items");

    assertThat(session.path("amount_total").asLong()).isEqualTo(3_000);
    assertThat(lines.path("data").path(0).path("price").path("id").asText()).isEqualTo(price);
    assertThat(lines.path("data").path(0).path("description").asText()).isEqualTo("Lamp");
  }

  @Test
  void a_page_that_is_paid_by_card_is_complete_and_paid() {
    var session = session("&payment_intent_data[metadata][order_id]=ord_1");

    var paid = confirm(session, "pm_card_visa");

    assertThat(paid.path("status").asText()).isEqualTo("complete");
    assertThat(paid.path("payment_status").asText()).isEqualTo("paid");
    assertThat(paid.path("url").isNull()).isTrue();
    var intent = caller.found("/v1/payment_intents/" + paid.path("payment_intent").asText());
    assertThat(intent.path("metadata").path("order_id").asText()).isEqualTo("ord_1");
    assertThat(caller.events(id(session))).containsExactly("checkout.session.completed");
    assertThat(caller.found(SESSIONS, "payment_intent=" + id(intent)).path("data")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "AT611904300234573201, paid, checkout.session.async_payment_succeeded",
    "AT861904300235473202, unpaid, checkout.session.async_payment_failed",
  })
  void a_page_that_is_paid_by_debit_is_complete_before_it_is_paid(
      String iban, String end, String event) {
    var session = session("&payment_method_types[]=sepa_debit");
    var form = "type=sepa_debit&sepa_debit[iban]=" + iban;
    var method = caller.made("/v1/payment_methods", form);

    var agreed = confirm(session, id(method));
    assertThat(agreed.path("status").asText()).isEqualTo("complete");
    assertThat(agreed.path("payment_status").asText()).isEqualTo("unpaid");
    caller.later();

    assertThat(caller.found(path(session)).path("payment_status").asText()).isEqualTo(end);
    assertThat(caller.events(id(session))).containsExactly("checkout.session.completed", event);
  }

  @Test
  void a_page_with_a_declined_card_stays_open_and_takes_another() {
    var session = session("");
    var declined = "payment_method=pm_card_chargeDeclined&expected_amount=3000";

    caller.error(pages(session) + "/confirm", declined, 402);

    assertThat(caller.found(path(session)).path("status").asText()).isEqualTo("open");
    var paid = confirm(session, "pm_card_visa");
    assertThat(paid.path("payment_status").asText()).isEqualTo("paid");
    assertThat(caller.events(paid.path("payment_intent").asText()))
        .containsExactly(
            "payment_intent.created", "payment_intent.payment_failed", "payment_intent.succeeded");
  }

  @Test
  void a_page_is_paid_with_the_amount_that_it_showed() {
    var session = session("");

    var error =
        caller.error(
            pages(session) + "/confirm", "payment_method=pm_card_visa&expected_amount=2999", 400);

    assertThat(error.path("code").asText()).isEqualTo("checkout_amount_mismatch");
  }

  @Test
  void a_page_that_closes_ends_its_payment_with_it() {
    var session = session("");
    var asked = confirm(session, "pm_card_authenticationRequired");
    assertThat(asked.path("status").asText()).isEqualTo("open");
    var intent = "/v1/payment_intents/" + asked.path("payment_intent").asText();
    assertThat(caller.post(intent + "/confirm", "payment_method=pm_card_visa").status())
        .isEqualTo(400);
    assertThat(caller.post(intent + "/cancel", "").status()).isEqualTo(400);

    caller.made(path(session) + "/expire", "");

    assertThat(caller.found(intent).path("status").asText()).isEqualTo("canceled");
    assertThat(
            caller
                .error(
                    pages(session) + "/confirm",
                    "payment_method=pm_card_visa&expected_amount=3000",
                    400)
                .path("code")
                .asText())
        .isEqualTo("checkout_not_active_session");
  }

  @Test
  void a_page_for_nothing_needs_no_payment() {
    var free = caller.made("/v1/prices", "unit_amount=0&currency=eur&product_data[name]=Gift");
    var session =
        caller.made(
            SESSIONS,
            "mode=payment&success_url=http://shop&line_items[0][quantity]=1&line_items[0][price]="
                + id(free));

    var done =
        caller.made(pages(session) + "/confirm", "payment_method=pm_card_visa&expected_amount=0");

    assertThat(done.path("payment_status").asText()).isEqualTo("no_payment_required");
    assertThat(done.path("payment_intent").isNull()).isTrue();
  }

  @Test
  void a_price_that_was_switched_off_sells_nothing() {
    var old = caller.made("/v1/prices", "unit_amount=900&currency=eur&product_data[name]=Old");
    caller.made("/v1/prices/" + id(old), "active=false");

    var form =
        "mode=payment&success_url=http://shop&line_items[0][quantity]=1&line_items[0][price]=";

    assertThat(caller.error(SESSIONS, form + id(old), 400).path("param").asText())
        .isEqualTo("line_items[0][price]");
    assertThat(caller.error(SESSIONS, form + "price_nobody", 404).path("code").asText())
        .isEqualTo("resource_missing");
  }

  @Test
  void pages_are_found_by_state_and_time() {
    var before = caller.now;
    caller.now = before.plus(Duration.ofDays(3));
    var open = id(session(""));
    var from = caller.now.getEpochSecond();

    var found = caller.found(SESSIONS, "status=open&created[gte]=%d".formatted(from));
    var none = caller.found(SESSIONS, "created[gt]=%d".formatted(from));
    var then = caller.found(SESSIONS, "created=%d".formatted(from));
    caller.now = before;

    assertThat(found.path("data").path(0).path("id").asText()).isEqualTo(open);
    assertThat(none.path("data")).isEmpty();
    assertThat(then.path("data")).hasSize(1);
  }

  private JsonNode session(String more) {
    return caller.made(
        SESSIONS,
        "mode=payment&success_url=http://shop/ok&line_items[0][quantity]=2&line_items[0][price]="
            + price
            + more);
  }

  private JsonNode confirm(JsonNode session, String method) {
    assertThat(caller.found(pages(session)).path("id")).isEqualTo(session.path("id"));
    return caller.made(
        pages(session) + "/confirm", "expected_amount=3000&payment_method=" + method);
  }

  private static String path(JsonNode session) {
    return SESSIONS + "/" + id(session);
  }

  private static String pages(JsonNode session) {
    return "/v1/payment_pages/" + id(session);
  }

  private static String id(JsonNode object) {
    return object.path("id").asText();
  }
}
