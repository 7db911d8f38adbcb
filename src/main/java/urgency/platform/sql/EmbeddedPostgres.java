package urgency.platform.sql;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * A PostgreSQL server that belongs to one data folder, started from binaries inside a jar.
 *
 * <p>A fresh data folder gets the cluster of a prepared one, where there is such.
 *
 * <p>The server is an ordinary child process that listens on loopback. If the application dies
 * without a goodbye, its server lives on; the next start finds it by {@code postmaster.pid}, takes
 * it over and stops it at the end. PostgreSQL refuses to run as root, so for root it runs in a user
 * namespace of its own.
 */
final class EmbeddedPostgres implements AutoCloseable {
  static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration STOP_MAX = Duration.ofSeconds(20);
  private static final String USER = "shelf";
  static final String CLUSTER = "cluster";
  private static final Path TAR = Path.of("/usr/bin/tar");
  private static final Path XZ = Path.of("/usr/bin/xz");

  private final Path home;
  private final Path cluster;
  private final int port;
  private final ProcessHandle server;
  private final boolean takenOver;
  private final Optional<Pristine> given;

  private EmbeddedPostgres(
      Path home,
      Path cluster,
      int port,
      ProcessHandle server,
      boolean takenOver,
      Optional<Pristine> given) {
    this.home = home;
    this.cluster = cluster;
    this.port = port;
    this.server = server;
    this.takenOver = takenOver;
    this.given = given;
  }

  /** Starts the server of the data folder, or takes over the one that already runs. */
  static EmbeddedPostgres start(DatabaseSettings settings, Consumer<String> progress) {
    var folder = settings.folder().toAbsolutePath().normalize();
    var prepared = settings.prepared().map(it -> it.toAbsolutePath().normalize());
    try {
      var home = binaries(prepared.orElse(folder), progress);
      var cluster = folder.resolve(CLUSTER);
      var running = running(cluster);
      if (running.isPresent()) {
        progress.accept("taking over the database that is already running");
        return running.get().in(home);
      }
      if (isIn(folder)) return launch(home, cluster, settings.durable(), Optional.empty());
      progress.accept("creating the database in " + folder);
      var pristine = prepared.map(Pristine::new);
      if (pristine.isPresent()) {
        pristine.get().give(cluster);
      } else {
        initialise(home, cluster);
      }
      return launch(home, cluster, settings.durable(), pristine);
    } catch (IOException trouble) {
      throw new UncheckedIOException("embedded PostgreSQL in " + folder, trouble);
    }
  }

