package urgency.payments.practice.bank;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import urgency.payments.TillSettings;

/** How far each event got on its way to each endpoint. At least once, as Stripe. */
public final class Deliveries {
  private static final int ATTEMPTS_MAX = 4_000;
  private static final Duration BACK_OFF_MAX = Duration.ofSeconds(60);
  private static final int SHUFFLED_MS_MAX = 5_000;

  private static final String WHO =
      """
        from practice.object
       where kind = 'webhook_endpoint'
         and body ->> 'status' = 'enabled'
         and (jsonb_exists(body -> 'enabled_events', '*')
              or jsonb_exists(body -> 'enabled_events', :type))
      """;

  private static final String SEND =
      """
      insert into practice.delivery (event_id, endpoint_id, copies, next_at, status)
      select :event_id, id, :copies, :next_at, :status
      """
          + WHO;

  // Whoever takes a delivery has it until the lease ends, so that no lock is held while it is sent.
  private static final String TAKE =
      """
      update practice.delivery d
         set attempts = attempts + 1, next_at = :lease
        from practice.event e
       where e.id = d.event_id
         and (d.event_id, d.endpoint_id) in (select event_id, endpoint_id
                                               from practice.delivery
                                              where status = 'due'
                                                and next_at <= :now
                                              order by next_at
                                              limit :max
                                                for update skip locked)
      returning d.event_id, d.endpoint_id, d.attempts, d.copies, e.body
      """;

  private static final String SENT =
      """
      update practice.delivery
         set status = 'done'
       where event_id = :event_id
         and endpoint_id = :endpoint_id
      """;

  private static final String NOT_SENT =
      """
      update practice.delivery
         set next_at = :next_at,
             status = case when attempts >= :attempts_max then 'given_up' else 'due' end
       where event_id = :event_id
         and endpoint_id = :endpoint_id
      """;

  /** An event on its way to an endpoint. */
  public record Delivery(
      String eventId, String endpointId, int attempts, int copies, String body) {}

  private final TillSettings manners;
  private final RandomGenerator random;

  Deliveries(TillSettings manners, RandomGenerator random) {
    this.manners = manners;
    this.random = random;
  }

  /** How many want events of this type. */
  int endpoints(Handle tx, String type) {
    return tx.createQuery("select count(*) " + WHO).bind("type", type).mapTo(Integer.class).one();
  }

  void send(Handle tx, String eventId, String type, Instant now) {
    tx.createUpdate(SEND)
        .bind("event_id", eventId)
        .bind("type", type)
        .bind("copies", isHit(manners.duplicatePercent()) ? 2 : 1)
        .bind("next_at", now.plus(manners.delay()).plus(held()).atOffset(ZoneOffset.UTC))
        .bind("status", isHit(manners.dropPercent()) ? "dropped" : "due")
        .execute();
  }

  /** Those that are due, which nobody else takes until the lease ends. */
  public List<Delivery> take(Handle tx, Instant now, Duration lease, int max) {
    return tx.createQuery(TAKE)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("lease", now.plus(lease).atOffset(ZoneOffset.UTC))
        .bind("max", max)
        .map(
            (row, _) ->
                new Delivery(
                    row.getString("event_id"),
                    row.getString("endpoint_id"),
                    row.getInt("attempts"),
                    row.getInt("copies"),
                    row.getString("body")))
        .list();
  }

  public void sent(Handle tx, Delivery delivery) {
    tx.createUpdate(SENT)
        .bind("event_id", delivery.eventId())
        .bind("endpoint_id", delivery.endpointId())
        .execute();
  }

  public void notSent(Handle tx, Delivery delivery, Instant now) {
    tx.createUpdate(NOT_SENT)
        .bind("event_id", delivery.eventId())
        .bind("endpoint_id", delivery.endpointId())
        .bind("next_at", now.plus(backOff(delivery.attempts())).atOffset(ZoneOffset.UTC))
        .bind("attempts_max", ATTEMPTS_MAX)
        .execute();
  }

  // What is held back is overtaken by what comes later.
  private Duration held() {
    return isHit(manners.shufflePercent())
        ? Duration.ofMillis(1 + random.nextInt(SHUFFLED_MS_MAX))
        : Duration.ZERO;
  }

  private boolean isHit(int percent) {
    return random.nextInt(100) < percent;
  }

  private static Duration backOff(int attempts) {
    var wait = Duration.ofSeconds(1L << Math.min(attempts - 1, 10));
    return wait.compareTo(BACK_OFF_MAX) < 0 ? wait : BACK_OFF_MAX;
  }
}
