package urgency.trends.creativecenter;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.wire.Fingerprint;
import urgency.trends.wire.Reply;

/** One answer to {@code CreativeCenterGetTopContentsList}, classified. Live and stored alike. */
public final class VideoAnswer {
  private VideoAnswer() {}

  /**
   * Never throws, whatever came.
   *
   * @param ended when the period ended that was asked for
   */
  public static FetchResult classify(FetchRequest request, Instant ended, Reply reply) {
    return reply.classify(
        root -> Envelope.refusal(root).orElseGet(() -> videos(request, ended, root)));
  }

  private static FetchResult videos(FetchRequest request, Instant ended, JsonNode root) {
    var videos = root.path("entityInfos");
    if (videos.isMissingNode() || videos.isNull()) {
      return new FetchResult.Retired("0", Envelope.message(root));
    }
    if (!videos.isArray()) return Reply.drift(root, "entityInfos is " + videos.getNodeType());
    if (videos.isEmpty()) return new FetchResult.Empty();
    var reader = new VideoRows(request, ended);
    var read = reader.read(videos);
    if (!read.drift().isEmpty()) return Reply.drift(root, read.drift());
    if (read.rows().isEmpty()) return new FetchResult.Empty();
    return new FetchResult.Fresh(
        read.rows(),
        List.of(Reply.bytes(root)),
        Fingerprint.of(read.rows()),
        Fingerprint.shape(videos).text(),
        reader.aliases());
  }
}
