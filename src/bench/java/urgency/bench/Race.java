package urgency.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The public proof that nothing is oversold and nothing is left unsold: many shoppers, few units,
 * several processes of the shop on one PostgreSQL, real HTTP. Run by {@code bin/race}.
 *
 * <p>Everybody taps at once; one in ten taps twice at once, at two processes; half of the winners
 * wait for their payment page and pay. Then the books are read: each number of the stock from the
 * ledger, each unit from an order.
 */
public final class Race {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "application/json";
  private static final Duration PAID_WITHIN = Duration.ofSeconds(60);
  private static final Duration PAGE_WITHIN = Duration.ofSeconds(60);
  private static final int TWICE_ONE_IN = 10;
  private static final long SEED = 20_261_124;

  /** What the command line asks for. */
  private record Wish(
      int shoppers, int units, int replicas, int rounds, int lines, int connections, boolean json) {
    static Wish of(String[] args) {
      var given = new LinkedHashMap<String, Integer>();
      given.put("--shoppers", 1_000);
      given.put("--units", 100);
      given.put("--replicas", 3);
      given.put("--rounds", 3);
      given.put("--lines", 1);
      given.put("--connections", 256);
      var most =
          Map.of(
              "--shoppers",
              100_000,
              "--units",
              10_000,
              "--replicas",
              8,
              "--rounds",
              100,
              "--lines",
              5,
              "--connections",
              1_024);
      var json = false;
      for (var i = 0; i < args.length; i++) {
        if (args[i].equals("--json")) {
          json = true;
          continue;
        }
        if (!given.containsKey(args[i])) throw new IllegalArgumentException("unknown: " + args[i]);
        if (i + 1 == args.length) throw new IllegalArgumentException(args[i] + " needs a number");
        var number = number(args[i + 1]);
        if (number < 1 || number > most.get(args[i])) {
          throw new IllegalArgumentException(
              "%s is %s; a number from 1 to %d".formatted(args[i], args[i + 1], most.get(args[i])));
        }
        given.put(args[i++], number);
      }
      return new Wish(
          given.get("--shoppers"),
          given.get("--units"),
          given.get("--replicas"),
          given.get("--rounds"),
          given.get("--lines"),
          given.get("--connections"),
          json);
    }

    private static int number(String text) {
      try {
        return Integer.parseInt(text);
      } catch (NumberFormatException nonsense) {
        return 0;
      }
    }
  }

  private record Offer(String variant, long minor, String currency) {
    String line() {
      return "{\"variant\":\"%s\",\"quantity\":1,\"price\":{\"minor\":%d,\"currency\":\"%s\"}}"
          .formatted(variant, minor, currency);
    }
  }

  /** One tap and its answer. */
  private record Tap(int status, Optional<Phone.Placed> placed, double ms) {
    String order() {
      return placed.map(Phone.Placed::order).orElse("none");
    }
  }

  /**
   * One round. {@code oversold} are units beyond those there were, {@code unsold} are units that
   * nobody got although somebody was refused.
   */
  private record Round(
      int round,
      int granted,
      int refused,
      int odd,
      int oversold,
      int unsold,
      int paid,
      int twiceDifferent,
      List<String> wrong,
      double p50Ms,
      double p99Ms,
      double perSecond) {
    boolean holds() {
      return oversold == 0 && unsold == 0 && odd == 0 && twiceDifferent == 0 && wrong.isEmpty();
    }
  }

  private final Wish wish;
  private final Nodes nodes;
  private final Random random = new Random(SEED);

  private Race(Wish wish, Nodes nodes) {
    this.wish = wish;
    this.nodes = nodes;
  }

  public static void main(String[] args) throws Exception {
    try {
      var wish = Wish.of(args);
      say("starting %d processes on one PostgreSQL".formatted(wish.replicas()));
      try (var nodes =
          Nodes.start(
              wish.replicas(),
              Map.of("URGENCY_SHELF_REFRESH", "7d", "URGENCY_ORDERS_HOLD", "10m"))) {
        System.exit(new Race(wish, nodes).run() ? 0 : 1);
      }
    } catch (IllegalArgumentException mistake) {
      say(mistake.getMessage());
      say(
          "bin/race [--shoppers N] [--units M] [--replicas R] [--rounds K] [--lines L]"
              + " [--connections C] [--json]");
      System.exit(2);
    }
  }

