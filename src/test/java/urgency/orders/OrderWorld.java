package urgency.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.inventory.Stock;
import urgency.money.Money;
import urgency.platform.facts.Facts;
import urgency.platform.language.Language;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.shelf.Deal;
import urgency.shelf.Edition;
import urgency.shelf.Editions;
import urgency.shelf.Slot;

/** One node of a shop without pages: an open edition, a database, and a fake payment provider. */
public final class OrderWorld implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-11-24T18:00:00Z");
  public static final OrderSettings SETTINGS = new OrderSettings(Duration.ofMinutes(10), 9, false);
  public static final VariantId LAMP = variant(1);
  public static final VariantId MUG = variant(2);
  public static final Money PRICE = Money.of(1_900, "USD");
  private static final int VARIANTS = 20;
  private static final int PER_ORDER_MAX = 4;

  public final Database database;
  public final FakeDesk desk;
  public final Editions editions = new Editions();
  public final Stock stock = new Stock();
  public final Facts facts = Facts.standalone();

  /** Told of every step from the moment they are added. */
  public final List<Orders.Witness> witnesses = new CopyOnWriteArrayList<>();

  public final Orders orders = new Orders();
  public final Checkout checkout;
  public final Settlement settlement;
  final PaymentPages pages;
  final Expiry expiry;

  private OrderWorld(Database database, PaymentDesk till, FakeDesk desk, OrderSettings settings) {
    this.database = database;
    this.desk = desk;
    var book = new OrderBook(facts, witnesses);
    pages = new PaymentPages(database, till, book);
    checkout = new Checkout(database, editions, stock, facts, pages, settings);
    settlement = new Settlement(stock, book, settings);
    expiry = new Expiry(database, till, pages, settlement, book);
    editions.remember(edition(7));
  }

  public static OrderWorld fresh() {
    return on(TestDatabase.fresh(), new FakeDesk());
  }

  /** A node on a database that others may share. */
  public static OrderWorld on(Database database, FakeDesk desk) {
    return on(database, desk, desk);
  }

  /** A node that reaches the provider through another desk. */
  public static OrderWorld on(Database database, PaymentDesk till, FakeDesk desk) {
    return new OrderWorld(database, till, desk, SETTINGS);
  }

  @Override
  public void close() {
    checkout.close();
    database.close();
  }

  /** Who takes units back. */
  public Expiry expiry() {
    return expiry;
  }

  /** Closes what is due by then. */
  public void expire(Instant now) {
    expiry.run(now);
  }

  /** Ends the node, not its database. */
  public void leave() {
    checkout.close();
  }

  public static VariantId variant(int number) {
    return new VariantId(new UUID(0, number));
  }

  public static UUID buyer(int number) {
    return new UUID(1, number);
  }

  public static Edition edition(long number) {
    var slots = new ArrayList<Slot>();
    for (var i = 1; i <= VARIANTS; i++) {
      var deal = new Deal(variant(i), "Thing " + i, PRICE, PRICE, PRICE, 100, PER_ORDER_MAX);
      slots.add(
          new Slot(i, new ProductId(new UUID(2, i)), List.of(deal), 50, 50, "", "", "rules", NOW));
    }
    return new Edition(
        number, NOW.minus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(3)), slots);
  }

  public void stocked(VariantId variant, int units) {
    database.change(tx -> stock.stock(tx, variant, units, NOW));
  }

  public Stock.Level level(VariantId variant) {
    return Objects.requireNonNull(
        database.read(tx -> stock.levels(tx, List.of(variant))).get(variant));
  }

  public List<VariantId> audit() {
    return database.read(stock::audit);
  }

  public static Placement.Line line(VariantId variant, int units) {
    return new Placement.Line(variant, units, PRICE);
  }

  public static Placement tap(UUID buyer, String key, Placement.Line... lines) {
    return new Placement(OrderId.fresh(), buyer, key, List.of(lines), Language.ENGLISH, NOW);
  }

  public Order placed(UUID buyer, String key, Placement.Line... lines) {
    var outcome = checkout.place(tap(buyer, key, lines));
    if (outcome instanceof Placement.Outcome.Placed(var order)) return order;
    throw new AssertionError("not placed: " + outcome);
  }

  /** An order with an open payment page. */
  public Order opened(UUID buyer, String key, Placement.Line... lines) {
    var order = placed(buyer, key, lines);
    checkout.openPaymentPage(order.id(), NOW);
    return order(order.id());
  }

  public Order order(OrderId id) {
    return database.read(tx -> orders.find(tx, id)).orElseThrow();
  }

  public Settlement.Outcome settle(OrderId id, PaymentDesk.SessionState state, String cause) {
    return database.write(tx -> settlement.settle(tx, id, state, cause, NOW));
  }

  /** Runs all of it at once, one virtual thread each, and gives the answers in order. */
  public static <T> List<T> atOnce(List<Callable<T>> work) {
    var start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<T>>(work.size());
      for (var one : work) {
        answers.add(
            threads.submit(
                () -> {
                  start.await();
                  return one.call();
                }));
      }
      start.countDown();
      var all = new ArrayList<T>(work.size());
      for (var answer : answers) all.add(answer.get());
      return all;
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }
}
