package urgency.scoring.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The back-test as a command: reads a folder of recorded data, walks forward through it, and says
 * how good the scores were beside those others use. Reads nothing else and writes only when told.
 */
public final class Backtest {
  private static final Path SHIPPED_DATA = Path.of("src/bench/data");
  private static final Path BENCHMARKS = Path.of("docs/benchmarks");
  private static final int DONE = 0;
  private static final int MISSED = 1;
  private static final int MISTAKE = 2;
  private static final String USAGE =
      """
      bin/backtest [--data DIR] [--json] [--write]
        --data DIR  a folder with CSV or CSV.gz files, instead of src/bench/data:
                    product sales    date,stock_code,units,orders
                    social feedback  IDLink,TS1,...,TS144
                    hashtags         date,tag,views
        --json      JSON for machines instead of Markdown
        --write     also keeps the report and its plots in docs/benchmarks
      It ends with 0 when every bar holds, 1 when one is missed or there are too few data for
      any, 2 when it could not run. What could not be measured is told, with what it would take.\
      """;

  /** What the command line asks for. */
  private record Wish(Path data, boolean json, boolean write) {}

  private Backtest() {}

  /**
   * Measures, reports, and answers what the process ends with.
   *
   * @param today names the report that is written
   */
  public static int run(List<String> words, LocalDate today, PrintStream out, PrintStream err) {
    try {
      var wish = wish(words);
      var report = measure(wish.data(), err::println);
      out.print(wish.json() ? json(report) : Markdown.of(report, ""));
      out.flush();
      if (wish.write()) write(report, today, err::println);
      var held = !report.bars().isEmpty() && report.bars().stream().allMatch(Report.Bar::holds);
      return held ? DONE : MISSED;
    } catch (MalformedData trouble) {
      err.println(trouble.getMessage());
      return MISTAKE;
    } catch (UncheckedIOException trouble) {
      err.println("%s could not be written: %s".formatted(BENCHMARKS, trouble.getMessage()));
      return MISTAKE;
    } catch (IllegalArgumentException trouble) {
      err.println(trouble.getMessage());
      err.println(USAGE);
      return MISTAKE;
    }
  }

  /** Everything that can be measured on the tables of a folder. */
  static Report measure(Path folder, Consumer<String> progress) {
    var data = DataFolder.open(folder, progress);
    var names = new ArrayList<String>();
    for (var files : List.of(data.sales(), data.feedback(), data.hashtags())) {
      for (var file : files) names.add(folder.relativize(file.path()).toString());
    }
    var report = new Report(names, List.of(), List.of(), List.of(), List.of());
    if (!data.sales().isEmpty()) {
      var trial = new RetailTrial(Retail.read(data.sales())).run(progress);
      report = report.and(trial.from(data.sales()));
    }
    for (var file : data.feedback()) {
      progress.accept("social feedback of " + file.path());
      var feedback = Feedback.read(file);
      if (feedback.falls() > 0) {
        progress.accept(
            "%d counts are below the one before, which counts as no gain"
                .formatted(feedback.falls()));
      }
      var trial = new FeedbackTrial(name(file, data.feedback(), folder), feedback).run();
      report = report.and(trial.from(List.of(file)));
    }
    if (!data.hashtags().isEmpty()) {
      progress.accept("hashtags");
      var trial = new HashtagTrial(Hashtags.read(data.hashtags())).run();
      report = report.and(trial.from(data.hashtags()));
    }
    if (report.tables().isEmpty()) throw new MalformedData(report.missing());
    for (var it : report.missing()) progress.accept("not measured: " + it);
    return report;
  }

  static String json(Report report) {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    } catch (JsonProcessingException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  private static Wish wish(List<String> words) {
    var data = SHIPPED_DATA;
    var json = false;
    var write = false;
    for (var at = 0; at < words.size(); at++) {
      switch (words.get(at)) {
        case "--json" -> json = true;
        case "--write" -> write = true;
        case "--data" -> {
          if (++at == words.size()) throw new IllegalArgumentException("--data needs a folder");
          data = Path.of(words.get(at));
        }
        default -> throw new IllegalArgumentException("unknown word " + words.get(at));
      }
    }
    return new Wish(data, json, write);
  }

  private static void write(Report report, LocalDate today, Consumer<String> progress) {
    var name = "backtest-" + today;
    try {
      Files.createDirectories(BENCHMARKS);
      Files.writeString(BENCHMARKS.resolve(name + ".md"), Markdown.of(report, name + "-"));
      for (var plot : report.plots()) {
        var file = BENCHMARKS.resolve("%s-%s.svg".formatted(name, plot.id()));
        Files.writeString(file, ReliabilityPlot.of(plot));
      }
      progress.accept("written: %s".formatted(BENCHMARKS.resolve(name + ".md")));
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  // The first word of the file's name, such as facebook, unless others have the same.
  private static String name(CsvFile file, List<CsvFile> all, Path folder) {
    List<Function<CsvFile, String>> ways =
        List.of(
            it -> String.valueOf(it.path().getFileName()).replaceFirst("[_.].*", ""),
            it -> String.valueOf(it.path().getFileName()).replaceFirst("(?i)\\.csv(\\.gz)?$", ""));
    for (var way : ways) {
      var name = way.apply(file);
      if (all.stream().filter(it -> way.apply(it).equals(name)).count() == 1) return name;
    }
    return folder.relativize(file.path()).toString();
  }
}
