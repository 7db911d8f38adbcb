package urgency.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is left of the promises when things break: shoppers order and pay all the time, while
 * applications and the database are killed without warning, events are lost, doubled and late,
 * holds run out and clocks jump by up to ten minutes. After each blow the books must be right. Run
 * by {@code bin/chaos}; the seed says which blows fall in which order.
 */
public final class Chaos {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "application/json";
  private static final int SHOPPERS = 12;
  private static final int RETRIES = 60;
  private static final int ASKED_AGAIN = 200;
  private static final int JUMP_MAX_S = 600;
  private static final Path CLOCK_LIBRARY =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");
  private static final Duration PAGE_WITHIN = Duration.ofSeconds(20);
  private static final Duration QUIET_WITHIN = Duration.ofMinutes(5);

  /** What may happen; each is as likely as its weight. */
  private enum Blow {
    KILL_APPLICATION(4),
    KILL_DATABASE(2),
    EVENTS_AGAIN(1),
    HOLDS_RUN_OUT(1),
    CLOCK_JUMPS(1),
    NOTHING(1);

    private final int weight;

    Blow(int weight) {
      this.weight = weight;
    }
  }

  /** A tap: what was wanted, with the key that makes it one order however often it is said. */
  private record Wanted(String key, String body) {}

  /** An order that the shop said it has. */
  private record Acknowledged(Wanted wanted, Phone.Placed placed) {
    String order() {
      return placed.order();
    }
  }

  private final Nodes nodes;
  private final Random random;
  private final long seed;
  private final List<String> offers = new ArrayList<>();
  private final Map<String, Acknowledged> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, Boolean> paid = new ConcurrentHashMap<>();
  private final AtomicInteger inDoubt = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final List<String> broken = java.util.Collections.synchronizedList(new ArrayList<>());
  private volatile boolean open = true;

  private Chaos(Nodes nodes, long seed) {
    this.nodes = nodes;
    this.seed = seed;
    this.random = new Random(seed);
  }

  public static void main(String[] args) throws Exception {
    var given = new LinkedHashMap<String, Long>();
    given.put("--seed", System.nanoTime() % 1_000_000);
    given.put("--steps", 12L);
    given.put("--replicas", 2L);
    given.put("--clocks", 0L);
    for (var i = 0; i < args.length; i += 2) {
      if (!given.containsKey(args[i])
          || i + 1 == args.length
          || !args[i + 1].matches("[0-9]{1,9}")) {
        System.err.println("bin/chaos [--seed S] [--steps N] [--replicas R] [--clocks 1]");
        System.exit(2);
      }
      given.put(args[i], Long.parseLong(args[i + 1]));
    }
    var steps = (int) Math.clamp(given.get("--steps"), 1, 500);
    var replicas = (int) Math.clamp(given.get("--replicas"), 1, 6);
    var settings =
        Map.of(
            "URGENCY_SHELF_REFRESH", "7d",
            "URGENCY_ORDERS_HOLD", "10m",
            "URGENCY_ORDERS_PER_BUYER_MAX", "1000",
            "URGENCY_TILL_DROP_PERCENT", "20",
            "URGENCY_TILL_DUPLICATE_PERCENT", "30",
            "URGENCY_TILL_SHUFFLE_PERCENT", "30",
            "URGENCY_TILL_DELAY", "1s");
    var clocks = given.get("--clocks") == 1;
    try (var nodes =
        clocks ? Nodes.start(replicas, settings, CLOCK_LIBRARY) : Nodes.start(replicas, settings)) {
      System.exit(new Chaos(nodes, given.get("--seed")).run(steps) ? 0 : 1);
    }
  }

