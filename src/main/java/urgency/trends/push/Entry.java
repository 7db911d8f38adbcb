package urgency.trends.push;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import urgency.trends.TrendObservation;
import urgency.trends.TrendObservation.Detail;
import urgency.trends.TrendObservation.Kind;
import urgency.trends.TrendObservation.Point;

/**
 * One row of a delivery as text, from JSON or CSV alike, and the observation it becomes.
 *
 * @param daily counts of the last days, oldest first, the last one of {@code asOf}
 */
record Entry(int row, Map<String, String> cells, List<String> daily) {
  static final List<String> FIELDS =
      List.of(
          "kind",
          "name",
          "id",
          "rank",
          "posts",
          "views",
          "postsLifetime",
          "viewsLifetime",
          "unitsSold",
          "daily");

  private static final int NAME_MAX = 150;
  private static final int DAYS_MAX = 120;
  private static final int ID_MAX = 64;

  /**
   * What all rows of a delivery share.
   *
   * @param source named by the sender, with our prefix
   */
  record Whole(String source, String region, int windowDays, LocalDate asOf, Instant at) {}

  Entry {
    cells = Map.copyOf(cells);
    daily = List.copyOf(daily);
  }

  /** The observation; empty when a mistake was written down. */
  Optional<TrendObservation> observation(Whole whole, Wrong wrong) {
    var before = wrong.count();
    var kind = kind(wrong);
    var name = name(wrong);
    var posts = count("posts", wrong);
    var views = count("views", wrong);
    var postsLifetime = count("postsLifetime", wrong);
    var viewsLifetime = count("viewsLifetime", wrong);
    var sold = count("unitsSold", wrong);
    var rank = rank(wrong);
    var counts = counts(wrong);
    var id = id(kind, name, wrong);
    if (wrong.count() > before) return Optional.empty();
    return Optional.of(
        new TrendObservation(
            whole.source(),
            kind,
            id,
            TrendObservation.fold(name),
            name,
            whole.region(),
            whole.windowDays(),
            whole.at(),
            whole.asOf(),
            rank,
            posts.orElse(0),
            views.orElse(0),
            curve(counts, whole.asOf()),
            List.of(),
            new Detail(
                OptionalInt.empty(),
                postsLifetime,
                viewsLifetime,
                sold,
                counts,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty())));
  }

  private Kind kind(Wrong wrong) {
    var text = cell("kind").toUpperCase(Locale.ROOT);
    if (text.isEmpty()) return Kind.HASHTAG;
    for (var it : Kind.values()) if (it.name().equals(text)) return it;
    wrong.add(row, "kind", "one of hashtag, keyword, category, product, video, sound");
    return Kind.HASHTAG;
  }

  private String name(Wrong wrong) {
    var name = cell("name").replaceAll("\\p{C}", "").replaceAll("[\\p{Zl}\\p{Zp}]", " ").strip();
    if (name.startsWith("#")) name = name.substring(1).strip();
    if (TrendObservation.fold(name).isEmpty()) {
      wrong.add(row, "name", "is missing, or has no letters that can be shown");
    } else if (name.codePointCount(0, name.length()) > NAME_MAX) {
      wrong.add(row, "name", "at most %d characters".formatted(NAME_MAX));
    }
    return name;
  }

  private String id(Kind kind, String name, Wrong wrong) {
    var id = cell("id");
    if (id.isEmpty()) return kind.name().toLowerCase(Locale.ROOT) + ":" + key(name);
    if (!id.matches("[\\x21-\\x7e]{1," + ID_MAX + "}")) {
      wrong.add(row, "id", "at most %d printable ASCII characters, no spaces".formatted(ID_MAX));
    }
    return id;
  }

  private static String key(String name) {
    return TrendObservation.fold(name);
  }

  private OptionalLong count(String field, Wrong wrong) {
    var text = cell(field);
    if (text.isEmpty()) return OptionalLong.empty();
    if (text.matches("[0-9]{1,18}")) return OptionalLong.of(Long.parseLong(text));
    wrong.add(row, field, "a whole number from 0, written with digits only");
    return OptionalLong.empty();
  }

  private OptionalInt rank(Wrong wrong) {
    var text = cell("rank");
    if (text.isEmpty()) return OptionalInt.empty();
    if (text.matches("[1-9][0-9]{0,8}")) return OptionalInt.of(Integer.parseInt(text));
    wrong.add(row, "rank", "a whole number from 1");
    return OptionalInt.empty();
  }

  private List<Long> counts(Wrong wrong) {
    if (daily.size() > DAYS_MAX) {
      wrong.add(row, "daily", "at most %d days".formatted(DAYS_MAX));
      return List.of();
    }
    var counts = new ArrayList<Long>();
    for (var text : daily) {
      if (!text.matches("[0-9]{1,18}")) {
        wrong.add(row, "daily", "whole numbers from 0, oldest day first");
        return List.of();
      }
      counts.add(Long.parseLong(text));
    }
    return counts;
  }

  // A day alone is its own maximum; that is all that is known without daily counts.
  private static List<Point> curve(List<Long> counts, LocalDate asOf) {
    if (counts.isEmpty()) return List.of(new Point(asOf, 100));
    var max = 0L;
    for (var it : counts) max = Math.max(max, it);
    var curve = new ArrayList<Point>(counts.size());
    for (var i = 0; i < counts.size(); i++) {
      var day = asOf.minusDays(counts.size() - 1L - i);
      curve.add(new Point(day, max == 0 ? 0 : (double) counts.get(i) / max * 100));
    }
    return curve;
  }

  private String cell(String field) {
    var text = cells.get(field);
    return text == null ? "" : text.strip();
  }

  /** What a delivery says for all of its rows, checked. */
  static Optional<Whole> whole(Map<String, String> head, Instant at, Wrong wrong) {
    var before = wrong.count();
    var all = new HashMap<>(head);
    var source = all.getOrDefault("source", "").strip();
    var region = all.getOrDefault("region", "").strip();
    var window = all.getOrDefault("window", "7").strip();
    var asOf = all.getOrDefault("asOf", "").strip();
    if (!source.matches("[a-z][a-z0-9-]{0,39}")) {
      wrong.add(0, "source", "a name for this list: small letters, digits, hyphens, at most 40");
    }
    if (!java.util.Set.of(Locale.getISOCountries()).contains(region) && !region.equals("ZZ")) {
      wrong.add(0, "region", "a country such as US, or ZZ for the world");
    }
    if (!List.of("1", "7", "30", "90", "120").contains(window)) {
      wrong.add(0, "window", "one of 1, 7, 30, 90, 120 days");
    }
    var today = LocalDate.ofInstant(at, ZoneOffset.UTC);
    var day = day(asOf);
    if (day.isEmpty()) {
      wrong.add(0, "asOf", "the last UTC day of the data, such as " + today.minusDays(1));
    } else if (day.get().isAfter(today) || day.get().isBefore(today.minusDays(14))) {
      wrong.add(0, "asOf", "a day of the last 14, not after today in UTC");
    }
    if (wrong.count() > before) return Optional.empty();
    return Optional.of(
        new Whole("push." + source, region, Integer.parseInt(window), day.orElseThrow(), at));
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
    } catch (java.time.format.DateTimeParseException malformed) {
      return Optional.empty();
    }
  }
}
