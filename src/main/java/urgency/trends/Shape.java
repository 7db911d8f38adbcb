package urgency.trends;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The paths and types that a source's rows have: when they change, the interface has.
 *
 * @param paths such as {@code /vv:STRING}
 */
public record Shape(SortedSet<String> paths) {
  /** An interface with more paths than this is recognised by the first ones. */
  private static final int PATHS_MAX = 300;

  private static final int HEX = 16;
  private static final int CHANGE_MAX = 500;

  public Shape {
    var kept = new TreeSet<String>();
    for (var path : paths) {
      if (kept.size() == PATHS_MAX) break;
      kept.add(path);
    }
    paths = kept;
  }

  /** What {@link #text} wrote. */
  public static Shape parse(String text) {
    return new Shape(new TreeSet<>(text.isEmpty() ? java.util.List.of() : text.lines().toList()));
  }

  /** One path per line. */
  public String text() {
    return String.join("\n", paths);
  }

  /** The first digits of SHA-256 over the text. */
  public String fingerprint() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var hash = digest.digest(text().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(hash, HEX / 2));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What came and what went since a former shape, in one line; empty when nothing did. */
  String since(Shape former) {
    var change = new StringBuilder();
    for (var path : paths) if (!former.paths.contains(path)) change.append(" +").append(path);
    for (var path : former.paths) if (!paths.contains(path)) change.append(" -").append(path);
    var text = change.toString().strip();
    return text.length() <= CHANGE_MAX ? text : text.substring(0, CHANGE_MAX - 1) + '…';
  }
}
