package urgency.platform.http;

import io.quarkus.qute.RawString;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import urgency.platform.language.Languages;
import urgency.platform.script.Modules;
import urgency.platform.sql.DatabaseSettings;

/**
 * The files of {@code src/main/web} as the browser gets them: under one address per build, so that
 * they can be kept for ever.
 *
 * <p>Small files stay in memory, and are compressed when they are first asked for or a little after
 * the start, whose processors have better to do. Clips are unpacked beside the data once per build
 * and sent from there, so that the kernel moves their bytes and Range requests cost nothing.
 */
@Singleton
@Named("assets")
public final class Assets {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private static final int IN_MEMORY_MAX = 96 * 1024;
  private static final int COMPRESSED_AFTER_SECONDS = 5;

  private sealed interface File {
    record InMemory(Translated answer) implements File {}

    record OnDisk(Path path, long length, String type) implements File {}
  }

  private final String prefix;
  private final Map<String, File> files = new ConcurrentHashMap<>();
  private final SecurityHeaders headers;
  private final Languages languages;
  private final String site;

  @Inject
  Assets(
      Shipped shipped,
      SecurityHeaders headers,
      DatabaseSettings settings,
      HttpSettings http,
      Languages languages,
      Pages pages) {
    this.headers = headers;
    this.languages = languages;
    this.site = http.siteUrl();
    this.prefix = "/a/" + shipped.version() + "/";
    shipped.unstamped().forEach((name, bytes) -> publish(pages, name, bytes));
    var folder = settings.folder().toAbsolutePath().resolve("web").resolve(shipped.version());
    shipped.files().forEach((name, it) -> files.put(prefix + name, keep(name, it, folder)));
  }

  void start(@Observes StartupEvent started) {
    CompletableFuture.delayedExecutor(COMPRESSED_AFTER_SECONDS, TimeUnit.SECONDS)
        .execute(this::compress);
  }

  private void compress() {
    for (var file : files.values()) {
      if (file instanceof File.InMemory(var answer)) answer.write(languages.main());
    }
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
    return url(Shipped.CSS);
  }

  /** The one style that stands in the page itself, before the sheets. */
  public RawString firstStyle() {
    return new RawString(SecurityHeaders.FIRST_STYLE);
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
      case File.InMemory(var answer) -> answer.send(request, languages, withBody);
      case File.OnDisk(var path, var length, var type) ->
          Ranges.send(request, headers, path, length, type, FOR_EVER, withBody);
    }
    return true;
  }

  private static void publish(Pages pages, String name, byte[] bytes) {
    var text = Modules.COMMENT.matcher(new String(bytes, StandardCharsets.UTF_8)).replaceAll("");
    pages.publish("/" + name, Shipped.type(name), "no-cache", text);
  }

  private File keep(String name, byte[] bytes, Path folder) {
    var type = Shipped.type(name);
    return bytes.length > IN_MEMORY_MAX
        ? onDisk(folder.resolve(name), bytes, type)
        : new File.InMemory(Translated.once(() -> ready(bytes, type)));
  }

  private Ready ready(byte[] bytes, String type) {
    var body = Compressed.of(bytes, Shipped.isText(type), Compressed.Effort.FILE);
    return new Ready(body, type, FOR_EVER, headers);
  }

  private static File onDisk(Path path, byte[] bytes, String type) {
    try {
      if (!Files.exists(path) || Files.size(path) != bytes.length) {
        Files.createDirectories(path.getParent());
        Files.write(path, bytes);
      }
    } catch (IOException trouble) {
      throw new UncheckedIOException("cannot unpack " + path.getFileName(), trouble);
    }
    return new File.OnDisk(path, bytes.length, type);
  }
}
