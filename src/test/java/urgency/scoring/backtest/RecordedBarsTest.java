package urgency.scoring.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole protocol on the data that ship: no score may become worse unnoticed. */
class RecordedBarsTest {
  private static final double TOLERANCE = 0.003;
  private static final List<String> LESS_IS_BETTER = List.of("Brier", "ECE", "log loss");

  private static Report report = Report.of("not run yet");

  @BeforeAll
  static void measure() {
    report = Backtest.measure(Path.of("src/bench/data"), _ -> {});
  }

  @Test
  void no_figure_is_worse_than_the_recorded_one_by_more_than_the_tolerance() throws IOException {
    var worse = new ArrayList<String>();

    recorded()
        .forEach(
            (key, value) -> {
              var parts = key.toString().split("\\.", 2);
              var metric = parts[1].replace('_', ' ');
              var now =
                  report.table(parts[0]).rows().stream()
                      .filter(Report.Row::ours)
                      .findFirst()
                      .map(it -> it.figures().get(metric))
                      .orElseThrow();
              var before = Double.parseDouble(value.toString());
              var loss = LESS_IS_BETTER.contains(metric) ? now - before : before - now;
              if (!(loss <= TOLERANCE))
                worse.add("%s was %s and is %s".formatted(key, before, now));
            });

    assertThat(worse).isEmpty();
  }

  @Test
  void every_bar_holds() {
    assertThat(report.bars()).hasSizeGreaterThan(10).allMatch(Report.Bar::holds);
  }

  @Test
  void a_second_run_gives_the_same_bits() {
    var again = Backtest.measure(Path.of("src/bench/data"), _ -> {});

    assertThat(Backtest.json(again)).isEqualTo(Backtest.json(report));
  }

  private static Properties recorded() throws IOException {
    var bars = new Properties();
    try (var file =
        new InputStreamReader(
            Objects.requireNonNull(RecordedBarsTest.class.getResourceAsStream("bars.properties")),
            StandardCharsets.UTF_8)) {
      bars.load(file);
    }
    assertThat(bars).isNotEmpty();
    return bars;
  }
}
