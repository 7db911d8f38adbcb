package urgency.trends.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import urgency.trends.TrendSource;
import urgency.trends.creativecenter.HashtagAnswer;

/**
 * A written month of trends, replayed on the clock: the same day gives the same answer, each day of
 * the cycle another one. It speaks the live interface's JSON and is read by the live classifier, so
 * the demo exercises what an operator will rely on.
 */
public final class RecordedSource implements TrendSource {
  private static final String SERIES = "/demo/trends/series.json";
  private static final JsonMapper JSON = new JsonMapper();
  private static final long INDUSTRY_UNIT = 1_000_000_000L;
  private static final long VIEWS_UNIT = 1_000;
  private static final long VIEWS_PER_POST = 2_300;

  private record Tag(String id, String name, int industry, List<Long> views) {}

  /** A tag as it stands on one day: its days on the chart within the window, oldest first. */
  private record Standing(Tag tag, List<Long> views, long sum) {}

  private final Duration cadence;
  private final List<Tag> tags;
  private final int days;

  public RecordedSource(Duration cadence) {
    this.cadence = cadence;
    var series = series();
    this.days = series.get("days").asInt();
    var all = new ArrayList<Tag>();
    for (var it : series.get("tags")) all.add(tag(it));
    this.tags = List.copyOf(all);
  }

  @Override
  public String id() {
    return "recorded";
  }

  @Override
  public Terms terms() {
    return Terms.EMBEDDED;
  }

  @Override
  public Optional<Duration> cadence() {
    return Optional.of(cadence);
  }

  @Override
  public FetchResult fetch(FetchRequest request) {
    var yesterday = LocalDate.ofInstant(request.at(), ZoneOffset.UTC).minusDays(1);
    var answer = answer(yesterday, Math.min(request.windowDays(), days));
    var result = new HashtagAnswer(id(), request).classify(200, "application/json", "", answer);
    if (result instanceof FetchResult.Fresh fresh
        && request.lastHash().filter(fresh.hash()::equals).isPresent()) {
      return new FetchResult.Unchanged(fresh.hash());
    }
    return result;
  }

  private byte[] answer(LocalDate lastDay, int window) {
    var standings = new ArrayList<Standing>();
    for (var tag : tags) {
      var standing = standing(tag, lastDay, window);
      if (!standing.views().isEmpty()) standings.add(standing);
    }
    standings.sort(
        Comparator.comparingLong(Standing::sum).reversed().thenComparing(it -> it.tag().id()));
    var root = JSON.createObjectNode();
    root.putObject("BaseResp").put("StatusCode", 0).put("StatusMessage", "");
    var items = root.putArray("items");
    for (var i = 0; i < standings.size(); i++) {
      item(items.addObject(), standings.get(i), i + 1, lastDay);
    }
    root.putObject("pagination").put("totalCount", standings.size()).put("hasMore", false);
    return bytes(root);
  }

  private Standing standing(Tag tag, LocalDate lastDay, int window) {
    var found = 0;
    while (found < window && on(tag, lastDay.minusDays(found)) > 0) found++;
    var views = new ArrayList<Long>(found);
    var sum = 0L;
    for (var ago = found - 1; ago >= 0; ago--) {
      views.add(on(tag, lastDay.minusDays(ago)) * VIEWS_UNIT);
      sum += views.getLast();
    }
    return new Standing(tag, views, sum);
  }

  private long on(Tag tag, LocalDate day) {
    return tag.views().get((int) Math.floorMod(day.toEpochDay(), (long) days));
  }

  private static void item(ObjectNode item, Standing standing, int rank, LocalDate lastDay) {
    var tag = standing.tag();
    item.put("hashtagID", tag.id())
        .put("hashtagName", tag.name())
        .put("rankIndex", Integer.toString(rank))
        .put("publishCnt", Long.toString(standing.sum() / VIEWS_PER_POST))
        .put("vv", Long.toString(standing.sum()));
    item.putArray("industryIDs").add(tag.industry() * INDUSTRY_UNIT);
    curve(item.putArray("popularityCurve"), standing.views(), lastDay);
  }

  private static void curve(ArrayNode curve, List<Long> views, LocalDate lastDay) {
    var max = 0L;
    for (var it : views) max = Math.max(max, it);
    for (var i = 0; i < views.size(); i++) {
      var day = lastDay.minusDays(views.size() - 1L - i);
      curve
          .addObject()
          .put("timestamp", Long.toString(day.atStartOfDay(ZoneOffset.UTC).toEpochSecond()))
          .put("value", Math.round(views.get(i) * 1000.0 / max) / 10.0);
    }
  }

  private Tag tag(JsonNode it) {
    var views = new ArrayList<Long>(days);
    for (var i = 0; i < days; i++) views.add(it.get("views").get(i).asLong());
    return new Tag(
        it.get("id").asText(), it.get("name").asText(), it.get("industry").asInt(), views);
  }

  private static JsonNode series() {
    try (var in = RecordedSource.class.getResourceAsStream(SERIES)) {
      if (in == null) throw new IllegalStateException("the jar lacks " + SERIES);
      return JSON.readTree(in);
    } catch (IOException damaged) {
      throw new UncheckedIOException(SERIES, damaged);
    }
  }

  private static byte[] bytes(ObjectNode root) {
    try {
      return JSON.writeValueAsBytes(root);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
