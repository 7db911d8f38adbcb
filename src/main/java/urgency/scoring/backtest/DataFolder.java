package urgency.scoring.backtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** A folder of tables, or one of them; what each is, its first line tells and not its name. */
record DataFolder(List<CsvFile> sales, List<CsvFile> feedback, List<CsvFile> hashtags) {
  private static final int FILES_MAX = 1_000;
  private static final int DEPTH_MAX = 4;
  private static final int NAMED_MAX = 5;
  private static final int HEADER_MAX = 120;
  private static final String TEXTS = ".*\\.txt(\\.gz)?";
  private static final String TABLES = ".*\\.(csv|tsv|txt)(\\.gz)?";

  /**
   * @param aside hears of files that are no table of ours
   */
  static DataFolder open(Path folder, Consumer<String> aside) {
    var found = new DataFolder(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    var others = new ArrayList<String>();
    for (var path : tables(folder)) {
      // Notes are text too, and may be anything.
      var isText = path.toString().toLowerCase(Locale.ROOT).matches(TEXTS);
      var opened = isText ? CsvFile.tried(path) : Optional.of(CsvFile.open(path));
      if (opened.isEmpty()) continue;
      var file = opened.get();
      if (Retail.reads(file)) {
        found.sales.add(file);
      } else if (Feedback.reads(file)) {
        found.feedback.add(file);
      } else if (Hashtags.reads(file)) {
        found.hashtags.add(file);
      } else {
        others.add("%s (%s)".formatted(path, lacking(file)));
        if (!isText) aside.accept("left aside: " + others.getLast());
      }
    }
    if (found.sales.isEmpty() && found.feedback.isEmpty() && found.hashtags.isEmpty()) {
      throw new MalformedData(
          folder.toString(),
          "holds no known table" + (others.isEmpty() ? among(folder) : ""),
          "put CSV files there whose header has date,stock_code,units,orders"
              + " or IDLink,TS1,...,TS144 or date,tag,views (docs/backtest.md)");
    }
    return found;
  }

  // A slip in one column's name should be seen at once, and not looked for in the whole header.
  private static String lacking(CsvFile file) {
    for (var kind : List.of(Retail.COLUMNS, Hashtags.COLUMNS)) {
      var missing = kind.stream().filter(it -> file.index(it) < 0).toList();
      if (missing.size() == 1) {
        return "with %s it would be %s; line 1 has %s"
            .formatted(
                missing.getFirst(),
                kind.equals(Retail.COLUMNS) ? "product sales" : "hashtags",
                String.join(",", file.header()));
      }
    }
    return "neither sales nor feedback nor hashtags; line 1 has "
        + shortened(String.join(",", file.header()));
  }

  private static String shortened(String header) {
    return header.length() <= HEADER_MAX ? header : header.substring(0, HEADER_MAX) + "...";
  }

  // What is there instead, for whoever has it in another form.
  private static String among(Path folder) {
    try (var walk = Files.walk(folder, DEPTH_MAX, FileVisitOption.FOLLOW_LINKS)) {
      var names =
          walk.filter(Files::isRegularFile)
              .limit(FILES_MAX)
              .map(it -> String.valueOf(it.getFileName()))
              .sorted()
              .limit(NAMED_MAX)
              .toList();
      return names.isEmpty() ? ": it is empty" : " among " + String.join(", ", names);
    } catch (IOException | UncheckedIOException trouble) {
      return "";
    }
  }

  private static List<Path> tables(Path folder) {
    if (Files.isRegularFile(folder)) return List.of(folder);
    if (!Files.isDirectory(folder)) {
      throw new MalformedData(
          folder.toString(), "is no folder and no file", "name one with --data");
    }
    try (var walk = Files.walk(folder, DEPTH_MAX, FileVisitOption.FOLLOW_LINKS)) {
      var files =
          walk.filter(DataFolder::isTable)
              .filter(Files::isRegularFile)
              .limit(FILES_MAX + 1L)
              .sorted()
              .toList();
      if (files.size() <= FILES_MAX) return files;
      throw new MalformedData(
          folder.toString(), "holds more than %d tables".formatted(FILES_MAX), "join some");
    } catch (IOException | UncheckedIOException trouble) {
      throw new MalformedData(
          folder.toString(),
          "cannot be read (%s)".formatted(trouble.getMessage()),
          "check what is in it, and whether you may read it");
    }
  }

  private static boolean isTable(Path path) {
    return path.toString().toLowerCase(Locale.ROOT).matches(TABLES);
  }
}
