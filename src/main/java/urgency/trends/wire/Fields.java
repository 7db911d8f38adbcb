package urgency.trends.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import urgency.trends.TrendObservation;

/**
 * Reads the fields of one answer leniently: under any of their known names, numbers as numbers or
 * as strings. Which names were used is counted, not passed over in silence.
 */
public final class Fields {
  private static final int DIGITS_MAX = 19;
  private static final int TEXT_MAX = 150;
  private static final int LINK_MAX = 500;

  /** Ids of this many digits pass through JavaScript only damaged: the last ones become 0. */
  private static final int LONG_ID_DIGITS = 19;

  /** A field of a type that was never seen there: the shape has changed. */
  public static final class WrongType extends Exception {
    public WrongType(String field, JsonNode node) {
      super("%s is %s".formatted(field, node.getNodeType()));
    }
  }

  private final TreeMap<String, Integer> aliases = new TreeMap<>();

  /** The field under the first of its names that is there; a missing node when none is. */
  public JsonNode find(JsonNode row, List<String> names) {
    for (var i = 0; i < names.size(); i++) {
      var node = row.path(names.get(i));
      if (node.isMissingNode() || node.isNull()) continue;
      if (i > 0) aliases.merge(names.get(i), 1, Integer::sum);
      return node;
    }
    return row.path("");
  }

  /** Names other than the first that were met, and how often. */
  public Map<String, Integer> aliases() {
    return Map.copyOf(aliases);
  }

  /** A whole number; empty when it is missing. Fractions and what does not fit are refused. */
  public static OptionalLong whole(JsonNode node, String field) throws WrongType {
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
  public static OptionalDouble real(JsonNode node, String field) throws WrongType {
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

  /** A whole number that cannot be below zero; empty when it is missing. */
  public static OptionalLong count(JsonNode node, String field) throws WrongType {
    var count = whole(node, field);
    if (count.isPresent() && count.getAsLong() < 0) throw new WrongType(field + " below 0", node);
    return count;
  }

  /** An id of digits, as text or number; empty when it is missing. */
  public static String id(JsonNode node) throws WrongType {
    if (node.isMissingNode()) return "";
    var text = node.isTextual() || node.isIntegralNumber() ? node.asText() : "?";
    if (!text.matches("[0-9]{1,32}")) throw new WrongType("id", node);
    return text;
  }

  /**
   * A name without control, format and private letters, and halves of letters; empty when it is
   * missing or longer than 150 letters, so that who makes up such a name spoils one row and no
   * more.
   */
  public static String name(JsonNode node) throws WrongType {
    if (node.isMissingNode()) return "";
    if (!node.isTextual()) throw new WrongType("name", node);
    var clean = plain(node.asText());
    return clean.codePointCount(0, clean.length()) > TEXT_MAX ? "" : clean;
  }

  /** A title, cleaned as a name is, but cut where a name would be refused. */
  public static String title(JsonNode node) throws WrongType {
    if (node.isMissingNode()) return "";
    if (!node.isTextual()) throw new WrongType("title", node);
    var clean = plain(node.asText());
    var letters = clean.codePointCount(0, clean.length());
    return letters <= TEXT_MAX
        ? clean
        : clean.substring(0, clean.offsetByCodePoints(0, TEXT_MAX - 1)) + "…";
  }

  /** Only a link that a browser may follow; everything else is dropped without ado. */
  public static Optional<String> link(JsonNode node) {
    var text = node.isTextual() ? node.asText() : "";
    return text.length() <= LINK_MAX && text.matches("https://[\\x21-\\x7e&&[^\"'<>`\\\\]]+")
        ? Optional.of(text)
        : Optional.empty();
  }

  /** Whether half of the long ids end in 000: a relay parsed JSON in JavaScript. */
  public static boolean rounded(List<TrendObservation> rows) {
    // One id in a thousand ends in 000 by nature; half of them do not.
    var longIds = 0;
    var zeros = 0;
    for (var row : rows) {
      if (row.externalId().length() != LONG_ID_DIGITS) continue;
      longIds++;
      if (row.externalId().endsWith("000")) zeros++;
    }
    return zeros > 0 && zeros * 2 >= longIds;
  }

  private static String plain(String text) {
    return text.replaceAll("\\p{C}", "").replaceAll("[\\p{Zl}\\p{Zp}]", " ").strip();
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
