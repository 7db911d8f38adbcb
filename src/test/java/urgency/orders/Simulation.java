package urgency.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import urgency.catalog.VariantId;
import urgency.orders.PaymentDesk.SessionState;
import urgency.orders.Placement.Outcome;
import urgency.platform.language.Language;
import urgency.platform.sql.Database;

/**
 * One seed's life of a shop: what happens is drawn, one thing after another, and after each the
 * books are read. In the end the world heals, and everything must have come right.
 *
 * <p>All of it runs on one thread, so a seed plays the same again; what threads do to each other is
 * for {@code CheckoutRaceTest}, {@code bin/race} and {@code bin/chaos}.
 */
final class Simulation {
  private static final int VARIANTS = 3;
  private static final int UNITS_MAX = 6;
  private static final int BUYERS = 4;
  private static final int ROUNDS_TO_HEAL = 12;
  private static final Duration JUMP_MAX = Duration.ofMinutes(10);

  // What the orders say about the units of a variant, beside what the stock says.
  private static final String BOTH_BOOKS =
      """
      select stock.variant_id, stock.held, stock.sold,
             coalesce(sum(line.units) filter (where o.paid_at is null and not o.released), 0),
             coalesce(sum(line.units) filter (where o.paid_at is not null
                                                and (not o.released or o.resold)), 0)
        from inventory.stock as stock
        left join orders.line as line on line.variant_id = stock.variant_id
        left join orders.order_ as o on o.id = line.order_id
       group by stock.variant_id, stock.held, stock.sold
      """;

  private enum Act {
    TAP(6),
    TAP_AGAIN(2),
    OPEN(4),
    PAY(5),
    PROMISE(2),
    ARRIVE(1),
    FAIL(1),
    NEWS(6),
    OLD_NEWS(3),
    NEWS_AND_CRASH(2),
    EXPIRE(4),
    OPEN_WAITING(2),
    RECONCILE(1),
    TIME_PASSES(3),
    CLOCK_JUMPS(1),
    TROUBLE(1);

    private final int weight;

    Act(int weight) {
      this.weight = weight;
    }
  }

  private enum Trouble {
    NONE,
    DOWN,
    LOSES_ANSWERS,
    TOO_FAST
  }

  private static final class Crash extends RuntimeException {}

  private final long seed;
  private final Random random;
  private final FakeDesk desk = new FakeDesk();
  private final OrderWorld[] nodes;
  private final Duration[] skew = {Duration.ZERO, Duration.ZERO};
  private final List<VariantId> variants = new ArrayList<>();
  private final List<UUID> buyers = new ArrayList<>();
  private final Map<OrderId, Placement> placed = new LinkedHashMap<>();
  private final List<Placement> taps = new ArrayList<>();
  private final List<Map.Entry<OrderId, SessionState>> news = new ArrayList<>();
  private final Map<OrderId, PaymentFacts> known = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private Instant now = OrderWorld.NOW;

  Simulation(Database database, long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    nodes = new OrderWorld[] {OrderWorld.on(database, desk), OrderWorld.on(database, desk)};
    for (var i = 0; i < BUYERS; i++) buyers.add(UUID.randomUUID());
    for (var i = 1; i <= VARIANTS; i++) {
      variants.add(OrderWorld.variant(i));
      nodes[0].stocked(OrderWorld.variant(i), 1 + random.nextInt(UNITS_MAX));
    }
  }

  /** What happened, one line each. */
  List<String> told() {
    return List.copyOf(told);
  }

  void run(int steps) {
    try {
      for (var step = 0; step < steps; step++) {
        var act = draw();
        told.add(act + " " + act(act));
        check();
      }
      heal();
    } catch (RuntimeException | AssertionError broken) {
      throw new AssertionError(
          "bin/test --seed %d plays it again:%n%s".formatted(seed, String.join("\n", told)),
          broken);
    } finally {
      for (var node : nodes) node.leave();
    }
  }

  private Act draw() {
    var all = 0;
    for (var act : Act.values()) all += act.weight;
    var at = random.nextInt(all);
    for (var act : Act.values()) {
      at -= act.weight;
      if (at < 0) return act;
    }
    throw new IllegalStateException("weights");
  }

