package urgency.engine;

import io.quarkus.qute.RawString;

/**
 * A drawing as inline SVG, put together shape by shape. Colours come from the style sheet by class,
 * texts are escaped, and numbers are written alike everywhere.
 */
final class Svg {
  private final StringBuilder drawn = new StringBuilder(2_048);

  /**
   * @param label what it shows, for those who cannot see it
   */
  Svg(int width, int height, String name, String label) {
    drawn.append("<svg").append(named("class", name));
    drawn.append(named("viewBox", "0 0 " + width + " " + height));
    drawn.append(" role=\"img\"").append(named("aria-label", label)).append('>');
  }

  Svg line(String name, double x1, double y1, double x2, double y2) {
    return path(name, x1, y1, x2, y2);
  }

  /** A line through points, as x and y in turn. */
  Svg path(String name, double... points) {
    drawn.append("<path").append(named("class", name)).append(" d=\"");
    for (var i = 0; i + 1 < points.length; i += 2) {
      drawn.append(i == 0 ? 'M' : 'L').append(shown(points[i]));
      drawn.append(' ').append(shown(points[i + 1]));
    }
    drawn.append("\"/>");
    return this;
  }

  Svg bar(String name, double x, double y, double width, double height, String title) {
    drawn.append("<rect").append(named("class", name));
    drawn.append(named("x", shown(x))).append(named("y", shown(y)));
    drawn.append(named("width", shown(Math.max(0, width))));
    drawn.append(named("height", shown(Math.max(0, height)))).append(" rx=\"2\">");
    return titled(title, "</rect>");
  }

  Svg dot(String name, double x, double y, double radius, String title) {
    drawn.append("<circle").append(named("class", name));
    drawn.append(named("cx", shown(x))).append(named("cy", shown(y)));
    drawn.append(named("r", shown(radius))).append('>');
    return titled(title, "</circle>");
  }

  /**
   * @param anchor start, middle or end
   */
  Svg text(double x, double y, String anchor, String text) {
    drawn.append("<text").append(named("x", shown(x))).append(named("y", shown(y)));
    drawn.append(named("text-anchor", anchor)).append('>').append(escaped(text));
    drawn.append("</text>");
    return this;
  }

  RawString drawn() {
    return new RawString(drawn + "</svg>");
  }

  private Svg titled(String title, String end) {
    drawn.append("<title>").append(escaped(title)).append("</title>").append(end);
    return this;
  }

  private static String named(String name, String value) {
    return " " + name + "=\"" + escaped(value) + "\"";
  }

  private static String shown(double number) {
    return Say.decimals(1, number);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
