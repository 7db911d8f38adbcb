package urgency.admin;

import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;
import urgency.money.Money;

/**
 * The cells of one line, read with suspicion: each answer is either a value that the catalogue can
 * take or empty, with an error written down when the cell is to blame.
 */
final class Cells {
  static final long MINOR_MAX = 99_999_999;

  // Emoji and some scripts need these two.
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final String FORMULA = "=+-@";
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,12})(?:\\.([0-9]{1,6}))?");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");

  private final int line;
  private final CSVRecord record;
  private final Map<String, Integer> places;
  private final RowErrors errors;

  Cells(int line, CSVRecord record, Map<String, Integer> places, RowErrors errors) {
    this.line = line;
    this.record = record;
    this.places = places;
    this.errors = errors;
  }

  /** What the cell holds, trimmed; empty when it is blank or its column is not in the file. */
  String raw(String column) {
    var place = places.get(column);
    return place == null || place >= record.size() ? "" : record.get(place).strip();
  }

  /** Text for people: no formula, no control characters, not too long. */
  Optional<String> text(String column, int lengthMax) {
    var value = BLANKS.matcher(raw(column)).replaceAll(" ");
    if (value.isEmpty()) return Optional.empty();
    if (!value.codePoints().allMatch(Cells::isPlain)) {
      return wrong(column, "holds characters that cannot be shown", "type the text anew");
    }
    if (FORMULA.indexOf(value.charAt(0)) >= 0) {
      return wrong(
          column,
          RowError.shown(value) + " looks like a formula",
          "begin with a letter, a digit or a quotation mark");
    }
    if (value.length() > lengthMax) {
      return wrong(
          column,
          "has %d characters".formatted(value.length()),
          "keep to at most %d".formatted(lengthMax));
    }
    return Optional.of(value);
  }

  /** Text without which the line makes no sense. */
  Optional<String> needed(String column, int lengthMax) {
    if (raw(column).isEmpty()) return wrong(column, "is empty", "fill it in");
    return text(column, lengthMax);
  }

  /** A value of a given form. */
  Optional<String> formed(String column, int lengthMax, Pattern form, String remedy) {
    return formed(column, text(column, lengthMax), form, remedy);
  }

  Optional<String> formed(String column, Optional<String> value, Pattern form, String remedy) {
    if (value.isPresent() && !form.matcher(value.get()).matches()) {
      return wrong(column, RowError.shown(value.get()) + " has the wrong form", remedy);
    }
    return value;
  }

  /** An amount of the currency, from least to {@link #MINOR_MAX} minor units. */
  Optional<Money> amount(String column, Currency currency, long least) {
    var value = raw(column);
    if (value.isEmpty()) return Optional.empty();
    var digits = Math.max(0, currency.getDefaultFractionDigits());
    var example = digits == 0 ? "1819" : "18." + "1900".substring(0, digits);
    var matcher = AMOUNT.matcher(value);
    if (!matcher.matches()) {
      return wrong(
          column,
          RowError.shown(value) + " is not an amount",
          "write digits and at most one point, such as " + example);
    }
    var fraction = matcher.group(2) == null ? "" : matcher.group(2);
    if (fraction.length() > digits) {
      return wrong(
          column,
          "%s has more decimals than %s".formatted(RowError.shown(value), currency),
          "write it such as " + example);
    }
    var minor =
        Long.parseLong(matcher.group(1) + fraction + "0".repeat(digits - fraction.length()));
    if (minor < least || minor > MINOR_MAX) {
      return wrong(
          column,
          RowError.shown(value) + " is out of bounds",
          "keep between %s and %s".formatted(written(least, digits), written(MINOR_MAX, digits)));
    }
    return Optional.of(new Money(minor, currency));
  }

  /** A whole number from zero. */
  Optional<Integer> count(String column, int max) {
    var value = raw(column);
    if (value.isEmpty()) return Optional.empty();
    if (!WHOLE.matcher(value).matches() || Integer.parseInt(value) > max) {
      return wrong(
          column,
          RowError.shown(value) + " is not a number of units",
          "write a whole number from 0 to " + max);
    }
    return Optional.of(Integer.parseInt(value));
  }

  int errorCount() {
    return errors.count();
  }

  /** Writes an error down; always empty, so that a check can end with it. */
  <T> Optional<T> wrong(String column, String wrong, String remedy) {
    errors.add(line, column, wrong, remedy);
    return Optional.empty();
  }

  /** Whether a character can be shown anywhere without changing what stands around it. */
  static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          codePoint == ZERO_WIDTH_JOINER || codePoint == ZERO_WIDTH_NON_JOINER;
      default -> true;
    };
  }

  private static String written(long minor, int digits) {
    if (digits == 0) return Long.toString(minor);
    var text = Long.toString(minor);
    text = "0".repeat(Math.max(0, digits + 1 - text.length())) + text;
    var point = text.length() - digits;
    return text.substring(0, point) + "." + text.substring(point);
  }
}
