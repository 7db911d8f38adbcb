package urgency.orders;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;
import urgency.inventory.Stock;
import urgency.money.Money;
import urgency.orders.Placement.Outcome;
import urgency.platform.facts.Facts;
import urgency.platform.sql.Database;
import urgency.platform.sql.GroupCommit;
import urgency.platform.sql.RoundTrip;
import urgency.shelf.Deal;
import urgency.shelf.Edition;
import urgency.shelf.Editions;
import urgency.shelf.Slot;

/** Turns a tap into an order whose units are held, many taps in one commit. */
@Singleton
public final class Checkout implements AutoCloseable {
  private static final int LANES = 2;
  private static final int BATCH_MAX = 512;
  private static final int QUEUE_MAX = 8_192;
  private static final int KEY_RACES_MAX = 3;
  private static final String UNIQUE_VIOLATION = "23505";

  private final Database database;
  private final Editions editions;
  private final OrderSettings settings;
  private final PaymentPages pages;
  private final GroupCommit<Placing.Wish, Outcome> lanes;

  Checkout(
      Database database,
      Editions editions,
      Stock stock,
      Facts facts,
      PaymentPages pages,
      OrderSettings settings) {
    this.database = database;
    this.editions = editions;
    this.settings = settings;
    this.pages = pages;
    var placing = new Placing(stock, facts, settings);
    this.lanes = new GroupCommit<>("checkout", database, LANES, BATCH_MAX, QUEUE_MAX, placing::run);
  }

  /** Taps that wait for their answer now, and transactions that were made so far. */
  record Load(int pending, long commits) {}

  Load load() {
    return new Load(lanes.pending(), lanes.commits());
  }

  /**
   * Holds the units and writes the order down; committed when this returns.
   *
   * @throws GroupCommit.Overloaded when too many wait; nothing was done
   */
  public Outcome place(Placement placement) {
    var now = placement.now().truncatedTo(ChronoUnit.MICROS);
    var edition = editions.openAt(now);
    var refusal = refuse(placement, edition);
    if (refusal.isPresent() || edition.isEmpty()) {
      // A repeat of a tap that went well is not told that the shelf has changed since.
      return database
          .read(tx -> Placing.repeated(tx, placement))
          .orElseGet(
              () -> refusal.orElse(new Outcome.EditionOver(placement.lines().get(0).variant())));
    }
    return submit(wish(placement, edition.get(), now));
  }

  /**
   * Opens the payment page of a held order and remembers it; safe to repeat. Called outside any
   * transaction.
   */
  public PaymentDesk.Opening openPaymentPage(OrderId id, Instant now) {
    return pages.open(id, now);
  }

  /** Same for an order that was placed this moment; in a rush it costs nothing. */
  public PaymentDesk.Opening openPaymentPage(Order placed, Instant now) {
    return pages.openFirst(placed, now);
  }

  @Override
  @PreDestroy
  public void close() {
    lanes.close();
  }

  // Two nodes may write the same key at once: one of them wins, and the other looks again.
  private Outcome submit(Placing.Wish wish) {
    var lane = wish.placement().lines().get(0).variant().hashCode();
    for (var race = 1; ; race++) {
      try {
        return lanes.submit(lane, wish);
      } catch (RoundTrip.Refused failed) {
        if (race == KEY_RACES_MAX || !UNIQUE_VIOLATION.equals(failed.state())) throw failed;
      }
    }
  }

  private Placing.Wish wish(Placement placement, Edition edition, Instant now) {
    var lines = new ArrayList<Order.Line>(placement.lines().size());
    var total = Optional.<Money>empty();
    for (var line : placement.lines()) {
      var slot = slot(edition, line).orElseThrow();
      var deal = deal(slot, line).orElseThrow();
      lines.add(
          new Order.Line(slot.product(), deal.variant(), deal.title(), line.units(), deal.price()));
      var price = deal.price().times(line.units());
      total = Optional.of(total.map(price::plus).orElse(price));
    }
    var order =
        new Order(
            placement.id(),
            placement.buyer(),
            placement.idempotencyKey(),
            edition.number(),
            lines,
            total.orElseThrow(),
            now,
            now.plus(settings.hold()).truncatedTo(ChronoUnit.MICROS),
            Optional.empty(),
            PaymentFacts.NONE,
            OrderStatus.HELD,
            1);
    return new Placing.Wish(placement, order, edition.opensAt());
  }

  private static Optional<Outcome> refuse(Placement placement, Optional<Edition> open) {
    for (var line : placement.lines()) {
      var deal = open.flatMap(edition -> slot(edition, line).flatMap(slot -> deal(slot, line)));
      if (deal.isEmpty()) return Optional.of(new Outcome.EditionOver(line.variant()));
      var price = deal.get().price();
      if (!price.equals(line.shownPrice())) {
        return Optional.of(new Outcome.PriceChanged(line.variant(), price));
      }
      var max = Math.min(deal.get().perOrderMax(), Placement.UNITS_MAX);
      if (line.units() > max) return Optional.of(new Outcome.LimitReached(line.variant(), max));
    }
    return Optional.empty();
  }

  private static Optional<Slot> slot(Edition edition, Placement.Line line) {
    for (var slot : edition.slots()) {
      if (deal(slot, line).isPresent()) return Optional.of(slot);
    }
    return Optional.empty();
  }

  private static Optional<Deal> deal(Slot slot, Placement.Line line) {
    for (var deal : slot.deals()) {
      if (deal.variant().equals(line.variant())) return Optional.of(deal);
    }
    return Optional.empty();
  }
}
