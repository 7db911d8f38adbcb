package urgency.trends.creativecenter;

import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;

/**
 * One answer to {@code GetHashtagList}, classified. HTTP 200 proves nothing: refusals, retirements
 * and login pages all come with it. Live and recorded answers go through here alike.
 */
public final class HashtagAnswer {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration RETRY_AFTER_MAX = Duration.ofHours(24);
  private static final long THROTTLED = 40100;

  private final String source;
  private final FetchRequest request;

  public HashtagAnswer(String source, FetchRequest request) {
    this.source = source;
    this.request = request;
  }

  /**
   * Never throws, whatever came.
   *
   * @param contentType as sent, empty when it was not
   * @param retryAfter the header's text, empty when there was none
   */
  public FetchResult classify(int status, String contentType, String retryAfter, byte[] body) {
    if (status == 401 || status == 403) return new FetchResult.Refused("http " + status, "");
    if (status == 408 || status == 429 || status >= 500) {
      return new FetchResult.Transient("http " + status, seconds(retryAfter));
    }
    if ((status >= 300 && status < 400) || status == 404 || status == 410) {
      return new FetchResult.Retired("http " + status, "the path is gone");
    }
    if (status < 200 || status >= 300) return new FetchResult.Drift("http " + status);
    return body(contentType, body);
  }

  private FetchResult body(String contentType, byte[] body) {
    var start = new String(body, 0, Math.min(64, body.length), StandardCharsets.UTF_8);
    if (start.isBlank() && body.length <= 64) return new FetchResult.Empty();
    if (!start.stripLeading().startsWith("{")) {
      var html = contentType.toLowerCase(Locale.ROOT).contains("html");
      return new FetchResult.Challenged(html ? "a page instead of data" : "not a JSON object");
    }
    try {
      var root = JSON.readTree(body);
      Redaction.apply(root);
      return envelope(root);
    } catch (JsonEOFException cutOff) {
      return new FetchResult.Transient("the answer was cut off", Optional.empty());
    } catch (IOException malformed) {
      return new FetchResult.Drift("malformed JSON");
    }
  }

  private FetchResult envelope(JsonNode root) {
    var modern = root.path("BaseResp");
    var status = modern.isMissingNode() ? root.path("code") : modern.path("StatusCode");
    var said = modern.isMissingNode() ? root.path("msg") : modern.path("StatusMessage");
    var message = said.isTextual() ? said.asText() : "";
    OptionalLong code;
    try {
      code = Fields.whole(status, "status");
    } catch (Fields.WrongType changed) {
      return drift(root, String.valueOf(changed.getMessage()));
    }
    if (code.isEmpty()) return drift(root, "no status");
    if (code.getAsLong() == THROTTLED) return new FetchResult.Transient(message, Optional.empty());
    if (code.getAsLong() != 0) {
      return new FetchResult.Refused(Long.toString(code.getAsLong()), message);
    }
    var items = items(root);
    // The trap: success, the word "deprecated", and no data.
    if (items.isMissingNode() || items.isNull()) return new FetchResult.Retired("0", message);
    if (!items.isArray()) return drift(root, "items is " + items.getNodeType());
    if (items.isEmpty()) return new FetchResult.Empty();
    return rows(root, items);
  }

  private FetchResult rows(JsonNode root, JsonNode items) {
    var reader = new HashtagRows(source, request);
    var read = reader.read(items);
    if (!read.drift().isEmpty()) return drift(root, read.drift());
    if (read.rows().isEmpty()) return new FetchResult.Empty();
    return new FetchResult.Fresh(
        read.rows(),
        List.of(bytes(root)),
        Fingerprint.of(read.rows()),
        Fingerprint.shape(items) + reader.aliases());
  }

  private static JsonNode items(JsonNode root) {
    for (var place : List.of(root.path("items"), root.path("data").path("list"))) {
      if (!place.isMissingNode()) return place;
    }
    return root.path("list");
  }

  private static FetchResult drift(JsonNode root, String report) {
    return new FetchResult.Drift(report, List.of(bytes(root)));
  }

  private static byte[] bytes(JsonNode root) {
    try {
      return JSON.writeValueAsBytes(root);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Optional<Duration> seconds(String retryAfter) {
    if (!retryAfter.strip().matches("[0-9]{1,9}")) return Optional.empty();
    var span = Duration.ofSeconds(Long.parseLong(retryAfter.strip()));
    return Optional.of(span.compareTo(RETRY_AFTER_MAX) < 0 ? span : RETRY_AFTER_MAX);
  }
}
