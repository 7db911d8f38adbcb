package urgency.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What an open phone costs, and how soon all of them hear: one application process, as many event
 * streams as are asked for, all over loopback from this process.
 *
 * <p>Run by {@code bin/bench live [--clients N] [--rounds N]}. Needs Linux for {@code /proc}. Time
 * is taken from before the commit of a stock change until the last stream has it.
 */
public final class LiveBench {
  private static final int CLIENTS_MAX = 60_000;
  private static final int ROUNDS_MAX = 200;
  private static final int WARM_UP = 1_000;
  private static final int WARM_UP_CHANGES = 40;
  private static final int UNITS = 1_000;
  private static final double BYTES_BAR = 12 * 1024;
  private static final double LAST_MS_BAR = 300;
  private static final Duration QUIET = Duration.ofSeconds(10);
  private static final Duration ROUND_MAX = Duration.ofSeconds(10);
  private static final long PAUSE_MS = 700;

  private final int clients;
  private final int rounds;

  private LiveBench(int clients, int rounds) {
    this.clients = clients;
    this.rounds = rounds;
  }

  public static void main(String[] args) throws Exception {
    var clients = 10_000;
    var rounds = 60;
    for (var i = 0; i + 1 < args.length; i += 2) {
      switch (args[i]) {
        case "--clients" -> clients = Integer.parseInt(args[i + 1]);
        case "--rounds" -> rounds = Integer.parseInt(args[i + 1]);
        default -> usage();
      }
    }
    if (args.length % 2 == 1) usage();
    if (clients < 1 || clients > CLIENTS_MAX || rounds < 1 || rounds > ROUNDS_MAX) usage();
    System.exit(new LiveBench(clients, rounds).run() ? 0 : 1);
  }

  private static void usage() {
    System.err.printf(
        "usage: bin/bench live [--clients 1..%d] [--rounds 1..%d]%n", CLIENTS_MAX, ROUNDS_MAX);
    System.exit(2);
  }

