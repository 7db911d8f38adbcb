package urgency.platform.jobs;

import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Work that many ask for and few threads do: asking costs nothing and is never lost, and however
 * often it is asked for, no more than a few lanes run at once.
 */
public final class Lanes {
  private static final Logger LOG = Logger.getLogger(Lanes.class);

  private final String name;
  private final Runnable work;
  private final Semaphore free;
  private volatile boolean wanted;

  /**
   * @param work goes on until nothing is left to do, and may run in several lanes at once
   */
  public Lanes(String name, int max, Runnable work) {
    this.name = name;
    this.work = work;
    this.free = new Semaphore(max);
  }

  /** Sees to it soon, on a thread of its own; returns at once. */
  public void nudge() {
    wanted = true;
    if (free.tryAcquire()) Thread.ofVirtual().name(name).start(this::lane);
  }

  private void lane() {
    try {
      do {
        wanted = false;
        work.run();
      } while (wanted);
    } catch (RuntimeException down) {
      wanted = false;
      LOG.errorf(down, "%s stopped; it goes on when it is next asked for", name);
    } finally {
      free.release();
    }
    // Someone may have asked between the last look and the release.
    if (wanted) nudge();
  }
}
