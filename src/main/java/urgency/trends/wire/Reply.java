package urgency.trends.wire;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import urgency.trends.TrendSource.FetchResult;

/**
 * An answer as it came, and what can be told of it before anybody knows whose it is. HTTP 200
 * proves nothing: refusals, retirements and login pages all come with it.
 *
 * @param contentType as sent, empty when it was not
 * @param retryAfter the header's text, empty when there was none
 * @param at when it was asked for
 */
public record Reply(int status, String contentType, String retryAfter, byte[] body, Instant at) {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(100)
                          .maxNumberLength(400)
                          .maxStringLength(100_000)
                          .maxNameLength(1_000)
                          .build())
                  .build())
          .build();

  private static final Duration RETRY_AFTER_MAX = Duration.ofHours(24);
  private static final int START = 64;

  /** The answer of an HTTP client. */
  public static Reply of(HttpResponse<byte[]> response, Instant at) {
    var headers = response.headers();
    return new Reply(
        response.statusCode(),
        headers.firstValue("Content-Type").orElse(""),
        headers.firstValue("Retry-After").orElse(""),
        response.body(),
        at);
  }

  /** A stored answer, told again. */
  public static Reply stored(byte[] body, Instant at) {
    return new Reply(200, "application/json", "", body, at);
  }

  /**
   * Never throws, whatever came.
   *
   * @param envelope reads what is at least a JSON object, people already taken out
   */
  public FetchResult classify(Function<JsonNode, FetchResult> envelope) {
    return classify("{", envelope);
  }

  /** Same for an answer that may also be a bare array, as vendors send them. */
  public FetchResult classifyAny(Function<JsonNode, FetchResult> envelope) {
    return classify("{[", envelope);
  }

  private FetchResult classify(String starts, Function<JsonNode, FetchResult> envelope) {
    if (status == 401 || status == 403) return new FetchResult.Refused("http " + status, said());
    if (status == 408 || status == 429 || status >= 500) {
      return new FetchResult.Transient("http " + status, wait(retryAfter, at));
    }
    if ((status >= 300 && status < 400) || status == 404 || status == 410) {
      return new FetchResult.Retired("http " + status, "the path is gone");
    }
    if (status < 200 || status >= 300) {
      return new FetchResult.Drift(("http " + status + " " + said()).strip());
    }
    return body(starts, envelope);
  }

  /** Drift that keeps what was said. */
  public static FetchResult drift(JsonNode root, String report) {
    return new FetchResult.Drift(report, List.of(bytes(root)));
  }

  /** The tree as bytes again. */
  public static byte[] bytes(JsonNode root) {
    try {
      return JSON.writeValueAsBytes(root);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private FetchResult body(String starts, Function<JsonNode, FetchResult> envelope) {
    var start = new String(body, 0, Math.min(START, body.length), StandardCharsets.UTF_8);
    if (start.isBlank() && body.length <= START) return new FetchResult.Empty();
    var text = start.stripLeading();
    if (text.isEmpty() || starts.indexOf(text.charAt(0)) < 0) {
      var html = contentType.toLowerCase(Locale.ROOT).contains("html");
      return new FetchResult.Challenged(html ? "a page instead of data" : "not JSON data");
    }
    try {
      var root = JSON.readTree(body);
      Redaction.apply(root);
      return envelope.apply(root);
    } catch (JsonEOFException cutOff) {
      return new FetchResult.Transient("the answer was cut off", Optional.empty());
    } catch (IOException malformed) {
      return new FetchResult.Drift("malformed JSON");
    }
  }

  // An error often explains itself in a small object; its code helps the operator most.
  private String said() {
    try {
      var root = JSON.readTree(body);
      var code = root.path("code").asText("");
      var message = root.path("message").asText(root.path("msg").asText(""));
      return (code + " " + message).strip();
    } catch (IOException page) {
      return "";
    }
  }

  // Seconds or a date, as HTTP has it.
  private static Optional<Duration> wait(String retryAfter, Instant at) {
    var text = retryAfter.strip();
    if (text.matches("[0-9]{1,9}")) return bounded(Duration.ofSeconds(Long.parseLong(text)));
    try {
      var until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return bounded(Duration.between(at, until));
    } catch (DateTimeParseException unknown) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> bounded(Duration span) {
    if (span.isNegative()) return Optional.of(Duration.ZERO);
    return Optional.of(span.compareTo(RETRY_AFTER_MAX) < 0 ? span : RETRY_AFTER_MAX);
  }
}
