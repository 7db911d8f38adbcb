package urgency.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import urgency.Patience;
import urgency.platform.sql.TestDatabase;

/**
 * The built application as a process of its own, on a database of its own and free ports: what a
 * stranger runs, driven from outside.
 */
final class Shop implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(90);

  // Below the ports that a machine gives to those who want any: between here and the start nobody
  // is given it, nor while the shop is down between two starts.
  private static final int PORT_MIN = 10_000;
  private static final int PORTS = 10_000;
  private static final int APART = 97;
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * APART % PORTS));

  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

  /** What {@code bin/test} trains: with it a start costs half as much. */
  private static final Path CACHE = Path.of("target/app.aot");

  private final String databaseUrl;
  private final Map<String, String> settings;
  private final int port;
  private final int managementPort;
  private final Path log;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(30))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private Process process;

  private Shop(String databaseUrl, Map<String, String> settings) {
    this.databaseUrl = databaseUrl;
    this.settings = settings;
    this.port = freePort();
    this.managementPort = freePort();
    this.log = Path.of("target", "shop-" + port + ".log");
    launch();
  }

  /** A shop with a fresh database and the demo catalogue. */
  static Shop open(Map<String, String> settings) {
    return new Shop(TestDatabase.migratedUrl(), settings);
  }

  /** A second node on the same database. */
  Shop sibling() {
    return sibling(Map.of());
  }

  /** A second node with settings of its own. */
  Shop sibling(Map<String, String> different) {
    var all = new HashMap<>(settings);
    all.putAll(different);
    return new Shop(databaseUrl, all);
  }

  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /** Where the shop keeps its files. */
  Path data() {
    return Path.of("target/shop-" + port);
  }

  Jdbi database() {
    return Jdbi.create(databaseUrl);
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  /** Asks the port of health and metrics. */
  HttpResponse<String> management(String path) {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
            .timeout(Duration.ofSeconds(30)));
  }

  HttpResponse<String> form(String path, String body, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> json(String path, String body, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  HttpRequest.Builder request(String path, String... headers) {
    var request = HttpRequest.newBuilder(URI.create(url(path))).timeout(Duration.ofSeconds(60));
    if (headers.length > 0) request.headers(headers);
    return request;
  }

  /** Runs one of the tools beside the shop, as its script in {@code bin} does; what it said. */
  String tool(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(it -> it.startsWith("URGENCY_"));
    builder.environment().putAll(environment());
    try {
      var said = builder.start().getInputStream();
      return new String(said.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  /** Ends the process without a goodbye, as a power cut would. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  /** Starts again on the same port and data after {@link #kill}. */
  void restart() {
    launch();
  }

  String log() {
    try {
      // It may end in half a letter while the shop writes.
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  @Override
  public void close() {
    process.destroy();
    await();
  }

  private void launch() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            // It lives for a minute: the second compiler would cost more than it brings.
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    if (Files.exists(CACHE)) {
      command.addAll(List.of("-XX:AOTCache=" + CACHE, "-Xlog:disable", "-Xlog:all=error:stderr"));
    }
    command.addAll(List.of("-jar", JAR.toString()));
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(it -> it.startsWith("URGENCY_"));
    builder.environment().putAll(environment());
    try {
      process = builder.start();
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
    Patience.until(
        "the shop opens; its log is " + log,
        START_MAX,
        () -> {
          if (!process.isAlive()) throw new AssertionError("the shop ended:\n" + log());
          return log().contains("is open at");
        });
  }

  private Map<String, String> environment() {
    var all = new HashMap<String, String>();
    all.put("URGENCY_HTTP_PORT", Integer.toString(port));
    all.put("URGENCY_MANAGEMENT_PORT", Integer.toString(managementPort));
    all.put("URGENCY_SITE_URL", url(""));
    all.put("URGENCY_DATABASE_URL", databaseUrl);
    all.put("URGENCY_DATA_FOLDER", "target/shop-" + port);
    all.put("URGENCY_HTTP_WRITES_PER_MINUTE", "1000000");
    all.putAll(settings);
    return all;
  }

  private void await() {
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  private static int freePort() {
    for (var tries = 0; tries < PORTS; tries++) {
      var port = PORT_MIN + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
      if (isFree(port)) return port;
    }
    throw new IllegalStateException("no port is free from " + PORT_MIN + " on");
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
