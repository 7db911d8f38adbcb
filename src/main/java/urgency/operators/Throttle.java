package urgency.operators;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;

/**
 * Makes guessing slow: each try of a name or from an address counts before it is judged, so that
 * many at once gain nothing, and after three in vain the wait doubles each time.
 */
final class Throttle {
  static final int FREE = 3;
  static final Duration WAIT_MAX = Duration.ofMinutes(15);
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);
  private static final int DOUBLINGS_MAX = 10;

  // The row that exists is locked by the conflict; who must wait changes nothing.
  private static final String COUNT =
      """
      insert into operators.attempt as known (key, failures, wait_until, last_at)
      values (:key, 1, :now, :now)
      on conflict (key) do update
         set failures = known.failures + 1,
             wait_until = :now + case when known.failures + 1 <= :free then interval '0'
                                      else least(:max * interval '1 second',
                                                 interval '1 second' * power(2,
                                                   least(known.failures + 1 - :free, :doublings)))
                                 end,
             last_at = :now
       where known.wait_until <= :now
      """;

  private Throttle() {}

  /** Counts a try; false when it comes too early and must not be judged. */
  static boolean allows(Handle tx, String key, Instant now) {
    return tx.createUpdate(COUNT)
            .bind("key", key)
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .bind("free", FREE)
            .bind("max", WAIT_MAX.toSeconds())
            .bind("doublings", DOUBLINGS_MAX)
            .execute()
        == 1;
  }

  /** The try was good: what came before it is forgiven. */
  static void forgive(Handle tx, String key) {
    tx.createUpdate("delete from operators.attempt where key = :key").bind("key", key).execute();
  }

  static void forget(Handle tx, Instant now) {
    tx.createUpdate("delete from operators.attempt where last_at < :before")
        .bind("before", now.minus(FORGOTTEN_AFTER).atOffset(ZoneOffset.UTC))
        .execute();
  }
}
