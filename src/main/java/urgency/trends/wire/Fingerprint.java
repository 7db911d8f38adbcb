package urgency.trends.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import urgency.trends.Shape;
import urgency.trends.TrendObservation;

/** SHA-256 of what rows say, and of the shape they come in. */
public final class Fingerprint {
  private static final int SHAPE_ROWS = 20;
  private static final int SHAPE_DEPTH_MAX = 6;

  private Fingerprint() {}

  /** Of the content, whatever its order and whenever it was observed. */
  public static String of(List<TrendObservation> rows) {
    var text = new StringBuilder();
    rows.stream()
        .sorted(Comparator.comparing(TrendObservation::externalId))
        .forEach(
            it ->
                text.append(it.externalId())
                    .append(it.displayName())
                    .append('|')
                    .append(it.posts())
                    .append('|')
                    .append(it.views())
                    .append(it.curve())
                    .append(it.detail())
                    .append('\n'));
    return sha256(text.toString());
  }

  /** Of the paths and types of the first rows: a new one means the interface has changed. */
  public static Shape shape(JsonNode items) {
    var paths = new TreeSet<String>();
    for (var i = 0; i < Math.min(SHAPE_ROWS, items.size()); i++) {
      collect(items.get(i), "", 0, paths);
    }
    return new Shape(paths);
  }

  private static void collect(JsonNode node, String path, int depth, Set<String> into) {
    into.add(path + ':' + node.getNodeType());
    if (depth == SHAPE_DEPTH_MAX) return;
    if (node.isObject()) {
      node.fieldNames()
          .forEachRemaining(it -> collect(node.path(it), path + '/' + it, depth + 1, into));
    } else if (node.isArray()) {
      for (var it : node) collect(it, path + "/*", depth + 1, into);
    }
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
