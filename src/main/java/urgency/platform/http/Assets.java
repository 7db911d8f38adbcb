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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
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
  Assets(SecurityHeaders headers, DatabaseSettings settings, HttpSettings http) {
    this.headers = headers;
    this.site = http.siteUrl();
    var all = new TreeMap<String, byte[]>();
    var stamp = new CRC32();
    readAll(all);
    all.forEach(
        (name, bytes) -> {
          stamp.update(name.getBytes(StandardCharsets.UTF_8));
          stamp.update(bytes);
        });
    var version = "%08x".formatted(stamp.getValue());
    this.prefix = "/a/" + version + "/";
    var folder = settings.folder().toAbsolutePath().resolve("web").resolve(version);
    all.put("css/all.css", styles(all).getBytes(StandardCharsets.UTF_8));
    all.forEach((name, bytes) -> files.put(prefix + name, keep(name, bytes, folder)));
  }

  /** Address of a file, such as {@code js/main.js}. */
  public String url(String path) {
    return path.startsWith("/") ? path : prefix + path;
  }

  /** The whole address of a path or a file, for those who read pages elsewhere. */
  public String site(String path) {
    return site + url(path);
  }

  /** Address of all style sheets in one: {@code css/layers.css} first, then by name. */
  public String css() {
    return url("css/all.css");
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

  private static String styles(Map<String, byte[]> all) {
    return all.keySet().stream()
        .filter(it -> it.startsWith("css/"))
        .sorted(
            java.util.Comparator.comparing((String it) -> !it.equals("css/layers.css"))
                .thenComparing(it -> it))
        .map(it -> new String(all.get(it), StandardCharsets.UTF_8))
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
