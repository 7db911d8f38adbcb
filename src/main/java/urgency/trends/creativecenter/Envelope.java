package urgency.trends.creativecenter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.wire.Fields;
import urgency.trends.wire.Reply;

/** The status that all answers of Creative Center begin with, of today and of former times. */
final class Envelope {
  private static final long THROTTLED = 40100;

  private Envelope() {}

  /** Why there is nothing to read; empty when the status says success. */
  static Optional<FetchResult> refusal(JsonNode root) {
    var modern = root.path("BaseResp");
    var status = modern.isMissingNode() ? root.path("code") : modern.path("StatusCode");
    OptionalLong code;
    try {
      code = Fields.whole(status, "status");
    } catch (Fields.WrongType changed) {
      return Optional.of(Reply.drift(root, String.valueOf(changed.getMessage())));
    }
    if (code.isEmpty()) return Optional.of(Reply.drift(root, "no status"));
    if (code.getAsLong() == 0) return Optional.empty();
    if (code.getAsLong() == THROTTLED) {
      return Optional.of(new FetchResult.Transient(message(root), Optional.empty()));
    }
    return Optional.of(new FetchResult.Refused(Long.toString(code.getAsLong()), message(root)));
  }

  static String message(JsonNode root) {
    var modern = root.path("BaseResp");
    var said = modern.isMissingNode() ? root.path("msg") : modern.path("StatusMessage");
    return said.isTextual() ? said.asText() : "";
  }
}
