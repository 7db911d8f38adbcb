package urgency.trends.push;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** When a line of the log may be written that somebody outside can cause at will. */
final class Seldom {
  private final Duration every;
  private Instant next = Instant.MIN;
  private long unsaid;

  Seldom(Duration every) {
    this.every = every;
  }

  /** How many lines were left out since the last one; empty when this one is left out too. */
  synchronized OptionalLong turn(Instant now) {
    if (now.isBefore(next)) {
      unsaid++;
      return OptionalLong.empty();
    }
    var before = unsaid;
    next = now.plus(every);
    unsaid = 0;
    return OptionalLong.of(before);
  }
}