  private String act(Act act) {
    var node = random.nextInt(nodes.length);
    return switch (act) {
      case TAP -> tap(node, fresh(node));
      case TAP_AGAIN -> tap(node, taps.isEmpty() ? fresh(node) : any(taps));
      case OPEN -> open(node);
      case PAY, PROMISE, ARRIVE, FAIL -> atTheDesk(act);
      case NEWS -> hear(node, news.size() - 1);
      case OLD_NEWS -> hear(node, news.isEmpty() ? -1 : random.nextInt(news.size()));
      case NEWS_AND_CRASH -> hearAndCrash(node);
      case EXPIRE -> {
        nodes[node].expiry.run(clock(node));
        yield "at node " + node;
      }
      case OPEN_WAITING -> {
        nodes[node].pages.openWaiting(clock(node));
        yield "at node " + node;
      }
      case RECONCILE -> reconcile(node);
      case TIME_PASSES -> {
        now = now.plusSeconds(random.nextInt(300));
        yield "until " + now;
      }
      case CLOCK_JUMPS -> {
        var most = (int) JUMP_MAX.toSeconds();
        skew[node] = Duration.ofSeconds(random.nextInt(2 * most + 1) - most);
        yield "at node " + node + " by " + skew[node];
      }
      case TROUBLE -> trouble(Trouble.values()[random.nextInt(Trouble.values().length)]);
    };
  }

  private Instant clock(int node) {
    return now.plus(skew[node]);
  }

  private Placement fresh(int node) {
    var lines = new ArrayList<Placement.Line>();
    var from = random.nextInt(VARIANTS);
    for (var i = 0; i <= random.nextInt(VARIANTS); i++) {
      lines.add(OrderWorld.line(variants.get((from + i) % VARIANTS), 1 + random.nextInt(2)));
    }
    var tap =
        new Placement(
            OrderId.fresh(),
            any(buyers),
            "key-" + taps.size(),
            lines,
            Language.ENGLISH,
            clock(node));
    taps.add(tap);
    return tap;
  }

  private String tap(int node, Placement tap) {
    var again =
        new Placement(
            OrderId.fresh(),
            tap.buyer(),
            tap.idempotencyKey(),
            tap.lines(),
            Language.ENGLISH,
            clock(node));
    var outcome = nodes[node].checkout.place(placed.containsValue(tap) ? again : tap);
    return switch (outcome) {
      case Outcome.Placed(var order) -> {
        var before = idOf(tap);
        before.ifPresent(it -> assertThat(order.id()).as("same key, same order").isEqualTo(it));
        placed.putIfAbsent(order.id(), tap);
        yield "placed " + number(order.id());
      }
      case Outcome.SoldOut soldOut -> {
        assertThat(idOf(tap)).as("a granted key is not refused later").isEmpty();
        yield "sold out, " + soldOut.left() + " left";
      }
      case Outcome.HeldAlready held -> {
        assertThat(idOf(tap)).as("a granted key is not refused later").isEmpty();
        var own = Objects.requireNonNull(placed.get(held.order()));
        assertThat(own.buyer()).as("one's own").isEqualTo(tap.buyer());
        yield "held in " + number(held.order());
      }
      case Outcome.EditionOver _,
          Outcome.PriceChanged _,
          Outcome.LimitReached _,
          Outcome.KeyReused _ ->
          "refused " + outcome.getClass().getSimpleName();
    };
  }

