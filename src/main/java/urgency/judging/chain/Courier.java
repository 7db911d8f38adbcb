package urgency.judging.chain;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import urgency.judging.Answers;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.JudgeSettings.Patience;

/** One request over HTTP, once: no retry, no redirect, no cookie, bounded in time and bytes. */
public final class Courier {
  /** How much longer than a single answer whatever is not urgent may take. */
  static final int PATIENT_TIMES = 6;

  private final Map<String, String> headers;
  private final Duration patient;
  private final HttpClient http;

  /** What came of a request. */
  public sealed interface Answer {
    /** The provider said something, with whatever status. */
    record Heard(HttpResponse<byte[]> response) implements Answer {
      static final int OK = 200;

      /** The body as a tree, where the status says that all is well. */
      public Optional<JsonNode> tree() {
        return response.statusCode() == OK ? Answers.tree(response.body()) : Optional.empty();
      }

      /** Of HTTP; 0 where it says that all is well and the body does not. */
      public int refusal() {
        return response.statusCode() == OK ? 0 : response.statusCode();
      }
    }

    /** No connection came about, so nothing was asked. */
    record Unreached(String what) implements Answer {}

    /** The connection broke or it took too long: nobody knows what came of it. */
    record Broken(String what) implements Answer {}

    /** Whoever asked does not want the answer any more. */
    record Stopped() implements Answer {}
  }

  /**
   * @param headers of each request; with the key, so never logged
   */
  public Courier(Model model, Map<String, String> headers, Patience patience) {
    this.headers = Map.copyOf(headers);
    this.patient = patience.total().multipliedBy(PATIENT_TIMES);
    var plain = "http".equals(model.baseUrl().getScheme());
    this.http =
        HttpClient.newBuilder()
            // In the clear, the client's offer to upgrade to HTTP/2 confuses small servers.
            .version(plain ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience.connect())
            .build();
  }

  /** Fetches what is not urgent. */
  public Answer get(URI at, int bytesMax) {
    return ask(HttpRequest.newBuilder(at), patient, bytesMax);
  }

  /** Sends what is not urgent. */
  public Answer post(URI at, String type, byte[] body, int bytesMax) {
    var request = HttpRequest.newBuilder(at).header("Content-Type", type);
    return ask(request.POST(BodyPublishers.ofByteArray(body)), patient, bytesMax);
  }

  Answer ask(HttpRequest.Builder request, Duration most, int bytesMax) {
    request.timeout(most).header("Accept", "application/json");
    request.header("User-Agent", "UrgencyShelf/1");
    headers.forEach(request::header);
    var handler = BodyHandlers.limiting(BodyHandlers.ofByteArray(), bytesMax);
    var answering = http.sendAsync(request.build(), handler);
    try {
      return new Answer.Heard(answering.get(most.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException slow) {
      answering.cancel(true);
      return new Answer.Broken("no answer in %d ms".formatted(most.toMillis()));
    } catch (ExecutionException trouble) {
      if (trouble.getCause() instanceof ConnectException
          || trouble.getCause() instanceof HttpConnectTimeoutException) {
        return new Answer.Unreached("no connection");
      }
      if (trouble.getCause() instanceof IOException wire) {
        return new Answer.Broken(wire.getClass().getSimpleName());
      }
      throw new IllegalStateException("request failed as no wire can", trouble.getCause());
    } catch (CancellationException closing) {
      return new Answer.Stopped();
    } catch (InterruptedException unwanted) {
      // The outcome says so; the thread must still be able to write it down.
      answering.cancel(true);
      return new Answer.Stopped();
    }
  }
}
