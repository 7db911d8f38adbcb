package urgency.operators;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Operators who are signed in, by the hash of what their browser holds. */
@Singleton
public final class Sessions {
  public static final Duration IDLE_MAX = Duration.ofHours(12);
  public static final Duration AGE_MAX = Duration.ofDays(7);
  private static final Duration SEEN_STEP = Duration.ofMinutes(1);

  private static final String FIND =
      """
      select operator.id, operator.name, session.seen_at
        from operators.session
        join operators.operator on operator.id = session.operator_id
       where session.hash = :hash
         and session.seen_at > :idle
         and session.began_at > :oldest
      """;

  /** Whose session this is; empty when it is forged, ended or too old. */
  public Optional<Operator> find(Handle tx, String token, Instant now) {
    var hash = Token.hash(token);
    var found =
        tx.createQuery(FIND)
            .bind("hash", hash)
            .bind("idle", at(now.minus(IDLE_MAX)))
            .bind("oldest", at(now.minus(AGE_MAX)))
            .map(
                (row, _) -> {
                  // One write a minute is enough to know who is idle.
                  var seen = row.getObject("seen_at", OffsetDateTime.class).toInstant();
                  if (seen.isBefore(now.minus(SEEN_STEP))) seen(tx, hash, now);
                  return new Operator(row.getObject("id", UUID.class), row.getString("name"));
                })
            .findOne();
    return found;
  }

  /** A new session for someone who has just proved who they are; its token. */
  String begin(Handle tx, Operator operator, Instant now) {
    tx.createUpdate("delete from operators.session where seen_at <= :idle or began_at <= :oldest")
        .bind("idle", at(now.minus(IDLE_MAX)))
        .bind("oldest", at(now.minus(AGE_MAX)))
        .execute();
    var token = Token.fresh();
    tx.createUpdate(
            """
            insert into operators.session (hash, operator_id, began_at, seen_at)
            values (:hash, :operator, :now, :now)
            """)
        .bind("hash", Token.hash(token))
        .bind("operator", operator.id())
        .bind("now", at(now))
        .execute();
    return token;
  }

  /** The token opens nothing any more. */
  void end(Handle tx, String token) {
    tx.createUpdate("delete from operators.session where hash = :hash")
        .bind("hash", Token.hash(token))
        .execute();
  }

  void endAllOf(Handle tx, Operator operator) {
    tx.createUpdate("delete from operators.session where operator_id = :operator")
        .bind("operator", operator.id())
        .execute();
  }

  private static void seen(Handle tx, byte[] hash, Instant now) {
    tx.createUpdate("update operators.session set seen_at = :now where hash = :hash")
        .bind("now", at(now))
        .bind("hash", hash)
        .execute();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
