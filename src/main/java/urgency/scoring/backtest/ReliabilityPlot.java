package urgency.scoring.backtest;

import java.util.List;
import java.util.Locale;

/** What was foretold against what came, as a dark SVG; a perfect forecast lies on the diagonal. */
final class ReliabilityPlot {
  private static final int SIZE = 360;
  private static final int LEFT = 64;
  private static final int TOP = 56;

  /** From here on a line for each second tenth is enough. */
  private static final double WIDE = 0.5;

  private static final double DOT_MIN = 4;
  private static final double DOT_MAX = 9;

  private ReliabilityPlot() {}

  static String of(Report.Plot plot) {
    var end = end(plot.bins());
    var svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s">
        <rect width="100%%" height="100%%" rx="16" fill="#0d0f14"/>
        <g font-family="system-ui, sans-serif" font-size="13" fill="#c9d1dc">
        <text x="%d" y="32" font-size="17" font-weight="600" fill="#ffffff">%s</text>
        """
            .formatted(LEFT + SIZE + 32, TOP + SIZE + 64, plot.title(), LEFT, plot.title()));
    var step = end > WIDE ? 2 : 1;
    for (var tenth = 0; tenth <= Math.round(end * 10); tenth += step) {
      var value = tenth / 10.0;
      svg.append(grid(x(value, end), y(value, end), value));
    }
    svg.append(
        """
        <text x="%d" y="%d" text-anchor="middle">foretold chance</text>
        <text transform="translate(18 %d) rotate(-90)" text-anchor="middle">share that came</text>
        </g>
        <path d="M%d %dL%d %d" stroke="#8a94a3" stroke-width="1.5" stroke-dasharray="5 5"/>
        """
            .formatted(
                LEFT + SIZE / 2,
                TOP + SIZE + 48,
                TOP + SIZE / 2,
                LEFT,
                TOP + SIZE,
                LEFT + SIZE,
                TOP));
    svg.append(line(plot.bins(), end));
    var most = plot.bins().stream().mapToInt(Metrics.Bin::cases).max().orElse(1);
    for (var bin : plot.bins()) {
      var radius = DOT_MIN + (DOT_MAX - DOT_MIN) * StrictMath.sqrt(bin.cases() / (double) most);
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#25f4ee\" stroke=\"#0d0f14\""
                  + " stroke-width=\"1.5\"><title>%d cases: foretold %.3f, came %.3f</title>"
                  + "</circle>\n",
              x(bin.foretold(), end),
              y(bin.came(), end),
              radius,
              bin.cases(),
              bin.foretold(),
              bin.came()));
    }
    return svg.append("</svg>\n").toString();
  }

  private static String grid(double x, double y, double value) {
    return String.format(
        Locale.ROOT,
        "<path d=\"M%.1f %dV%dM%d %.1fH%d\" stroke=\"#262b35\"/>"
            + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.1f</text>"
            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>\n",
        x,
        TOP,
        TOP + SIZE,
        LEFT,
        y,
        LEFT + SIZE,
        x,
        TOP + SIZE + 22,
        value,
        LEFT - 10,
        y + 4.5,
        value);
  }

  private static String line(List<Metrics.Bin> bins, double end) {
    var path = new StringBuilder();
    for (var bin : bins) {
      path.append(path.isEmpty() ? 'M' : 'L');
      path.append(
          String.format(Locale.ROOT, "%.1f %.1f", x(bin.foretold(), end), y(bin.came(), end)));
    }
    return "<path d=\"%s\" fill=\"none\" stroke=\"#25f4ee\" stroke-width=\"2\"/>\n".formatted(path);
  }

  /** The next tenth above everything shown, so that rare things fill the picture too. */
  private static double end(List<Metrics.Bin> bins) {
    var most = 0.1;
    for (var bin : bins) most = Math.max(most, Math.max(bin.foretold(), bin.came()));
    return Math.min(1, Math.ceil(most * 10) / 10);
  }

  private static double x(double value, double end) {
    return LEFT + SIZE * value / end;
  }

  private static double y(double value, double end) {
    return TOP + SIZE - SIZE * value / end;
  }
}