  private Optional<OrderId> idOf(Placement tap) {
    return placed.entrySet().stream()
        .filter(it -> it.getValue().equals(tap))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private String open(int node) {
    if (placed.isEmpty()) return "nothing";
    var id = any(List.copyOf(placed.keySet()));
    var opening = nodes[node].checkout.openPaymentPage(id, clock(node));
    return number(id) + " " + opening.getClass().getSimpleName();
  }

  // A shopper can only pay on a page that the shop has shown, hence one that it remembers.
  private String atTheDesk(Act act) {
    var shown = orders().stream().filter(it -> it.session().isPresent()).toList();
    if (shown.isEmpty()) return "nobody";
    var order = any(shown);
    var session = order.session().orElseThrow();
    var before = desk.of(order.id()).orElseThrow();
    var after =
        switch (act) {
          case PAY -> desk.pay(session);
          case PROMISE -> desk.promise(session);
          case ARRIVE -> desk.arrive(session);
          case FAIL -> desk.fail(session);
          default -> throw new IllegalStateException("not at the desk: " + act);
        };
    if (!after.equals(before)) news.add(Map.entry(order.id(), after));
    return number(order.id()) + " " + after.status() + " " + after.paymentStatus();
  }

  private String hear(int node, int which) {
    if (which < 0) return "no news";
    var told = news.get(which);
    nodes[node].database.change(
        tx ->
            nodes[node].settlement.settle(
                tx, told.getKey(), told.getValue(), "evt_" + which, clock(node)));
    return number(told.getKey()) + " " + told.getValue().paymentStatus();
  }

  private String hearAndCrash(int node) {
    if (news.isEmpty()) return "no news";
    var told = any(news);
    try {
      nodes[node].database.change(
          tx -> {
            nodes[node].settlement.settle(tx, told.getKey(), told.getValue(), "lost", clock(node));
            throw new Crash();
          });
    } catch (Crash _) {
      return number(told.getKey()) + " and nothing of it";
    }
    throw new AssertionError("a crash was swallowed");
  }

  private String reconcile(int node) {
    for (var order : orders()) {
      var session = order.session();
      if (session.isEmpty()) continue;
      var state = desk.look(session.get());
      if (state.isEmpty()) return "no answer";
      nodes[node].database.change(
          tx -> nodes[node].settlement.settle(tx, order.id(), state.get(), "asked", clock(node)));
    }
    return "all";
  }

  private String trouble(Trouble trouble) {
    desk.down(trouble == Trouble.DOWN);
    desk.losesAnswers(trouble == Trouble.LOSES_ANSWERS);
    desk.tooFast(trouble == Trouble.TOO_FAST);
    return trouble.toString();
  }

  /** The books, as they must be after every step. */
  void check() {
    assertThat(nodes[0].audit()).as("stock that the ledger does not explain").isEmpty();
    nodes[0].database.read(
        tx ->
            tx.createQuery(BOTH_BOOKS)
                .map(
                    (row, _) -> {
                      assertThat(row.getInt(2)).as("held").isEqualTo(row.getInt(4));
                      assertThat(row.getInt(3)).as("sold").isEqualTo(row.getInt(5));
                      return row.getInt(2);
                    })
                .list());
    for (var order : orders()) check(order);
  }

  private void check(Order order) {
    var facts = order.facts();
    var before = known.getOrDefault(order.id(), PaymentFacts.NONE);
    assertThat(before.and(facts)).as("facts only grow").isEqualTo(facts);
    known.put(order.id(), facts);
    var page = desk.of(order.id());
    if (facts.released() && !facts.resold() && order.session().isPresent()) {
      assertThat(page.orElseThrow().status())
          .as("a page whose units are gone")
          .isNotEqualTo("open");
    }
    if (facts.paidAt().isPresent()) {
      assertThat(page.orElseThrow().paymentStatus()).as("paid without money").isEqualTo("paid");
    }
  }

  // The provider answers, all clocks are right, and every hold runs out.
  private void heal() {
    trouble(Trouble.NONE);
    skew[0] = Duration.ZERO;
    skew[1] = Duration.ZERO;
    for (var round = 0; round < ROUNDS_TO_HEAL; round++) {
      now = now.plus(Duration.ofMinutes(5));
      nodes[round % 2].expiry.run(now);
      reconcile(round % 2);
      check();
    }
    for (var order : orders()) {
      if (order.status() == OrderStatus.PROCESSING) desk.fail(order.session().orElseThrow());
    }
    reconcile(0);
    check();
    for (var order : orders()) ended(order);
  }

  private void ended(Order order) {
    var paid = desk.of(order.id()).map(SessionState::paymentStatus).filter("paid"::equals);
    var facts = order.facts();
    if (paid.isPresent()) {
      var kept = !facts.released() || facts.resold();
      var status = kept ? OrderStatus.PAID : OrderStatus.REFUND_PENDING;
      assertThat(order.status()).as("a paid order").isEqualTo(status);
      assertThat(facts.refund().askedMinor())
          .as("money that goes back")
          .isEqualTo(kept ? 0 : order.total().minor());
    } else {
      assertThat(order.status()).isIn(OrderStatus.EXPIRED, OrderStatus.PAYMENT_FAILED);
      assertThat(facts.released()).as("units of an order that nobody paid").isTrue();
    }
  }

  private List<Order> orders() {
    var ids = placed.keySet().stream().map(OrderId::value).toList();
    var orders = new ArrayList<>(nodes[0].database.read(tx -> OrderBook.read(tx, ids)));
    orders.sort(Comparator.comparingInt(it -> ids.indexOf(it.id().value())));
    return orders;
  }

  private String number(OrderId id) {
    return "#" + List.copyOf(placed.keySet()).indexOf(id);
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
