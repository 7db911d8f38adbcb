package urgency.trends.business;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import urgency.trends.TrendObservation;
import urgency.trends.TrendObservation.Detail;
import urgency.trends.TrendObservation.Point;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.wire.Fields;
import urgency.trends.wire.Fields.WrongType;
import urgency.trends.wire.Read;
import urgency.trends.wire.Rows;

/** Reads the rows of Discovery's list. Daily views stay absolute beside the curve made of them. */
final class DiscoveryRows {
  private static final int CURVE_MAX = 400;
  private static final LocalDate EARLIEST = LocalDate.of(2016, 1, 1);
  private static final int RANK_CHANGE_MAX = 100_000;

  private static final List<String> ID = List.of("hashtag_id", "hashtagID");
  private static final List<String> NAME = List.of("hashtag_name", "hashtagName");
  private static final List<String> POSTS = List.of("posts", "publish_cnt", "publishCnt");
  private static final List<String> VIEWS = List.of("views", "video_views", "vv");
  private static final List<String> RANK = List.of("rank_position", "rank", "rankIndex");
  private static final List<String> CHANGE = List.of("rank_change", "rank_diff");
  private static final List<String> HISTORY = List.of("trending_history", "trend");
  private static final List<String> DAY = List.of("date", "time");
  private static final List<String> DAILY = List.of("views_daily", "value");

  private record Daily(LocalDate day, long views) {}

  private final FetchRequest request;
  private final List<String> categories;
  private final Fields fields = new Fields();

  DiscoveryRows(FetchRequest request, List<String> categories) {
    this.request = request;
    this.categories = categories;
  }

  Read read(JsonNode list) {
    return Rows.read(list, this::row);
  }

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
    var change = Fields.whole(fields.find(item, CHANGE), "rank change");
    var days = days(item);
    if (id.isEmpty() || key.isEmpty() || posts.isEmpty() || views.isEmpty() || days.isEmpty()) {
      return Optional.empty();
    }
    var detail =
        new Detail(
            change.isPresent()
                    && change.getAsLong() > -RANK_CHANGE_MAX
                    && change.getAsLong() < RANK_CHANGE_MAX
                ? OptionalInt.of((int) change.getAsLong())
                : OptionalInt.empty(),
            Fields.count(fields.find(item, List.of("posts_global_lifetime")), "posts lifetime"),
            Fields.count(fields.find(item, List.of("views_global_lifetime")), "views lifetime"),
            Detail.NONE.unitsSold(),
            days.stream().map(Daily::views).toList(),
            Optional.empty(),
            Optional.empty(),
            categories,
            Optional.empty());
    return Optional.of(
        new TrendObservation(
            BusinessSource.ID,
            TrendObservation.Kind.HASHTAG,
            id,
            key,
            name,
            request.region(),
            request.windowDays(),
            request.at(),
            days.getLast().day(),
            rank.isPresent() && rank.getAsLong() >= 1 && rank.getAsLong() <= Integer.MAX_VALUE
                ? OptionalInt.of((int) rank.getAsLong())
                : OptionalInt.empty(),
            posts.getAsLong(),
            views.getAsLong(),
            curve(days),
            List.of(),
            detail));
  }

  private List<Daily> days(JsonNode item) throws WrongType {
    var node = fields.find(item, HISTORY);
    if (node.isMissingNode()) return List.of();
    if (!node.isArray() || node.size() > CURVE_MAX) throw new WrongType("history", node);
    var days = new ArrayList<Daily>(node.size());
    for (var it : node) {
      var day = day(fields.find(it, DAY));
      var views = Fields.count(fields.find(it, DAILY), "daily views");
      if (day.isEmpty() || views.isEmpty()) return List.of();
      if (!days.isEmpty() && !days.getLast().day().plusDays(1).equals(day.get())) {
        throw new WrongType("history not daily", node);
      }
      days.add(new Daily(day.get(), views.getAsLong()));
    }
    return days.subList(Math.max(0, days.size() - request.windowDays()), days.size());
  }

  private Optional<LocalDate> day(JsonNode node) throws WrongType {
    if (node.isMissingNode()) return Optional.empty();
    if (!node.isTextual() || node.asText().length() < 10) throw new WrongType("day", node);
    try {
      var day = LocalDate.parse(node.asText().substring(0, 10));
      var tomorrow = LocalDate.ofInstant(request.at(), ZoneOffset.UTC).plusDays(1);
      if (day.isBefore(EARLIEST) || day.isAfter(tomorrow)) throw new WrongType("day " + day, node);
      return Optional.of(day);
    } catch (DateTimeParseException malformed) {
      throw new WrongType("day", node);
    }
  }

  private static List<Point> curve(List<Daily> days) {
    var max = 0L;
    for (var it : days) max = Math.max(max, it.views());
    var curve = new ArrayList<Point>(days.size());
    for (var it : days) {
      curve.add(new Point(it.day(), max == 0 ? 0 : (double) it.views() / max * 100));
    }
    return curve;
  }
}
