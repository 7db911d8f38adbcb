package urgency.payments.spare;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import urgency.orders.Order;
import urgency.orders.PaymentDesk;
import urgency.platform.sql.Database;
import urgency.shelf.Deal;
import urgency.shelf.Edition;
import urgency.shelf.Editions;

/**
 * A desk that has payment pages ready. Providers open a page at a slow pace, which makes the last
 * of a thousand winners wait for most of a minute; a page for one unit at a known price can be
 * opened before the drop and given to a buyer by one statement.
 *
 * <p>A page that was shown is that order's for good. What nobody took is closed when its edition is
 * over. Orders that want anything else, or come when the pages are gone, are served as ever.
 */
public final class SpareDesk implements PaymentDesk {
  private static final Logger LOG = Logger.getLogger(SpareDesk.class);

  /** A buyer of the last second has the whole hold, and the provider's shortest page is longer. */
  private static final Duration AFTER_EDITION = Duration.ofMinutes(41);

  /** The provider keeps a page for a day at most. */
  private static final Duration PAGE_MAX = Duration.ofHours(24).minusMinutes(5);

  private static final int OPENED_AT_ONCE = 10;
  private static final int CLOSED_AT_ONCE = 10;

  private final PaymentDesk desk;
  private final Spares spares;
  private final Editions editions;
  private final Database database;
  private final int most;
  private volatile int free;

  /**
   * @param most pages that are opened ahead for one edition
   */
  public SpareDesk(
      PaymentDesk desk, Spares spares, Editions editions, Database database, int most) {
    this.desk = desk;
    this.spares = spares;
    this.editions = editions;
    this.database = database;
    this.most = most;
  }

  @Override
  public Opening open(Order order, Instant now) {
    return spare(order).orElseGet(() -> desk.open(order, now));
  }

  @Override
  public Opening openSpare(Spare spare) {
    return desk.openSpare(spare);
  }

  /** A free page needs no turn at the provider. */
  @Override
  public Optional<Turn> turn(Instant now) {
    return free > 0 ? Optional.of(this::open) : desk.turn(now);
  }

  @Override
  public Closing close(Order.Session session) {
    return desk.close(session);
  }

  @Override
  public Optional<SessionState> look(Order.Session session) {
    return desk.look(session);
  }

  @Override
  public Refunding refund(MoneyBack wish) {
    return desk.refund(wish);
  }

  /** How many are free, as every node wants to know without asking for each tap. */
  void glance() {
    free = database.read(spares::free);
  }

  /**
   * Opens pages for the coming edition, or the open one, best places first, until it has as many as
   * there may be; a few at a time, and none when the provider wants no more.
   */
  void fill(Instant now) {
    var edition = editions.nextAfter(now).or(() -> editions.openAt(now));
    if (edition.isEmpty()) return;
    var room = most;
    var opened = 0;
    for (var slot : edition.get().slots()) {
      for (var deal : slot.deals()) {
        if (room <= 0 || opened == OPENED_AT_ONCE) return;
        var had = database.read(tx -> spares.opened(tx, edition.get().number(), deal.variant()));
        var wanted = Math.min(deal.unitsStocked(), room);
        room -= wanted;
        for (var i = had; i < wanted && opened < OPENED_AT_ONCE; i++) {
          if (!openOne(edition.get(), deal, now)) return;
          opened++;
        }
      }
    }
  }

  /** Closes what an edition that is over has left. */
  void clear(Instant now) {
    for (var session : database.write(tx -> spares.leave(tx, now, CLOSED_AT_ONCE))) {
      switch (desk.close(session)) {
        case Closing.Closed() -> database.change(tx -> spares.remove(tx, session));
        case Closing.Finished(var state) ->
            LOG.errorf(
                "spare page %s that nobody was shown is %s; look at it at the provider",
                session.id(), state.paymentStatus());
        case Closing.Unknown(var why, _) ->
            LOG.debugf("spare page %s is closed later: %s", session.id(), why);
      }
    }
    database.change(tx -> spares.forget(tx, now));
  }

  private Optional<Opening> spare(Order order) {
    if (order.session().isPresent() || !forOneUnit(order)) return Optional.empty();
    return database.write(tx -> spares.take(tx, order)).map(Opening.Opened::new);
  }

  private boolean openOne(Edition edition, Deal deal, Instant now) {
    var end = edition.closesAt().plus(AFTER_EDITION);
    var longest = now.plus(PAGE_MAX);
    var wish =
        new Spare(
            UUID.randomUUID(),
            deal.variant(),
            deal.title(),
            deal.price(),
            end.isBefore(longest) ? end : longest);
    return switch (desk.openSpare(wish)) {
      case Opening.Opened(var session) -> {
        database.change(tx -> spares.add(tx, edition, deal, session));
        yield true;
      }
      // An unanswered wish may leave a page that nobody knows; it ends by itself, unpaid.
      case Opening.NotNow _, Opening.Refused _ -> false;
    };
  }

  private static boolean forOneUnit(Order order) {
    return order.lines().size() == 1 && order.lines().getFirst().units() == 1;
  }
}
