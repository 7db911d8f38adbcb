package urgency.trends.push;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import urgency.trends.push.JsonDelivery.Raw;

/**
 * Reads a delivery in CSV: a header line, then one line per row. What all rows share stands in the
 * columns source, region, window and asOf of the first row; later rows leave them empty or say the
 * same. The column daily holds numbers with spaces between them.
 */
final class CsvDelivery {
  private static final List<String> HEAD = List.of("source", "region", "window", "asOf");
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

  private CsvDelivery() {}

  static Raw read(byte[] body, Wrong wrong) {
    var head = new HashMap<String, String>();
    var entries = new ArrayList<Entry>();
    var text = decoded(body, wrong);
    if (text.isEmpty()) return new Raw(head, entries);
    try (var parser = CSVParser.parse(new StringReader(text.get()), FORMAT)) {
      var records = parser.iterator();
      if (!records.hasNext()) {
        wrong.add(0, "file", "a header line and at least one row");
        return new Raw(head, entries);
      }
      var columns = columns(records.next(), wrong);
      while (records.hasNext()) {
        if (entries.size() == Raw.ROWS_MAX) {
          wrong.add(0, "file", "at most %d rows".formatted(Raw.ROWS_MAX));
          break;
        }
        row(entries.size() + 1, records.next(), columns, head, entries, wrong);
      }
    } catch (IOException | UncheckedIOException | IllegalStateException malformed) {
      wrong.add(entries.size() + 1, "file", "a quotation mark is not closed or not doubled");
    }
    return new Raw(head, entries);
  }

  private static List<String> columns(CSVRecord header, Wrong wrong) {
    var known = new ArrayList<>(HEAD);
    known.addAll(Entry.FIELDS);
    var columns = new ArrayList<String>();
    for (var cell : header) {
      var name = cell.strip();
      if (!known.contains(name)) {
        wrong.add(0, JsonDelivery.shown(name), JsonDelivery.unknown(name, known));
      } else if (columns.contains(name)) {
        wrong.add(0, name, "a column that comes twice");
      }
      columns.add(name);
    }
    return columns;
  }

  private static void row(
      int number,
      CSVRecord record,
      List<String> columns,
      Map<String, String> head,
      List<Entry> into,
      Wrong wrong) {
    if (record.size() > columns.size()) {
      wrong.add(number, "row", "has more cells than the header has columns");
    }
    var cells = new HashMap<String, String>();
    List<String> daily = List.of();
    for (var i = 0; i < Math.min(columns.size(), record.size()); i++) {
      var name = columns.get(i);
      var value = record.get(i).strip();
      if (HEAD.contains(name)) {
        var before = head.putIfAbsent(name, value);
        if (before != null && !value.isEmpty() && !before.equals(value)) {
          wrong.add(number, name, "the same in every row; one file is one list");
        }
      } else if (name.equals("daily")) {
        daily = value.isEmpty() ? List.of() : Arrays.asList(value.split("\\s+", -1));
      } else {
        cells.put(name, value);
      }
    }
    into.add(new Entry(number, cells, daily));
  }

  private static Optional<String> decoded(byte[] body, Wrong wrong) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return Optional.of(text.startsWith("\ufeff") ? text.substring(1) : text);
    } catch (CharacterCodingException otherwise) {
      wrong.add(0, "file", "not UTF-8; save it as UTF-8");
      return Optional.empty();
    }
  }
}
