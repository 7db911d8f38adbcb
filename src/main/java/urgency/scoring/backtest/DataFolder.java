package urgency.scoring.backtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A folder of tables; what each is, its header line tells. */
record DataFolder(List<CsvFile> sales, List<CsvFile> feedback, List<CsvFile> hashtags) {
  private static final int FILES_MAX = 1_000;
  private static final int DEPTH_MAX = 4;

  /**
   * @param aside hears of files that are no table of ours
   */
  static DataFolder open(Path folder, Consumer<String> aside) {
    var found = new DataFolder(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (var path : tables(folder)) {
      var file = CsvFile.open(path);
      if (Retail.reads(file)) {
        found.sales.add(file);
      } else if (Feedback.reads(file)) {
        found.feedback.add(file);
      } else if (Hashtags.reads(file)) {
        found.hashtags.add(file);
      } else {
        aside.accept("left aside: %s (%s)".formatted(path, lacking(file)));
      }
    }
    if (found.sales.isEmpty() && found.feedback.isEmpty() && found.hashtags.isEmpty()) {
      throw new MalformedData(
          folder.toString(),
          "holds no known table",
          "put CSV files there whose header has date,stock_code,units,orders"
              + " or IDLink,TS1,...,TS144 or date,tag,views");
    }
    return found;
  }

  // A slip in one column's name should be seen at once, and not looked for in the whole header.
  private static String lacking(CsvFile file) {
    for (var kind : List.of(Retail.COLUMNS, Hashtags.COLUMNS)) {
      var missing = kind.stream().filter(it -> !file.has(it)).toList();
      if (missing.size() == 1) {
        return "with %s it would be %s; line 1 has %s"
            .formatted(
                missing.getFirst(),
                kind.equals(Retail.COLUMNS) ? "product sales" : "hashtags",
                String.join(",", file.header()));
      }
    }
    return "neither sales nor feedback nor hashtags";
  }

  private static List<Path> tables(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new MalformedData(folder.toString(), "is no folder", "name one with --data");
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
    var name = path.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".csv") || name.endsWith(".csv.gz");
  }
}
