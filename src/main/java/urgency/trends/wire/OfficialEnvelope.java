package urgency.trends.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import urgency.trends.TrendSource.FetchResult;

/**
 * The envelope of TikTok's official interfaces: {@code code}, {@code message}, {@code data}. Errors
 * come with HTTP 200 and a code other than 0.
 */
public final class OfficialEnvelope {
  private static final long THROTTLED = 40100;
  private static final long BROKEN_MIN = 50_000;
  private static final long BROKEN_MAX = 59_999;

  private OfficialEnvelope() {}

  /** Why there is nothing to read; empty when the code says success. */
  public static Optional<FetchResult> refusal(JsonNode root) {
    OptionalLong read;
    try {
      read = Fields.whole(root.path("code"), "code");
    } catch (Fields.WrongType changed) {
      return Optional.of(Reply.drift(root, String.valueOf(changed.getMessage())));
    }
    if (read.isEmpty()) return Optional.of(Reply.drift(root, "no code"));
    var code = read.getAsLong();
    var message = message(root);
    if (code == 0) return Optional.empty();
    if (code == THROTTLED || (code >= BROKEN_MIN && code <= BROKEN_MAX)) {
      return Optional.of(new FetchResult.Transient(code + " " + message, Optional.empty()));
    }
    return Optional.of(
        isGone(message)
            ? new FetchResult.Retired(Long.toString(code), message)
            : new FetchResult.Refused(Long.toString(code), message));
  }

  /** What the answer says for itself, empty when it says nothing. */
  public static String message(JsonNode root) {
    var said = root.path("message");
    return said.isTextual() ? said.asText() : "";
  }

  // Versions of these interfaces are switched off by notice; the error then speaks of the version.
  private static boolean isGone(String message) {
    var low = message.toLowerCase(Locale.ROOT);
    return low.contains("deprecated")
        || low.contains("sunset")
        || low.contains("offline")
        || (low.contains("version") && !low.contains("conversion"));
  }
}