  /** Whether the folder has a cluster. */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(CLUSTER).resolve("PG_VERSION"));
  }

  /** Gives a whole folder its name; when another process was quicker, that is as good. */
  static void settle(Path fresh, Path target) throws IOException {
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException taken) {
      if (!Files.exists(target)) throw taken;
      remove(fresh);
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> inside;
    try (var all = Files.walk(folder)) {
      inside = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (var path : inside) Files.delete(path);
  }

  /** A folder beside the target under a name of its own: nobody takes half of one for the whole. */
  static Path unfinished(Path target) throws IOException {
    var parent = target.toAbsolutePath().getParent();
    return Files.createTempDirectory(Files.createDirectories(parent), target.getFileName() + ".");
  }

  /** Address of the named database on this server. */
  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s".formatted(port, database, USER);
  }

  long pid() {
    return server.pid();
  }

  /** Whether the server ran before we came. */
  boolean takenOver() {
    return takenOver;
  }

  /** Stops the server: clients are cut off, data is safe. The next fresh folder is thought of. */
  @Override
  public void close() {
    try {
      run(home, List.of("pg_ctl", "stop", "-D", cluster.toString(), "-m", "fast", "-w"), STOP_MAX);
    } catch (IOException failed) {
      server.destroy();
    }
    given.ifPresent(Pristine::restock);
  }

  private EmbeddedPostgres in(Path home) {
    return new EmbeddedPostgres(home, cluster, port, server, takenOver, given);
  }

  private static Optional<EmbeddedPostgres> running(Path cluster) throws IOException {
    var file = cluster.resolve("postmaster.pid");
    if (!Files.exists(file)) return Optional.empty();
    var lines = Files.readAllLines(file);
    if (lines.size() < 4) return Optional.empty();
    var handle = ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
    var port = Integer.parseInt(lines.get(3).strip());
    return handle
        .filter(ProcessHandle::isAlive)
        .filter(it -> answers(port))
        .map(it -> new EmbeddedPostgres(cluster, cluster, port, it, true, Optional.empty()));
  }

  private static void initialise(Path home, Path cluster) throws IOException {
    var fresh = unfinished(cluster);
    run(
        home,
        List.of(
            "initdb",
            "-D",
            fresh.toString(),
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions"),
        START_MAX);
    settle(fresh, cluster);
  }

  private static EmbeddedPostgres launch(
      Path home, Path cluster, boolean durable, Optional<Pristine> given) throws IOException {
    var port = freePort();
    var command = new ArrayList<>(asOrdinaryUser());
    command.addAll(List.of(home.resolve("bin/postgres").toString(), "-D", cluster.toString()));
    var options =
        List.of(
            "port=" + port,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=120",
            "shared_buffers=64MB",
            "logging_collector=off",
            "timezone=UTC",
            "fsync=" + (durable ? "on" : "off"),
            "synchronous_commit=" + (durable ? "on" : "off"));
    options.forEach(it -> command.addAll(List.of("-c", it)));
    var log = cluster.resolveSibling("postgres.log").toFile();
    // A session of its own: Ctrl-C at the terminal reaches the shop, and the shop stops its server.
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) command.addFirst("/usr/bin/setsid");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(log))
            .start();
    var deadline = System.nanoTime() + START_MAX.toNanos();
    while (!answers(port)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroy();
        throw new IOException("PostgreSQL did not start; its last words are in " + log);
      }
      pause();
    }
    return new EmbeddedPostgres(home, cluster, port, process.toHandle(), false, given);
  }

  private static void run(Path home, List<String> command, Duration max) throws IOException {
    var whole = new ArrayList<>(asOrdinaryUser());
    whole.add(home.resolve("bin").resolve(command.getFirst()).toString());
    whole.addAll(command.subList(1, command.size()));
    finish(new ProcessBuilder(whole), max);
  }

  static void finish(ProcessBuilder command, Duration max) throws IOException {
    var name = command.command().getFirst();
    var process = command.redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(max.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
        throw new IOException(name + " failed: " + said.strip());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + name + " ran", interrupted);
    }
  }

  private static List<String> asOrdinaryUser() {
    return "root".equals(System.getProperty("user.name"))
        ? List.of("/usr/bin/unshare", "-U")
        : List.of();
  }

  private static boolean answers(int port) {
    var url =
        "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s&connectTimeout=1".formatted(port, USER);
    try (var connection = DriverManager.getConnection(url)) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while PostgreSQL started", interrupted);
    }
  }

  private static Path binaries(Path folder, Consumer<String> progress) throws IOException {
    var resource = "postgres-%s-%s.txz".formatted(system(), machine());
    var target = folder.resolve("postgres-18");
    if (Files.exists(target.resolve("bin/postgres"))) return target;
    progress.accept("unpacking PostgreSQL");
    try (var packed = EmbeddedPostgres.class.getResourceAsStream("/" + resource)) {
      if (packed == null) {
        throw new IOException(
            "no PostgreSQL for this machine in the build (%s); set URGENCY_DATABASE_URL"
                .formatted(resource));
      }
      var fresh = unfinished(target);
      if (!unpackedByTar(resource, fresh)) unpack(packed, fresh);
      settle(fresh, target);
    }
    return target;
  }

  // The system's own tar is three times as fast as a decoder that no compiler has seen yet.
  private static boolean unpackedByTar(String resource, Path into) throws IOException {
    if (!Files.isExecutable(TAR) || !Files.isExecutable(XZ)) return false;
    var process =
        new ProcessBuilder(TAR.toString(), "-xJf", "-", "--no-same-owner", "-C", into.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var packed = EmbeddedPostgres.class.getResourceAsStream("/" + resource);
        var stdin = process.getOutputStream()) {
      Objects.requireNonNull(packed).transferTo(stdin);
    } catch (IOException ended) {
      // Its own exit says it, too.
    }
    try {
      return process.waitFor(START_MAX.toMillis(), TimeUnit.MILLISECONDS)
          && process.exitValue() == 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while tar ran", interrupted);
    }
  }

  private static void unpack(InputStream packed, Path into) throws IOException {
    try (var tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var path = into.resolve(entry.getName()).normalize();
        if (!path.startsWith(into)) throw new IOException("entry leaves the folder: " + path);
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(path.getParent());
          Files.deleteIfExists(path);
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
          if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
          }
        }
      }
    }
  }

  private static String system() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
        ? "darwin"
        : "linux";
  }

  private static String machine() {
    return switch (System.getProperty("os.arch")) {
      case "aarch64" -> "arm_64";
      default -> "x86_64";
    };
  }
}
