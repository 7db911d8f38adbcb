package urgency.judging.chain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import urgency.judging.Judge;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.JudgeSettings.Patience;
import urgency.judging.JudgeSettings.Tier;
import urgency.judging.Question;
import urgency.judging.Verdicts;

/**
 * Tries again what may yet succeed, a bounded number of times and never past the deadline; and asks
 * a second time, once, when an answer is slower than nineteen of twenty were.
 */
final class Patient implements Judge {
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration WAIT_MAX = Duration.ofSeconds(8);
  private static final Duration ASKED_WAIT_MAX = Duration.ofSeconds(30);
  private static final int LATENCIES = 100;
  private static final int LATENCIES_MIN = 20;
  private static final double USUAL = 0.95;

  /** Waits; a test's does not. */
  @FunctionalInterface
  interface Pause {
    void take(Duration span) throws InterruptedException;
  }

  private final Judge next;
  private final Patience patience;
  private final boolean hedging;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Pause pause;
  private final Supplier<UUID> ids;
  private final Deque<Long> latencies = new ArrayDeque<>();

  Patient(
      Judge next,
      Patience patience,
      Model model,
      InstantSource clock,
      RandomGenerator random,
      Pause pause,
      Supplier<UUID> ids) {
    this.next = next;
    this.patience = patience;
    this.hedging = patience.hedge() && model.tier() == Tier.STANDARD;
    this.clock = clock;
    this.random = random;
    this.pause = pause;
    this.ids = ids;
  }

  @Override
  public Verdicts judge(Question question, Instant deadline) {
    var asking = question;
    for (var attempt = 0; ; attempt++) {
      var answer = hedged(asking, deadline);
      if (attempt == patience.retries() || !mayYetSucceed(answer)) return answer;
      var wait = wait(answer, attempt);
      if (wait.isEmpty() || clock.instant().plus(wait.get()).isAfter(deadline)) return answer;
      try {
        pause.take(wait.get());
      } catch (InterruptedException unwanted) {
        return new Verdicts.Stopped();
      }
      asking = question.again(ids.get());
    }
  }

  static boolean mayYetSucceed(Verdicts answer) {
    return switch (answer) {
      case Verdicts.Failed it -> mayYetSucceed(it.status());
      case Verdicts.Unreached _, Verdicts.Broken _ -> true;
      case Verdicts.Given _,
          Verdicts.Told _,
          Verdicts.Refused _,
          Verdicts.Cut _,
          Verdicts.Garbled _,
          Verdicts.Stopped _,
          Verdicts.NoMoney _,
          Verdicts.Shut _ ->
          false;
    };
  }

  /** Whether a refusal by status says nothing about the next try. */
  static boolean mayYetSucceed(int status) {
    return status == 408 || status == 409 || status == 429 || status >= 500;
  }

  // Full jitter: anything from nothing to the doubled wait; what the provider asks for counts, and
  // when it asks for too long, there is no point in waiting.
  private Optional<Duration> wait(Verdicts answer, int attempt) {
    if (answer instanceof Verdicts.Failed(var _, var asked) && asked.isPresent()) {
      return asked.filter(it -> it.compareTo(ASKED_WAIT_MAX) <= 0);
    }
    var most = Math.min(WAIT_MAX.toMillis(), FIRST_WAIT.toMillis() << (attempt + 1));
    return Optional.of(Duration.ofMillis(random.nextLong(most + 1)));
  }

  private Verdicts hedged(Question question, Instant deadline) {
    var usual = usual();
    if (!hedging || usual.isEmpty()) return timed(question, deadline);
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var answers = new ExecutorCompletionService<Verdicts>(threads);
      var _ = answers.submit(() -> timed(question, deadline));
      var first = answers.poll(usual.get().toMillis(), TimeUnit.MILLISECONDS);
      if (first != null) return outcome(first);
      var second = question.again(ids.get());
      var _ = answers.submit(() -> timed(second, deadline));
      var answer = outcome(answers.take());
      // The second may lack money, or fail, while the first is still on its way.
      return isAnswer(answer) ? answer : better(answer, outcome(answers.take()));
    } catch (InterruptedException unwanted) {
      return new Verdicts.Stopped();
    } finally {
      // The loser is told to stop; its reservation stands, for it may have been charged.
      threads.shutdownNow();
      threads.close();
    }
  }

  private static boolean isAnswer(Verdicts it) {
    return it instanceof Verdicts.Given || it instanceof Verdicts.Told;
  }

  private static Verdicts better(Verdicts one, Verdicts other) {
    return one instanceof Verdicts.NoMoney || isAnswer(other) ? other : one;
  }

  private static Verdicts outcome(Future<Verdicts> done) throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("asking failed", failed.getCause());
    }
  }

  private Verdicts timed(Question question, Instant deadline) {
    var start = clock.millis();
    var answer = next.judge(question, deadline);
    if (isAnswer(answer)) remember(clock.millis() - start);
    return answer;
  }

  private void remember(long milliseconds) {
    synchronized (latencies) {
      if (latencies.size() == LATENCIES) latencies.removeFirst();
      latencies.addLast(milliseconds);
    }
  }

  private Optional<Duration> usual() {
    var sorted = new long[0];
    synchronized (latencies) {
      if (latencies.size() < LATENCIES_MIN) return Optional.empty();
      sorted = latencies.stream().mapToLong(it -> it).sorted().toArray();
    }
    var at = Math.min(sorted.length - 1, (int) (USUAL * sorted.length));
    return Optional.of(Duration.ofMillis(Math.max(1, sorted[at])));
  }
}
