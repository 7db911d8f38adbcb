package urgency.judging;

import java.time.Instant;

/**
 * Says what products and hashtags mean.
 *
 * <p>An implementation answers before the deadline, with a reason where it cannot judge; it throws
 * only for mistakes of our own. Never called while a shopper waits, never inside a transaction.
 */
@FunctionalInterface
public interface Judge {
  Verdicts judge(Question question, Instant deadline);
}
