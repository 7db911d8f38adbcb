package urgency.payments.practice.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.bank.Bank;
import urgency.payments.practice.wire.Cause;
import urgency.payments.practice.wire.Ids;
import urgency.payments.practice.wire.Params;
import urgency.payments.practice.wire.Refusal;
import urgency.platform.sql.Database;

/** Stripe's API as far as a shop needs it; each request is one commit. */
public final class Api {
  private static final Pattern VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(\\.[a-z]{1,20})?");

  /**
   * A request, taken apart.
   *
   * @param authorization the header as it came
   * @param version of the API that is wanted, empty for the till's
   * @param key the idempotency key, empty for none
   */
  public record Request(
      String method,
      String path,
      String query,
      String authorization,
      String version,
      String key,
      String body) {}

  /**
   * What a request gets.
   *
   * @param id of the request
   * @param original id of the request that was answered so before; empty when it is this one
   */
  public record Answer(int status, String body, String id, String original) {
    public boolean replayed() {
      return !original.isEmpty();
    }
  }

  private record Found(Route route, List<String> ids) {}

  private final Database database;
  private final Bank bank;
  private final Pace pace;
  private final List<Route> routes = new ArrayList<>();

  /**
   * @param perSecond how often each address may be asked
   */
  public Api(Database database, Bank bank, int perSecond) {
    this.database = database;
    this.bank = bank;
    this.pace = new Pace(perSecond);
    routes.addAll(new SessionRoutes(bank).all());
    routes.addAll(new IntentRoutes(bank).all());
    routes.addAll(new MoneyRoutes(bank).all());
    routes.addAll(new GoodsRoutes(bank).all());
    routes.addAll(new EventRoutes(bank).all());
  }

  public Answer answer(Request request, Instant now) {
    var cause = new Cause(now, Ids.fresh("req_", 14), request.key());
    try {
      Keys.check(request.authorization());
      var found = found(request);
      if (!request.version().isEmpty() && !isVersion(request.version())) {
        throw Refusal.invalid("", "Invalid Stripe API version: " + request.version());
      }
      pace.turn(request.method() + found.route().template(), now);
      return database.write(tx -> once(tx, request, found, cause));
    } catch (Refusal refusal) {
      // As at Stripe, a request that was refused does not use up its idempotency key.
      return new Answer(refusal.status(), refusal.json().toString(), cause.request(), "");
    }
  }

  /** Whether this is how Stripe writes a release of its API. */
  public static boolean isVersion(String text) {
    return VERSION.matcher(text).matches();
  }

  /** Forgets keys that are a day old. */
  public void forget(Handle tx, Instant now) {
    Memory.forget(tx, now);
  }

  private Answer once(Handle tx, Request request, Found found, Cause cause) {
    var keyed = request.method().equals("POST") && !request.key().isEmpty();
    if (keyed) {
      var before = Memory.claim(tx, request, cause);
      if (before.isPresent()) {
        var it = before.get();
        return new Answer(it.status(), it.body(), cause.request(), it.request());
      }
    }
    var json = act(tx, request, found, cause);
    var answer = new Answer(Declined.status(json), json.toString(), cause.request(), "");
    if (keyed) Memory.keep(tx, request.key(), answer.status(), answer.body());
    return answer;
  }

  private ObjectNode act(Handle tx, Request request, Found found, Cause cause) {
    var params = Params.parse(request.method().equals("POST") ? request.body() : request.query());
    var expand = params.texts("expand", Expansion.PATHS_MAX);
    var json = found.route().action().act(tx, new Route.Call(found.ids(), params, cause));
    params.refuseOthers();
    if (!expand.isEmpty()) {
      json = json.deepCopy();
      Expansion.expand(tx, bank.store(), json, expand);
    }
    return json;
  }

  private Found found(Request request) {
    if (!request.path().startsWith("/") || request.path().indexOf('\0') >= 0) {
      throw Refusal.noSuchAddress(request.method(), "");
    }
    var steps = List.of(request.path().substring(1).split("/", -1));
    for (var route : routes) {
      Optional<List<String>> ids = route.ids(request.method(), steps);
      if (ids.isPresent()) return new Found(route, ids.get());
    }
    throw Refusal.noSuchAddress(request.method(), request.path());
  }
}
