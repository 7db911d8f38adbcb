package urgency.payments.practice.bank;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.wire.Cause;

/** What comes of itself after a while: money that is slow, and refunds that are. */
public final class Schedule {
  /** How long what is slow takes here; at Stripe it is days. */
  public static final Duration SLOW = Duration.ofSeconds(10);

  private static final int MAX = 100;

  private static final String LATER =
      """
      insert into practice.due (object_id, what, at)
      values (:object_id, :what, :at)
          on conflict do nothing
      """;

  private static final String TAKE =
      """
      delete from practice.due
       where (object_id, what) in (select object_id, what
                                     from practice.due
                                    where at <= :now
                                    order by at
                                    limit :max
                                      for update skip locked)
      returning object_id, what
      """;

  private static final String FORGET = "delete from practice.due where object_id = :object_id";

  /** How it ends. */
  enum What {
    COMES,
    FAILS
  }

  /** A thing whose time has come. */
  record Due(String objectId, What what) {}

  void later(Handle tx, ObjectNode object, What what, Cause cause) {
    tx.createUpdate(LATER)
        .bind("object_id", object.path("id").asText())
        .bind("what", what.name())
        .bind("at", cause.at().plus(SLOW).atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** Takes those whose time has come; with the caller's transaction they are done. */
  List<Due> take(Handle tx, Instant now) {
    return tx.createQuery(TAKE)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("max", MAX)
        .map((row, _) -> new Due(row.getString("object_id"), What.valueOf(row.getString("what"))))
        .list();
  }

  void forget(Handle tx, String objectId) {
    tx.createUpdate(FORGET).bind("object_id", objectId).execute();
  }
}
