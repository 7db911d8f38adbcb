package urgency.payments.paced;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import urgency.platform.sql.Database;

/**
 * A bucket of tokens in the database, so that all nodes together keep to one pace. It holds a
 * quarter of a second's worth, so that in any second no more than five quarters of the rate are
 * given.
 *
 * <p>A node that was refused, or took the last token, does not ask again before one can be there:
 * in a rush the bucket costs the database no more than the tokens that it gives.
 */
final class Allowance {
  private static final double BURST_S = 0.25;
  private static final double NANOS_PER_SECOND = 1e9;

  // Lost with a crash at worst, and then filled again: no need to wait for the disk.
  private static final String EASY = "set local synchronous_commit = off";

  private static final String TAKE =
      """
      update payments.allowance
         set tokens = least(:burst, tokens
                 + greatest(0, extract(epoch from cast(:now as timestamptz) - at)) * :rate) - 1,
             at = greatest(at, :now)
       where call = :call
         and least(:burst, tokens
                 + greatest(0, extract(epoch from cast(:now as timestamptz) - at)) * :rate) >= 1
      returning tokens
      """;

  private static final String PAUSE =
      """
      update payments.allowance
         set tokens = 0, at = greatest(at, :until)
       where call = :call
      """;

  private final Database database;
  private final String call;
  private final int perSecond;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Instant emptyUntil = Instant.EPOCH;

  Allowance(Database database, String call, int perSecond) {
    this.database = database;
    this.call = call;
    this.perSecond = perSecond;
  }

  /** Whether the call may be made now. */
  boolean take(Instant now) {
    lock.lock();
    try {
      if (isEmpty(now)) return false;
      var left = database.write(tx -> takeOne(tx, now));
      var rest = left.orElse(0.0);
      if (rest < 1) emptyUntil = now.plusNanos((long) ((1 - rest) / perSecond * NANOS_PER_SECOND));
      return left.isPresent();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody makes the call until then. */
  void pause(Instant until) {
    database.change(
        tx ->
            tx.createUpdate(PAUSE)
                .bind("until", until.atOffset(ZoneOffset.UTC))
                .bind("call", call)
                .execute());
  }

  private boolean isEmpty(Instant now) {
    return now.isBefore(emptyUntil);
  }

  // The tokens that are left; empty when there was none.
  private Optional<Double> takeOne(Handle tx, Instant now) {
    tx.execute(EASY);
    return tx.createQuery(TAKE)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("rate", perSecond)
        .bind("burst", Math.max(1, perSecond * BURST_S))
        .bind("call", call)
        .mapTo(Double.class)
        .findOne();
  }
}
