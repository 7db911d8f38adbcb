package urgency.payments.practice.bank;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.wire.Cause;
import urgency.payments.practice.wire.Ids;
import urgency.payments.practice.wire.Json;
import urgency.payments.practice.wire.Params;
import urgency.payments.practice.wire.Refusal;

/**
 * Who is told of events. The shop is one from the beginning; whoever has a test key may add others
 * on this machine, and on no other: a till that anybody may use must not call strangers.
 */
public final class Endpoints {
  public static final String KIND = "webhook_endpoint";

  /** Id of the shop's own. */
  public static final String SHOP = "we_1PracticeTillShop";

  private static final int URL_MAX = 5_000;
  private static final int EVENTS_MAX = 200;
  private static final int SECRET_LENGTH = 32;
  private static final Pattern TYPE = Pattern.compile("\\*|[a-z0-9_]+(\\.[a-z0-9_]+)+");
  private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]");

  private final Store store;

  Endpoints(Store store) {
    this.store = store;
  }

  /**
   * The shop's own, which is there from the first start; somebody may have widened it since.
   *
   * @param types of the events that the shop needs at least
   */
  public void addShop(Handle tx, String url, List<String> types, Cause cause) {
    var endpoint = endpoint(SHOP, url, cause);
    endpoint.putArray("enabled_events");
    endpoint.put("description", "The shop itself").set("metadata", Json.empty());
    store.add(tx, endpoint);
    var kept = store.lock(tx, KIND, "webhook_endpoint", SHOP);
    var wanted = new TreeSet<>(types);
    kept.path("enabled_events").forEach(it -> wanted.add(it.asText()));
    wanted.forEach(kept.putArray("enabled_events")::add);
    store.save(tx, kept.put("url", url));
  }

  /** Tells its secret, once. */
  public ObjectNode create(Handle tx, Params params, Cause cause) {
    var url = url(params);
    var types = types(params);
    if (types.isEmpty()) throw Refusal.missing("enabled_events");
    var endpoint = endpoint(Ids.fresh("we_"), url, cause);
    types.forEach(endpoint.putArray("enabled_events")::add);
    endpoint.put("description", Json.emptyIsNull(params.text("description", URL_MAX)));
    var version = params.text("api_version", 40);
    if (!version.isEmpty()) endpoint.put("api_version", version);
    endpoint.set("metadata", Json.map(params.metadata()));
    params.allow("connect");
    params.refuseOthers();
    var secret = Ids.fresh("whsec_", SECRET_LENGTH);
    store.add(tx, endpoint, secret);
    return endpoint.deepCopy().put("secret", secret);
  }

  public ObjectNode update(Handle tx, String id, Params params) {
    var endpoint = store.lock(tx, KIND, "webhook_endpoint", id);
    if (params.has("url")) endpoint.put("url", url(params));
    var types = types(params);
    if (!types.isEmpty()) types.forEach(endpoint.putArray("enabled_events")::add);
    if (params.has("disabled")) {
      endpoint.put("status", params.flag("disabled") ? "disabled" : "enabled");
    }
    if (params.has("description")) {
      endpoint.put("description", Json.emptyIsNull(params.text("description", URL_MAX)));
    }
    Json.merged((ObjectNode) endpoint.path("metadata"), params.metadata());
    params.refuseOthers();
    store.save(tx, endpoint);
    return endpoint;
  }

  public ObjectNode delete(Handle tx, String id) {
    store.lock(tx, KIND, "webhook_endpoint", id);
    store.remove(tx, id);
    return Json.empty().put("id", id).put("object", KIND).put("deleted", true);
  }

  private static ObjectNode endpoint(String id, String url, Cause cause) {
    var endpoint = Json.object(KIND, id, cause);
    endpoint.put("api_version", Json.API_VERSION).putNull("application");
    return endpoint.put("status", "enabled").put("url", url);
  }

  private static String url(Params params) {
    var url = params.required("url", URL_MAX);
    if (!url.matches("https?://\\S+")) {
      throw Refusal.coded("url_invalid", "url", "Invalid URL: it needs http:// or https://.");
    }
    try {
      if (HERE.contains(URI.create(url).getHost())) return url;
    } catch (IllegalArgumentException malformed) {
      throw Refusal.coded("url_invalid", "url", "Invalid URL");
    }
    throw Refusal.coded(
        "url_invalid", "url", "The practice till calls addresses on this machine only.");
  }

  private static List<String> types(Params params) {
    var types = params.texts("enabled_events", EVENTS_MAX);
    for (var type : types) {
      if (!TYPE.matcher(type).matches()) {
        throw Refusal.invalid("enabled_events", "Unknown event type: " + type);
      }
    }
    return types;
  }
}
