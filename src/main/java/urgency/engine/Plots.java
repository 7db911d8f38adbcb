package urgency.engine;

import io.quarkus.qute.RawString;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import urgency.outcomes.Reliability;
import urgency.trends.TrendObservation.Point;

/** The drawings of the engine's pages; each stands beside a table with the same figures. */
final class Plots {
  private static final int WIDTH = 480;
  private static final int LEFT = 44;
  private static final int RIGHT = 14;
  private static final int TOP = 14;
  private static final int BOTTOM = 40;

  private static final int SPARK_WIDTH = 96;
  private static final int SPARK_HEIGHT = 28;

  private static final int LASTS_HEIGHT = 240;
  private static final int SQUARE = 400;
  private static final double DOT_MIN = 4;
  private static final double DOT_MAX = 10;

  private static final int EDITIONS_HEIGHT = 220;

  /** One edition as two bars. */
  record Pair(String name, double foretold, double came) {}

  private Plots() {}

  /** A trend's popularity over its last days. */
  static RawString sparkline(List<Point> curve, String label) {
    var svg = new Svg(SPARK_WIDTH, SPARK_HEIGHT, "spark", label);
    if (curve.size() < 2) return svg.drawn();
    var points = new double[curve.size() * 2];
    for (var i = 0; i < curve.size(); i++) {
      points[2 * i] = 3 + (SPARK_WIDTH - 6.0) * i / (curve.size() - 1);
      points[2 * i + 1] = SPARK_HEIGHT - 4 - (SPARK_HEIGHT - 8) * curve.get(i).value() / 100;
    }
    var last = points.length - 2;
    return svg.path("plot-line", points)
        .dot("plot-dot", points[last], points[last + 1], 3, curve.getLast().day().toString())
        .drawn();
  }

  /** How likely units are left, hour by hour, with the times of 10, 50 and 90 %. */
  static RawString lasts(StockLasts lasts, Duration horizon, String label) {
    var svg = new Svg(WIDTH, LASTS_HEIGHT, "plot", label);
    var wide = WIDTH - LEFT - RIGHT;
    var high = LASTS_HEIGHT - TOP - BOTTOM;
    var end = lasts.curve().getLast().after();
    for (var percent = 0; percent <= 100; percent += 25) {
      var y = TOP + high * (1 - percent / 100.0);
      svg.line("plot-grid", LEFT, y, WIDTH - RIGHT, y).text(LEFT - 8, y + 4, "end", percent + " %");
    }
    var at = LEFT + wide * share(horizon, end);
    svg.line("plot-mark", at, TOP, at, TOP + high);
    svg.text(Math.min(at, WIDTH - 44.0), LASTS_HEIGHT - 8, "middle", "refresh");
    var points = new double[lasts.curve().size() * 2];
    for (var i = 0; i < lasts.curve().size(); i++) {
      var point = lasts.curve().get(i);
      points[2 * i] = LEFT + wide * share(point.after(), end);
      points[2 * i + 1] = TOP + high * (1 - point.left());
    }
    svg.path("plot-line", points);
    mark(svg, lasts.early(), end, 0.9, wide, high);
    mark(svg, lasts.half(), end, 0.5, wide, high);
    mark(svg, lasts.late(), end, 0.1, wide, high);
    return svg.text(LEFT, LASTS_HEIGHT - 22, "middle", "now")
        .text(WIDTH - RIGHT, LASTS_HEIGHT - 22, "end", Say.span(end))
        .drawn();
  }

  private static void mark(
      Svg svg, Optional<Duration> time, Duration end, double left, int wide, int high) {
    if (time.isEmpty() || time.get().compareTo(end) > 0) return;
    var x = LEFT + wide * share(time.get(), end);
    var y = TOP + high * (1 - left);
    var title = Say.percent(1 - left) + " gone after " + Say.span(time.get());
    svg.dot("plot-dot", x, y, 5, title);
  }

  /** What was foretold against what came; a perfect forecast lies on the diagonal. */
  static RawString reliability(Reliability it, String label, String axes) {
    var svg = new Svg(WIDTH, SQUARE, "plot", label);
    var wide = WIDTH - LEFT - RIGHT;
    var high = SQUARE - TOP - BOTTOM;
    for (var percent = 0; percent <= 100; percent += 20) {
      var x = LEFT + wide * percent / 100.0;
      var y = TOP + high * (1 - percent / 100.0);
      svg.line("plot-grid", LEFT, y, WIDTH - RIGHT, y)
          .line("plot-grid", x, TOP, x, TOP + high)
          .text(LEFT - 8, y + 4, "end", percent + " %")
          .text(x, TOP + high + 18, "middle", percent + " %");
    }
    svg.line("plot-mark", LEFT, TOP + high, WIDTH - RIGHT, TOP);
    var most = it.bins().stream().mapToInt(Reliability.Bin::cases).max().orElse(1);
    var points = new double[it.bins().size() * 2];
    for (var i = 0; i < it.bins().size(); i++) {
      points[2 * i] = LEFT + wide * it.bins().get(i).foretold();
      points[2 * i + 1] = TOP + high * (1 - it.bins().get(i).share());
    }
    svg.path("plot-line", points);
    for (var bin : it.bins()) {
      svg.dot(
          "plot-dot",
          LEFT + wide * bin.foretold(),
          TOP + high * (1 - bin.share()),
          DOT_MIN + (DOT_MAX - DOT_MIN) * StrictMath.sqrt(bin.cases() / (double) most),
          String.format(
              Locale.ROOT,
              "%d cases: foretold %.0f %%, came %.0f %%",
              bin.cases(),
              100 * bin.foretold(),
              100 * bin.share()));
    }
    return svg.text(LEFT + wide / 2.0, SQUARE - 6, "middle", axes).drawn();
  }

  /** Past editions, oldest first: what was foretold beside what came. */
  static RawString editions(List<Pair> pairs, String label) {
    var svg = new Svg(WIDTH, EDITIONS_HEIGHT, "plot", label);
    var wide = WIDTH - LEFT - RIGHT;
    var high = EDITIONS_HEIGHT - TOP - BOTTOM;
    var most = 1.0;
    for (var it : pairs) most = Math.max(most, Math.max(it.foretold(), it.came()));
    for (var quarter = 0; quarter <= 4; quarter++) {
      var y = TOP + high * (1 - quarter / 4.0);
      svg.line("plot-grid", LEFT, y, WIDTH - RIGHT, y)
          .text(LEFT - 8, y + 4, "end", Say.count(Math.rint(most * quarter / 4)));
    }
    var room = wide / (double) Math.max(1, pairs.size());
    var width = Math.min(18, room * 0.36);
    for (var i = 0; i < pairs.size(); i++) {
      var it = pairs.get(i);
      var x = LEFT + room * (i + 0.5);
      var title =
          String.format(
              Locale.ROOT, "%s: foretold %.1f, came %.0f", it.name(), it.foretold(), it.came());
      var foretold = high * it.foretold() / most;
      var came = high * it.came() / most;
      svg.bar("plot-soft", x - width - 1, TOP + high - foretold, width, foretold, title)
          .bar("plot-bar", x + 1, TOP + high - came, width, came, title);
      if (i % Math.max(1, pairs.size() / 6) == 0) {
        svg.text(x, TOP + high + 18, "middle", it.name());
      }
    }
    return svg.drawn();
  }

  private static double share(Duration part, Duration whole) {
    return whole.isZero() ? 0 : part.toMillis() / (double) whole.toMillis();
  }
}
