package urgency.payments.practice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import urgency.platform.sql.Database;

/**
 * The part of Stripe's API that a shop with hosted payment pages needs; each request one commit.
 */
final class TillApi {
  private static final Duration KEYS_KEPT = Duration.ofHours(24);
  private static final int KEY_MAX = 255;
  private static final int FORGET_MAX = 1_000;
  private static final int PAGE_MAX = 100;
  private static final int PAGE_BY_DEFAULT = 10;

  private static final String CLAIM =
      """
      insert into practice.idempotency (key, asked, status, body, created)
      values (:key, :asked, 0, '', :created)
          on conflict do nothing
      """;

  private static final String ANSWERED =
      "update practice.idempotency set status = :status, body = :body where key = :key";

  private static final String REMEMBERED =
      "select asked, status, body from practice.idempotency where key = :key";

  private static final String FORGET =
      """
      delete from practice.idempotency
       where key in (select key from practice.idempotency where created < :before limit :max)
      """;

  /**
   * A request, taken apart.
   *
   * @param authorization the header as it came
   * @param key the idempotency key, empty for none
   */
  record Request(
      String method, String path, String query, String authorization, String key, String body) {}

  /**
   * @param replayed the answer is that of an earlier request with the same key
   */
  record Answer(int status, String body, boolean replayed) {}

  private record Remembered(String asked, int status, String body) {}

  private final Database database;
  private final TillSessions sessions;
  private final TillEvents events;

  TillApi(Database database, TillSessions sessions, TillEvents events) {
    this.database = database;
    this.sessions = sessions;
    this.events = events;
  }

  Answer answer(Request request, Instant now) {
    try {
      refuseOtherKeys(request.authorization());
      return database.write(tx -> once(tx, request, now));
    } catch (TillRefusal refusal) {
      // As at Stripe, a request that was refused does not use up its idempotency key.
      return new Answer(refusal.status(), TillJson.error(refusal), false);
    }
  }

  void forget(Handle tx, Instant now) {
    tx.createUpdate(FORGET)
        .bind("before", now.minus(KEYS_KEPT).atOffset(ZoneOffset.UTC))
        .bind("max", FORGET_MAX)
        .execute();
  }

  // The row of the key makes a second request with it wait until the first is committed.
  private Answer once(Handle tx, Request request, Instant now) {
    if (request.key().isEmpty() || !request.method().equals("POST")) {
      return new Answer(200, act(tx, request, now).toString(), false);
    }
    if (request.key().length() > KEY_MAX) {
      throw TillRefusal.invalid("", "Idempotency keys have at most 255 characters.");
    }
    var asked = digest(request);
    var claimed =
        tx.createUpdate(CLAIM)
            .bind("key", request.key())
            .bind("asked", asked)
            .bind("created", now.atOffset(ZoneOffset.UTC))
            .execute();
    if (claimed == 0) return replay(tx, request.key(), asked);
    var body = act(tx, request, now).toString();
    tx.createUpdate(ANSWERED)
        .bind("status", 200)
        .bind("body", body)
        .bind("key", request.key())
        .execute();
    return new Answer(200, body, false);
  }

  private static Answer replay(Handle tx, String key, String asked) {
    var first =
        tx.createQuery(REMEMBERED)
            .bind("key", key)
            .map(
                (row, _) ->
                    new Remembered(
                        row.getString("asked"), row.getInt("status"), row.getString("body")))
            .one();
    if (!first.asked().equals(asked)) throw TillRefusal.otherRequest();
    return new Answer(first.status(), first.body(), true);
  }

  private JsonNode act(Handle tx, Request request, Instant now) {
    var post = request.method().equals("POST");
    var form = Form.parse(post ? request.body() : request.query());
    var steps = List.of(request.path().substring(1).split("/", -1));
    if (post) return change(tx, request, steps, form, now);
    if (!request.method().equals("GET")) throw noSuchAddress(request);
    return read(tx, request, steps, form);
  }

  private JsonNode change(
      Handle tx, Request request, List<String> steps, ObjectNode form, Instant now) {
    if (steps.equals(List.of("v1", "checkout", "sessions"))) {
      return TillJson.session(sessions.create(tx, form, now));
    } else if (isSession(steps, 5) && steps.get(4).equals("expire")) {
      return TillJson.session(expired(tx, steps.get(3), now));
    } else {
      throw noSuchAddress(request);
    }
  }

