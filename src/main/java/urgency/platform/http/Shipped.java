package urgency.platform.http;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import urgency.platform.script.Modules;

/**
 * The files of {@code src/main/web}, read and joined: work that needs nothing else of the shop, so
 * that it can be done while the framework starts.
 */
public final class Shipped {
  static final String CSS = "css/all.css";

  private static final String ROOT = "web";

  /** What must have an address without a stamp, such as the service worker. */
  private static final String UNSTAMPED = "root/";

  private static final List<String> SCRIPTS = List.of("js/", "js/hands/", "js/purchase/");

  /** Style sheets of a few pages only, which name them; all others come joined. */
  private static final Set<String> APART =
      Set.of(
          "css/admin.css",
          "css/cart.css",
          "css/honest.css",
          "css/order.css",
          "css/search.css",
          "css/till.css");

  private static final Pattern CSS_COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");

  /** Spaces and signs that people need; quoted texts with a sign before a space would lose it. */
  private static final Pattern CSS_FOR_PEOPLE =
      Pattern.compile("(?m)^\\s+|(?<=[{};:,])\\s+|\\s+(?=[{}])|;(?=\\s*})");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("avif", "image/avif"),
          Map.entry("webp", "image/webp"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("webm", "video/webm"));

  private final String version;
  private final SortedMap<String, byte[]> files;
  private final SortedMap<String, byte[]> unstamped = new TreeMap<>();

  private Shipped(SortedMap<String, byte[]> all) {
    var joined = new TreeMap<String, String>();
    joined.put(CSS, styles(all));
    SCRIPTS.forEach(it -> joined.put(it + Modules.JOINED, Modules.joined(all, it)));
    all.keySet().removeIf(Shipped::isPart);
    joined.forEach((name, text) -> all.put(name, text.getBytes(StandardCharsets.UTF_8)));
    all.forEach(
        (name, bytes) -> {
          if (name.startsWith(UNSTAMPED)) unstamped.put(name.substring(UNSTAMPED.length()), bytes);
        });
    all.keySet().removeIf(it -> it.startsWith(UNSTAMPED));
    this.version = version(all);
    this.files = all;
  }

  /**
   * Reads them from the class path.
   *
   * @throws IllegalStateException when they cannot be read
   */
  public static Shipped read() {
    var all = new TreeMap<String, byte[]>();
    readAll(all);
    return new Shipped(all);
  }

  /** Changes when any byte or name of them does. */
  String version() {
    return version;
  }

  /** Those with an address per build, by path. */
  SortedMap<String, byte[]> files() {
    return files;
  }

  /** Those whose address stays the same in every build, by path. */
  SortedMap<String, byte[]> unstamped() {
    return unstamped;
  }

  private static String version(Map<String, byte[]> all) {
    var stamp = new CRC32();
    all.forEach(
        (name, bytes) -> {
          stamp.update(name.getBytes(StandardCharsets.UTF_8));
          stamp.update(bytes);
        });
    return "%08x".formatted(stamp.getValue());
  }

  /** The media type by a file's ending; unknown endings are never run or shown. */
  static String type(String name) {
    var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }

  static boolean isText(String type) {
    return type.startsWith("text/") || type.contains("json") || type.contains("xml");
  }

  private static boolean isPart(String name) {
    return name.startsWith("css/") && !APART.contains(name);
  }

  private static String styles(Map<String, byte[]> all) {
    return all.keySet().stream()
        .filter(it -> it.startsWith("css/") && !APART.contains(it))
        .sorted(
            Comparator.comparing((String it) -> !it.equals("css/layers.css"))
                .thenComparing(it -> it))
        .map(it -> new String(all.get(it), StandardCharsets.UTF_8))
        .map(it -> CSS_COMMENT.matcher(it).replaceAll(""))
        .map(it -> CSS_FOR_PEOPLE.matcher(it).replaceAll(""))
        .collect(Collectors.joining("\n"));
  }

  private static void readAll(Map<String, byte[]> into) {
    try {
      var roots = Shipped.class.getClassLoader().getResources(ROOT);
      while (roots.hasMoreElements()) readRoot(roots.nextElement().toURI(), into);
    } catch (IOException | URISyntaxException trouble) {
      throw new IllegalStateException("cannot read the files of the site", trouble);
    }
  }

  private static void readRoot(URI root, Map<String, byte[]> into) throws IOException {
    if (root.getScheme().equals("jar")) {
      try (var jar = FileSystems.newFileSystem(root, Map.of())) {
        readFolder(jar.getPath(ROOT), into);
      }
    } else {
      readFolder(Path.of(root), into);
    }
  }

  private static void readFolder(Path folder, Map<String, byte[]> into) throws IOException {
    try (var walk = Files.walk(folder)) {
      for (var path : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
        into.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
      }
    }
  }
}
