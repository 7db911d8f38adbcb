package urgency.scoring.backtest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
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
      bin/backtest [--data DIR] [--quick] [--json] [--write]
        --data DIR  a folder with tables, or one of them, instead of src/bench/data; only what
                    it gives is measured (docs/backtest.md):
                    product sales    date,stock_code,units,orders
                    social feedback  IDLink,TS1,...,TS144
                    hashtags         date,tag,views
        --quick     bars 1 to 5 alone, without those that need no recorded sales
        --json      JSON for machines instead of Markdown
        --write     also keeps the report and its plots in docs/benchmarks
      It ends with 0 when every bar holds, 1 when one is missed or there are too few data for
      any, 2 when it could not run. What could not be measured is told, with what it would take.\
      """;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new SimpleModule().addSerializer(Double.class, new NumberOrNone()))
          .build();

  /** What the command line asks for. */
  private record Wish(Path data, boolean own, boolean quick, boolean json, boolean write) {}

  /** The bars that need no recorded sales, measured by whoever knows all parts of the shop. */
  @FunctionalInterface
  public interface Beyond {
    /**
     * Measures them.
     *
     * @param quick whether only to say what there would be
     */
    Report measure(boolean quick, Consumer<String> progress);
  }

  private Backtest() {}

  /**
   * Measures, reports, and answers what the process ends with.
   *
   * @param today names the report that is written
   */
  public static int run(
      List<String> words, LocalDate today, PrintStream out, PrintStream err, Beyond beyond) {
    var json = words.contains("--json");
    try {
      var wish = wish(words);
      var report = measure(wish.data(), err::println);
      if (!wish.own()) report = report.and(beyond.measure(wish.quick(), err::println)).sound();
      out.print(wish.json() ? json(report) : Markdown.of(report, ""));
      out.flush();
      if (wish.write()) write(report, today, err::println);
      var held = !report.bars().isEmpty() && report.bars().stream().allMatch(Report.Bar::holds);
      return held ? DONE : MISSED;
    } catch (MalformedData trouble) {
      return mistake(String.valueOf(trouble.getMessage()), json, out, err);
    } catch (UncheckedIOException trouble) {
      var says = "%s could not be written: %s".formatted(BENCHMARKS, trouble.getMessage());
      return mistake(says, json, out, err);
    } catch (IllegalArgumentException trouble) {
      err.println(USAGE);
      return mistake(String.valueOf(trouble.getMessage()), json, out, err);
    } catch (OutOfMemoryError trouble) {
      var says = "the data do not fit into memory. Next step: BACKTEST_MEMORY=3g bin/backtest ...";
      return mistake(says, json, out, err);
    }
  }

  // A machine that reads the answer is told in its own form.
  private static int mistake(String says, boolean json, PrintStream out, PrintStream err) {
    err.println(says);
    if (json) out.println(JSON.createObjectNode().put("error", says).toPrettyString());
    out.flush();
    return MISTAKE;
  }

  /** Everything that can be measured on the tables of a folder. */
  static Report measure(Path folder, Consumer<String> progress) {
    var data = DataFolder.open(folder, progress);
    var names = new ArrayList<String>();
    for (var files : List.of(data.sales(), data.feedback(), data.hashtags())) {
      for (var file : files) names.add(within(folder, file.path()));
    }
    var report = new Report(names, List.of(), List.of(), List.of(), List.of());
    if (!data.sales().isEmpty()) {
      var retail = Retail.read(data.sales());
      retail.notes().forEach(progress);
      var trial = new RetailTrial(retail).run(progress);
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
    var sound = report.sound();
    for (var it : sound.missing()) progress.accept("not measured: " + it);
    return sound;
  }

  static String json(Report report) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    } catch (JsonProcessingException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  /** A figure that is no number is told as none: JSON has no word for it. */
  private static final class NumberOrNone extends JsonSerializer<Double> {
    @Override
    public void serialize(Double it, JsonGenerator out, SerializerProvider all) throws IOException {
      if (Double.isFinite(it)) out.writeNumber(it);
      else out.writeNull();
    }
  }

  private static Wish wish(List<String> words) {
    var data = SHIPPED_DATA;
    var own = false;
    var quick = false;
    var json = false;
    var write = false;
    for (var at = 0; at < words.size(); at++) {
      switch (words.get(at)) {
        case "--quick" -> quick = true;
        case "--json" -> json = true;
        case "--write" -> write = true;
        case "--data" -> {
          if (++at == words.size()) throw new IllegalArgumentException("--data needs a folder");
          data = Path.of(words.get(at));
          own = true;
        }
        default -> throw new IllegalArgumentException("unknown word " + words.get(at));
      }
    }
    if (quick && write) throw new IllegalArgumentException("--write keeps all of it, not --quick");
    return new Wish(data, own, quick, json, write);
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
        List.of(it -> it.name().replaceFirst("[_.].*", ""), CsvFile::name);
    for (var way : ways) {
      var name = way.apply(file);
      if (all.stream().filter(it -> way.apply(it).equals(name)).count() == 1) return name;
    }
    return within(folder, file.path());
  }

  // Of a folder that is a file itself nothing would be left.
  private static String within(Path folder, Path file) {
    return folder.equals(file)
        ? String.valueOf(file.getFileName())
        : folder.relativize(file).toString();
  }
}
