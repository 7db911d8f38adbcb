package urgency.trends.creativecenter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.wire.Fingerprint;
import urgency.trends.wire.Reply;

/** One answer to {@code GetHashtagList}, classified. Live, recorded and stored ones alike. */
public final class HashtagAnswer {
  // Where the rows are, and where they were.
  private static final List<String> PLACES = List.of("/items", "/data/list", "/list");

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
    return classify(new Reply(status, contentType, retryAfter, body, request.at()));
  }

  /** Never throws, whatever came. */
  public FetchResult classify(Reply reply) {
    return reply.classify(root -> Envelope.refusal(root).orElseGet(() -> items(root)));
  }

  private FetchResult items(JsonNode root) {
    var place = place(root);
    var items = root.at(place);
    // The trap: success, the word "deprecated", and no data.
    if (items.isMissingNode() || items.isNull()) {
      return new FetchResult.Retired("0", Envelope.message(root));
    }
    if (!items.isArray()) return Reply.drift(root, "items is " + items.getNodeType());
    if (items.isEmpty()) return new FetchResult.Empty();
    var reader = new HashtagRows(source, request);
    var read = reader.read(items);
    if (!read.drift().isEmpty()) return Reply.drift(root, read.drift());
    if (read.rows().isEmpty()) return new FetchResult.Empty();
    return new FetchResult.Fresh(
        read.rows(),
        List.of(Reply.bytes(root)),
        Fingerprint.of(read.rows()),
        Fingerprint.shape(items).text(),
        aliases(reader, place));
  }

  private static String place(JsonNode root) {
    for (var it : PLACES) if (!root.at(it).isMissingNode()) return it;
    return PLACES.getFirst();
  }

  private static Map<String, Integer> aliases(HashtagRows reader, String place) {
    if (place.equals(PLACES.getFirst())) return reader.aliases();
    var aliases = new TreeMap<>(reader.aliases());
    aliases.put(place.substring(1).replace('/', '.'), 1);
    return aliases;
  }
}
