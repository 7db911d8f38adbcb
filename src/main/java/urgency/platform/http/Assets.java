package urgency.platform.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import urgency.platform.script.Modules;
import urgency.platform.sql.DatabaseSettings;

/**
 * The files of {@code src/main/web} as the browser gets them: under one address per build, so that
 * they can be kept for ever, compressed once at start.
 *
 * <p>Small files stay in memory. Clips are unpacked beside the data once per build and sent from
 * there, so that the kernel moves their bytes and Range requests cost nothing.
 */
@Singleton
@Named("assets")
public final class Assets {
  private static final String ROOT = "web";
  private static final int IN_MEMORY_MAX = 96 * 1024;

  /** What must have an address without a stamp, such as the service worker. */
  private static final String UNSTAMPED = "root/";

  private static final String CSS = "css/all.css";
  private static final List<String> SCRIPTS = List.of("js/", "js/hands/", "js/purchase/");

  /** Style sheets of a few pages only, which name them; all others come joined. */
  private static final Set<String> APART =
      Set.of("css/admin.css", "css/cart.css", "css/order.css", "css/till.css");

  private static final Pattern CSS_COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s+");
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
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

  private sealed interface File {
    record InMemory(Ready answer) implements File {}

    record OnDisk(Path path, long length, String type) implements File {}
  }

  private final String prefix;
  private final Map<String, File> files = new ConcurrentHashMap<>();
  private final SecurityHeaders headers;
  private final String site;

  @Inject
  Assets(SecurityHeaders headers, DatabaseSettings settings, HttpSettings http, Pages pages) {
    this.headers = headers;
    this.site = http.siteUrl();
    var all = new TreeMap<String, byte[]>();
    readAll(all);
    var joined = new TreeMap<String, String>();
    joined.put(CSS, styles(all));
    SCRIPTS.forEach(it -> joined.put(it + Modules.JOINED, Modules.joined(all, it)));
    all.keySet().removeIf(Assets::isPart);
    joined.forEach((name, text) -> all.put(name, text.getBytes(StandardCharsets.UTF_8)));
    all.tailMap(UNSTAMPED).forEach((name, bytes) -> publish(pages, name, bytes));
    all.keySet().removeIf(it -> it.startsWith(UNSTAMPED));
    var version = version(all);
    this.prefix = "/a/" + version + "/";
    var folder = settings.folder().toAbsolutePath().resolve("web").resolve(version);
    all.forEach((name, bytes) -> files.put(prefix + name, keep(name, bytes, folder)));
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

  /** Address of a file, such as {@code js/main.js}. */
  public String url(String path) {
    return path.startsWith("/") ? path : prefix + path;
  }

  /** The whole address of a path or a file, for those who read pages elsewhere. */
  public String site(String path) {
    return site + url(path);
  }

  /** Address of the shop's style sheets in one: {@code css/layers.css} first, then by name. */
  public String css() {
    return url(CSS);
  }

  /** Address of the browser modules of every page in one. */
  public String js() {
    return url(Modules.FOLDER + Modules.JOINED);
  }

  /** Whether such a file came with this build. */
  public boolean has(String path) {
    return files.containsKey(prefix + path);
  }

  boolean answer(HttpServerRequest request, boolean withBody) {
    if (!Asked.path(request).startsWith("/a/")) return false;
    switch (files.get(Asked.path(request))) {
      case null -> {
        return false;
      }
      case File.InMemory(var answer) -> answer.send(request, withBody);
      case File.OnDisk(var path, var length, var type) ->
          Ranges.send(request, headers, path, length, type, FOR_EVER, withBody);
    }
    return true;
  }

  private static void publish(Pages pages, String name, byte[] bytes) {
    if (!name.startsWith(UNSTAMPED)) return;
    var text = Modules.COMMENT.matcher(new String(bytes, StandardCharsets.UTF_8)).replaceAll("");
    pages.publish("/" + name.substring(UNSTAMPED.length()), type(name), "no-cache", text);
  }

  private File keep(String name, byte[] bytes, Path folder) {
    var type = type(name);
    if (bytes.length <= IN_MEMORY_MAX) {
      var compressed = Compressed.of(bytes, isText(type), Compressed.Effort.FILE);
      return new File.InMemory(new Ready(compressed, type, FOR_EVER, headers));
    }
    var path = folder.resolve(name);
    try {
      if (!Files.exists(path) || Files.size(path) != bytes.length) {
        Files.createDirectories(path.getParent());
        Files.write(path, bytes);
      }
    } catch (IOException trouble) {
      throw new UncheckedIOException("cannot unpack " + name, trouble);
    }
    return new File.OnDisk(path, bytes.length, type);
  }

  /** The media type by a file's ending; unknown endings are never run or shown. */
  static String type(String name) {
    var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }

  private static boolean isText(String type) {
    return type.startsWith("text/") || type.contains("json") || type.contains("xml");
  }

  private static boolean isPart(String name) {
    return name.startsWith("css/") && !APART.contains(name);
  }

  private static String styles(Map<String, byte[]> all) {
    return all.keySet().stream()
        .filter(it -> it.startsWith("css/") && !APART.contains(it))
        .sorted(
            java.util.Comparator.comparing((String it) -> !it.equals("css/layers.css"))
                .thenComparing(it -> it))
        .map(it -> new String(all.get(it), StandardCharsets.UTF_8))
        .map(it -> CSS_COMMENT.matcher(it).replaceAll(""))
        .collect(Collectors.joining("\n"));
  }

  private static void readAll(Map<String, byte[]> into) {
    try {
      var roots = Assets.class.getClassLoader().getResources(ROOT);
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