  private boolean run() throws Exception {
    var settings =
        Map.of(
            "URGENCY_LIVE_CONNECTIONS", Integer.toString(clients + WARM_UP),
            "URGENCY_LIVE_PER_ADDRESS", "1000000",
            "URGENCY_SHELF_REFRESH", "7d");
    try (var nodes = Nodes.start(1, settings);
        var database = nodes.connect()) {
      var node = nodes.get(0);
      var variant = variant(node.port);
      warmUp(node, database, variant);
      var before = rss(node);
      try (var streams = new Streams(node.port)) {
        System.err.printf("opening %d streams%n", clients);
        var opened = System.nanoTime();
        streams.open(clients);
        var openedMs = (System.nanoTime() - opened) / 1_000_000;
        TimeUnit.SECONDS.sleep(QUIET.toSeconds() * 2);
        var after = rss(node);
        var idle = cpuOf(node, () -> TimeUnit.SECONDS.sleep(QUIET.toSeconds()));
        var last = new double[rounds];
        var all = new double[rounds * clients];
        var started = System.nanoTime();
        var busy =
            cpuOf(
                node,
                () -> {
                  for (var round = 0; round < rounds; round++) {
                    var delays = change(database, variant, streams, UNITS + round);
                    last[round] = delays[clients - 1];
                    System.arraycopy(delays, 0, all, round * clients, clients);
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MS + round * 37 % 250);
                  }
                });
        var seconds = (System.nanoTime() - started) / 1e9;
        var restless = idle / QUIET.toSeconds() * seconds;
        return report(before, after, openedMs, last, all, busy - restless, idle);
      }
    }
  }

  private boolean report(
      long before, long after, long openedMs, double[] last, double[] all, double cpu, double idle)
      throws IOException {
    Arrays.sort(last);
    Arrays.sort(all);
    var each = (after - before) / (double) clients;
    var light = each <= BYTES_BAR;
    var soon = at(last, 0.99) <= LAST_MS_BAR;
    System.out.printf("| what | figure | bar |%n| --- | --- | --- |%n");
    System.out.printf("| streams open on one application | %d | %d |%n", clients, clients);
    System.out.printf("| RSS before and with them | %d and %d MB | |%n", before >> 20, after >> 20);
    System.out.printf("| RSS for each stream | %.1f kB | 12 kB |%n", each / 1024);
    System.out.printf(
        "| commit to the last stream, median and p99 of %d changes | %.0f and %.0f ms | 300 ms |%n",
        last.length, at(last, 0.5), at(last, 0.99));
    System.out.printf(
        "| commit to any stream, median and p99 of %d deliveries | %.0f and %.0f ms | |%n",
        all.length, at(all, 0.5), at(all, 0.99));
    System.out.printf("| CPU for each delivery | %.1f µs | |%n", cpu * 1e6 / all.length);
    System.out.printf(
        "| CPU of the application with all streams open and nothing new | %.1f %% of a core | |%n",
        idle / QUIET.toSeconds() * 100);
    System.out.printf("| opening all of them | %.1f s | |%n", openedMs / 1e3);
    System.out.printf(
        "%n%s, %d cores, load average %s. %s%n",
        LocalDate.now(ZoneOffset.UTC),
        Runtime.getRuntime().availableProcessors(),
        load(),
        light && soon ? "Both bars are met." : "NOT MET.");
    return light && soon;
  }

  /** Something whose CPU time is taken. */
  private interface Work {
    void run() throws Exception;
  }

  private static double cpuOf(Nodes.Node node, Work work) throws Exception {
    var before = node.cpuSeconds();
    work.run();
    return node.cpuSeconds() - before;
  }

  /** Milliseconds from before the commit until each stream has heard of it, in order. */
  private static double[] change(
      Connection database, String variant, Streams streams, int units) throws Exception {
    streams.await("\"left\":" + units + ",");
    var at = System.nanoTime();
    Books.stock(database, variant, units);
    return streams.delays(at, ROUND_MAX);
  }

  // Classes loaded, code compiled and pools filled, as they are in a shop that has been open a
  // while.
  private static void warmUp(Nodes.Node node, Connection database, String variant)
      throws Exception {
    for (var i = 0; i < 3; i++) {
      try (var streams = new Streams(node.port)) {
        streams.open(WARM_UP);
        for (var change = 0; change < WARM_UP_CHANGES; change++) {
          change(database, variant, streams, UNITS * 2 + i * WARM_UP_CHANGES + change);
        }
      }
    }
    TimeUnit.SECONDS.sleep(QUIET.toSeconds());
  }

  /** Resident bytes after a full collection. */
  private static long rss(Nodes.Node node) throws Exception {
    var pid = Long.toString(node.process.pid());
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    for (var i = 0; i < 2; i++) {
      var collect =
          new ProcessBuilder(jcmd, pid, "GC.run")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!collect.waitFor(60, TimeUnit.SECONDS)) throw new IOException("jcmd does not answer");
    }
    return Long.parseLong(
            first(Files.readString(Path.of("/proc", pid, "status")), "VmRSS:\\s+(\\d+)"))
        * 1024;
  }

  private static String variant(int port) throws Exception {
    var http = HttpClient.newHttpClient();
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/shelf"))
            .timeout(Duration.ofSeconds(10))
            .build();
    for (var tries = 0; tries < 60; tries++) {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        // A product with one colour, so that what is left of it is what is left of the variant.
        return alone(answer.body());
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
    throw new IOException("no shelf was published");
  }

  private static String alone(String shelf) {
    for (var item : List.of(shelf.split("\"place\":"))) {
      var variants = new ArrayList<String>();
      var found = Pattern.compile("\"variant\":\"([0-9a-f-]{36})\"").matcher(item);
      while (found.find()) variants.add(found.group(1));
      if (variants.size() == 1) return variants.getFirst();
    }
    throw new IllegalStateException("every product has several variants");
  }

  private static double at(double[] sorted, double share) {
    return sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
  }

  private static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
  }

  private static String first(String text, String pattern) {
    var matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) throw new IllegalStateException("no " + pattern + " in " + text);
    return matcher.group(1);
  }
}
