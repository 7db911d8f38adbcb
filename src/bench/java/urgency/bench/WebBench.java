package urgency.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * How many requests a CPU-second carries: the shop beside nginx serving the same bytes as files, in
 * interleaved rounds of one run, so that a busy machine slows both.
 *
 * <p>Run by {@code bin/bench web}: the arguments are the command that starts the shop. Needs wrk and
 * nginx on the path, and Linux for {@code /proc}.
 */
public final class WebBench {
  private static final int ROUNDS = 5;
  private static final int CONNECTIONS = 32;
  private static final Duration ROUND = Duration.ofSeconds(4);
  private static final double TICKS_PER_SECOND = 100;
  private static final String TUNED = "keepalive_requests 1000000; open_file_cache max=100;";

  /** A page, and the header lines that go with each request for it. */
  private record Target(String name, String path, List<String> headers, double bar) {}

  private record Round(double requestsPerSecond, double requestsPerCpuSecond, double p99Ms) {}

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port = freePort();
  private final int nginxPort = freePort();
  private final Path folder;
  private final boolean tuned = "1".equals(System.getenv("BENCH_NGINX_TUNED"));

  private WebBench(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] command) throws Exception {
    for (var tool : List.of("wrk", "nginx")) {
      if (!onPath(tool)) {
        System.err.println(
            "bench web needs %s, which is not installed: apt-get install wrk nginx-light"
                .formatted(tool));
        System.exit(3);
      }
    }
    var folder = Files.createTempDirectory("urgency-bench");
    try {
      new WebBench(folder).run(List.of(command));
    } finally {
      delete(folder);
    }
  }

  private void run(List<String> command) throws Exception {
    var shop = startShop(command);
    try {
      var targets = targets();
      var nginx = startNginx(targets);
      try {
        report(targets, shop.pid(), nginx.pid());
      } finally {
        nginx.destroy();
        nginx.waitFor(10, TimeUnit.SECONDS);
      }
    } finally {
      shop.destroy();
      shop.waitFor(20, TimeUnit.SECONDS);
    }
  }

  private void report(List<Target> targets, long shop, long nginx) throws Exception {
    for (var target : targets) {
      load(url(port, target.path()), target.headers(), Duration.ofSeconds(8), shop);
    }
    System.out.printf(
        "| page | bytes | shop req/s | nginx req/s | shop req/CPU-s | nginx req/CPU-s | ratio | bar |%n"
            + "| --- | --- | --- | --- | --- | --- | --- | --- |%n");
    for (var target : targets) {
      var ours = new ArrayList<Round>();
      var theirs = new ArrayList<Round>();
      for (var i = 0; i < ROUNDS; i++) {
        ours.add(load(url(port, target.path()), target.headers(), ROUND, shop));
        theirs.add(
            load(url(nginxPort, file(target)), List.of("Accept-Encoding: gzip"), ROUND, nginx));
      }
      var ratios = new ArrayList<Double>();
      for (var i = 0; i < ROUNDS; i++) {
        ratios.add(ours.get(i).requestsPerCpuSecond() / theirs.get(i).requestsPerCpuSecond());
      }
      System.out.printf(
          "| %s | %d | %.0f | %.0f | %.0f | %.0f | %.2f | %.1f |%n",
          target.name(),
          Files.size(folder.resolve("www" + file(target) + ".gz")),
          median(ours.stream().map(Round::requestsPerSecond).toList()),
          median(theirs.stream().map(Round::requestsPerSecond).toList()),
          median(ours.stream().map(Round::requestsPerCpuSecond).toList()),
          median(theirs.stream().map(Round::requestsPerCpuSecond).toList()),
          median(ratios),
          target.bar());
    }
    System.out.printf(
        "%nRSS of the application after load: %d MB (PostgreSQL apart).%n", rssMb(shop));
    System.out.printf(
        "%s, %d rounds of %d s each, %d connections, gzip as phones ask for it, medians; nginx %s.%n",
        Instant.now().toString().substring(0, 10), ROUNDS, ROUND.toSeconds(), CONNECTIONS,
        tuned ? "with an open file cache" : "with its defaults, access log off");
  }

  private List<Target> targets() throws Exception {
    var gzip = "Accept-Encoding: gzip";
    var shelf = get("/api/shelf", List.of());
    var slug = first(shelf.body(), "\"slug\"\\s*:\\s*\"([^\"]+)\"");
    var order = order(shelf.body());
    return List.of(
        new Target("GET /", "/", List.of(gzip), 1.0),
        new Target("GET /api/shelf", "/api/shelf", List.of(gzip), 1.0),
        new Target("product page", "/p/" + slug, List.of(gzip), 0.3),
        new Target("order page", order.path(), List.of(gzip, order.cookie()), 0.3));
  }

  private record Order(String path, String cookie) {}

  private Order order(String shelf) throws Exception {
    var variant = first(shelf, "\"variant\"\\s*:\\s*\"([^\"]+)\"");
    var price = first(shelf, "\"price\":(\\{[^}]*\\})");
    var request =
        HttpRequest.newBuilder(URI.create(url(port, "/api/orders")))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"lines\":[{\"variant\":\"%s\",\"quantity\":1,\"price\":%s}]}"
                        .formatted(variant, price)))
            .build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) throw new IOException("order refused: " + answer.body());
    var cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    var id = first(answer.body(), "\"id\"\\s*:\\s*\"(ord_[0-9a-f]+)\"");
    return new Order("/orders/" + id, "Cookie: " + cookie);
  }

  private Process startShop(List<String> command) throws Exception {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("shop.log").toFile());
    builder.environment().keySet().removeIf(it -> it.startsWith("URGENCY_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "URGENCY_HTTP_PORT", "" + port,
                "URGENCY_MANAGEMENT_PORT", "" + freePort(),
                "URGENCY_DATA_FOLDER", folder.resolve("data").toString()));
    var process = builder.start();
    for (var i = 0; i < 600; i++) {
      if (Files.readString(folder.resolve("shop.log")).contains("is open at")) break;
      if (!process.isAlive()) throw new IOException(Files.readString(folder.resolve("shop.log")));
      Thread.sleep(100);
    }
    for (var i = 0; i < 100 && get("/api/shelf", List.of()).statusCode() != 200; i++) {
      Thread.sleep(100);
    }
    return process;
  }

  private Process startNginx(List<Target> targets) throws Exception {
    for (var target : targets) {
      var body = get(target.path(), target.headers().subList(1, target.headers().size()));
      var path = folder.resolve("www" + file(target));
      Files.createDirectories(path.getParent());
      Files.writeString(path, body.body());
      output(List.of("gzip", "-6", "-k", path.toString()));
    }
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        daemon off;
        worker_processes 1;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log;
        events { worker_connections 1024; }
        http {
          access_log off;
          sendfile on;
          tcp_nopush on;
          %3$s
          types { text/html html; application/json json; }
          server { listen 127.0.0.1:%2$d; root %1$s/www; gzip_static on; }
        }
        """
            .formatted(folder, nginxPort, tuned ? TUNED : ""));
    output(List.of("chmod", "-R", "a+rX", folder.toString()));
    var process =
        new ProcessBuilder(
                "nginx", "-p", folder.toString(), "-c", folder.resolve("nginx.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.log").toFile())
            .start();
    Thread.sleep(500);
    return process;
  }

  private Round load(String url, List<String> headers, Duration length, long pid)
      throws Exception {
    var command =
        new ArrayList<>(
            List.of("wrk", "-t1", "-c" + CONNECTIONS, "-d" + length.toSeconds() + "s", "--latency"));
    for (var header : headers) command.addAll(List.of("-H", header));
    command.add(url);
    var before = cpuSeconds(pid);
    var said = output(command);
    var cpu = cpuSeconds(pid) - before;
    if (said.contains("Non-2xx")) throw new IOException(url + " answers with errors:\n" + said);
    var requests = Double.parseDouble(first(said, "(\\d+) requests in"));
    return new Round(
        requests / length.toSeconds(), requests / cpu, milliseconds(first(said, "\\s99%\\s+([0-9.]+[a-z]+)")));
  }

  private HttpResponse<String> get(String path, List<String> headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url(port, path)));
    for (var header : headers) {
      var colon = header.indexOf(':');
      request.header(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** User and system time of the process and its children so far. */
  private static double cpuSeconds(long pid) throws IOException {
    var ticks = ticks(pid);
    for (var child : ProcessHandle.of(pid).orElseThrow().children().toList()) {
      var name = Files.readString(Path.of("/proc/" + child.pid() + "/comm"));
      if (name.startsWith("nginx")) ticks += ticks(child.pid());
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static long ticks(long pid) throws IOException {
    var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private static long rssMb(long pid) throws IOException {
    var status = Files.readString(Path.of("/proc/" + pid + "/status"));
    return Long.parseLong(first(status, "VmRSS:\\s+(\\d+)")) / 1024;
  }

  private static double milliseconds(String wrk) {
    var number = Double.parseDouble(wrk.replaceAll("[a-z]+$", ""));
    if (wrk.endsWith("us")) return number / 1000;
    return wrk.endsWith("ms") ? number : number * 1000;
  }

  private static String file(Target target) {
    var name = target.name().replaceAll("[^a-z]+", "-");
    return "/" + name + (target.path().startsWith("/api") ? ".json" : ".html");
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static String first(String text, String pattern) {
    var matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) throw new IllegalStateException("no " + pattern + " in " + text);
    return matcher.group(1);
  }

  private static String url(int port, String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private static String output(List<String> command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) throw new IOException(command + ": " + said);
    return said;
  }

  private static boolean onPath(String tool) {
    for (var folder : (System.getenv("PATH") + ":/usr/sbin").split(":")) {
      if (Files.isExecutable(Path.of(folder, tool))) return true;
    }
    return false;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException trouble) {
      throw new IllegalStateException(trouble);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var walk = Files.walk(folder)) {
      for (var path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
