package urgency.trends.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import urgency.trends.TrendObservation;
import urgency.trends.TrendObservation.Detail;
import urgency.trends.TrendObservation.Kind;
import urgency.trends.TrendObservation.Point;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.VendorSettings;
import urgency.trends.VendorSettings.Field;
import urgency.trends.wire.Fields;
import urgency.trends.wire.Fields.WrongType;
import urgency.trends.wire.Read;
import urgency.trends.wire.Rows;

/**
 * Reads the rows of a vendor's list by the operator's map. A field that is on the map is expected:
 * a row that lacks it is incomplete.
 */
final class VendorRows {
  private static final int ROWS_MAX = 2_000;
  private static final int DAYS_MAX = 400;
  private static final int ID_MAX = 64;
  private static final long RANK_CHANGE_MAX = 100_000;
  private static final long MILLISECONDS_MIN = 100_000_000_000L;
  private static final LocalDate EARLIEST = LocalDate.of(2016, 1, 1);

  /** Days with their counts, oldest first; days are empty where only counts are known. */
  private record Days(List<LocalDate> days, List<Long> counts) {}

  private final VendorSettings map;
  private final FetchRequest request;
  private final LocalDate today;
  private final EnumMap<Field, Integer> missing = new EnumMap<>(Field.class);

  VendorRows(VendorSettings map, FetchRequest request) {
    this.map = map;
    this.request = request;
    this.today = LocalDate.ofInstant(request.at(), ZoneOffset.UTC);
  }

  Read read(JsonNode rows) {
    return Rows.read(rows, ROWS_MAX, this::row);
  }

  private Optional<TrendObservation> row(JsonNode row) throws WrongType {
    if (lacks(row)) return Optional.empty();
    var name = name(row);
    var key = TrendObservation.fold(name);
    if (key.isEmpty()) return Optional.empty();
    var days = days(row);
    var asOf = asOf(row, days);
    var known = days.days().isEmpty() ? ending(asOf, days.counts().size()) : days.days();
    return Optional.of(
        new TrendObservation(
            VendorSource.ID,
            map.kind(),
            id(row, key),
            key,
            name,
            request.region(),
            request.windowDays(),
            request.at(),
            asOf,
            rank(row),
            count(row, Field.POSTS).orElse(0),
            count(row, Field.VIEWS).orElse(0),
            curve(known, days.counts(), asOf),
            List.of(),
            new Detail(
                rankChange(row),
                count(row, Field.POSTS_LIFETIME),
                count(row, Field.VIEWS_LIFETIME),
                count(row, Field.UNITS_SOLD),
                days.counts(),
                Optional.empty(),
                Optional.empty(),
                categories(row),
                Fields.link(at(row, Field.LINK)))));
  }

  /** Places where rows had nothing, and how many; empty when all had everything. */
  String missing() {
    var text = new StringBuilder();
    missing.forEach(
        (field, times) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append("%s at %s in %d".formatted(field.word(), map.fields().get(field), times)));
    return text.toString();
  }

  private boolean lacks(JsonNode row) {
    var lacks = false;
    for (var it : Field.values()) {
      if (it == Field.DAY || it == Field.COUNT || !map.fields().containsKey(it)) continue;
      if (!at(row, it).isMissingNode()) continue;
      missing.merge(it, 1, Integer::sum);
      lacks = true;
    }
    return lacks;
  }

  /** What is at a field's place; missing when it is not on the map, or null there. */
  private JsonNode at(JsonNode node, Field field) {
    var pointer = map.fields().get(field);
    var found = pointer == null ? node.path("") : node.at(pointer);
    return found.isNull() ? found.path("") : found;
  }

  private String name(JsonNode row) throws WrongType {
    var node = at(row, Field.NAME);
    var name =
        switch (map.kind()) {
          case PRODUCT, VIDEO -> Fields.title(node);
          case HASHTAG, KEYWORD, CATEGORY, SOUND -> Fields.name(node);
        };
    return name.startsWith("#") ? name.substring(1).strip() : name;
  }

  private String id(JsonNode row, String key) throws WrongType {
    var node = at(row, Field.ID);
    if (node.isMissingNode()) return map.kind().name().toLowerCase(Locale.ROOT) + ":" + key;
    var text = node.isTextual() || node.isIntegralNumber() ? node.asText() : "";
    if (!text.matches("[\\x21-\\x7e]{1," + ID_MAX + "}")) throw new WrongType("id", node);
    return text;
  }

