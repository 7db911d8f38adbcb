package urgency.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells whoever waits for a command what it is doing: nothing in the first second, and then now and
 * again. On the error stream, so that what the command answers can be read by others.
 */
final class Progress implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final long LOOK_MS = 200;

  private final InstantSource clock;
  private final Consumer<String> say;
  private final Instant began;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("progress").unstarted(work));
  private Instant quietUntil;
  private String step;

  /** One that is looked at by hand. */
  Progress(String step, InstantSource clock, Consumer<String> say) {
    this.step = step;
    this.clock = clock;
    this.say = say;
    this.began = clock.instant();
    this.quietUntil = began.plus(PATIENCE);
  }

  /** Begins to wait with somebody. */
  static Progress of(String step) {
    var progress = new Progress(step, InstantSource.system(), System.err::println);
    var _ =
        progress.looking.scheduleWithFixedDelay(
            progress::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    return progress;
  }

  /** What is being done from now on. */
  synchronized void at(String next) {
    step = next;
    look();
  }

  /** Says what is being done, if that has not been said for a while. */
  synchronized void look() {
    var now = clock.instant();
    if (now.isBefore(quietUntil)) return;
    quietUntil = now.plus(PAUSE);
    say.accept("%s ... (%d s)".formatted(step, Duration.between(began, now).toSeconds()));
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
