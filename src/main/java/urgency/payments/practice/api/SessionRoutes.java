package urgency.payments.practice.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.api.Route.Call;
import urgency.payments.practice.bank.Bank;
import urgency.payments.practice.bank.SessionShape;
import urgency.payments.practice.bank.Sessions;
import urgency.payments.practice.wire.Json;
import urgency.payments.practice.wire.Page;
import urgency.payments.practice.wire.Refusal;

/** Checkout Sessions, and the payment pages through which Stripe's own command line pays them. */
final class SessionRoutes {
  private static final String BASE = "/v1/checkout/sessions";
  private static final String PAGES = "/v1/payment_pages";
  private static final List<String> STATUSES = List.of("open", "complete", "expired");

  private final Bank bank;
  private final Sessions sessions;

  SessionRoutes(Bank bank) {
    this.bank = bank;
    this.sessions = bank.sessions();
  }

  List<Route> all() {
    return List.of(
        new Route("POST", BASE, this::create),
        new Route("GET", BASE, this::list),
        new Route("GET", BASE + "/{}", this::get),
        new Route("POST", BASE + "/{}/expire", this::expire),
        new Route("GET", BASE + "/{}/line_items", this::lines),
        new Route("GET", PAGES + "/{}", this::get),
        new Route("POST", PAGES + "/{}", this::get),
        new Route("POST", PAGES + "/{}/confirm", this::confirm));
  }

  private ObjectNode create(Handle tx, Call call) {
    return SessionShape.of(sessions.create(tx, call.params(), call.cause()));
  }

  private ObjectNode list(Handle tx, Call call) {
    var query = call.params();
    var status = query.oneOf("status", STATUSES);
    var intent = query.text("payment_intent", 255);
    var page = Page.read(query);
    var found = sessions.list(tx, status, intent, page).stream().map(SessionShape::of).toList();
    return Lists.of(BASE, found, page);
  }

  private ObjectNode get(Handle tx, Call call) {
    return SessionShape.of(sessions.get(tx, call.id()));
  }

  private ObjectNode expire(Handle tx, Call call) {
    var session = sessions.get(tx, call.id());
    return sessions
        .expire(tx, session.id(), call.cause())
        .map(SessionShape::of)
        .orElseThrow(
            () ->
                Refusal.invalid(
                    "",
                    "Only Checkout Sessions with a status in [\"open\"] can be expired. This"
                        + " Checkout Session has a status of %s.".formatted(session.status())));
  }

  private ObjectNode lines(Handle tx, Call call) {
    var session = sessions.get(tx, call.id());
    var page = Page.read(call.params());
    var all = sessions.lines(tx, session);
    var shown = all.subList(0, Math.min(page.max(), all.size()));
    var url = "%s/%s/line_items".formatted(BASE, session.id());
    return Json.list(url, shown, all.size() > page.max());
  }

  private ObjectNode confirm(Handle tx, Call call) {
    var params = call.params();
    var session = sessions.get(tx, call.id());
    var name = params.required("payment_method", 255);
    var expected = params.requiredNumber("expected_amount", 0, Long.MAX_VALUE);
    params.allow("eid", "key", "return_url");
    params.refuseOthers();
    if (expected != session.wish().amount()) {
      throw Refusal.coded(
          "checkout_amount_mismatch",
          "expected_amount",
          "The amount that was shown is not the amount of the Checkout Session.");
    }
    var method = bank.wallet().named(tx, "payment_method", name, call.cause());
    var paid =
        sessions
            .pay(tx, session.id(), method, call.cause())
            .orElseThrow(
                () ->
                    Refusal.coded(
                        "checkout_not_active_session",
                        "session",
                        "This Checkout Session is no longer active."));
    if (paid.isComplete() || paid.intent().isEmpty()) return SessionShape.of(paid);
    var intent = bank.store().get(tx, "payment_intent", "intent", paid.intent().get());
    return Declined.orElse(intent, SessionShape.of(paid));
  }
}
