package urgency.admin;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import urgency.platform.settings.Likeness;

/**
 * A catalogue as comma-separated values with a header line: its bytes, its columns, its lines. What
 * a line says is for {@link LineReader}, what lines say about each other for {@link ProductGroups}.
 */
final class CatalogFile {
  static final int BYTES_MAX = 5_000_000;
  static final int ROWS_MAX = 10_000;

  private static final List<String> NEEDED = List.of("sku", "name", "price", "currency", "stock");
  private static final List<String> OPTIONAL =
      List.of(
          "product",
          "variant",
          "description",
          "category",
          "cost",
          "tags",
          "accent",
          "poster",
          "clip");
  private static final int LIKENESS_MAX = 2;
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();

  private final LineReader reader;
  private final RowErrors errors;

  /**
   * @param currency the only one that is accepted
   * @param mediaThere whether a file of that name is in the media folder
   */
  CatalogFile(Currency currency, Predicate<String> mediaThere, RowErrors errors) {
    this.reader = new LineReader(currency, mediaThere);
    this.errors = errors;
  }

  /** The lines that are right; the others left their errors. */
  List<CatalogRow> read(byte[] bytes) {
    var rows = new ArrayList<CatalogRow>();
    if (bytes.length > BYTES_MAX) {
      errors.add(
          0,
          "",
          "the file has more than %d bytes".formatted(BYTES_MAX),
          "split it into several files");
    } else {
      decoded(bytes).ifPresent(text -> read(text, rows));
      if (rows.isEmpty() && errors.isEmpty()) {
        errors.add(0, "", "there is no product in it", "add a line for each variant");
      }
    }
    return rows;
  }

  private void read(String text, List<CatalogRow> rows) {
    var start = 1;
    try (var parser = CSVParser.parse(new StringReader(text), FORMAT)) {
      var records = parser.iterator();
      if (!records.hasNext()) {
        errors.add(
            0, "", "the file is empty", "begin it with the line " + String.join(",", NEEDED));
        return;
      }
      var places = places(records.next());
      if (!errors.isEmpty()) return;
      start = line(parser);
      while (!errors.full() && records.hasNext()) {
        var record = records.next();
        if (!blank(record)) {
          if (rows.size() >= ROWS_MAX) {
            errors.add(
                start,
                "",
                "the file goes on after %d rows".formatted(ROWS_MAX),
                "split it into several files");
            return;
          }
          read(start, record, places).ifPresent(rows::add);
        }
        start = line(parser);
      }
    } catch (IOException | UncheckedIOException broken) {
      errors.add(
          start,
          "",
          "quotation marks do not match from here on",
          "put text with commas or line breaks in quotation marks, and double those inside");
    }
  }

  private static int line(CSVParser parser) {
    return Math.toIntExact(parser.getCurrentLineNumber()) + 1;
  }

  private Optional<CatalogRow> read(int line, CSVRecord record, Map<String, Integer> places) {
    var cells = new Cells(line, record, places, errors);
    if (record.size() > places.size()) {
      return cells.wrong(
          "",
          "has %d cells, the header has %d".formatted(record.size(), places.size()),
          "put text with commas in quotation marks");
    }
    return reader.read(line, cells);
  }

  /**
   * Where each column stands; columns that mean nothing to us keep their place and are not read.
   */
  private Map<String, Integer> places(CSVRecord header) {
    var places = new HashMap<String, Integer>();
    for (var i = 0; i < header.size(); i++) {
      var name = header.get(i).strip().toLowerCase(Locale.ROOT);
      if (places.put(name.isEmpty() ? " " + i : name, i) != null) {
        errors.add(1, RowError.shown(name), "is there twice", "remove or rename one of the two");
      }
    }
    if (header.size() == 1 && header.get(0).indexOf(';') >= 0) {
      errors.add(1, "", "columns are separated by semicolons", "separate them by commas");
      return places;
    }
    for (var column : NEEDED) {
      if (!places.containsKey(column)) {
        errors.add(1, column, "there is no such column", advice(column, places));
      }
    }
    for (var column : OPTIONAL) {
      if (!places.containsKey(column) && like(column, places).isPresent()) {
        errors.add(1, column, "there is no such column", advice(column, places));
      }
    }
    return places;
  }

  private static String advice(String column, Map<String, Integer> places) {
    return like(column, places)
        .map(it -> "rename " + RowError.shown(it) + " to it")
        .orElse("add it to the header");
  }

  // The column that was probably meant: it is not one of ours, and a letter or two away.
  private static Optional<String> like(String column, Map<String, Integer> places) {
    return places.keySet().stream()
        .filter(it -> !NEEDED.contains(it) && !OPTIONAL.contains(it))
        .filter(it -> Likeness.distance(it, column) <= LIKENESS_MAX)
        .min(
            java.util.Comparator.<String>comparingInt(it -> Likeness.distance(it, column))
                .thenComparing(it -> it));
  }

  private static boolean blank(CSVRecord record) {
    for (var cell : record) if (!cell.isBlank()) return false;
    return true;
  }

  private Optional<String> decoded(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length + 1);
    var outcome = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (outcome.isError()) {
      errors.add(
          lineAt(bytes, in.position()),
          "",
          "is not UTF-8 from here on",
          "save the file as CSV in UTF-8");
      return Optional.empty();
    }
    var text = out.flip().toString();
    return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  private static int lineAt(byte[] bytes, int position) {
    var line = 1;
    for (var i = 0; i < position; i++) if (bytes[i] == '\n') line++;
    return line;
  }
}
