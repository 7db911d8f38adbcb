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
import java.util.function.Supplier;

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
      It ends with 0 when every bar holds, 1 when one is missed, 2 when it could not run.\
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
      return report.bars().stream().allMatch(Report.Bar::holds) ? DONE : MISSED;
    } catch (MalformedData trouble) {
      err.println(trouble.getMessage());
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
    var parts = new ArrayList<Report>();
    for (var files : List.of(data.sales(), data.feedback(), data.hashtags())) {
      for (var file : files) names.add(folder.relativize(file.path()).toString());
    }
    if (!data.sales().isEmpty()) {
      var retail = Retail.read(data.sales());
      parts.add(named(data.sales(), () -> new RetailTrial(retail).run(progress)));
    }
    for (var file : data.feedback()) {
      progress.accept("social feedback of " + file.path());
      parts.add(new FeedbackTrial(network(file.path()), Feedback.read(file)).run());
    }
    if (!data.hashtags().isEmpty()) {
      progress.accept("hashtags");
      var hashtags = Hashtags.read(data.hashtags());
      parts.add(named(data.hashtags(), () -> new HashtagTrial(hashtags).run()));
    }
    return new Report(
        names,
        parts.stream().flatMap(it -> it.tables().stream()).toList(),
        parts.stream().flatMap(it -> it.plots().stream()).toList(),
        parts.stream().flatMap(it -> it.bars().stream()).toList());
  }

  // A trial knows no files; whoever has to mend them wants their names.
  private static Report named(List<CsvFile> files, Supplier<Report> trial) {
    try {
      return trial.get();
    } catch (MalformedData trouble) {
      throw new MalformedData(files, trouble);
    }
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

  /** The first word of the file's name, such as facebook. */
  private static String network(Path file) {
    var name = String.valueOf(file.getFileName());
    return name.replaceFirst("[_.].*", "");
  }
}
