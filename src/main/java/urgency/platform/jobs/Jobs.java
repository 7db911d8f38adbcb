package urgency.platform.jobs;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.platform.sql.Database;

/**
 * Work on a schedule. A job runs on a virtual thread, never twice at once on a node; a job that is
 * {@linkplain #oneNode for one node} runs on whichever node gets its advisory lock this time.
 *
 * <p>A run that fails is logged and counted, and the next one comes as planned.
 */
@Singleton
public final class Jobs implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Jobs.class);
  private static final Duration LATER = Duration.ofSeconds(5);

  /** One run. */
  @FunctionalInterface
  public interface Job {
    void run(Instant now);
  }

  /** How a job fared, for health and metrics. */
  public record Report(Instant lastStart, Duration lastTook, long runs, long failures) {}

  private final Database database;
  private final InstantSource clock;
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("jobs").daemon().factory());
  private final Map<String, Report> reports = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Jobs(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Runs on every node, first at once. */
  public void everyNode(String name, Duration period, Job job) {
    schedule(name, Duration.ZERO, period, job);
  }

  /** Runs on one node at a time, first at once. */
  public void oneNode(String name, Duration period, Job job) {
    schedule(name, Duration.ZERO, period, now -> ifLeader(name, () -> job.run(now)));
  }

  /** Same, first after some seconds: for what the first shelf after a start does not need. */
  public void oneNodeLater(String name, Duration period, Job job) {
    schedule(name, LATER, period, now -> ifLeader(name, () -> job.run(now)));
  }

  /** Latest report of each job. */
  public Map<String, Report> reports() {
    return Map.copyOf(reports);
  }

  void stop(@Observes ShutdownEvent event) {
    close();
  }

  @Override
  public void close() {
    closed = true;
    ticker.shutdownNow();
  }

  private void schedule(String name, Duration first, Duration period, Job job) {
    var running = new AtomicBoolean();
    var _ =
        ticker.scheduleAtFixedRate(
            () -> {
              if (!closed && running.compareAndSet(false, true)) {
                Thread.ofVirtual()
                    .name("job-" + name)
                    .start(
                        () -> {
                          try {
                            run(name, job);
                          } finally {
                            running.set(false);
                          }
                        });
              }
            },
            first.toMillis(),
            period.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void run(String name, Job job) {
    var start = clock.instant();
    var before = reports.getOrDefault(name, new Report(start, Duration.ZERO, 0, 0));
    var failures = before.failures();
    try {
      job.run(start);
    } catch (RuntimeException failed) {
      failures++;
      if (!closed) LOG.errorf(failed, "job %s failed", name);
    }
    var took = Duration.between(start, clock.instant());
    reports.put(name, new Report(start, took, before.runs() + 1, failures));
  }

  // A session lock on a connection of its own: the job opens its transactions elsewhere, and a node
  // that dies drops its connection and with it the lock.
  private void ifLeader(String name, Runnable work) {
    var _ =
        database.read(
            handle -> {
              if (lock(
                  handle,
                  "select pg_try_advisory_lock(hashtext('urgency.jobs'), hashtext(?))",
                  name)) {
                try {
                  work.run();
                } finally {
                  lock(
                      handle,
                      "select pg_advisory_unlock(hashtext('urgency.jobs'), hashtext(?))",
                      name);
                }
              }
              return handle;
            });
  }

  private static boolean lock(Handle handle, String sql, String name) {
    return handle.createQuery(sql).bind(0, name).mapTo(Boolean.class).one();
  }
}