  private JsonNode read(Handle tx, Request request, List<String> steps, ObjectNode query) {
    if (steps.equals(List.of("v1", "checkout", "sessions"))) {
      return sessionList(tx, query);
    } else if (isSession(steps, 4)) {
      return TillJson.session(session(tx, steps.get(3)));
    } else if (isSession(steps, 5) && steps.get(4).equals("line_items")) {
      return TillJson.lineItems(session(tx, steps.get(3)));
    } else if (steps.equals(List.of("v1", "events"))) {
      return eventList(tx, query);
    } else if (steps.size() == 3 && steps.subList(0, 2).equals(List.of("v1", "events"))) {
      return events.find(tx, steps.get(2));
    } else if (steps.size() == 3 && steps.subList(0, 2).equals(List.of("v1", "payment_intents"))) {
      return intent(tx, steps.get(2));
    } else {
      throw noSuchAddress(request);
    }
  }

  private TillSession expired(Handle tx, String id, Instant now) {
    var session = session(tx, id);
    return sessions
        .expire(tx, id, now)
        .orElseThrow(
            () ->
                TillRefusal.invalid(
                    "",
                    "Only Checkout Sessions with a status in [\"open\"] can be expired. This"
                        + " Checkout Session has a status of "
                        + session.status()
                        + "."));
  }

  private TillSession session(Handle tx, String id) {
    return sessions.find(tx, id).orElseThrow(() -> TillRefusal.noSuch("checkout.session", id));
  }

  private JsonNode intent(Handle tx, String id) {
    var session =
        sessions.byIntent(tx, id).orElseThrow(() -> TillRefusal.noSuch("payment_intent", id));
    return TillJson.intent(session, session.intent().orElseThrow());
  }

  private JsonNode sessionList(Handle tx, ObjectNode query) {
    var max = limit(query);
    var found =
        sessions.list(
            tx,
            query.path("status").asText(""),
            query.path("payment_intent").asText(""),
            query.path("starting_after").asText(""),
            max + 1);
    var page = new ArrayList<ObjectNode>();
    for (var it : found.subList(0, Math.min(max, found.size()))) page.add(TillJson.session(it));
    return TillJson.list("/v1/checkout/sessions", page, found.size() > max);
  }

  private JsonNode eventList(Handle tx, ObjectNode query) {
    var max = limit(query);
    var before = query.path("ending_before").asText("");
    var found =
        events.list(
            tx,
            new TillEvents.Query(
                types(query),
                Instant.ofEpochSecond(query.path("created").path("gte").asLong(0)),
                query.path("starting_after").asText(""),
                before,
                max));
    var page = found.subList(0, Math.min(max, found.size()));
    return TillJson.list(
        "/v1/events", before.isEmpty() ? page : page.reversed(), found.size() > max);
  }

  private static Set<String> types(ObjectNode query) {
    var types = new HashSet<String>();
    query.path("types").forEach(it -> types.add(it.asText("")));
    if (query.has("type")) types.add(query.path("type").asText(""));
    return types;
  }

  private static int limit(ObjectNode query) {
    var limit = query.path("limit").asInt(PAGE_BY_DEFAULT);
    if (limit < 1 || limit > PAGE_MAX) {
      throw TillRefusal.invalid("limit", "limit must be between 1 and 100.");
    }
    return limit;
  }

  private static boolean isSession(List<String> steps, int size) {
    return steps.size() == size
        && steps.subList(0, 3).equals(List.of("v1", "checkout", "sessions"));
  }

  private static TillRefusal noSuchAddress(Request request) {
    return TillRefusal.noSuchAddress(request.method(), request.path());
  }

  // Any test key will do; a live one has no business here.
  private static void refuseOtherKeys(String authorization) {
    var key = key(authorization);
    if (key.isEmpty()) {
      throw TillRefusal.noKey("You did not provide an API key.");
    } else if (key.startsWith("sk_live_") || key.startsWith("rk_live_")) {
      throw TillRefusal.noKey("The practice till takes no live keys.");
    } else if (!key.startsWith("sk_test_") && !key.startsWith("rk_test_")) {
      throw TillRefusal.noKey("Invalid API Key provided.");
    }
  }

  private static String key(String authorization) {
    var space = authorization.indexOf(' ');
    if (space < 0) return "";
    var value = authorization.substring(space + 1).strip();
    return switch (authorization.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer" -> value;
      case "basic" -> user(value);
      default -> "";
    };
  }

  private static String user(String basic) {
    try {
      var text = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
      var colon = text.indexOf(':');
      return colon < 0 ? text : text.substring(0, colon);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }

  // The order of the parameters does not matter.
  private static String digest(Request request) {
    var fields = request.body().split("&");
    Arrays.sort(fields);
    var text = request.path() + "\n" + String.join("&", fields);
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
