package urgency;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for something that another thread or process does, with a bound and a name. */
public final class Patience {
  private static final long GLANCE_MS = 20;

  private Patience() {}

  /** Returns as soon as the condition holds; fails with the name when it does not in time. */
  public static void until(String what, Duration max, BooleanSupplier condition) {
    var deadline = System.nanoTime() + max.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) throw new AssertionError("not within " + max + ": " + what);
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(GLANCE_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }
}
