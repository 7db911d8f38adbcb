package urgency.payments.practice.wire;

import java.time.Instant;

/**
 * Why and when something changes: a request, or merely time.
 *
 * @param request its id; empty when time did it
 * @param key its idempotency key; empty for none
 */
public record Cause(Instant at, String request, String key) {
  /** Nobody asked; its hour had come, or the shopper did it on the page. */
  public static Cause time(Instant at) {
    return new Cause(at, "", "");
  }

  /** In Stripe's whole seconds. */
  public long seconds() {
    return at.getEpochSecond();
  }
}
