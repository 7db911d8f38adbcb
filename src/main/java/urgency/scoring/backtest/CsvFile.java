package urgency.scoring.backtest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * A table in a file, plain or gzipped, read row by row. Whatever cannot be read is told with its
 * file, line and column.
 */
record CsvFile(Path path, List<String> header) {
  private static final long COUNT_MAX = 1_000_000_000_000L;
  private static final int ROWS_MAX = 5_000_000;

  /** Year 1 to year 9999: what else a date may be is a slip of the pen. */
  private static final long DAY_MIN = LocalDate.of(1, 1, 1).toEpochDay();

  private static final long DAY_MAX = LocalDate.of(9999, 12, 31).toEpochDay();

  /** One row; asks for columns by name. */
  final class Row {
    private final CSVRecord cells;
    private final long line;

    private Row(CSVRecord cells, long line) {
      this.cells = cells;
      this.line = line;
    }

    String text(String column) {
      var text = cells.get(header.indexOf(column)).strip();
      if (text.isEmpty()) throw malformed(column, "is empty", "fill it in or remove the row");
      return text;
    }

    /** A whole number from {@code min} up. */
    long count(String column, long min) {
      return count(header.indexOf(column), min);
    }

    long count(int index, long min) {
      var text = cells.get(index).strip();
      try {
        var count = Long.parseLong(text);
        if (count >= min && count <= COUNT_MAX) return count;
      } catch (NumberFormatException _) {
        // Told below, as a number out of bounds is.
      }
      throw malformed(
          header.get(index),
          "is '" + text + "'",
          "write a whole number from %d to %d".formatted(min, COUNT_MAX));
    }

    LocalDate day(String column) {
      var text = text(column);
      try {
        var day = LocalDate.parse(text);
        if (day.toEpochDay() >= DAY_MIN && day.toEpochDay() <= DAY_MAX) return day;
      } catch (DateTimeParseException _) {
        // Told below, as a day out of bounds is.
      }
      throw malformed(column, "is '" + text + "'", "write the day as 2026-11-24");
    }

    /** To be kept instead of the row, whose cells would fill the memory. */
    long line() {
      return line;
    }

    MalformedData malformed(String column, String trouble, String remedy) {
      return CsvFile.this.malformed(line, column, trouble, remedy);
    }
  }

  CsvFile {
    header = List.copyOf(header);
  }

  /** Reads no more than the header line. */
  static CsvFile open(Path path) {
    try (var reader = reader(path);
        var rows = CSVFormat.RFC4180.parse(reader)) {
      var first = rows.iterator();
      if (!first.hasNext()) {
        throw new MalformedData(path.toString(), "is empty", "remove it or write a header line");
      }
      return new CsvFile(path, first.next().stream().map(String::strip).toList());
    } catch (IOException | UncheckedIOException | IllegalStateException trouble) {
      throw unreadable(path, trouble);
    }
  }

  MalformedData malformed(long line, String column, String trouble, String remedy) {
    return new MalformedData(
        "%s, line %d, column %s".formatted(path, line, column), trouble, remedy);
  }

  boolean has(String... columns) {
    return header.containsAll(List.of(columns));
  }

  void rows(Consumer<Row> reader) {
    try (var characters = reader(path);
        var rows = CSVFormat.RFC4180.parse(characters)) {
      var count = 0;
      var line = 1L;
      for (var cells : rows) {
        if (count++ > 0 && !isBlank(cells)) {
          var row = new Row(cells, line);
          if (cells.size() != header.size()) {
            throw row.malformed(
                header.getLast(),
                "the row has %d cells and the header %d".formatted(cells.size(), header.size()),
                "add or remove what is between the commas");
          }
          reader.accept(row);
        }
        if (count > ROWS_MAX) {
          throw new MalformedData(
              path.toString(), "has more than %d rows".formatted(ROWS_MAX), "split the folder");
        }
        line = rows.getCurrentLineNumber() + 1;
      }
    } catch (IOException | UncheckedIOException | IllegalStateException trouble) {
      throw unreadable(path, trouble);
    }
  }

  // As editors leave at the end; every table of ours has more than one column.
  private static boolean isBlank(CSVRecord cells) {
    return cells.size() == 1 && cells.get(0).isBlank();
  }

  private static Reader reader(Path path) throws IOException {
    var file = Files.newInputStream(path);
    try {
      var bytes =
          path.toString().toLowerCase(Locale.ROOT).endsWith(".gz")
              ? new GZIPInputStream(file)
              : new BufferedInputStream(file);
      var reader = new java.io.BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
      reader.mark(1);
      if (reader.read() != '\uFEFF') reader.reset();
      return reader;
    } catch (IOException trouble) {
      file.close();
      throw trouble;
    }
  }

  private static MalformedData unreadable(Path path, Exception trouble) {
    return new MalformedData(
        path.toString(),
        "cannot be read (%s)".formatted(trouble.getMessage()),
        "check that it is whole, and CSV or CSV in gzip");
  }
}
