package urgency.scoring.backtest;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * A table in a file, plain or gzipped, read row by row. Whatever cannot be read is told with its
 * file, line and column.
 *
 * @param header names of the columns as they stand there; upper and lower case are one
 * @param between the sign between two cells
 * @param titled whether the first line is the header; a file without one has readings of one thing,
 *     which its name tells
 */
record CsvFile(Path path, List<String> header, char between, boolean titled) {
  static final String DATE = "date";
  static final String VIEWS = "views";

  static final long COUNT_MAX = 1_000_000_000_000L;
  private static final int ROWS_MAX = 5_000_000;
  private static final int NUMBER_MAX = 40;
  private static final int DAY_LENGTH = 10;
  private static final int GZIP = 0x1f8b;
  private static final int ZIP = 0x504b;
  private static final int UTF_16_BIG = 0xfeff;
  private static final int UTF_16_LITTLE = 0xfffe;

  /** As trackers write them: an instant, then a count. */
  private static final Pattern READING =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d(:\\d\\d)?\\S*[\\t,;]\\d+");

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
      var text = cells.get(index(column)).strip();
      if (text.isEmpty()) throw malformed(column, "is empty", "fill it in or remove the row");
      return text;
    }

    /** A whole number from {@code min} up. */
    long count(String column, long min) {
      return count(index(column), min);
    }

    long count(int index, long min) {
      var text = cells.get(index).strip();
      try {
        // Some write whole numbers as 2.0.
        var count =
            text.length() > NUMBER_MAX ? COUNT_MAX + 1 : new BigDecimal(text).longValueExact();
        if (count >= min && count <= COUNT_MAX) return count;
      } catch (ArithmeticException | NumberFormatException _) {
        // Told below, as a number out of bounds is.
      }
      throw malformed(
          header.get(index),
          "is '" + text + "'",
          "write a whole number from %d to %d".formatted(min, COUNT_MAX));
    }

    /** An amount, with a point where it has one. */
    BigDecimal amount(String column) {
      var text = text(column);
      try {
        if (text.length() <= NUMBER_MAX) return new BigDecimal(text);
      } catch (NumberFormatException _) {
        // Told below.
      }
      throw malformed(column, "is '" + text + "'", "write a number such as 2.55");
    }

    /** A day; a time of day after it is passed over. */
    LocalDate day(String column) {
      var text = text(column);
      try {
        var timed = text.length() > DAY_LENGTH && " T".indexOf(text.charAt(DAY_LENGTH)) >= 0;
        var day = LocalDate.parse(timed ? text.substring(0, DAY_LENGTH) : text);
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

  /** Reads no more than the first line. */
  static CsvFile open(Path path) {
    try (var reader = reader(path)) {
      var line = reader.readLine();
      while (line != null && line.isBlank()) line = reader.readLine();
      if (line == null) {
        throw new MalformedData(path.toString(), "is empty", "remove it or write a header line");
      }
      var between = between(line);
      if (READING.matcher(line.strip()).matches()) {
        return new CsvFile(path, List.of(DATE, VIEWS), between, false);
      }
      return new CsvFile(path, cells(line, between), between, true);
    } catch (IOException | UncheckedIOException | IllegalStateException trouble) {
      throw unreadable(path, trouble);
    }
  }

  /** The same of a file that may be anything; empty when it cannot be read. */
  static Optional<CsvFile> tried(Path path) {
    try {
      return Optional.of(open(path));
    } catch (MalformedData other) {
      return Optional.empty();
    }
  }

  private static List<String> cells(String line, char between) throws IOException {
    try (var rows = format(between).parse(new StringReader(line))) {
      return rows.iterator().next().stream().map(String::strip).toList();
    }
  }

  // The sign that the header has most of; a comma where it has none.
  private static char between(String line) {
    var found = ',';
    for (var it : new char[] {';', '\t'}) {
      if (count(line, it) > count(line, found)) found = it;
    }
    return found;
  }

  private static long count(String line, char sign) {
    return line.chars().filter(it -> it == sign).count();
  }

  private static CSVFormat format(char between) {
    return CSVFormat.RFC4180.builder().setDelimiter(between).get();
  }

  /** Place of a column; -1 when there is none. */
  int index(String column) {
    for (var i = 0; i < header.size(); i++) {
      if (header.get(i).equalsIgnoreCase(column)) return i;
    }
    return -1;
  }

  /** The name of the file without what tells its form. */
  String name() {
    return String.valueOf(path.getFileName()).replaceFirst("(?i)\\.(csv|tsv|txt)(\\.gz)?$", "");
  }

  MalformedData malformed(long line, String column, String trouble, String remedy) {
    return new MalformedData(
        "%s, line %d, column %s".formatted(path, line, column), trouble, remedy);
  }

  boolean has(Collection<String> columns) {
    return columns.stream().allMatch(it -> index(it) >= 0);
  }

  void rows(Consumer<Row> reader) {
    try (var characters = reader(path);
        var rows = format(between).parse(characters)) {
      var count = 0;
      var line = 1L;
      var titles = titled;
      for (var cells : rows) {
        count++;
        if (titles) {
          titles = isBlank(cells);
        } else if (!isBlank(cells)) {
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

  // What a file is its first two bytes tell, whatever it is called.
  private static BufferedReader reader(Path path) throws IOException {
    var file = new BufferedInputStream(Files.newInputStream(path));
    try {
      file.mark(2);
      var first = (file.read() << Byte.SIZE) | Math.max(0, file.read());
      file.reset();
      switch (first) {
        case ZIP -> throw new IOException("it is a zip archive or a workbook");
        case UTF_16_BIG, UTF_16_LITTLE -> throw new IOException("it is UTF-16 and not UTF-8");
        default -> {
          // Text, or gzip, or nothing.
        }
      }
      var bytes = first == GZIP ? new GZIPInputStream(file) : file;
      var reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
      reader.mark(1);
      if (reader.read() != '\uFEFF') reader.reset();
      return reader;
    } catch (IOException trouble) {
      file.close();
      throw trouble;
    }
  }

  /** Refuses a header that has one of these columns twice: nobody could tell which is meant. */
  void refuseTwice(Collection<String> columns) {
    for (var it : columns) {
      if (header.stream().filter(it::equalsIgnoreCase).count() > 1) {
        throw malformed(1, it, "is there twice", "remove one or name it otherwise");
      }
    }
  }

  private static MalformedData unreadable(Path path, Exception trouble) {
    // Wrapped by whoever read on our behalf.
    var cause = trouble.getCause() instanceof IOException it ? it : trouble;
    return new MalformedData(
        path.toString(),
        "cannot be read (%s)".formatted(cause.getMessage()),
        "check that it is whole, and CSV in UTF-8, plain or in gzip");
  }
}