  private boolean run() throws Exception {
    var offers = offers();
    var rounds = new ArrayList<Round>();
    if (!wish.json()) {
      System.out.printf(
          "| round | granted | refused | oversold | unsold | paid | taps/s | p50 ms | p99 ms |%n"
              + "| --- | --- | --- | --- | --- | --- | --- | --- | --- |%n");
    }
    for (var i = 0; i < wish.rounds(); i++) {
      var from = i * wish.lines() % Math.max(1, offers.size() - wish.lines());
      var round = round(i + 1, offers.subList(from, from + wish.lines()));
      rounds.add(round);
      if (!wish.json()) {
        System.out.printf(
            "| %d | %d | %d | %d | %d | %d | %.0f | %.0f | %.0f |%n",
            round.round(),
            round.granted(),
            round.refused(),
            round.oversold(),
            round.unsold(),
            round.paid(),
            round.perSecond(),
            round.p50Ms(),
            round.p99Ms());
        round.wrong().forEach(Race::say);
      }
    }
    return verdict(rounds);
  }

  private boolean verdict(List<Round> rounds) throws IOException {
    var holds = rounds.stream().allMatch(Round::holds);
    if (wish.json()) {
      var all = new LinkedHashMap<String, Object>();
      all.put("wish", wish);
      all.put("at", Instant.now().toString());
      all.put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
      all.put("rounds", rounds);
      all.put("holds", holds);
      System.out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
    } else {
      System.out.printf(
          "%s: %d rounds of %d shoppers for %d units in carts of %d, %d processes:"
              + " oversold %d, unsold %d, load average %.1f%n",
          holds ? "HOLDS" : "BROKEN",
          rounds.size(),
          wish.shoppers(),
          wish.units(),
          wish.lines(),
          wish.replicas(),
          rounds.stream().mapToInt(Round::oversold).sum(),
          rounds.stream().mapToInt(Round::unsold).sum(),
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
    return holds;
  }

  private Round round(int number, List<Offer> offers) throws Exception {
    try (var database = nodes.connect()) {
      for (var offer : offers) Books.stock(database, offer.variant(), wish.units());
    }
    var began = System.nanoTime();
    var taps = everybody(offers);
    var seconds = (System.nanoTime() - began) / 1e9;
    var first = taps.stream().map(List::getFirst).toList();
    var granted = first.stream().filter(it -> it.status() == 201).toList();
    var refused = (int) first.stream().filter(it -> it.status() == 409).count();
    var paid = pay(granted.stream().flatMap(it -> it.placed().stream()).toList());
    var wrong = new ArrayList<String>();
    try (var database = nodes.connect()) {
      for (var offer : offers) wrong.addAll(Books.wrong(database, offer.variant(), wish.units()));
      awaitPaid(database, paid, wrong);
      var wanted = (granted.size() + 1) / 2;
      if (paid.size() < wanted) wrong.add("only %d of %d could pay".formatted(paid.size(), wanted));
      wrong.addAll(Books.broken(database));
    }
    var ms = taps.stream().flatMap(List::stream).mapToDouble(Tap::ms).sorted().toArray();
    return new Round(
        number,
        granted.size(),
        refused,
        first.size() - granted.size() - refused,
        Math.max(0, granted.size() - wish.units()),
        refused > 0 ? Math.max(0, wish.units() - granted.size()) : 0,
        paid.size(),
        (int) taps.stream().filter(Race::differ).count(),
        wrong,
        ms[ms.length / 2],
        ms[Math.min(ms.length - 1, ms.length * 99 / 100)],
        ms.length / seconds);
  }

  private static boolean differ(List<Tap> taps) {
    return taps.stream().map(Tap::order).distinct().count() > 1;
  }

  // As many connections as asked for; behind each, shoppers tap one after the other.
  private List<List<Tap>> everybody(List<Offer> offers) throws Exception {
    var waiting = new ConcurrentLinkedQueue<String>();
    for (var i = 0; i < wish.shoppers(); i++) waiting.add(cart(offers));
    var go = new CountDownLatch(1);
    var answers = new ArrayList<Future<List<List<Tap>>>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < Math.min(wish.connections(), wish.shoppers()); i++) {
        var home = i;
        answers.add(
            threads.submit(
                () -> {
                  go.await();
                  return taps(home, waiting);
                }));
      }
      go.countDown();
    }
    var all = new ArrayList<List<Tap>>();
    for (var answer : answers) all.addAll(answer.get());
    return all;
  }

