package urgency.trends.creativecenter;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import urgency.trends.TrendSettings.CreativeCenter;
import urgency.trends.TrendSource;

/**
 * Trending hashtags from the anonymous JSON behind TikTok's Creative Center.
 *
 * <p>The interface is public and needs no account, but it is undocumented and TikTok's terms do not
 * offer it; so it is off unless the operator says so twice. It is asked slowly, one question per
 * industry, and the sweep stops at the first refusal. No cookies, no signatures, no redirects.
 */
public final class CreativeCenterSource implements TrendSource, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(CreativeCenterSource.class);
  private static final String PATH = "/CreativeOne/KnowledgeAPI/GetHashtagList";
  private static final String PAGE = "/creative/creativeCenter/trends/hashtag";
  private static final int BODY_MAX = 2 * 1024 * 1024;
  private static final int TRIES_MAX = 3;
  private static final Duration STUMBLE = Duration.ofSeconds(30);
  private static final Duration STUMBLE_MAX = Duration.ofMinutes(5);
  private static final long INDUSTRY_UNIT = 1_000_000_000L;
  private static final int NO_INDUSTRY = 0;

  /** Waits; a test's does not. */
  @FunctionalInterface
  interface Pause {
    void take(Duration span) throws InterruptedException;
  }

  private final CreativeCenter settings;
  private final Duration cadence;
  private final InstantSource clock;
  private final Pause pause;
  private final HttpClient http;

  public CreativeCenterSource(CreativeCenter settings, Duration cadence, InstantSource clock) {
    this(settings, cadence, clock, Thread::sleep);
  }

  CreativeCenterSource(
      CreativeCenter settings, Duration cadence, InstantSource clock, Pause pause) {
    this.settings = settings;
    this.cadence = cadence;
    this.clock = clock;
    this.pause = pause;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectMax())
            .build();
    LOG.infof(
        "trends come from %s: public and undocumented, not offered by TikTok's terms as an API;"
            + " enabled and accepted by this shop's operator; nothing personal is kept",
        settings.baseUrl());
  }

  @Override
  public String id() {
    return "creative-center";
  }

  @Override
  public Terms terms() {
    return Terms.PUBLIC_UNDOCUMENTED;
  }

  @Override
  public Optional<Duration> cadence() {
    return Optional.of(cadence);
  }

  @Override
  public FetchResult fetch(FetchRequest request) throws InterruptedException {
    var sweep = new Sweep();
    var industries = new ArrayList<Integer>();
    industries.add(NO_INDUSTRY);
    industries.addAll(settings.industries());
    for (var i = 0; i < industries.size(); i++) {
      if (i > 0) pause.take(settings.interval());
      var bad = sweep.add(patiently(request, industries.get(i)));
      if (bad.isPresent()) return bad.get();
    }
    return sweep.result(request.lastHash());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /** Asks again after a stumble, a bounded number of times, never past the deadline. */
  private FetchResult patiently(FetchRequest request, int industry) throws InterruptedException {
    for (var attempt = 1; ; attempt++) {
      if (request.budget().take() == Permit.SPENT) {
        return new FetchResult.Transient("the day's requests are used up", untilTomorrow(request));
      }
      var answer = once(request, industry);
      if (!(answer instanceof FetchResult.Transient stumble) || attempt == TRIES_MAX) return answer;
      var wait = stumble.retryAfter().orElse(STUMBLE.multipliedBy(1L << (attempt - 1)));
      if (wait.compareTo(STUMBLE_MAX) > 0
          || clock.instant().plus(wait).isAfter(request.deadline())) {
        return answer;
      }
      pause.take(wait);
    }
  }

  private FetchResult once(FetchRequest request, int industry) throws InterruptedException {
    var question = question(request, industry);
    var answering = http.sendAsync(question, _ -> new CappedBody(BODY_MAX));
    try {
      var response = answering.get(settings.readMax().toMillis(), TimeUnit.MILLISECONDS);
      return classified(request, response);
    } catch (TimeoutException slow) {
      answering.cancel(true);
      return new FetchResult.Transient("no answer in " + settings.readMax(), Optional.empty());
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

  private HttpRequest question(FetchRequest request, int industry) {
    var narrowed =
        industry == NO_INDUSTRY ? "" : ",\"industryID\":%d".formatted(industry * INDUSTRY_UNIT);
    var body =
        "{\"timeRange\":%d,\"countryCode\":\"%s\",\"page\":1,\"limit\":20%s}"
            .formatted(request.windowDays(), request.region(), narrowed);
    return HttpRequest.newBuilder(URI.create(settings.baseUrl() + PATH))
        .timeout(settings.readMax())
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/plain, */*")
        .header("Origin", settings.baseUrl().toString())
        .header("Referer", settings.baseUrl() + PAGE)
        .header("User-Agent", settings.userAgent())
        .header("agw-js-conv", "str")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private FetchResult classified(FetchRequest request, HttpResponse<byte[]> response) {
    var headers = response.headers();
    return new HashtagAnswer(id(), request)
        .classify(
            response.statusCode(),
            headers.firstValue("Content-Type").orElse(""),
            headers.firstValue("Retry-After").orElse(""),
            response.body());
  }

  private static Optional<Duration> untilTomorrow(FetchRequest request) {
    var day = Duration.ofDays(1).toSeconds();
    return Optional.of(Duration.ofSeconds(day - request.at().getEpochSecond() % day));
  }
}
