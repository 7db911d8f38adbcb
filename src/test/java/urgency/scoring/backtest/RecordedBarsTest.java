package urgency.scoring.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.app.bars.EngineBars;

/** The whole protocol on the data that ship: no score may become worse unnoticed. */
class RecordedBarsTest {
  private static final double TOLERANCE = 0.003;
  private static final List<String> LESS_IS_BETTER = List.of("Brier", "ECE", "log loss", "cents");

  private static Report report = Report.of("not run yet");

  @BeforeAll
  static void measure() {
    report = Backtest.measure(Path.of("src/bench/data"), _ -> {}).and(EngineBars.figures(_ -> {}));
  }

  @Test
  void no_figure_is_worse_than_the_recorded_one_by_more_than_the_tolerance() throws IOException {
    var worse = new ArrayList<String>();

    recorded()
        .forEach(
            (key, value) -> {
              var metric = metric(key);
              var now = Optional.ofNullable(row(key).figures().get(metric)).orElseThrow();
              var before = Double.parseDouble(value.toString());
              var loss = LESS_IS_BETTER.contains(metric) ? now - before : before - now;
              if (!(loss <= TOLERANCE))
                worse.add("%s was %s and is %s".formatted(key, before, now));
            });

    assertThat(worse).isEmpty();
  }

  /** What changes a score on purpose puts the new digest into the record, and says why. */
  @Test
  void fifty_shelves_have_the_recorded_digest() {
    assertThat(report.bars())
        .filteredOn(it -> it.number() == 7)
        .as("if scores were to change: %s in %s", EngineBars.DIGEST, EngineBars.RECORD)
        .hasSize(2)
        .allMatch(Report.Bar::holds);
  }

  /** Docs/benchmarks tell of those that do not; one more is a fault, one less is news. */
  @Test
  void every_bar_holds_but_those_that_are_known_not_to() {
    assertThat(report.bars())
        .hasSizeGreaterThan(20)
        .filteredOn(it -> !it.holds())
        .extracting(Report.Bar::says)
        .containsExactly("hashtags to categories: hit@1 by both, differences decided");
  }

  @Test
  void each_of_the_thirteen_has_a_line_that_says_how_it_stands() {
    var all = report.and(EngineBars.measure(true, _ -> {}));

    var numbers = new ArrayList<Integer>();
    all.bars().forEach(it -> numbers.add(it.number()));
    all.others().forEach(it -> numbers.add(it.number()));
    assertThat(numbers).contains(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
    assertThat(Markdown.of(all, ""))
        .contains(
            "| 13 | ", "by its own command: `bin/test WireOracleTest`", "left out by --quick");
    assertThat(report.bars()).extracting(Report.Bar::number).contains(1, 2, 3, 4, 6, 7, 9, 12);
  }

  @Test
  void a_second_run_gives_the_same_bits() {
    var again = Backtest.measure(Path.of("src/bench/data"), _ -> {});

    assertThat(Backtest.json(again.and(EngineBars.figures(_ -> {}))))
        .isEqualTo(Backtest.json(report));
  }

  /** {@code table.metric} of the first row that ships, or {@code table.row.metric}. */
  private static Report.Row row(Object key) {
    var parts = key.toString().split("\\.", -1);
    return report.table(parts[0]).rows().stream()
        .filter(Report.Row::ours)
        .filter(it -> parts.length == 2 || slug(it.model()).equals(parts[1]))
        .findFirst()
        .orElseThrow();
  }

  private static String metric(Object key) {
    var text = key.toString();
    return text.substring(text.lastIndexOf('.') + 1).replace('_', ' ');
  }

  private static String slug(String model) {
    return model.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static Properties recorded() throws IOException {
    var bars = new Properties();
    try (var file = Files.newBufferedReader(EngineBars.RECORD, StandardCharsets.UTF_8)) {
      bars.load(file);
    }
    bars.remove(EngineBars.DIGEST);
    assertThat(bars).hasSizeGreaterThan(20);
    return bars;
  }
}
