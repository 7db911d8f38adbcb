package urgency.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The shop as several processes on one durable PostgreSQL: the first starts the embedded one in a
 * folder of its own, the others reach it by URL. All of it ends with {@link #close}, or with this
 * process.
 */
final class Nodes implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(90);
  private static final String PRELOAD = "LD_PRELOAD";
  private static final String JAR = "target/quarkus-app/quarkus-run.jar";
  private static final Path CACHE = Path.of("target/app.aot");

  private final Path folder;
  private final Map<String, String> settings;
  private final List<Node> nodes = new ArrayList<>();
  private final Thread cleaner = new Thread(this::end);

  /** One process of the shop. */
  static final class Node {
    final int port = freePort();
    final int managementPort = freePort();
    final Map<String, String> environment;
    final Path log;
    final Path clock;
    Process process;

    Node(Map<String, String> environment, Path log) {
      this.environment = environment;
      this.log = log;
      this.clock = log.resolveSibling(log.getFileName() + ".clock");
    }

    /** Whether this process has a clock of its own that can be set. */
    boolean hasClock() {
      return environment.containsKey(PRELOAD);
    }

    /** From now on its clock is so many seconds before or behind the machine's. */
    void clockIs(int secondsAhead) throws IOException {
      var written = clock.resolveSibling(clock.getFileName() + ".new");
      Files.writeString(written, "%+d".formatted(secondsAhead));
      Files.move(written, clock, StandardCopyOption.ATOMIC_MOVE);
    }

    void start() throws IOException {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of(
              "-Xmx192m",
              "-XX:+UseSerialGC",
              "-XX:+UseCompactObjectHeaders",
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow"));
      if (Files.exists(CACHE)) {
        command.addAll(
            List.of("-XX:AOTCache=" + CACHE, "-Xlog:disable", "-Xlog:all=error:stderr"));
      }
      // For experiments: flags of the machine under test, such as NODE_FLAGS=-Xmx512m.
      for (var flag : System.getenv().getOrDefault("NODE_FLAGS", "").split(" ")) {
        if (!flag.isBlank()) command.add(flag);
      }
      command.addAll(List.of("-jar", JAR));
      Files.writeString(log, "");
      var builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().keySet().removeIf(it -> it.startsWith("URGENCY_"));
      builder.environment().putAll(environment);
      builder.environment().put("URGENCY_HTTP_PORT", Integer.toString(port));
      builder.environment().put("URGENCY_MANAGEMENT_PORT", Integer.toString(managementPort));
      process = builder.start();
    }

    void awaitOpen() throws IOException, InterruptedException {
      var deadline = System.nanoTime() + START_MAX.toNanos();
      while (!Files.readString(log).contains("is open at")) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException("the shop did not open:\n" + Files.readString(log));
        }
        Thread.sleep(50);
      }
    }

    void kill() throws InterruptedException {
      process.destroyForcibly();
      process.waitFor(20, TimeUnit.SECONDS);
    }

    /** CPU seconds that the process has used so far. */
    double cpuSeconds() {
      return process.info().totalCpuDuration().map(it -> it.toMillis() / 1000.0).orElse(0.0);
    }
  }

  private Nodes(Path folder, Map<String, String> settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /**
   * Starts so many, with the settings given beside those that load from one address needs.
   *
   * <p>Where the library of Debian's package faketime is given, each but the first, which owns the
   * database, has a clock that can be set.
   */
  static Nodes start(int count, Map<String, String> settings, Path clockLibrary)
      throws IOException, InterruptedException {
    return start(count, settings, Optional.of(clockLibrary).filter(Files::exists));
  }

  /** Starts so many, with the settings given beside those that load from one address needs. */
  static Nodes start(int count, Map<String, String> settings)
      throws IOException, InterruptedException {
    return start(count, settings, Optional.empty());
  }

  private static Nodes start(int count, Map<String, String> settings, Optional<Path> clockLibrary)
      throws IOException, InterruptedException {
    var all = new HashMap<String, String>();
    all.put("URGENCY_HTTP_WRITES_PER_MINUTE", "10000000");
    all.putAll(settings);
    var nodes = new Nodes(Files.createTempDirectory("urgency-nodes"), all);
    Runtime.getRuntime().addShutdownHook(nodes.cleaner);
    try {
      nodes.add(Map.of("URGENCY_DATA_FOLDER", nodes.folder.resolve("data").toString()));
      for (var i = 1; i < count; i++) {
        nodes.addWithClock(Map.of("URGENCY_DATABASE_URL", nodes.databaseUrl()), clockLibrary);
      }
      return nodes;
    } catch (IOException | InterruptedException | RuntimeException trouble) {
      nodes.close();
      throw trouble;
    }
  }

  private void add(Map<String, String> more) throws IOException, InterruptedException {
    addWithClock(more, Optional.empty());
  }

  private void addWithClock(Map<String, String> more, Optional<Path> clockLibrary)
      throws IOException, InterruptedException {
    var environment = new HashMap<>(settings);
    environment.putAll(more);
    var node = new Node(environment, folder.resolve("node-" + nodes.size() + ".log"));
    if (clockLibrary.isPresent()) {
      environment.put(PRELOAD, clockLibrary.get().toString());
      environment.put("FAKETIME_TIMESTAMP_FILE", node.clock.toString());
      environment.put("FAKETIME_CACHE_DURATION", "1");
      environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
      node.clockIs(0);
    }
    nodes.add(node);
    node.start();
    node.awaitOpen();
  }

  List<Node> all() {
    return nodes;
  }

  Node get(int i) {
    return nodes.get(i % nodes.size());
  }

  /** The server's process, and its port, as it wrote them down itself. */
  private List<String> postmaster() throws IOException {
    try (var files = Files.walk(folder.resolve("data"), 3)) {
      var file =
          files
              .filter(it -> it.endsWith("postmaster.pid"))
              .findFirst()
              .orElseThrow(() -> new IOException("no server runs in " + folder));
      return Files.readAllLines(file);
    }
  }

  long databasePid() throws IOException {
    return Long.parseLong(postmaster().getFirst().strip());
  }

  String databaseUrl() throws IOException {
    return "jdbc:postgresql://127.0.0.1:%s/postgres?user=shelf"
        .formatted(postmaster().get(3).strip());
  }

  /** Ends the server and all its processes without a goodbye, and starts it again as it was. */
  void killDatabase() throws IOException, InterruptedException {
    var server = ProcessHandle.of(databasePid()).orElseThrow();
    var url = databaseUrl();
    var command = new ArrayList<String>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("/usr/bin/unshare", "-U"));
    }
    var words = Files.readString(Path.of("/proc/%d/cmdline".formatted(server.pid()))).split("\0");
    command.addAll(List.of(words));
    command.set(
        command.size() - words.length,
        Files.readSymbolicLink(Path.of("/proc/%d/exe".formatted(server.pid()))).toString());
    var children = server.descendants().toList();
    server.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    var deadline = System.nanoTime() + START_MAX.toNanos();
    while (server.isAlive() || children.stream().anyMatch(ProcessHandle::isAlive)) {
      if (System.nanoTime() > deadline) throw new IOException("the server does not end");
      Thread.sleep(20);
    }
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("postgres.log").toFile()))
        .start();
    while (true) {
      try (var connection = DriverManager.getConnection(url)) {
        if (connection.isValid(2)) return;
      } catch (SQLException starting) {
        if (System.nanoTime() > deadline) throw new IOException("the server is not back", starting);
      }
      Thread.sleep(50);
    }
  }

  Connection connect() throws SQLException, IOException {
    return DriverManager.getConnection(databaseUrl());
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(cleaner);
  }

  // The first last: it owns the database.
  private void end() {
    for (var i = nodes.size() - 1; i >= 0; i--) {
      var process = nodes.get(i).process;
      if (process == null) continue;
      process.destroy();
      try {
        if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
      } catch (InterruptedException interrupted) {
        process.destroyForcibly();
      }
    }
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(it -> it.toFile().delete());
    } catch (IOException left) {
      System.err.println("could not be removed: " + folder);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException trouble) {
      throw new IllegalStateException(trouble);
    }
  }
}
