package urgency.trends.creativecenter;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.wire.Fields;
import urgency.trends.wire.Reply;

/**
 * One answer to {@code GetTopContentsOverview}: when the newest period ended.
 *
 * @param ended the epoch when the answer does not tell; then the result says why
 */
public record OverviewAnswer(FetchResult result, Instant ended) {
  private static final long SECONDS_MAX = 4_294_967_295L;
  private static final Duration OLD_MAX = Duration.ofDays(400);
  private static final Duration AHEAD_MAX = Duration.ofDays(2);

  /** Never throws, whatever came. */
  public static OverviewAnswer read(FetchRequest request, Reply reply) {
    var ended = new AtomicReference<>(Instant.EPOCH);
    var result =
        reply.classify(
            root -> Envelope.refusal(root).orElseGet(() -> period(request, root, ended)));
    return new OverviewAnswer(result, ended.get());
  }

  private static FetchResult period(
      FetchRequest request, JsonNode root, AtomicReference<Instant> into) {
    var field = request.windowDays() <= 7 ? "lastWeeklyEndTimestamp" : "lastMonthlyEndTimestamp";
    try {
      var seconds = Fields.whole(new Fields().find(root, List.of(field)), field);
      if (seconds.isEmpty()) return new FetchResult.Retired("0", Envelope.message(root));
      if (seconds.getAsLong() < 0 || seconds.getAsLong() > SECONDS_MAX) {
        return Reply.drift(root, field + " is no time");
      }
      var ended = Instant.ofEpochSecond(seconds.getAsLong());
      if (ended.isBefore(request.at().minus(OLD_MAX))
          || ended.isAfter(request.at().plus(AHEAD_MAX))) {
        return Reply.drift(root, "%s is %s".formatted(field, ended));
      }
      into.set(ended);
      return new FetchResult.Empty();
    } catch (Fields.WrongType changed) {
      return Reply.drift(root, String.valueOf(changed.getMessage()));
    }
  }
}
