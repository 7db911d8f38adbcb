package urgency.judging.chain;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import urgency.judging.Dialect;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.JudgeSettings.Patience;
import urgency.judging.JudgeSettings.Tier;
import urgency.judging.Question;
import urgency.judging.Verdicts;

/** One question over HTTP, once: no retry, no redirect, no cookie, bounded in time and bytes. */
final class Wire {
  private static final int BODY_MAX = 2 << 20;
  private static final int FLEX_TIMES = 6;
  private static final int OK = 200;

  private final Dialect dialect;
  private final Model model;
  private final Duration total;
  private final InstantSource clock;
  private final HttpClient http;

  /** What came back: bytes as they were, and what they say. */
  record Reply(int status, byte[] body, Verdicts verdicts) {}

  Wire(Dialect dialect, Model model, Patience patience, InstantSource clock) {
    this.dialect = dialect;
    this.model = model;
    this.total =
        model.tier() == Tier.FLEX ? patience.total().multipliedBy(FLEX_TIMES) : patience.total();
    this.clock = clock;
    var plain = "http".equals(model.baseUrl().getScheme());
    this.http =
        HttpClient.newBuilder()
            // In the clear, the client's offer to upgrade to HTTP/2 confuses small servers.
            .version(plain ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience.connect())
            .build();
  }

  Reply ask(Question question, byte[] body, Instant deadline) {
    var left = Duration.between(clock.instant(), deadline);
    var most = left.compareTo(total) < 0 ? left : total;
    if (!most.isPositive()) return broken("no time left");
    var handler = BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_MAX);
    var answering = http.sendAsync(request(body, most), handler);
    try {
      return reply(question, answering.get(most.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException slow) {
      answering.cancel(true);
      return broken("no answer in %d ms".formatted(most.toMillis()));
    } catch (ExecutionException trouble) {
      if (trouble.getCause() instanceof ConnectException
          || trouble.getCause() instanceof HttpConnectTimeoutException) {
        return new Reply(0, new byte[0], new Verdicts.Unreached("no connection"));
      }
      if (trouble.getCause() instanceof IOException wire) {
        return broken(wire.getClass().getSimpleName());
      }
      throw new IllegalStateException("request failed as no wire can", trouble.getCause());
    } catch (CancellationException closing) {
      return new Reply(0, new byte[0], new Verdicts.Stopped());
    } catch (InterruptedException unwanted) {
      // The outcome says so; the thread must still be able to write it down.
      answering.cancel(true);
      return new Reply(0, new byte[0], new Verdicts.Stopped());
    }
  }

  private Reply reply(Question question, HttpResponse<byte[]> response) {
    var verdicts =
        response.statusCode() == OK
            ? dialect.read(response.body(), question.id(), question)
            : new Verdicts.Failed(response.statusCode(), retryAfter(response));
    return new Reply(response.statusCode(), response.body(), verdicts);
  }

  private HttpRequest request(byte[] body, Duration most) {
    var request =
        HttpRequest.newBuilder(dialect.address(model))
            .timeout(most)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .header("User-Agent", "UrgencyShelf/1");
    dialect.headers(model).forEach(request::header);
    return request.POST(BodyPublishers.ofByteArray(body)).build();
  }

  private Optional<Duration> retryAfter(HttpResponse<byte[]> response) {
    return response.headers().firstValue("Retry-After").flatMap(it -> span(it.strip()));
  }

  // Seconds or a date, as RFC 9110 has it.
  private Optional<Duration> span(String text) {
    if (text.matches("[0-9]{1,6}")) return Optional.of(Duration.ofSeconds(Integer.parseInt(text)));
    try {
      var at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      var span = Duration.between(clock.instant(), at);
      return Optional.of(span.isNegative() ? Duration.ZERO : span);
    } catch (DateTimeParseException neither) {
      return Optional.empty();
    }
  }

  private static Reply broken(String what) {
    return new Reply(0, new byte[0], new Verdicts.Broken(what));
  }
}
