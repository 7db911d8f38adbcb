package urgency.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the public page says of the back-test is what the newest report says. */
class ShippedFiguresTest {
  private static final String ENDING = ".md";

  @Test
  void the_figures_are_those_of_the_newest_report() throws IOException {
    var path = newest();
    var report = Files.readString(path);
    assertThat(path.toString()).contains(ShippedFigures.MEASURED.toString());

    var sellOut = section(report, "## Product sales: will the stock last a week?");
    assertThat(sellOut).contains(ShippedFigures.CASES + " cases");
    assertThat(sellOut).contains("of which %.3f sold out".formatted(ShippedFigures.SOLD_OUT));
    same(ShippedFigures.SELL_OUT.get(0), row(sellOut, "| **Urgency Shelf"), 2, 3);
    same(ShippedFigures.SELL_OUT.get(1), row(sellOut, "| velocity to stock"), 2, 3);

    var breakOut = section(report, "## Product sales: break-outs");
    same(ShippedFigures.BREAK_OUT.get(0), row(breakOut, "| **Urgency Shelf, learnt"), 4, 5);
    same(ShippedFigures.BREAK_OUT.get(1), row(breakOut, "| always one in ten"), 4, 5);
    assertThat(figure(row(breakOut, "| **Urgency Shelf, learnt"), 1))
        .isEqualTo(ShippedFigures.BREAK_OUT_FOUND);
    assertThat(figure(row(breakOut, "| mix 0.5 / 0.3 / 0.2 |"), 1))
        .isEqualTo(ShippedFigures.BREAK_OUT_FOUND_BY_MIX);
  }

  @Test
  void what_only_the_back_test_learns_is_not_called_the_engine_of_the_shop() {
    assertThat(ShippedFigures.SELL_OUT).extracting(ShippedFigures.Figure::ours).contains(true);
    assertThat(ShippedFigures.BREAK_OUT).noneMatch(ShippedFigures.Figure::ours);
  }

  private static void same(ShippedFigures.Figure shipped, String row, int brier, int ece) {
    assertThat(shipped.brier()).isCloseTo(figure(row, brier), within(1e-9));
    assertThat(shipped.ece()).isCloseTo(figure(row, ece), within(1e-9));
  }

  private static double figure(String row, int column) {
    return Double.parseDouble(List.of(row.split("\\|", -1)).get(column + 1).strip());
  }

  private static String section(String report, String title) {
    var from = report.indexOf(title);
    assertThat(from).as(title).isNotNegative();
    var to = report.indexOf("\n## ", from + 1);
    return report.substring(from, to < 0 ? report.length() : to);
  }

  private static String row(String section, String beginning) {
    return section.lines().filter(it -> it.startsWith(beginning)).findFirst().orElseThrow();
  }

  private static Path newest() throws IOException {
    try (var files = Files.list(Path.of("docs/benchmarks"))) {
      return files
          .filter(it -> it.getFileName().toString().startsWith("backtest-"))
          .filter(it -> it.toString().endsWith(ENDING))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }
}
