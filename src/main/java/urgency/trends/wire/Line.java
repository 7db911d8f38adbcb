package urgency.trends.wire;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import urgency.trends.TrendSettings.Pace;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.TrendSource.Permit;

/**
 * One patient way of asking over HTTP: within the day's budget, three tries with growing pauses,
 * never past the deadline, never more than two megabytes, no redirects, no cookies.
 */
public final class Line implements AutoCloseable {
  private static final int BODY_MAX = 2 * 1024 * 1024;
  private static final int TRIES_MAX = 3;
  private static final Duration STUMBLE = Duration.ofSeconds(30);
  private static final Duration STUMBLE_MAX = Duration.ofMinutes(5);
  private static final double JITTER = 0.1;

  /** Waits; a test's does not. */
  @FunctionalInterface
  public interface Pause {
    void take(Duration span) throws InterruptedException;
  }

  private final Pace pace;
  private final InstantSource clock;
  private final Pause pause;
  private final HttpClient http;

  public Line(Pace pace, InstantSource clock, Pause pause) {
    this.pace = pace;
    this.clock = clock;
    this.pause = pause;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(pace.connectMax())
            .build();
  }

  /** The pause between two requests. */
  public void rest() throws InterruptedException {
    pause.take(pace.interval());
  }

  /**
   * Asks, and again after a stumble, a bounded number of times, never past the deadline.
   *
   * @param question made anew for each try, since a signature carries its time
   * @param reader classifies an answer; never throws
   */
  public FetchResult ask(
      FetchRequest request,
      Supplier<HttpRequest.Builder> question,
      Function<HttpResponse<byte[]>, FetchResult> reader)
      throws InterruptedException {
    for (var attempt = 1; ; attempt++) {
      if (request.budget().take() == Permit.SPENT) {
        return new FetchResult.Transient("the day's requests are used up", untilTomorrow(request));
      }
      var answer = once(question.get().timeout(pace.readMax()).build(), reader);
      if (!(answer instanceof FetchResult.Transient stumble) || attempt == TRIES_MAX) return answer;
      var wait = stumble.retryAfter().orElseGet(pauseBefore(request, attempt));
      if (wait.compareTo(STUMBLE_MAX) > 0
          || clock.instant().plus(wait).isAfter(request.deadline())) {
        return answer;
      }
      pause.take(wait);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private FetchResult once(HttpRequest question, Function<HttpResponse<byte[]>, FetchResult> reader)
      throws InterruptedException {
    var answering = http.sendAsync(question, _ -> new CappedBody(BODY_MAX));
    try {
      return reader.apply(answering.get(pace.readMax().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException slow) {
      answering.cancel(true);
      return new FetchResult.Transient("no answer in " + pace.readMax(), Optional.empty());
    } catch (ExecutionException broken) {
      return broken(broken.getCause());
    } catch (CancellationException closing) {
      return new FetchResult.Transient("the shop is closing", Optional.empty());
    } catch (InterruptedException stopping) {
      answering.cancel(true);
      throw stopping;
    }
  }

  private static FetchResult broken(@Nullable Throwable cause) {
    if (cause instanceof CappedBody.TooLarge large) {
      return new FetchResult.Drift(String.valueOf(large.getMessage()));
    }
    if (cause instanceof IOException wire) {
      return new FetchResult.Transient(wire.toString(), Optional.empty());
    }
    throw new IllegalStateException("request failed in a way that the wire cannot cause", cause);
  }

  // A tenth more or less, so that nodes and sources that stumbled together do not return together;
  // fixed by the question and its time, so that a run can be repeated exactly.
  private static Supplier<Duration> pauseBefore(FetchRequest request, int attempt) {
    var seed = request.region().hashCode() * 31L + request.at().toEpochMilli() + attempt;
    var fraction = ((seed * 0x9E3779B97F4A7C15L) >>> 11) / (double) (1L << 53);
    var span = STUMBLE.multipliedBy(1L << (attempt - 1)).toMillis();
    return () -> Duration.ofMillis((long) (span * (1 - JITTER + 2 * JITTER * fraction)));
  }

  private static Optional<Duration> untilTomorrow(FetchRequest request) {
    var day = Duration.ofDays(1).toSeconds();
    return Optional.of(Duration.ofSeconds(day - request.at().getEpochSecond() % day));
  }
}
