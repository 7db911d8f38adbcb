package urgency.platform.sql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jboss.logging.Logger;

/**
 * A cluster with our empty tables that nobody uses, and a copy of it that waits for the next fresh
 * data folder: to give it a new name takes no time, where copying it and forcing it to the disk
 * takes more than a second of a busy start.
 */
final class Pristine {
  private static final Logger LOG = Logger.getLogger(Pristine.class);

  private final Path cluster;
  private final Path spare;

  Pristine(Path prepared) {
    this.cluster = prepared.resolve(EmbeddedPostgres.CLUSTER);
    this.spare = prepared.resolve("spare");
  }

  /** Gives a data folder a cluster of its own: the copy that waits, or else a new one. */
  void give(Path target) throws IOException {
    Files.createDirectories(target.getParent());
    try {
      Files.move(spare, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException takenOrElsewhere) {
      copy(target);
    }
  }

  /** Sees to it that a copy waits; without one the next fresh folder only takes longer. */
  void restock() {
    if (Files.exists(spare)) return;
    try {
      copy(spare);
    } catch (IOException noRoom) {
      LOG.warnf(noRoom, "no copy of %s", cluster);
    }
  }

  // What it writes is on the disk when it has its name: the server that is started on it never
  // wrote these files, and would not force them.
  private void copy(Path target) throws IOException {
    var fresh = EmbeddedPostgres.unfinished(target);
    EmbeddedPostgres.finish(
        new ProcessBuilder("cp", "-R", "-p", cluster + "/.", fresh.toString()),
        EmbeddedPostgres.START_MAX);
    force(fresh);
    EmbeddedPostgres.settle(fresh, target);
  }

  private static void force(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes its) throws IOException {
            try (var open = FileChannel.open(file, StandardOpenOption.READ)) {
              open.force(true);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
