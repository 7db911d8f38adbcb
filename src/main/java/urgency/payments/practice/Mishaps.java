package urgency.payments.practice;

import java.util.random.RandomGenerator;
import urgency.payments.TillSettings;

/** What goes wrong with calls to the till, when its settings say that something shall. */
final class Mishaps {
  /** What becomes of one call. */
  enum Mishap {
    NONE,
    /** Nothing was done, and 500 is answered. */
    FAILS,
    /** It was done, and 500 is answered. */
    FAILS_LATE,
    /** Nothing was done, and 429 is answered. */
    TOO_FAST,
    /** Nothing was done, and nothing is answered. */
    SILENT,
    /** It was done, and nothing is answered. */
    SILENT_LATE
  }

  private final TillSettings manners;
  private final RandomGenerator random;

  Mishaps(TillSettings manners, RandomGenerator random) {
    this.manners = manners;
    this.random = random;
  }

  Mishap next() {
    if (isHit(manners.limitPercent())) return Mishap.TOO_FAST;
    if (isHit(manners.errorPercent())) {
      return random.nextBoolean() ? Mishap.FAILS : Mishap.FAILS_LATE;
    }
    if (isHit(manners.timeoutPercent())) {
      return random.nextBoolean() ? Mishap.SILENT : Mishap.SILENT_LATE;
    }
    return Mishap.NONE;
  }

  private boolean isHit(int percent) {
    return random.nextInt(100) < percent;
  }
}
