package urgency.scoring.backtest;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** A report as text for people. */
final class Markdown {
  /** Whole figures from here on are counts; others so small would vanish behind the point. */
  private static final double COUNT_MIN = 2;

  private static final double SMALL = 1e-6;

  private Markdown() {}

  /**
   * @param plots what precedes the name of a plot's file, empty to leave plots out
   */
  static String of(Report report, String plots) {
    var text = new StringBuilder("# Back-test of the scores\n\n");
    text.append(
        "Command: `bin/backtest`. The same data give the same figures on every machine,"
            + " but for what is said to be of one.\n\n");
    text.append("Data:\n\n");
    for (var it : report.data()) text.append("- ").append(it).append('\n');
    for (var table : report.tables()) append(text, table);
    for (var plot : plots.isEmpty() ? List.<Report.Plot>of() : report.plots()) {
      text.append("\n![%s](%s%s.svg)\n".formatted(plot.title(), plots, plot.id()));
    }
    appendBars(text, report);
    if (!report.missing().isEmpty()) {
      text.append("\n## Not measured\n\n");
      for (var it : report.missing()) text.append("- ").append(it).append('\n');
    }
    return text.toString();
  }

  // By their numbers, and within one those that a figure decides first.
  private static void appendBars(StringBuilder text, Report report) {
    var lines = new TreeMap<Integer, StringBuilder>();
    for (var it : report.bars()) {
      lines
          .computeIfAbsent(it.number(), _ -> new StringBuilder())
          .append(
              "| %d | %s | %s | %s %s | %s |\n"
                  .formatted(
                      it.number(),
                      it.says(),
                      digits(it.figure()),
                      sign(it.bound()),
                      digits(it.limit()),
                      it.holds() ? "holds" : "**missed**"));
    }
    for (var it : report.others()) {
      lines
          .computeIfAbsent(it.number(), _ -> new StringBuilder())
          .append(
              "| %d | %s | %s | %s | %s%s |\n"
                  .formatted(
                      it.number(),
                      it.says(),
                      it.figure().map(figure -> with(figure, it.unit())).orElse(""),
                      it.limit().map(limit -> "≤ " + with(limit, it.unit())).orElse(""),
                      it.verdict().words(),
                      it.command().isEmpty() ? "" : ": `" + it.command() + "`"));
    }
    if (lines.isEmpty()) return;
    text.append("\n## Bars\n\n| | bar | figure | limit | verdict |\n");
    text.append("| ---: | --- | ---: | ---: | --- |\n");
    lines.values().forEach(text::append);
  }

  private static String sign(Report.Bar.Bound bound) {
    return switch (bound) {
      case AT_LEAST -> "≥";
      case AT_MOST -> "≤";
    };
  }

  private static String with(double figure, String unit) {
    return (String.format(Locale.ROOT, "%,.1f", figure) + " " + unit).strip();
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
    if (!Double.isFinite(figure)) return "";
    if (figure == Math.rint(figure) && Math.abs(figure) >= COUNT_MIN) {
      return String.format(Locale.ROOT, "%.0f", figure);
    }
    var small = figure != 0 && Math.abs(figure) < SMALL;
    return String.format(Locale.ROOT, small ? "%.1e" : "%.4f", figure);
  }
}
