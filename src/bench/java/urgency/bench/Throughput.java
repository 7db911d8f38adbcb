package urgency.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How many orders, or how many webhooks, one process of the shop takes over real HTTP, durably. Run
 * by {@code bin/bench buy} and {@code bin/bench webhook}. The shoppers, the shop and its database
 * share the machine, so the CPU seconds of the shop alone are told beside the rate.
 */
public final class Throughput {
  // The second compiler is busy for half a minute on two cores that serve meanwhile.
  private static final int WARM_UP_SECONDS = 30;
  private static final int ROUNDS = 5;
  private static final int ROUND_SECONDS = 8;
  private static final int PLENTY = 1_000_000;

  /** One request, made anew each time. */
  @FunctionalInterface
  private interface Sender {
    int send(Wire wire) throws IOException;
  }

  private record Round(double perSecond, double p50Ms, double p99Ms, double cpuMicros, int odd) {}

  private Throughput() {}

  public static void main(String[] args) throws Exception {
    var settings = Map.of("URGENCY_SHELF_REFRESH", "7d", "URGENCY_ORDERS_PER_BUYER_MAX", "1000");
    try (var nodes = Nodes.start(1, settings)) {
      switch (args[0]) {
        case "buy" -> report("orders", 256, nodes, buying(nodes));
        case "webhook" -> report("webhooks", 64, nodes, telling(nodes));
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
  }

  private static void report(String what, int connections, Nodes nodes, Sender sender)
      throws Exception {
    round(connections, nodes, sender, WARM_UP_SECONDS);
    System.out.printf(
        "| round | %s/s | p50 ms | p99 ms | CPU µs of the shop each | odd answers |%n"
            + "| --- | --- | --- | --- | --- | --- |%n",
        what);
    for (var i = 1; i <= ROUNDS; i++) {
      var it = round(connections, nodes, sender, ROUND_SECONDS);
      System.out.printf(
          "| %d | %.0f | %.1f | %.1f | %.0f | %d |%n",
          i, it.perSecond(), it.p50Ms(), it.p99Ms(), it.cpuMicros(), it.odd());
    }
    try (var database = nodes.connect()) {
      var broken = Books.broken(database);
      System.out.printf(
          "%nbooks: %s; %d connections, one process, %d cores, load average %.1f, %s%n",
          broken.isEmpty() ? "right" : broken,
          connections,
          Runtime.getRuntime().availableProcessors(),
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
          Instant.now().toString().substring(0, 10));
    }
  }

  private static Round round(int connections, Nodes nodes, Sender sender, int seconds)
      throws Exception {
    var node = nodes.get(0);
    var cpu = node.cpuSeconds();
    var began = System.nanoTime();
    var end = began + TimeUnit.SECONDS.toNanos(seconds);
    var answers = new ArrayList<Future<double[]>>();
    var odd = new java.util.concurrent.atomic.AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < connections; i++) {
        answers.add(
            threads.submit(
                () -> {
                  var times = new double[20_000];
                  var count = 0;
                  try (var wire = new Wire(node.port)) {
                    while (System.nanoTime() < end && count < times.length) {
                      var sent = System.nanoTime();
                      if (sender.send(wire) / 100 != 2) odd.incrementAndGet();
                      times[count++] = (System.nanoTime() - sent) / 1e6;
                    }
                  }
                  return Arrays.copyOf(times, count);
                }));
      }
    }
    var all = new ArrayList<double[]>();
    for (var answer : answers) all.add(answer.get());
    var took = (System.nanoTime() - began) / 1e9;
    var ms = all.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    return new Round(
        ms.length / took,
        ms[ms.length / 2],
        ms[ms.length * 99 / 100],
        (node.cpuSeconds() - cpu) * 1e6 / ms.length,
        odd.get());
  }

  // Everybody wants the same thing: the hottest that a variant can be.
  private static Sender buying(Nodes nodes) throws Exception {
    var offer = offers(nodes).getFirst();
    var body = ("{\"lines\":[" + offer + "]}").getBytes(UTF_8);
    try (var database = nodes.connect()) {
      Books.stock(database, new ObjectMapper().readTree(offer).get("variant").asText(), PLENTY);
    }
    return wire ->
        wire.send(
                "POST",
                "/api/orders",
                "application/json",
                body,
                "Idempotency-Key",
                UUID.randomUUID().toString())
            .status();
  }

  // Real events in every respect but that nobody waits for them: each has an id of its own.
  private static Sender telling(Nodes nodes) throws Exception {
    offers(nodes);
    var key = new SecretKeySpec(secret(nodes).getBytes(UTF_8), "HmacSHA256");
    return wire -> {
      var now = System.currentTimeMillis() / 1000;
      var id = "evt_" + UUID.randomUUID().toString().replace("-", "");
      var body =
          """
          {"id":"%s","object":"event","api_version":"2026-07-29.dahlia","created":%d,\
          "livemode":false,"type":"payment_intent.created",\
          "data":{"object":{"id":"pi_x","object":"payment_intent","metadata":{"padding":"%s"}}}}
          """
              .formatted(id, now, "x".repeat(2_000))
              .getBytes(UTF_8);
      return wire.send(
              "POST",
              "/webhooks/stripe",
              "application/json",
              body,
              "Stripe-Signature",
              "t=%d,v1=%s".formatted(now, sign(key, now, body)))
          .status();
    };
  }

  private static String sign(SecretKeySpec key, long now, byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update((now + ".").getBytes(UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String secret(Nodes nodes) throws SQLException, IOException {
    try (var database = nodes.connect();
        var statement = database.createStatement();
        var rows =
            statement.executeQuery("select value from practice.secret where name = 'webhook'")) {
      rows.next();
      return rows.getString(1);
    }
  }

  static List<String> offers(Nodes nodes) throws IOException, InterruptedException {
    var offers = new ArrayList<String>();
    for (var tries = 0; tries < 200 && offers.isEmpty(); tries++) {
      try (var wire = new Wire(nodes.get(0).port)) {
        var answer = wire.send("GET", "/api/shelf", "application/json", new byte[0]);
        if (answer.status() == 200) {
          for (var item : new ObjectMapper().readTree(answer.body()).get("items")) {
            for (var offer : item.get("offers")) {
              offers.add(
                  "{\"variant\":\"%s\",\"quantity\":1,\"price\":%s}"
                      .formatted(offer.get("variant").asText(), offer.get("price")));
            }
          }
        }
      }
      if (offers.isEmpty()) TimeUnit.MILLISECONDS.sleep(100);
    }
    if (offers.isEmpty()) throw new IOException("no shelf was published");
    return offers;
  }
}