  private List<List<Tap>> taps(int home, ConcurrentLinkedQueue<String> waiting) throws Exception {
    var taps = new ArrayList<List<Tap>>();
    try (var here = new Wire(nodes.get(home).port);
        var elsewhere = new Wire(nodes.get(home + 1).port)) {
      for (var cart = waiting.poll(); cart != null; cart = waiting.poll()) {
        var key = UUID.randomUUID().toString();
        var all = new ArrayList<Tap>();
        if (key.hashCode() % TWICE_ONE_IN == 0) {
          all.addAll(twiceAtOnce(here, elsewhere, cart, key));
        } else {
          all.add(tap(here, cart, key));
        }
        taps.add(all);
      }
    }
    return taps;
  }

  // Two processes hear the same key at the same moment.
  private static List<Tap> twiceAtOnce(Wire here, Wire elsewhere, String cart, String key)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = threads.submit(() -> tap(here, cart, key));
      var other = threads.submit(() -> tap(elsewhere, cart, key));
      return List.of(one.get(), other.get());
    }
  }

  private static Tap tap(Wire wire, String cart, String key) throws IOException {
    var began = System.nanoTime();
    var answer =
        wire.send("POST", "/api/orders", TYPE, cart.getBytes(UTF_8), "Idempotency-Key", key);
    var ms = (System.nanoTime() - began) / 1e6;
    if (answer.status() != 201) return new Tap(answer.status(), Optional.empty(), ms);
    return new Tap(201, Optional.of(Phone.Placed.of(answer)), ms);
  }

  private String cart(List<Offer> offers) {
    var lines = new ArrayList<>(offers.stream().map(Offer::line).toList());
    Collections.shuffle(lines, random);
    return "{\"lines\":[" + String.join(",", lines) + "]}";
  }

  // Every second winner pays, wherever their phone happens to ask.
  private List<String> pay(List<Phone.Placed> winners) throws Exception {
    var payments = new ArrayList<Future<Optional<String>>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < winners.size(); i += 2) {
        var winner = winners.get(i);
        var port = nodes.get(i / 2).port;
        payments.add(
            threads.submit(
                () -> {
                  try (var wire = new Wire(port)) {
                    var ready = Phone.awaitPage(wire, winner, PAGE_WITHIN);
                    var took = ready.isPresent() && Phone.pays(wire, ready.get());
                    return took ? Optional.of(winner.order()) : Optional.<String>empty();
                  }
                }));
      }
    }
    var paid = new ArrayList<String>();
    for (var payment : payments) payment.get().ifPresent(paid::add);
    return paid;
  }

  private static void awaitPaid(Connection database, List<String> paid, List<String> wrong)
      throws SQLException, InterruptedException {
    var deadline = System.nanoTime() + PAID_WITHIN.toNanos();
    var missing = Books.unpaid(database, paid);
    while (missing > 0 && System.nanoTime() < deadline) {
      Thread.sleep(100);
      missing = Books.unpaid(database, paid);
    }
    if (missing > 0) wrong.add("%d orders were paid and are not PAID".formatted(missing));
  }

  private List<Offer> offers() throws Exception {
    try (var wire = new Wire(nodes.get(0).port)) {
      for (var tries = 0; tries < 200; tries++) {
        var answer = wire.send("GET", "/api/shelf", TYPE, new byte[0]);
        if (answer.status() == 200) return offers(JSON.readTree(answer.body()));
        Thread.sleep(100);
      }
    }
    throw new IOException("no shelf was published");
  }

  private static List<Offer> offers(JsonNode shelf) {
    var offers = new ArrayList<Offer>();
    for (var item : shelf.get("items")) {
      for (var offer : item.get("offers")) {
        var price = offer.get("price");
        offers.add(
            new Offer(
                offer.get("variant").asText(),
                price.get("minor").asLong(),
                price.get("currency").asText()));
      }
    }
    return offers;
  }

  private static void say(String line) {
    System.err.println(line);
  }
}
