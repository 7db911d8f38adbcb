package urgency.payments.practice.api;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import urgency.payments.practice.wire.Refusal;

/**
 * How often each address may be asked: a bucket of one second's worth of requests for each, as
 * Stripe has.
 */
final class Pace {
  private record Bucket(double left, Instant at) {}

  private final int perSecond;
  private final Map<String, Bucket> buckets = new HashMap<>();

  Pace(int perSecond) {
    this.perSecond = perSecond;
  }

  /**
   * Takes a turn.
   *
   * @param address one of the routes, so that there are only so many buckets
   * @throws Refusal when it was asked too often
   */
  synchronized void turn(String address, Instant now) {
    var bucket = buckets.getOrDefault(address, new Bucket(perSecond, now));
    var seconds = Math.max(0, Duration.between(bucket.at(), now).toMillis()) / 1_000.0;
    var left = Math.min(perSecond, bucket.left() + seconds * perSecond);
    if (left < 1) throw Refusal.tooFast();
    buckets.put(address, new Bucket(left - 1, now));
  }
}
