package urgency.trends.creativecenter;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import urgency.trends.TrendObservation;
import urgency.trends.TrendObservation.Point;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.wire.Fields;
import urgency.trends.wire.Fields.WrongType;
import urgency.trends.wire.Read;
import urgency.trends.wire.Rows;

/** Reads the rows of a hashtag list, under their names of today and of former times. */
final class HashtagRows {
  private static final int CURVE_MAX = 400;
  private static final int INDUSTRIES_MAX = 20;
  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  private static final long EARLIEST = Instant.parse("2016-01-01T00:00:00Z").getEpochSecond();
  private static final long LATEST = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();

  private static final List<String> ID = List.of("hashtagID", "hashtag_id");
  private static final List<String> NAME = List.of("hashtagName", "hashtag_name");
  private static final List<String> RANK = List.of("rankIndex", "rank", "rank_position");
  private static final List<String> POSTS = List.of("publishCnt", "publish_cnt", "posts");
  private static final List<String> VIEWS = List.of("vv", "video_views", "views");
  private static final List<String> CURVE = List.of("popularityCurve", "trend");
  private static final List<String> DAY = List.of("timestamp", "time");

  private final String source;
  private final FetchRequest request;
  private final Fields fields = new Fields();

  HashtagRows(String source, FetchRequest request) {
    this.source = source;
    this.request = request;
  }

  Read read(JsonNode items) {
    return Rows.read(items, this::row);
  }

  /** Other names under which fields were found, and how often. */
  Map<String, Integer> aliases() {
    return fields.aliases();
  }

  private Optional<TrendObservation> row(JsonNode item) throws WrongType {
    var id = Fields.id(fields.find(item, ID));
    var name = Fields.name(fields.find(item, NAME));
    var key = TrendObservation.fold(name);
    var posts = Fields.count(fields.find(item, POSTS), "posts");
    var views = Fields.count(fields.find(item, VIEWS), "views");
    var rank = Fields.whole(fields.find(item, RANK), "rank");
    var curve = curve(item);
    if (id.isEmpty() || key.isEmpty() || posts.isEmpty() || views.isEmpty() || curve.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TrendObservation(
            source,
            TrendObservation.Kind.HASHTAG,
            id,
            key,
            name,
            request.region(),
            request.windowDays(),
            request.at(),
            curve.getLast().day(),
            rank.isPresent() && rank.getAsLong() >= 1 && rank.getAsLong() <= Integer.MAX_VALUE
                ? OptionalInt.of((int) rank.getAsLong())
                : OptionalInt.empty(),
            posts.getAsLong(),
            views.getAsLong(),
            curve,
            industries(item)));
  }

  private List<Point> curve(JsonNode item) throws WrongType {
    var node = fields.find(item, CURVE);
    if (node.isMissingNode()) return List.of();
    if (!node.isArray() || node.size() > CURVE_MAX) throw new WrongType("curve", node);
    // The retired interface gave shares of 1 under this name.
    var scale = item.path(CURVE.getFirst()).isMissingNode() ? 100.0 : 1.0;
    var points = new ArrayList<Point>(node.size());
    for (var it : node) {
      var seconds = Fields.whole(fields.find(it, DAY), "curve day");
      var value = Fields.real(fields.find(it, List.of("value")), "curve value");
      if (seconds.isEmpty() || value.isEmpty()) return List.of();
      points.add(point(seconds.getAsLong(), value.getAsDouble() * scale, it));
      if (points.size() > 1 && !follows(points)) throw new WrongType("curve not daily", node);
    }
    return points;
  }

  private static Point point(long seconds, double value, JsonNode node) throws WrongType {
    if (seconds < EARLIEST || seconds > LATEST || seconds % DAY_SECONDS != 0) {
      throw new WrongType("curve day %d".formatted(seconds), node);
    }
    if (!(value >= 0 && value <= 100)) throw new WrongType("curve value %s".formatted(value), node);
    var day = LocalDate.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    return new Point(day, value);
  }

  private static boolean follows(List<Point> points) {
    return points.get(points.size() - 2).day().plusDays(1).equals(points.getLast().day());
  }

  private static List<String> industries(JsonNode item) {
    var industries = new ArrayList<String>();
    for (var it : item.path("industryIDs")) {
      if (industries.size() == INDUSTRIES_MAX) break;
      if (it.isIntegralNumber() || (it.isTextual() && it.asText().matches("[0-9]{1,20}"))) {
        industries.add(it.asText());
      }
    }
    return industries;
  }
}
