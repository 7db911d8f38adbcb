package urgency.app;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import urgency.platform.sql.Database;
import urgency.platform.sql.DatabaseSettings;

/**
 * The database on its way up while the framework starts beside it, which saves the longer of the
 * two waits.
 *
 * <p>It begins before there is a container to hold it, so it is the one static field of the shop.
 */
final class Opening {
  private static final Logger LOG = Logger.getLogger("urgency");
  private static volatile CompletableFuture<Database> database = new CompletableFuture<>();

  private Opening() {}

  static void begin(DatabaseSettings settings) {
    var opening = new CompletableFuture<Database>();
    database = opening;
    Thread.ofPlatform().name("database").daemon().start(() -> open(settings, opening));
  }

  /** Waits for the database that is on its way. */
  static Database database() {
    try {
      return database.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) throw cause;
      throw failed;
    }
  }

  private static void open(DatabaseSettings settings, CompletableFuture<Database> opening) {
    var started = System.nanoTime();
    try {
      var opened = Database.open(settings, LOG::info);
      LOG.infof("database ready after %d ms", took(started).toMillis());
      opening.complete(opened);
    } catch (RuntimeException failed) {
      opening.completeExceptionally(failed);
    }
  }

  static Duration took(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }
}
