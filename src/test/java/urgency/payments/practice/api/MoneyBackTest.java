package urgency.payments.practice.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MoneyBackTest {
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
  void money_goes_back_in_parts_until_none_is_left() {
    var charge = paid("pm_card_visa");

    var part = caller.made("/v1/refunds", "charge=" + charge + "&amount=500&reason=duplicate");
    assertThat(part.path("status").asText()).isEqualTo("succeeded");
    assertThat(charge(charge).path("amount_refunded").asLong()).isEqualTo(500);
    assertThat(charge(charge).path("refunded").asBoolean()).isFalse();
    assertThat(
            caller.error("/v1/refunds", "amount=1501&charge=" + charge, 400).path("param").asText())
        .isEqualTo("amount");

    caller.made("/v1/refunds", "payment_intent=" + intent(charge));

    assertThat(charge(charge).path("refunded").asBoolean()).isTrue();
    assertThat(caller.error("/v1/refunds", "charge=" + charge, 400).path("code").asText())
        .isEqualTo("charge_already_refunded");
    assertThat(caller.events(charge))
        .containsExactly("charge.succeeded", "charge.refunded", "charge.refunded");
    assertThat(caller.events(part.path("id").asText())).containsExactly("refund.created");
    assertThat(caller.found("/v1/refunds", "payment_intent=" + intent(charge)).path("data"))
        .hasSize(2);
  }

  @Test
  void a_refund_that_succeeded_may_fail_later_and_the_charge_says_so() {
    var charge = paid("pm_card_refundFail");
    var refund = caller.made("/v1/refunds", "charge=" + charge).path("id").asText();

    caller.later();

    var failed = caller.found("/v1/refunds/" + refund);
    assertThat(failed.path("status").asText()).isEqualTo("failed");
    assertThat(failed.path("failure_reason").asText()).isEqualTo("expired_or_canceled_card");
    assertThat(charge(charge).path("amount_refunded").asLong()).isZero();
    assertThat(caller.events(refund))
        .containsExactly(
            "refund.created", "refund.updated", "charge.refund.updated", "refund.failed");
  }

  @Test
  void a_pending_refund_comes_through_or_is_canceled_before() {
    var first = caller.made("/v1/refunds", "charge=" + paid("pm_card_pendingRefund"));
    var charge = paid("pm_card_pendingRefund");
    var second = caller.made("/v1/refunds", "charge=" + charge).path("id").asText();
    assertThat(first.path("status").asText()).isEqualTo("pending");

    caller.made("/v1/refunds/" + second + "/cancel", "");
    caller.later();

    assertThat(caller.found("/v1/refunds/" + first.path("id").asText()).path("status").asText())
        .isEqualTo("succeeded");
    assertThat(caller.found("/v1/refunds/" + second).path("status").asText()).isEqualTo("canceled");
    assertThat(charge(charge).path("amount_refunded").asLong()).isZero();
    assertThat(caller.post("/v1/refunds/" + second + "/cancel", "").status()).isEqualTo(400);
  }

  @Test
  void what_is_written_on_a_refund_can_be_changed_and_is_told() {
    var refund =
        caller
            .made("/v1/refunds", "metadata[a]=1&charge=" + paid("pm_card_visa"))
            .path("id")
            .asText();

    var changed = caller.made("/v1/refunds/" + refund, "metadata[order_id]=6735&metadata[a]=");

    assertThat(changed.path("metadata").toString()).isEqualTo("{\"order_id\":\"6735\"}");
    assertThat(caller.events(refund)).contains("refund.updated", "charge.refund.updated");
    assertThat(caller.post("/v1/refunds/" + refund, "amount=1").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "charge=ch_nobody",
        "payment_intent=pi_nobody",
        "charge=ch_1&payment_intent=pi_1",
        "charge=%s&amount=0",
        "charge=%s&amount=-5",
        "charge=%s&reason=boredom",
        "charge=%s&colour=red"
      })
  void a_refund_that_makes_no_sense_is_refused(String form) {
    var charge = paid("pm_card_visa");

    assertThat(caller.post("/v1/refunds", form.formatted(charge)).status()).isIn(400, 404);
    assertThat(charge(charge).path("amount_refunded").asLong()).isZero();
  }

  @Test
  void a_dispute_takes_the_money_and_can_be_lost() {
    var charge = paid("pm_card_createDispute");
    var dispute = dispute(charge);
    assertThat(dispute.path("status").asText()).isEqualTo("needs_response");
    assertThat(charge(charge).path("disputed").asBoolean()).isTrue();
    assertThat(caller.error("/v1/refunds", "charge=" + charge, 400).path("code").asText())
        .isEqualTo("charge_disputed");

    var lost = caller.made(path(dispute) + "/close", "");

    assertThat(lost.path("status").asText()).isEqualTo("lost");
    assertThat(caller.post(path(dispute) + "/close", "").status()).isEqualTo(400);
    assertThat(caller.events(dispute.path("id").asText()))
        .containsExactly(
            "charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.dispute.closed");
  }

  @Test
  void a_dispute_can_be_won_with_evidence() {
    var dispute = dispute(paid("pm_card_createDispute"));
    var draft = caller.made(path(dispute), "evidence[product_description]=Lamp&submit=false");
    assertThat(draft.path("status").asText()).isEqualTo("needs_response");

    var won = caller.made(path(dispute), "evidence[uncategorized_text]=winning_evidence");

    assertThat(won.path("status").asText()).isEqualTo("won");
    assertThat(caller.events(dispute.path("id").asText()))
        .contains("charge.dispute.funds_reinstated")
        .endsWith("charge.dispute.closed");
  }

  @Test
  void an_inquiry_takes_no_money_and_is_closed_without_loss() {
    var charge = paid("pm_card_createDisputeInquiry");
    var inquiry = dispute(charge);

    assertThat(charge(charge).path("disputed").asBoolean()).isFalse();
    assertThat(caller.made(path(inquiry) + "/close", "").path("status").asText())
        .isEqualTo("warning_closed");
    assertThat(caller.made("/v1/refunds", "charge=" + charge).path("status").asText())
        .isEqualTo("succeeded");
  }

  private String paid(String method) {
    return caller
        .made(
            "/v1/payment_intents", "amount=2000&currency=usd&confirm=true&payment_method=" + method)
        .path("latest_charge")
        .asText();
  }

  private JsonNode dispute(String charge) {
    var id = caller.found("/v1/disputes", "charge=" + charge).path("data").path(0).path("id");
    return caller.found("/v1/disputes/" + id.asText());
  }

  private JsonNode charge(String id) {
    return caller.found("/v1/charges/" + id);
  }

  private String intent(String charge) {
    return charge(charge).path("payment_intent").asText();
  }

  private static String path(JsonNode dispute) {
    return "/v1/disputes/" + dispute.path("id").asText();
  }
}