  private OptionalInt rank(JsonNode row) throws WrongType {
    var rank = Fields.count(at(row, Field.RANK), Field.RANK.word());
    return rank.isPresent() && rank.getAsLong() >= 1 && rank.getAsLong() <= Integer.MAX_VALUE
        ? OptionalInt.of((int) rank.getAsLong())
        : OptionalInt.empty();
  }

  private OptionalInt rankChange(JsonNode row) throws WrongType {
    var change = Fields.whole(at(row, Field.RANK_CHANGE), Field.RANK_CHANGE.word());
    return change.isPresent()
            && change.getAsLong() > -RANK_CHANGE_MAX
            && change.getAsLong() < RANK_CHANGE_MAX
        ? OptionalInt.of((int) change.getAsLong())
        : OptionalInt.empty();
  }

  private List<String> categories(JsonNode row) throws WrongType {
    var category = Fields.name(at(row, Field.CATEGORY));
    return category.isEmpty() ? List.of() : List.of(category);
  }

  private OptionalLong count(JsonNode row, Field field) throws WrongType {
    return Fields.count(at(row, field), field.word());
  }

  private Days days(JsonNode row) throws WrongType {
    var node = at(row, Field.DAILY);
    var days = new ArrayList<LocalDate>();
    var counts = new ArrayList<Long>();
    if (node.isMissingNode()) return new Days(days, counts);
    if (!node.isArray() || node.size() > DAYS_MAX) throw new WrongType("daily", node);
    for (var it : node) {
      var count =
          Fields.count(
              map.fields().containsKey(Field.COUNT) ? at(it, Field.COUNT) : it, "a day's count");
      if (count.isEmpty()) throw new WrongType("a day's count", it);
      counts.add(count.getAsLong());
      if (map.fields().containsKey(Field.DAY)) days.add(day(at(it, Field.DAY)));
    }
    for (var i = 1; i < days.size(); i++) {
      if (!days.get(i - 1).plusDays(1).equals(days.get(i)))
        throw new WrongType("days not daily", node);
    }
    var from = Math.max(0, counts.size() - request.windowDays());
    return new Days(
        days.isEmpty() ? days : days.subList(from, days.size()),
        counts.subList(from, counts.size()));
  }

  // Who does not say when his data end says what is so now.
  private LocalDate asOf(JsonNode row, Days days) throws WrongType {
    var last =
        days.days().isEmpty() ? Optional.<LocalDate>empty() : Optional.of(days.days().getLast());
    if (!map.fields().containsKey(Field.AS_OF)) return last.orElse(today);
    var node = at(row, Field.AS_OF);
    var asOf = day(node);
    if (last.isPresent() && !last.get().equals(asOf)) {
      throw new WrongType("asOf %s, but the last day %s,".formatted(asOf, last.get()), node);
    }
    return asOf;
  }

  private LocalDate day(JsonNode node) throws WrongType {
    var day = parsed(node);
    if (day.isBefore(EARLIEST) || day.isAfter(today.plusDays(1))) {
      throw new WrongType("day " + day, node);
    }
    return day;
  }

  // A date, a moment, or seconds or milliseconds since 1970; its day in UTC.
  private static LocalDate parsed(JsonNode node) throws WrongType {
    var text = node.isTextual() || node.isIntegralNumber() ? node.asText() : "";
    try {
      if (text.matches("[0-9]{9,14}")) {
        var since = Long.parseLong(text);
        var at =
            since >= MILLISECONDS_MIN ? Instant.ofEpochMilli(since) : Instant.ofEpochSecond(since);
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
      }
      if (text.length() == 10) return LocalDate.parse(text);
      return OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
    } catch (DateTimeException malformed) {
      throw new WrongType("a day", node);
    }
  }

  private static List<LocalDate> ending(LocalDate last, int size) {
    var days = new ArrayList<LocalDate>(size);
    for (var i = size - 1; i >= 0; i--) days.add(last.minusDays(i));
    return days;
  }

  // A day alone is its own maximum. Of what is sold or seen, the sum is enough.
  private List<Point> curve(List<LocalDate> days, List<Long> counts, LocalDate asOf) {
    if (counts.isEmpty()) {
      var sumIsEnough = map.kind() == Kind.PRODUCT || map.kind() == Kind.VIDEO;
      return sumIsEnough ? List.of() : List.of(new Point(asOf, 100));
    }
    var max = 0L;
    for (var it : counts) max = Math.max(max, it);
    var curve = new ArrayList<Point>(counts.size());
    for (var i = 0; i < counts.size(); i++) {
      curve.add(new Point(days.get(i), max == 0 ? 0 : (double) counts.get(i) / max * 100));
    }
    return curve;
  }
}
