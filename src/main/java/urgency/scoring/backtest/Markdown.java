package urgency.scoring.backtest;

import java.util.Locale;

/** A report as text for people. */
final class Markdown {
  private Markdown() {}

  /**
   * @param plots what precedes the name of a plot's file, empty to leave plots out
   */
  static String of(Report report, String plots) {
    var text = new StringBuilder("# Back-test of the scores\n\n");
    text.append(
        "Command: `bin/backtest`. The same data give the same figures on every machine.\n\n");
    text.append("Data:\n\n");
    for (var it : report.data()) text.append("- ").append(it).append('\n');
    for (var table : report.tables()) append(text, table);
    for (var plot : plots.isEmpty() ? java.util.List.<Report.Plot>of() : report.plots()) {
      text.append("\n![%s](%s%s.svg)\n".formatted(plot.title(), plots, plot.id()));
    }
    if (!report.bars().isEmpty()) {
      text.append("\n## Bars\n\n| bar | figure | limit | verdict |\n| --- | ---: | ---: | --- |\n");
      for (var bar : report.bars()) {
        var sign =
            switch (bar.bound()) {
              case AT_LEAST -> "≥";
              case AT_MOST -> "≤";
            };
        text.append(
            "| %s | %s | %s %s | %s |\n"
                .formatted(
                    bar.says(),
                    digits(bar.figure()),
                    sign,
                    digits(bar.limit()),
                    bar.holds() ? "holds" : "**missed**"));
      }
    }
    if (!report.missing().isEmpty()) {
      text.append("\n## Not measured\n\n");
      for (var it : report.missing()) text.append("- ").append(it).append('\n');
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Report.Table table) {
    var metrics = table.metrics();
    text.append("\n## %s\n\n%s\n\n| score |".formatted(table.title(), table.protocol()));
    for (var metric : metrics) text.append(' ').append(metric).append(" |");
    text.append("\n| --- |").append(" ---: |".repeat(metrics.size())).append('\n');
    for (var row : table.rows()) {
      text.append("| ").append(row.ours() ? "**" + row.model() + "**" : row.model()).append(" |");
      for (var metric : metrics) {
        var figure = row.figures().get(metric);
        text.append(' ').append(figure == null ? "" : digits(figure)).append(" |");
      }
      text.append('\n');
    }
  }

  private static String digits(double figure) {
    return String.format(Locale.ROOT, "%.4f", figure);
  }
}
