package urgency.payments.practice.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.api.Route.Call;
import urgency.payments.practice.bank.Bank;
import urgency.payments.practice.bank.Charges;
import urgency.payments.practice.bank.Disputes;
import urgency.payments.practice.bank.Refunds;
import urgency.payments.practice.wire.Json;
import urgency.payments.practice.wire.Refusal;

/** Charges, refunds and disputes. */
final class MoneyRoutes {
  private static final String CHARGES = "/v1/charges";
  private static final String REFUNDS = "/v1/refunds";
  private static final String DISPUTES = "/v1/disputes";
  private static final long AMOUNT_MAX = 99_999_999;
  private static final int EVIDENCE_MAX = 20_000;
  private static final List<String> REASONS =
      List.of("duplicate", "fraudulent", "requested_by_customer");

  private final Bank bank;

  MoneyRoutes(Bank bank) {
    this.bank = bank;
  }

  List<Route> all() {
    return List.of(
        new Route("GET", CHARGES, this::charges),
        new Route("GET", CHARGES + "/{}", this::charge),
        new Route("POST", REFUNDS, this::refund),
        new Route("GET", REFUNDS, this::refunds),
        new Route(
            "GET",
            REFUNDS + "/{}",
            (tx, call) -> bank.store().get(tx, Refunds.KIND, "refund", call.id())),
        new Route("POST", REFUNDS + "/{}", this::updateRefund),
        new Route(
            "POST",
            REFUNDS + "/{}/cancel",
            (tx, call) -> bank.refunds().cancel(tx, call.id(), call.cause())),
        new Route("GET", DISPUTES, this::disputes),
        new Route(
            "GET",
            DISPUTES + "/{}",
            (tx, call) -> bank.store().get(tx, Disputes.KIND, "dispute", call.id())),
        new Route("POST", DISPUTES + "/{}", this::answerDispute),
        new Route(
            "POST",
            DISPUTES + "/{}/close",
            (tx, call) -> bank.disputes().close(tx, call.id(), call.cause())));
  }

  private ObjectNode charges(Handle tx, Call call) {
    return Lists.of(
        tx, bank.store(), CHARGES, Charges.KIND, call.params(), "payment_intent", "customer");
  }

  private ObjectNode charge(Handle tx, Call call) {
    return bank.store().get(tx, Charges.KIND, "charge", call.id());
  }

  private ObjectNode refund(Handle tx, Call call) {
    var params = call.params();
    var intent = params.text("payment_intent", 255);
    var charge = params.text("charge", 255);
    if (intent.isEmpty() && charge.isEmpty()) {
      throw Refusal.coded(
          "parameter_missing",
          "payment_intent",
          "One of the following params should be provided for this request: payment_intent or"
              + " charge.");
    }
    if (!intent.isEmpty() && !charge.isEmpty()) {
      throw Refusal.invalid("charge", "You may give payment_intent or charge, not both.");
    }
    var wanted =
        new Refunds.Wanted(
            params.number("amount", 1, AMOUNT_MAX),
            params.oneOf("reason", REASONS),
            params.metadata());
    params.allow("instructions_email");
    params.refuseOthers();
    return charge.isEmpty()
        ? bank.refunds().ofIntent(tx, intent, wanted, call.cause())
        : bank.refunds().ofCharge(tx, charge, wanted, call.cause());
  }

  private ObjectNode refunds(Handle tx, Call call) {
    return Lists.of(
        tx, bank.store(), REFUNDS, Refunds.KIND, call.params(), "payment_intent", "charge");
  }

  private ObjectNode updateRefund(Handle tx, Call call) {
    var metadata = call.params().metadata();
    call.params().refuseOthers();
    return bank.refunds().update(tx, call.id(), metadata, call.cause());
  }

  private ObjectNode disputes(Handle tx, Call call) {
    return Lists.of(
        tx, bank.store(), DISPUTES, Disputes.KIND, call.params(), "payment_intent", "charge");
  }

  private ObjectNode answerDispute(Handle tx, Call call) {
    var params = call.params();
    var given = params.object("evidence");
    var evidence = Json.empty();
    for (var name : Disputes.evidence()) {
      if (given.has(name)) evidence.put(name, given.text(name, EVIDENCE_MAX));
    }
    var submit = !params.has("submit") || params.flag("submit");
    params.refuseOthers();
    return bank.disputes().answer(tx, call.id(), evidence, submit, call.cause());
  }
}
