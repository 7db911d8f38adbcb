package urgency.trends.oembed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import urgency.trends.Shape;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.wire.Fields;
import urgency.trends.wire.Fingerprint;
import urgency.trends.wire.Reply;

/**
 * One answer of oEmbed, classified.
 *
 * @param result Fresh, without rows, when the video may be shown
 * @param title cleaned, at most 150 letters; empty when the result is not Fresh
 * @param width of the thumbnail, 0 when it is not told
 * @param height of the thumbnail, 0 when it is not told
 */
public record EmbedAnswer(FetchResult result, String title, int width, int height) {
  private static final int SIDE_MAX = 10_000;

  /** Never throws, whatever came. */
  public static EmbedAnswer read(Reply reply) {
    var root = new AtomicReference<JsonNode>();
    var result =
        reply.classify(
            it -> {
              root.set(it);
              return result(it);
            });
    if (!(result instanceof FetchResult.Fresh fresh)) return new EmbedAnswer(result, "", 0, 0);
    return new EmbedAnswer(
        result,
        fresh.hash(),
        side(root.get().path("thumbnail_width")),
        side(root.get().path("thumbnail_height")));
  }

  private static FetchResult result(JsonNode root) {
    try {
      for (var status : List.of(root.path("code"), root.path("BaseResp").path("StatusCode"))) {
        OptionalLong code = Fields.whole(status, "code");
        if (code.isPresent() && code.getAsLong() != 0) {
          return new FetchResult.Refused(Long.toString(code.getAsLong()), "");
        }
      }
      if (root.path("type").isMissingNode()) return new FetchResult.Retired("0", "no type");
      if (!root.path("type").asText("").equals("video")) return Reply.drift(root, "not a video");
      var title = Fields.title(root.path("title"));
      return new FetchResult.Fresh(List.of(), List.of(), title, shape(root).text(), Map.of());
    } catch (Fields.WrongType changed) {
      return Reply.drift(root, String.valueOf(changed.getMessage()));
    }
  }

  private static Shape shape(JsonNode root) {
    var one = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
    return Fingerprint.shape(one.add(root));
  }

  private static int side(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToInt()
        ? Math.clamp(node.asInt(), 0, SIDE_MAX)
        : 0;
  }
}
