package urgency.payments.paced;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Leaves a provider alone that does not answer. After some failures in a row nothing is asked for a
 * while; then one call at a time tries, and its answer decides.
 */
final class Breaker {
  static final int FAILURES_MAX = 5;
  private static final Duration REST_MIN = Duration.ofSeconds(2);
  private static final Duration REST_MAX = Duration.ofSeconds(30);

  private final RandomGenerator random;
  private int failures;
  private Instant restsUntil = Instant.EPOCH;

  Breaker(RandomGenerator random) {
    this.random = random;
  }

  /** Whether a call may be made; while the provider is doubtful, one that may is the only one. */
  synchronized boolean lets(Instant now) {
    if (failures < FAILURES_MAX) return true;
    if (now.isBefore(restsUntil)) return false;
    restsUntil = now.plus(rest());
    return true;
  }

  /** The provider answered. */
  synchronized void answered() {
    failures = 0;
  }

  /** The provider did not answer. */
  synchronized void failed(Instant now) {
    failures++;
    if (failures >= FAILURES_MAX) restsUntil = now.plus(rest());
  }

  private Duration rest() {
    return jittered(REST_MIN, REST_MAX, failures - FAILURES_MAX, random);
  }

  /** Doubled with each step up to a maximum, then somewhere from half of it to all of it. */
  static Duration jittered(Duration min, Duration max, int step, RandomGenerator random) {
    var wait = min.multipliedBy(1L << Math.clamp(step, 0, 10));
    var most = (wait.compareTo(max) < 0 ? wait : max).toMillis();
    return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
  }
}
