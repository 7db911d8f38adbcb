package urgency.trends.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.push.Deliveries.Format;
import urgency.trends.wire.Redaction;
import urgency.trends.wire.Reply;

/** Deliveries as they are kept: what of them may be, and how they are read again. */
public final class StoredDelivery {
  private static final JsonMapper JSON = new JsonMapper();

  private StoredDelivery() {}

  /** What a kept delivery says to the readers of today, as if it came when it did. */
  public static FetchResult read(FetchRequest request, byte[] body) {
    var read = Deliveries.read(format(body), body, request.at());
    if (!read.wrong().isEmpty()) {
      return new FetchResult.Drift(read.wrong().listed().getFirst().toString());
    }
    return Deliveries.fresh(read.whole().orElseThrow(), read.rows(), body);
  }

  /**
   * A delivery that was refused, less what is personal; empty when that cannot be told. A table
   * whose columns are not all known is not kept: one of them may be about people.
   */
  static Optional<byte[]> less(Format format, byte[] body, Wrong wrong) {
    return switch (format) {
      case JSON -> json(body);
      case CSV ->
          wrong.listed().stream().anyMatch(it -> it.row() == 0)
              ? Optional.empty()
              : Optional.of(body);
    };
  }

  private static Optional<byte[]> json(byte[] body) {
    try {
      JsonNode root = JSON.readTree(body);
      Redaction.apply(root);
      return Optional.of(Reply.bytes(root));
    } catch (IOException malformed) {
      return Optional.empty();
    }
  }

  // A header begins with the name of a column, and none of them with a brace.
  private static Format format(byte[] body) {
    for (var it : body) {
      if (!Character.isWhitespace(it)) return it == '{' ? Format.JSON : Format.CSV;
    }
    return Format.JSON;
  }
}
