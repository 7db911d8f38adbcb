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
import urgency.trends.TrendObservation.Detail;
import urgency.trends.TrendObservation.Reception;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.wire.Fields;
import urgency.trends.wire.Fields.WrongType;
import urgency.trends.wire.Read;
import urgency.trends.wire.Rows;

/** Reads trending videos: title, views, reception. Who made them and where they lie is dropped. */
final class VideoRows {
  private static final long SECONDS_MAX = 4_294_967_295L;
  private static final int LABELS_MAX = 10;
  private static final Duration AHEAD_MAX = Duration.ofDays(1);
  private static final Instant EARLIEST = Instant.parse("2016-01-01T00:00:00Z");
  private static final List<String> ID = List.of("itemID", "item_id");
  private static final List<String> TITLE = List.of("title", "desc");
  private static final List<String> VIEWS = List.of("videoViews", "vv", "video_views");
  private static final List<String> CREATED = List.of("createTime", "create_time");

  private final FetchRequest request;
  private final Instant ended;
  private final Fields fields = new Fields();

  VideoRows(FetchRequest request, Instant ended) {
    this.request = request;
    this.ended = ended;
  }

  Read read(JsonNode videos) {
    return Rows.read(videos, this::row);
  }

  Map<String, Integer> aliases() {
    return fields.aliases();
  }

  private Optional<TrendObservation> row(JsonNode entity) throws WrongType {
    var item = entity.path("itemInfo");
    var metrics = entity.path("itemMetrics");
    var id = Fields.id(fields.find(item, ID));
    var title = Fields.title(fields.find(item, TITLE));
    var views = Fields.count(fields.find(metrics, VIEWS), "views");
    var created = Fields.whole(fields.find(item, CREATED), "create time");
    if (id.isEmpty() || views.isEmpty() || created.isEmpty()) return Optional.empty();
    var name = TrendObservation.fold(title).isEmpty() ? "video " + id : title;
    var detail =
        new Detail(
            OptionalInt.empty(),
            Detail.NONE.postsLifetime(),
            Fields.count(fields.find(metrics, List.of("videoViewsLifeTime")), "lifetime views"),
            Detail.NONE.unitsSold(),
            List.of(),
            Optional.empty(),
            Optional.of(reception(metrics, created(created.getAsLong(), item))),
            labels(entity),
            Optional.empty());
    return Optional.of(
        new TrendObservation(
            VideoSource.ID,
            TrendObservation.Kind.VIDEO,
            id,
            TrendObservation.fold(name),
            name,
            request.region(),
            request.windowDays(),
            request.at(),
            LocalDate.ofInstant(ended.minusMillis(1), ZoneOffset.UTC),
            OptionalInt.empty(),
            0,
            views.getAsLong(),
            List.of(),
            List.of(),
            detail));
  }

  private Instant created(long seconds, JsonNode item) throws WrongType {
    if (seconds < 0 || seconds > SECONDS_MAX) throw new WrongType("create time", item);
    var created = Instant.ofEpochSecond(seconds);
    if (created.isBefore(EARLIEST) || created.isAfter(request.at().plus(AHEAD_MAX))) {
      throw new WrongType("create time %s".formatted(created), item);
    }
    return created;
  }

  private Reception reception(JsonNode metrics, Instant created) throws WrongType {
    return new Reception(created, rate(metrics, "engagementRate"), rate(metrics, "sixSecondsVTR"));
  }

  private double rate(JsonNode metrics, String field) throws WrongType {
    var rate = Fields.real(fields.find(metrics, List.of(field)), field).orElse(0);
    if (!(rate >= 0 && rate <= 1)) throw new WrongType("%s %s".formatted(field, rate), metrics);
    return rate;
  }

  private static List<String> labels(JsonNode entity) {
    var labels = new ArrayList<String>();
    for (var it : entity.path("contentTags")) {
      if (labels.size() == LABELS_MAX) break;
      var name = it.path("contentLabelName").asText("").replaceAll("\\p{C}", "").strip();
      if (!name.isEmpty() && name.length() <= 100) labels.add(name);
    }
    return labels;
  }
}
