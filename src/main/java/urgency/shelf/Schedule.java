package urgency.shelf;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When editions open and close. Refreshes fall on multiples of the period since 1970-01-01 in UTC,
 * so they know neither summer time nor the moment at which the shop was started.
 */
record Schedule(Duration refresh, Duration lead) {
  // A remainder shorter than this part of a period is joined to the next one.
  private static final int SHORT_PART = 4;

  /** The time of one edition. */
  record Window(Instant opensAt, Instant closesAt) {}

  /**
   * The window that should be published now, if any.
   *
   * @param lastClosesAt when the newest published edition ends, if there is one
   */
  Optional<Window> due(Instant now, Optional<Instant> lastClosesAt) {
    if (lastClosesAt.isEmpty() || !lastClosesAt.get().isAfter(now)) {
      return Optional.of(from(Instant.ofEpochMilli(now.toEpochMilli())));
    } else if (!lastClosesAt.get().minus(lead).isAfter(now)) {
      return Optional.of(from(lastClosesAt.get()));
    } else {
      return Optional.empty();
    }
  }

  private Window from(Instant opensAt) {
    var period = refresh.toMillis();
    var open = opensAt.toEpochMilli();
    var boundary = Math.multiplyExact(Math.floorDiv(open, period) + 1, period);
    if (boundary - open < period / SHORT_PART) boundary += period;
    return new Window(opensAt, Instant.ofEpochMilli(boundary));
  }
}
