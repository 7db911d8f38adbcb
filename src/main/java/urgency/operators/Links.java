package urgency.operators;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Links that set the owner's name and password, once. */
@Singleton
public final class Links {
  public static final Duration VALID = Duration.ofHours(24);

  /** What a link is for; a setup link works only while there is no owner. */
  public enum Purpose {
    SETUP,
    RESET
  }

  /** A link for the first start; empty when there is an owner already. */
  public Optional<String> forSetup(Handle tx, Instant now) {
    return hasOwner(tx) ? Optional.empty() : Optional.of(fresh(tx, Purpose.SETUP, now));
  }

  /** A new token, of which only the hash is kept. */
  public String fresh(Handle tx, Purpose purpose, Instant now) {
    tx.createUpdate("delete from operators.link where expires_at < :now")
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
    var token = Token.fresh();
    tx.createUpdate(
            """
            insert into operators.link (hash, purpose, expires_at)
            values (:hash, :purpose, :expires)
            """)
        .bind("hash", Token.hash(token))
        .bind("purpose", purpose)
        .bind("expires", now.plus(VALID).atOffset(ZoneOffset.UTC))
        .execute();
    return token;
  }

  /** Whether the link may still be used. */
  public boolean stands(Handle tx, String token, Instant now) {
    return tx.createQuery(
            """
            select purpose
              from operators.link
             where hash = :hash
               and expires_at > :now
            """)
        .bind("hash", Token.hash(token))
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .mapTo(Purpose.class)
        .findOne()
        .filter(it -> it == Purpose.RESET || !hasOwner(tx))
        .isPresent();
  }

  /** Uses the link up, and with it all others; false when another was faster. */
  boolean use(Handle tx, String token, Instant now) {
    // One at a time, so that two setup links at once cannot both make the owner.
    tx.execute("lock table operators.link in exclusive mode");
    if (!stands(tx, token, now)) return false;
    // A link that was printed earlier and forgotten must not make another owner later.
    tx.execute("delete from operators.link");
    return true;
  }

  private static boolean hasOwner(Handle tx) {
    return tx.createQuery("select exists (select from operators.operator where role = 'OWNER')")
        .mapTo(Boolean.class)
        .one();
  }
}
