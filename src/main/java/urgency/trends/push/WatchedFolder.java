package urgency.trends.push;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;
import urgency.platform.jobs.Jobs;
import urgency.trends.PushSettings;
import urgency.trends.TrendSettings;
import urgency.trends.push.Deliveries.Format;

/**
 * Takes the JSON and CSV files that somebody puts into a folder. Each goes to {@code done/} or,
 * with a {@code .why} beside it, to {@code refused/}. A file that still grows is left for the next
 * look.
 */
@Singleton
public final class WatchedFolder {
  private static final Logger LOG = Logger.getLogger(WatchedFolder.class);
  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final Duration SETTLED = Duration.ofSeconds(2);
  private static final int FILES_MAX = 50;
  private static final int NAME_MAX = 120;

  private final Deliveries deliveries;
  private final PushSettings settings;

  public WatchedFolder(Deliveries deliveries, TrendSettings settings) {
    this.deliveries = deliveries;
    this.settings = settings.push();
  }

  void start(@Observes StartupEvent event, Jobs jobs) {
    settings
        .folder()
        .ifPresent(
            folder -> {
              LOG.infof("trends are taken from files in %s", folder.toAbsolutePath());
              jobs.oneNode("trends.folder", EVERY, now -> look(folder, now));
            });
  }

  /** Takes the files that are there, a bounded number of them, in order of their names. */
  void look(Path folder, Instant now) {
    try {
      Files.createDirectories(folder.resolve("done"));
      Files.createDirectories(folder.resolve("refused"));
      for (var file : files(folder, now)) tryTake(folder, file, now);
    } catch (IOException trouble) {
      LOG.errorf(trouble, "the folder of trends %s cannot be used", folder);
    }
  }

  // One file that cannot be read or moved must not keep those after it waiting, look after look.
  private void tryTake(Path folder, Path file, Instant now) {
    try {
      take(folder, file, now);
    } catch (IOException trouble) {
      LOG.errorf(
          "the trends of %s were left: it cannot be read or moved; check its permissions (%s)",
          file, trouble);
    }
  }

  private static List<Path> files(Path folder, Instant now) throws IOException {
    var files = new ArrayList<Path>();
    try (var list = Files.newDirectoryStream(folder, WatchedFolder::isDelivery)) {
      for (var file : list) {
        var changed = Files.getLastModifiedTime(file).toInstant();
        if (changed.plus(SETTLED).isAfter(now)) continue;
        files.add(file);
        if (files.size() == FILES_MAX) break;
      }
    }
    files.sort(null);
    return files;
  }

  private static boolean isDelivery(Path file) {
    var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && !name.startsWith(".")
        && (name.endsWith(".json") || name.endsWith(".csv"));
  }

  private void take(Path folder, Path file, Instant now) throws IOException {
    var why = refusal(file, now);
    if (why.isEmpty()) {
      LOG.infof("took the trends of %s", file.getFileName());
      move(file, folder.resolve("done"), now);
    } else {
      LOG.warnf("refused the trends of %s: %s", file.getFileName(), why.lines().findFirst().get());
      var moved = move(file, folder.resolve("refused"), now);
      Files.writeString(moved.resolveSibling(moved.getFileName() + ".why"), why);
    }
  }

  /** Why a file is not taken, one line per mistake; empty when it was. */
  private String refusal(Path file, Instant now) throws IOException {
    if (Files.size(file) > Deliveries.BODY_MAX) {
      return Deliveries.sentences(deliveries.refuse(shown(file), tooLarge(), now));
    }
    var body = Files.readAllBytes(file);
    var csv = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    var answer = deliveries.take(key(file, body), csv ? Format.CSV : Format.JSON, body, now);
    return answer.status() < 400 ? "" : Deliveries.sentences(answer);
  }

  private static Deliveries.Answer tooLarge() {
    var why = "the file has more than %d bytes; split it".formatted(Deliveries.BODY_MAX);
    return Deliveries.problem(413, why, "file", List.of());
  }

  private static String shown(Path file) {
    return "file " + JsonDelivery.shown(file.getFileName().toString());
  }

  // Name and content together are the key: a file that comes again is the same delivery.
  private static String key(Path file, byte[] body) {
    var crc = new java.util.zip.CRC32C();
    crc.update(body);
    var sum = HexFormat.of().toHexDigits((int) crc.getValue());
    return shown(file) + " " + sum;
  }

  private static Path move(Path file, Path into, Instant now) throws IOException {
    var name = file.getFileName().toString();
    if (name.getBytes(StandardCharsets.UTF_8).length > NAME_MAX) {
      name = name.substring(name.length() - NAME_MAX / 4);
    }
    var target = into.resolve(name);
    if (Files.exists(target)) target = into.resolve(now.toEpochMilli() + "-" + name);
    return Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
