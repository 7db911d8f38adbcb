package urgency.payments.practice;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import urgency.payments.PaymentSettings;

/** What the till has to tell, and how far it got in telling it. At least once, as Stripe. */
final class TillEvents {
  private static final int ATTEMPTS_MAX = 4_000;
  private static final Duration BACK_OFF_MAX = Duration.ofSeconds(60);

  private static final String WRITE_DOWN =
      """
      insert into practice.event (id, type, session_id, body, created)
      values (:id, :type, :session_id, :body, :created)
      """;

  private static final String SEND =
      """
      insert into practice.delivery (event_id, copies, next_at, status)
      values (:event_id, :copies, :next_at, :status)
      """;

  // Whoever takes a delivery has it until the lease ends, so that no lock is held while it is sent.
  private static final String TAKE =
      """
      update practice.delivery d
         set attempts = attempts + 1, next_at = :lease
        from practice.event e
       where e.id = d.event_id
         and d.event_id in (select event_id
                              from practice.delivery
                             where status = 'due'
                               and next_at <= :now
                             order by next_at
                             limit :max
                               for update skip locked)
      returning d.event_id, d.attempts, d.copies, e.body
      """;

  private static final String SENT =
      "update practice.delivery set status = 'done' where event_id = :event_id";

  private static final String NOT_SENT =
      """
      update practice.delivery
         set next_at = :next_at,
             status = case when attempts >= :attempts_max then 'given_up' else 'due' end
       where event_id = :event_id
      """;

  private static final String LIST =
      """
      select body
        from practice.event
       where (:any or type = any(:types))
         and created >= :since
         and number < coalesce((select number from practice.event where id = :starting_after),
                               9223372036854775807)
         and number > coalesce((select number from practice.event where id = :ending_before), 0)
       order by number desc
       limit :max
      """;

  // The oldest of those that are newer than a given one, so that a reader can go on from there.
  private static final String LIST_FORWARD = LIST.replace("desc", "asc");

  private static final String FIND = "select body from practice.event where id = :id";

  /** An event on its way. */
  record Delivery(String eventId, int attempts, int copies, String body) {}

  /** Which events are wanted. */
  record Query(
      Set<String> types, Instant since, String startingAfter, String endingBefore, int max) {}

  private final PaymentSettings.Till manners;
  private final RandomGenerator random;

  TillEvents(PaymentSettings.Till manners, RandomGenerator random) {
    this.manners = manners;
    this.random = random;
  }

  /** Writes an event down and has it sent, in the transaction of what it tells of. */
  void append(Handle tx, String type, TillSession session, Instant now) {
    var id = TillSecrets.fresh("evt_", 24);
    tx.createUpdate(WRITE_DOWN)
        .bind("id", id)
        .bind("type", type)
        .bind("session_id", session.id())
        .bind("body", TillJson.event(id, type, session, now).toString())
        .bind("created", now.atOffset(ZoneOffset.UTC))
        .execute();
    tx.createUpdate(SEND)
        .bind("event_id", id)
        .bind("copies", random.nextInt(100) < manners.duplicatePercent() ? 2 : 1)
        .bind("next_at", now.plus(manners.delay()).atOffset(ZoneOffset.UTC))
        .bind("status", random.nextInt(100) < manners.dropPercent() ? "dropped" : "due")
        .execute();
  }

  List<Delivery> take(Handle tx, Instant now, Duration lease, int max) {
    return tx.createQuery(TAKE)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("lease", now.plus(lease).atOffset(ZoneOffset.UTC))
        .bind("max", max)
        .map(
            (row, _) ->
                new Delivery(
                    row.getString("event_id"),
                    row.getInt("attempts"),
                    row.getInt("copies"),
                    row.getString("body")))
        .list();
  }

  void sent(Handle tx, Delivery delivery) {
    tx.createUpdate(SENT).bind("event_id", delivery.eventId()).execute();
  }

  void notSent(Handle tx, Delivery delivery, Instant now) {
    tx.createUpdate(NOT_SENT)
        .bind("event_id", delivery.eventId())
        .bind("next_at", now.plus(backOff(delivery.attempts())).atOffset(ZoneOffset.UTC))
        .bind("attempts_max", ATTEMPTS_MAX)
        .execute();
  }

  /** Newest first, as Stripe lists them; one more than asked for tells that there are more. */
  List<JsonNode> list(Handle tx, Query query) {
    var forward = !query.endingBefore().isEmpty();
    var rows =
        tx.createQuery(forward ? LIST_FORWARD : LIST)
            .bind("any", query.types().isEmpty())
            .bindArray("types", String.class, query.types().toArray())
            .bind("since", query.since().atOffset(ZoneOffset.UTC))
            .bind("starting_after", query.startingAfter())
            .bind("ending_before", query.endingBefore())
            .bind("max", query.max() + 1)
            .mapTo(String.class)
            .list();
    var events = new ArrayList<JsonNode>();
    for (var body : rows) events.add(TillJson.parse(body));
    return events;
  }

  JsonNode find(Handle tx, String id) {
    return tx.createQuery(FIND)
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .map(TillJson::parse)
        .orElseThrow(() -> TillRefusal.noSuch("event", id));
  }

  private static Duration backOff(int attempts) {
    var wait = Duration.ofSeconds(1L << Math.min(attempts - 1, 10));
    return wait.compareTo(BACK_OFF_MAX) < 0 ? wait : BACK_OFF_MAX;
  }
}
