package urgency.trends.replay;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import urgency.platform.sql.Packed;
import urgency.trends.TrendSource.Budget;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.VendorSettings;
import urgency.trends.business.BusinessSource;
import urgency.trends.business.DiscoveryAnswer;
import urgency.trends.creativecenter.HashtagAnswer;
import urgency.trends.creativecenter.VideoAnswer;
import urgency.trends.creativecenter.VideoSource;
import urgency.trends.push.StoredDelivery;
import urgency.trends.tiktokshop.ProductAnswer;
import urgency.trends.tiktokshop.TikTokShopSource;
import urgency.trends.vendor.VendorAnswer;
import urgency.trends.vendor.VendorSource;
import urgency.trends.wire.Reply;

/** Reads the answers of the last 14 days again; see {@code bin/trends --replay}. */
public final class StoredAnswers {
  private static final int ANSWERS_MAX = 100_000;

  private static final String ALL =
      """
      select sha256, source, region, window_days, result, at, gzip
        from trends.payload
       order by at, sha256
       limit :max
      """;

  /** Classifies an answer; never throws. */
  private interface Reader extends BiFunction<FetchRequest, Reply, FetchResult> {}

  private static final Map<String, Reader> READERS =
      Map.of(
          "creative-center",
          (request, reply) -> new HashtagAnswer("creative-center", request).classify(reply),
          "recorded",
          (request, reply) -> new HashtagAnswer("recorded", request).classify(reply),
          VideoSource.ID,
          (request, reply) ->
              VideoAnswer.classify(request, request.at().truncatedTo(ChronoUnit.DAYS), reply),
          BusinessSource.ID,
          DiscoveryAnswer::classify,
          TikTokShopSource.ID,
          (request, reply) -> ProductAnswer.read(request, reply).result());

  /**
   * An answer that was read again.
   *
   * @param then class of the batch that it was part of
   * @param now class that the answer gets today
   * @param rows rows that are understood today
   * @param report what is wrong with it today, empty when nothing is
   */
  public record Again(
      String digest,
      String source,
      String region,
      Instant at,
      String then,
      String now,
      int rows,
      String report) {}

  private StoredAnswers() {}

  /**
   * Tells of each stored answer whose source has a reader, oldest first.
   *
   * @param vendor how a vendor's answers are read, by the settings of today
   */
  public static void readAgain(Handle tx, VendorSettings vendor, Consumer<Again> each) {
    try (var answers =
        tx
            .createQuery(ALL)
            .bind("max", ANSWERS_MAX)
            .setFetchSize(100)
            .map(
                (row, _) ->
                    again(
                        reader(row.getString("source"), vendor),
                        HexFormat.of().formatHex(row.getBytes("sha256")).substring(0, 12),
                        row.getString("source"),
                        row.getString("region"),
                        row.getInt("window_days"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("result"),
                        Packed.unpack(row.getBytes("gzip"))))
            .stream()) {
      answers.flatMap(Optional::stream).forEach(each);
    }
  }

  private static Optional<Reader> reader(String source, VendorSettings vendor) {
    if (source.startsWith("push.")) {
      return Optional.of((request, reply) -> StoredDelivery.read(request, reply.body()));
    }
    if (source.equals(VendorSource.ID)) {
      return Optional.of((request, reply) -> VendorAnswer.classify(vendor, request, reply));
    }
    return Optional.ofNullable(READERS.get(source));
  }

  private static Optional<Again> again(
      Optional<Reader> reader,
      String digest,
      String source,
      String region,
      int windowDays,
      Instant at,
      String then,
      byte[] body) {
    if (reader.isEmpty()) return Optional.empty();
    var request = new FetchRequest(region, windowDays, at, at, Optional.empty(), Budget.UNLIMITED);
    var result = reader.get().apply(request, Reply.stored(body, at));
    var rows = result instanceof FetchResult.Fresh fresh ? fresh.rows().size() : 0;
    var report = result instanceof FetchResult.Drift drift ? drift.report() : "";
    var now = result.getClass().getSimpleName();
    return Optional.of(new Again(digest, source, region, at, then, now, rows, report));
  }
}
