package urgency.payments.practice.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.api.Route.Call;
import urgency.payments.practice.bank.Bank;
import urgency.payments.practice.bank.Endpoints;
import urgency.payments.practice.bank.Events;
import urgency.payments.practice.wire.Page;
import urgency.payments.practice.wire.Refusal;

/** Events, and the webhook endpoints that are told of them. */
final class EventRoutes {
  private static final String EVENTS = "/v1/events";
  private static final String ENDPOINTS = "/v1/webhook_endpoints";
  private static final int TYPES_MAX = 20;

  private final Bank bank;

  EventRoutes(Bank bank) {
    this.bank = bank;
  }

  List<Route> all() {
    var endpoints = bank.endpoints();
    return List.of(
        new Route("GET", EVENTS, this::list),
        new Route("GET", EVENTS + "/{}", (tx, it) -> bank.events().find(tx, it.id())),
        new Route("POST", ENDPOINTS, (tx, it) -> endpoints.create(tx, it.params(), it.cause())),
        new Route(
            "GET",
            ENDPOINTS,
            (tx, it) -> Lists.of(tx, bank.store(), ENDPOINTS, Endpoints.KIND, it.params())),
        new Route(
            "GET",
            ENDPOINTS + "/{}",
            (tx, it) -> bank.store().get(tx, Endpoints.KIND, "webhook_endpoint", it.id())),
        new Route(
            "POST", ENDPOINTS + "/{}", (tx, it) -> endpoints.update(tx, it.id(), it.params())),
        new Route("DELETE", ENDPOINTS + "/{}", (tx, it) -> endpoints.delete(tx, it.id())));
  }

  private ObjectNode list(Handle tx, Call call) {
    var query = call.params();
    var types = new HashSet<>(query.texts("types", TYPES_MAX));
    var type = query.text("type", 255);
    if (!type.isEmpty() && !types.isEmpty()) {
      throw Refusal.invalid("type", "You may only specify one of `type` or `types`.");
    }
    if (!type.isEmpty()) types.add(type);
    var delivered =
        query.has("delivery_success")
            ? Optional.of(query.flag("delivery_success"))
            : Optional.<Boolean>empty();
    var page = Page.read(query);
    query.refuseOthers();
    return Lists.of(
        EVENTS, bank.events().list(tx, new Events.Wanted(types, delivered), page), page);
  }
}
