package urgency.platform.sql;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;

/**
 * Many callers, one commit: requests that arrive while a transaction is under way share the next.
 *
 * <p>A row that everybody wants admits one transaction per flush of the log when each caller has
 * its own. Here one lane owns the row for a batch, so a flush pays for as many requests as came in
 * meanwhile, and the row's lock is never held across a caller's round trip. Correct with any number
 * of nodes, since the batch itself locks what it reads; the lanes only make it fast.
 *
 * <p>An answer is given after its commit, never before. A batch that fails as a whole is tried
 * again request by request, so that one poisonous request harms only itself.
 *
 * @param <Q> what is asked
 * @param <A> what is answered
 */
public final class GroupCommit<Q, A> implements AutoCloseable {
  private static final long ANSWER_MS_MAX = 20_000;

  /** The work of one transaction: as many answers as requests, in their order. */
  @FunctionalInterface
  public interface Batch<Q, A> {
    List<A> run(Handle tx, List<Q> requests);
  }

  /** Nothing was done, since too many were waiting; the caller may try again. */
  public static final class Overloaded extends RuntimeException {
    Overloaded(String name) {
      super(name + " has too many requests waiting");
    }
  }

  private record Waiting<Q, A>(Q request, CompletableFuture<A> answer) {}

  private final String name;
  private final Database database;
  private final Batch<Q, A> batch;
  private final int batchMax;
  private final List<ArrayBlockingQueue<Waiting<Q, A>>> lanes = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final LongAdder requests = new LongAdder();
  private final LongAdder commits = new LongAdder();
  private final AtomicInteger pending = new AtomicInteger();
  private volatile boolean closed;

  public GroupCommit(
      String name,
      Database database,
      int laneCount,
      int batchMax,
      int queueMax,
      Batch<Q, A> batch) {
    this.name = name;
    this.database = database;
    this.batch = batch;
    this.batchMax = batchMax;
    FunctionCounter.builder("group_commit_requests", this, GroupCommit::requests)
        .tag("name", name)
        .register(Metrics.globalRegistry);
    FunctionCounter.builder("group_commit_commits", this, GroupCommit::commits)
        .tag("name", name)
        .register(Metrics.globalRegistry);
    Gauge.builder("group_commit_pending", this, GroupCommit::pending)
        .tag("name", name)
        .register(Metrics.globalRegistry);
    for (var i = 0; i < laneCount; i++) {
      var lane = new ArrayBlockingQueue<Waiting<Q, A>>(queueMax);
      lanes.add(lane);
      threads.add(Thread.ofPlatform().name(name + "-" + i).daemon().start(() -> work(lane)));
    }
  }

  /**
   * Waits until the request's transaction is committed, and gives its answer.
   *
   * @param lane requests with the same number share a lane and so keep their order
   * @throws Overloaded when the lane is full; nothing was done
   */
  public A submit(int lane, Q request) {
    var waiting = new Waiting<Q, A>(request, new CompletableFuture<>());
    if (closed || !lanes.get(Math.floorMod(lane, lanes.size())).offer(waiting)) {
      throw new Overloaded(name);
    }
    pending.incrementAndGet();
    try {
      return waiting.answer().get(ANSWER_MS_MAX, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(name + " was interrupted; the outcome is unknown");
    } catch (TimeoutException slow) {
      throw new IllegalStateException(name + " took too long; the outcome is unknown", slow);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) throw cause;
      throw new CompletionException(failed.getCause());
    } finally {
      pending.decrementAndGet();
    }
  }

  /** Requests that wait for their answer now. */
  public int pending() {
    return pending.get();
  }

  /** Requests answered so far; with {@link #commits} the mean size of a batch. */
  public long requests() {
    return requests.sum();
  }

  public long commits() {
    return commits.sum();
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }

  private void work(ArrayBlockingQueue<Waiting<Q, A>> lane) {
    var taken = new ArrayList<Waiting<Q, A>>(batchMax);
    while (!closed) {
      try {
        taken.clear();
        taken.add(lane.take());
        lane.drainTo(taken, batchMax - 1);
        commit(taken);
      } catch (InterruptedException closing) {
        break;
      }
    }
    taken.forEach(it -> it.answer().completeExceptionally(new Overloaded(name)));
    lane.forEach(it -> it.answer().completeExceptionally(new Overloaded(name)));
  }

  private void commit(List<Waiting<Q, A>> taken) {
    try {
      var asked = taken.stream().map(Waiting::request).toList();
      var answers = database.write(tx -> batch.run(tx, asked));
      if (answers.size() != taken.size()) {
        throw new IllegalStateException(
            "%s: %d answers to %d requests".formatted(name, answers.size(), taken.size()));
      }
      requests.add(taken.size());
      commits.increment();
      for (var i = 0; i < answers.size(); i++) taken.get(i).answer().complete(answers.get(i));
    } catch (RuntimeException failed) {
      if (taken.size() == 1) {
        taken.getFirst().answer().completeExceptionally(failed);
      } else {
        taken.forEach(it -> commit(List.of(it)));
      }
    }
  }
}
