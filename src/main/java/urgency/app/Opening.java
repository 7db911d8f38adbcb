package urgency.app;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import urgency.platform.http.Shipped;
import urgency.platform.sql.Database;
import urgency.platform.sql.DatabaseSettings;

/**
 * The database on its way up, and the site's files on their way into memory, while the framework
 * starts beside them, which saves the longer of the waits.
 *
 * <p>They begin before there is a container to hold them, so these are the static fields of the
 * shop.
 */
final class Opening {
  private static final Logger LOG = Logger.getLogger("urgency");
  private static volatile CompletableFuture<Database> database = new CompletableFuture<>();
  private static volatile CompletableFuture<Shipped> files = new CompletableFuture<>();

  private Opening() {}

  static void begin(DatabaseSettings settings) {
    var opening = new CompletableFuture<Database>();
    database = opening;
    var reading = new CompletableFuture<Shipped>();
    files = reading;
    Thread.ofPlatform().name("files").daemon().start(() -> complete(reading, Shipped::read));
    Thread.ofPlatform().name("database").daemon().start(() -> open(settings, opening));
  }

  /** Waits for the database that is on its way. */
  static Database database() {
    return await(database);
  }

  /** Waits for the files that are on their way. */
  static Shipped files() {
    return await(files);
  }

  private static <T> T await(CompletableFuture<T> coming) {
    try {
      return coming.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) throw cause;
      throw failed;
    }
  }

  private static void open(DatabaseSettings settings, CompletableFuture<Database> opening) {
    var started = System.nanoTime();
    complete(
        opening,
        () -> {
          var opened = Database.open(settings, LOG::info);
          LOG.infof("database ready after %d ms", took(started).toMillis());
          return opened;
        });
  }

  private static <T> void complete(CompletableFuture<T> coming, Supplier<T> work) {
    try {
      coming.complete(work.get());
    } catch (RuntimeException failed) {
      coming.completeExceptionally(failed);
    }
  }

  static Duration took(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }
}
