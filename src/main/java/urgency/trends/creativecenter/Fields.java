package urgency.trends.creativecenter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Reads the fields of one answer leniently: under any of their known names, numbers as numbers or
 * as strings. Which names were used is counted, not passed over in silence.
 */
final class Fields {
  static final List<String> ID = List.of("hashtagID", "hashtag_id");
  static final List<String> NAME = List.of("hashtagName", "hashtag_name");
  static final List<String> RANK = List.of("rankIndex", "rank", "rank_position");
  static final List<String> POSTS = List.of("publishCnt", "publish_cnt", "posts");
  static final List<String> VIEWS = List.of("vv", "video_views", "views");
  static final List<String> CURVE = List.of("popularityCurve", "trend");
  static final List<String> DAY = List.of("timestamp", "time");

  private static final int DIGITS_MAX = 19;

  /** A field of a type that was never seen there: the shape has changed. */
  static final class WrongType extends Exception {
    WrongType(String field, JsonNode node) {
      super("%s is %s".formatted(field, node.getNodeType()));
    }
  }

  private final TreeMap<String, Integer> aliases = new TreeMap<>();

  /** The field under the first of its names that is there; a missing node when none is. */
  JsonNode find(JsonNode row, List<String> names) {
    for (var i = 0; i < names.size(); i++) {
      var node = row.path(names.get(i));
      if (node.isMissingNode() || node.isNull()) continue;
      if (i > 0) aliases.merge(names.get(i), 1, Integer::sum);
      return node;
    }
    return row.path("");
  }

  /** Names other than the first that were met, and how often. */
  String aliases() {
    return aliases.isEmpty() ? "" : aliases.toString();
  }

  /** A whole number; empty when it is missing. Fractions and what does not fit are refused. */
  static OptionalLong whole(JsonNode node, String field) throws WrongType {
    if (node.isMissingNode()) return OptionalLong.empty();
    if (node.isIntegralNumber() && node.canConvertToLong()) return OptionalLong.of(node.asLong());
    if (node.isTextual() && isWhole(node.asText())) {
      try {
        return OptionalLong.of(Long.parseLong(node.asText()));
      } catch (NumberFormatException tooLarge) {
        throw new WrongType(field, node);
      }
    }
    throw new WrongType(field, node);
  }

  /** A finite number; empty when it is missing. */
  static OptionalDouble real(JsonNode node, String field) throws WrongType {
    if (node.isMissingNode()) return OptionalDouble.empty();
    var value = Double.NaN;
    if (node.isNumber()) {
      value = node.asDouble();
    } else if (node.isTextual() && node.asText().matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?")) {
      value = Double.parseDouble(node.asText());
    }
    if (!Double.isFinite(value)) throw new WrongType(field, node);
    return OptionalDouble.of(value);
  }

  private static boolean isWhole(String text) {
    var digits = text.startsWith("-") ? text.substring(1) : text;
    if (digits.isEmpty() || digits.length() > DIGITS_MAX) return false;
    for (var i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') return false;
    }
    return true;
  }
}