  private boolean run(int steps) throws Exception {
    System.out.printf("seed %d, %d steps, %d processes%n", seed, steps, nodes.all().size());
    offers.addAll(Throughput.offers(nodes));
    try (var database = nodes.connect()) {
      for (var offer : offers) Books.stock(database, variant(offer), 400);
    }
    var blows = new LinkedHashMap<Blow, Integer>();
    try (var shoppers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < SHOPPERS; i++) {
        var own = new Random(seed + i);
        shoppers.execute(() -> shop(own));
      }
      strikes(steps, blows);
    } catch (Exception trouble) {
      broken.add("the run itself failed: " + trouble);
    }
    if (broken.isEmpty()) settle();
    if (acknowledged.isEmpty() || paid.isEmpty()) broken.add("nobody ordered, or nobody paid");
    broken.forEach(it -> System.out.println("  " + it));
    System.out.printf(
        "%s: seed %d, %s; %d orders acknowledged, %d paid, %d taps were in doubt and asked again,"
            + " load average %.1f%n",
        broken.isEmpty()
            ? "HOLDS"
            : "BROKEN, again by: bin/chaos --seed %d --steps %d%s"
                .formatted(
                    seed,
                    steps,
                    nodes.all().stream().anyMatch(Nodes.Node::hasClock) ? " --clocks 1" : ""),
        seed,
        blows,
        acknowledged.size(),
        paid.size(),
        inDoubt.get(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    return broken.isEmpty();
  }

  private void strikes(int steps, Map<Blow, Integer> blows) throws Exception {
    try {
      for (var step = 1; step <= steps && broken.isEmpty(); step++) {
        TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(2_000));
        var blow = blow();
        blows.merge(counted(blow), 1, Integer::sum);
        strike(blow);
        audit();
        System.out.printf(
            "%3d %-16s orders %4d, paid at the till %4d, in doubt %3d, refused %4d%s%n",
            step,
            counted(blow),
            acknowledged.size(),
            paid.size(),
            inDoubt.get(),
            refused.get(),
            broken.isEmpty() ? "" : "  BROKEN");
      }
    } finally {
      open = false;
    }
  }

  private Blow blow() {
    var all = 0;
    for (var it : Blow.values()) all += it.weight;
    var at = random.nextInt(all);
    for (var it : Blow.values()) {
      at -= it.weight;
      if (at < 0) return it;
    }
    return Blow.NOTHING;
  }

  // Without --clocks 1 no clock jumps, so none is counted.
  private Blow counted(Blow blow) {
    var still = nodes.all().stream().noneMatch(Nodes.Node::hasClock);
    return blow == Blow.CLOCK_JUMPS && still ? Blow.NOTHING : blow;
  }

