package urgency.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Whether what the back-test says of sales hinges on which products and months were taken: the same
 * trial on random halves of the products and on each file alone. Run by {@code bin/bench halves}.
 */
public final class Halves {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DATA = Path.of("src/bench/data/uci-online-retail");
  private static final List<String> METRICS = List.of("rho", "P@20", "ideal share", "NDCG@20");
  private static final int HALVES = 10;
  private static final long SEED = 20_261_126;
  private static final double TOLERANCE = 0.003;

  private final List<String> command;
  private final Path folder;

  /** By how much ours was ahead of a baseline, trial by trial. */
  private final Map<String, Map<String, List<Double>>> ahead = new LinkedHashMap<>();

  private Halves(List<String> command, Path folder) {
    this.command = command;
    this.folder = folder;
  }

  /**
   * @param args the machine's program and the application
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    var command = List.of(args[0], "-XX:+UseSerialGC", "-Xmx768m", "-jar", args[1], "backtest");
    var folder = Files.createTempDirectory("halves");
    try {
      new Halves(command, folder).run();
    } finally {
      try (var left = Files.walk(folder)) {
        for (var it : left.sorted(Comparator.reverseOrder()).toList()) Files.delete(it);
      }
    }
  }

  private void run() throws IOException, InterruptedException {
    var files = new TreeMap<String, List<String>>();
    try (var all = Files.list(DATA)) {
      for (var it : all.filter(at -> at.toString().contains("daily_")).sorted().toList()) {
        files.put(String.valueOf(it.getFileName()), lines(it));
      }
    }
    System.out.println("| data | decisions | " + String.join(" | ", METRICS) + " |");
    System.out.println("| --- | ---: |" + " --- |".repeat(METRICS.size()));
    var header = files.firstEntry().getValue().getFirst();
    var rows =
        files.values().stream().flatMap(it -> it.subList(1, it.size()).stream()).toList();
    trial("all", header, rows.stream());
    for (var half = 1; half <= HALVES; half++) {
      var seed = SEED + half;
      trial(
          "half %d of the products".formatted(half),
          header,
          rows.stream().filter(it -> new SplittableRandom(seed ^ code(it)).nextBoolean()));
    }
    for (var it : files.entrySet()) {
      trial(it.getKey(), header, it.getValue().stream().skip(1));
    }
    tell();
  }

  private void trial(String name, String header, Stream<String> rows)
      throws IOException, InterruptedException {
    var file = folder.resolve("sales.csv");
    var all = new ArrayList<String>();
    all.add(header);
    rows.forEach(all::add);
    Files.write(file, all);
    var words = new ArrayList<>(command);
    words.addAll(List.of("--data", folder.toString(), "--json"));
    var process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    var report = JSON.readTree(process.getInputStream().readAllBytes());
    process.waitFor();
    var table = report.path("tables").path(0);
    var line = new StringBuilder("| %s | %s |".formatted(name, decisions(table)));
    for (var metric : METRICS) line.append(' ').append(beside(table, metric)).append(" |");
    System.out.println(line);
  }

  private static String decisions(JsonNode table) {
    return table.path("protocol").asText().replaceFirst("(?s).*; (\\d+) decisions.*", "$1");
  }

  // Ours, and the best of the others with what it is better or worse by.
  private String beside(JsonNode table, String metric) {
    var ours = table.path("rows").path(0).path("figures").path(metric).asDouble();
    var best = "";
    var least = Double.MAX_VALUE;
    for (var row : table.path("rows")) {
      if (row.path("ours").asBoolean()) continue;
      var model = row.path("model").asText();
      var more = ours - row.path("figures").path(metric).asDouble();
      ahead
          .computeIfAbsent(model, _ -> new LinkedHashMap<>())
          .computeIfAbsent(metric, _ -> new ArrayList<>())
          .add(more);
      if (more < least) {
        least = more;
        best = model;
      }
    }
    return String.format(Locale.ROOT, "%.4f, %+.4f to %s", ours, least, best);
  }

  private void tell() {
    System.out.println();
    System.out.println(
        "| baseline | metric | behind it | by more than %.3f | mean | worst |".formatted(TOLERANCE));
    System.out.println("| --- | --- | ---: | ---: | ---: | ---: |");
    ahead.forEach(
        (model, metrics) ->
            metrics.forEach(
                (metric, all) -> {
                  // The first is all of it, which the others are parts of.
                  var parts = all.subList(1, all.size());
                  var behind = parts.stream().filter(it -> it < 0).count();
                  if (behind == 0) return;
                  var far = parts.stream().filter(it -> it < -TOLERANCE).count();
                  var mean = parts.stream().mapToDouble(it -> it).average().orElse(0);
                  var worst = parts.stream().mapToDouble(it -> it).min().orElse(0);
                  System.out.println(
                      String.format(
                          Locale.ROOT,
                          "| %s | %s | %d of %d | %d | %+.4f | %+.4f |",
                          model,
                          metric,
                          behind,
                          parts.size(),
                          far,
                          mean,
                          worst));
                }));
  }

  private static long code(String row) {
    return row.split(",", 3)[1].hashCode();
  }

  private static List<String> lines(Path file) throws IOException {
    try (var in =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
      return in.lines().toList();
    }
  }
}