  private void strike(Blow blow) throws Exception {
    switch (blow) {
      case KILL_APPLICATION -> {
        var node = nodes.get(random.nextInt(nodes.all().size()));
        node.kill();
        node.start();
        node.awaitOpen();
      }
      case KILL_DATABASE -> nodes.killDatabase();
      case EVENTS_AGAIN -> change("update practice.delivery set status = 'due', next_at = now()");
      case CLOCK_JUMPS -> jump();
      case HOLDS_RUN_OUT ->
          change(
              """
              update orders.order_
                 set hold_until = now(), attempt_at = now()
               where status in ('HELD', 'AWAITING_PAYMENT')
                 and mod(hashtext(id::text), 3) = 0
              """);
      case NOTHING -> TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  // As when a machine comes back from sleep or its time server lies; the database keeps its clock.
  private void jump() throws IOException {
    var seconds = random.nextInt(2 * JUMP_MAX_S + 1) - JUMP_MAX_S;
    var clocks = nodes.all().stream().filter(Nodes.Node::hasClock).toList();
    if (!clocks.isEmpty()) clocks.get(random.nextInt(clocks.size())).clockIs(seconds);
  }

  private void change(String sql) throws SQLException, IOException {
    try (var database = nodes.connect();
        var statement = database.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private void audit() throws SQLException, IOException {
    try (var database = nodes.connect()) {
      broken.addAll(Books.broken(database));
      var known = acknowledged.values().stream().map(Acknowledged::order).toList();
      var missing = Books.missing(database, known);
      if (missing > 0) broken.add("%d acknowledged orders are lost".formatted(missing));
    }
  }

  // When the shoppers have gone, everything comes to rest: what was paid is paid or given back.
  private void settle() throws Exception {
    for (var node : nodes.all()) if (node.hasClock()) node.clockIs(0);
    var deadline = System.nanoTime() + QUIET_WITHIN.toNanos();
    var waiting = -1;
    while (System.nanoTime() < deadline) {
      try (var database = nodes.connect()) {
        waiting = Books.paidButNotSettled(database);
      }
      if (waiting == 0) break;
      TimeUnit.SECONDS.sleep(1);
    }
    if (waiting > 0) broken.add("%d payments did not reach their order".formatted(waiting));
    try (var database = nodes.connect()) {
      broken.addAll(Books.lost(database, List.copyOf(paid.keySet())));
    }
    askAgain();
    audit();
    System.out.printf(
        "at rest after %d s%n",
        QUIET_WITHIN.toSeconds() - TimeUnit.NANOSECONDS.toSeconds(deadline - System.nanoTime()));
  }

  // The keys of long ago still name the same orders, at every process.
  private void askAgain() throws IOException {
    var sample = acknowledged.values().stream().limit(ASKED_AGAIN).toList();
    for (var i = 0; i < sample.size(); i++) {
      try (var wire = new Wire(nodes.get(i).port)) {
        var answer = post(wire, sample.get(i).wanted());
        var id = JSON.readTree(answer.body()).path("id").asText();
        if (answer.status() != 201 || !id.equals(sample.get(i).order())) {
          broken.add("a key of long ago was answered %d %s".formatted(answer.status(), id));
        }
      }
    }
  }

  private void shop(Random own) {
    try {
      shopUntilClosed(own);
    } catch (RuntimeException trouble) {
      broken.add("a shopper failed: " + trouble);
    }
  }

  private void shopUntilClosed(Random own) {
    while (open) {
      var first = offers.get(own.nextInt(offers.size()));
      var second = offers.get(own.nextInt(offers.size()));
      var lines = first.equals(second) || own.nextBoolean() ? first : first + "," + second;
      var wanted = new Wanted(UUID.randomUUID().toString(), "{\"lines\":[" + lines + "]}");
      order(wanted, own);
    }
  }

  // Asks until there is an answer, as a phone does: the key makes it the same order.
  private void order(Wanted wanted, Random own) {
    var doubt = false;
    for (var i = 0; i < RETRIES && open; i++) {
      try (var wire = new Wire(nodes.get(own.nextInt(nodes.all().size())).port)) {
        var answer = post(wire, wanted);
        if (answer.status() == 201) {
          acknowledge(wire, wanted, answer);
          if (own.nextInt(10) < 6) pay(wire, wanted.key());
          return;
        }
        if (answer.status() == 409) {
          refused.incrementAndGet();
          return;
        }
        if (answer.status() < 500) {
          broken.add("an order was answered %d: %s".formatted(answer.status(), answer.body()));
          return;
        }
        doubt = true;
      } catch (IOException cut) {
        doubt = true;
      }
      if (doubt && i == 0) inDoubt.incrementAndGet();
      pause();
    }
  }

  private void acknowledge(Wire wire, Wanted wanted, Wire.Answer answer) throws IOException {
    var order = new Acknowledged(wanted, Phone.Placed.of(answer));
    var before = acknowledged.putIfAbsent(wanted.key(), order);
    if (before == null) {
      var again = post(wire, wanted);
      if (again.status() == 201) {
        var id = JSON.readTree(again.body()).path("id").asText();
        if (!id.equals(order.order())) broken.add("one key, two orders: " + id);
      }
    }
  }

  private void pay(Wire wire, String key) throws IOException {
    var order = acknowledged.get(key);
    var ready = Phone.awaitPage(wire, order.placed(), PAGE_WITHIN);
    if (ready.isPresent() && Phone.pays(wire, ready.get())) paid.put(order.order(), true);
  }

  private static Wire.Answer post(Wire wire, Wanted wanted) throws IOException {
    return wire.send(
        "POST",
        "/api/orders",
        TYPE,
        wanted.body().getBytes(UTF_8),
        "Idempotency-Key",
        wanted.key());
  }

  private static String variant(String offer) throws IOException {
    return JSON.readTree(offer).get("variant").asText();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(250);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
