package urgency.refunds;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.inventory.Stock;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.Orders;
import urgency.orders.RefundFacts;
import urgency.orders.Settlement;
import urgency.platform.sql.RoundTrip;

/**
 * Wishes to send money back. A wish is judged and written under the order's lock, so however many
 * ask at once, they never ask for more than was taken; {@link RefundSender} sends it.
 */
@Singleton
public final class Refunds {
  private static final int TEXT_MAX = 200;

  private static final String WRITE =
      """
      insert into refunds.refund (order_id, number, amount_minor, currency, reason, asked_by,
                                  asked_at, state, attempt_at)
      select :order, coalesce(max(number), 0) + 1, :amount, :currency, :reason, :by, :now, 'ASKED',
             :now
        from refunds.refund
       where order_id = :order
      returning number
      """;

  private static final String RETURN =
      """
      insert into refunds.returned (order_id, number, place, units)
      values (:order, :number, :place, :units)
          on conflict (order_id, number, place)
          do update set units = refunds.returned.units + excluded.units
      """;

  private static final String OF =
      """
      select number, amount_minor, currency, reason, asked_by, asked_at, state, provider_id,
             attempts, last_error
        from refunds.refund
       where order_id = :order
       order by number
      """;

  private static final String DUE =
      """
      select order_id, number, amount_minor, currency, reason, asked_by, asked_at, state,
             provider_id, attempts, last_error
        from refunds.refund
       where state = 'ASKED'
       order by asked_at
       limit :max
      """;

  /** What became of a wish. */
  public sealed interface Outcome {
    /** Written down; it is sent within seconds. */
    record Asked(int number, Money amount) implements Outcome {}

    record NoSuchOrder() implements Outcome {}

    /** No money of this order is here. */
    record NotPaid() implements Outcome {}

    /** All of it went back, or is on its way. */
    record AlreadyRefunded() implements Outcome {}

    record MoreThanPaid(Money left) implements Outcome {}

    record WrongCurrency(String wanted) implements Outcome {}
  }

  /** How far a wish has come; whether the money arrived is a fact of the order. */
  public enum State {
    ASKED,
    SENT,
    REFUSED
  }

  /** One wish, for reading. */
  public record Refund(
      int number,
      Money amount,
      String reason,
      String by,
      Instant at,
      State state,
      String providerId,
      int attempts,
      String lastError) {}

  /** A wish that is not sent yet. */
  public record Due(OrderId order, Refund refund) {}

  private final Orders orders;
  private final Settlement settlement;
  private final Stock stock;
  private final RefundSettings settings;

  Refunds(Orders orders, Settlement settlement, Stock stock, RefundSettings settings) {
    this.settings = settings;
    this.orders = orders;
    this.settlement = settlement;
    this.stock = stock;
  }

  /** Whether a wish came to nothing: refused by the provider, or sent and come back. */
  public static boolean hasFailed(Refund wish, Order order) {
    if (wish.state() == State.REFUSED) return true;
    var told = order.facts().refund().byId().get(wish.providerId());
    return told != null && told.state() == RefundFacts.State.FAILED;
  }

  /** How much of what was taken could still be sent back; zero when nothing was. */
  public static long leftMinor(Order order) {
    var facts = order.facts();
    if (facts.intent().isEmpty()) return 0;
    return Math.max(0, facts.takenMinor() - facts.refund().committedMinor());
  }

  /** Asks for an amount to go back; a part of what was taken, or all of it. */
  public Outcome ask(Handle tx, OrderId id, Money amount, String reason, String by, Instant now) {
    if (amount.minor() <= 0) throw new IllegalArgumentException("amount: " + amount);
    var found = orders.lock(tx, id);
    if (found.isEmpty()) return new Outcome.NoSuchOrder();
    var order = found.get();
    var facts = order.facts();
    if (facts.takenMinor() == 0 || facts.intent().isEmpty()) return new Outcome.NotPaid();
    if (!amount.currency().equals(order.total().currency())) {
      return new Outcome.WrongCurrency(order.total().currency().getCurrencyCode());
    }
    var left = facts.takenMinor() - facts.refund().committedMinor();
    if (left <= 0) return new Outcome.AlreadyRefunded();
    if (amount.minor() > left) {
      return new Outcome.MoreThanPaid(new Money(left, amount.currency()));
    }
    var number = write(tx, id, amount, reason, by, now);
    var asked = facts.refund().calledForMinor() + amount.minor();
    settlement.refundAsked(tx, id, asked, "refund %d asked by %s".formatted(number, by), now);
    if (settings.restock() && amount.minor() == left) {
      restock(tx, id, number, returnable(tx, order), now);
    }
    return new Outcome.Asked(number, amount);
  }

  /**
   * Puts units of a refunded order on the shelf again, never more than were sold. Asked by a person
   * who has them in hand, or by the setting.
   *
   * @param number of the refund for which they came back
   * @param units of each line, in the order's own order; what is more than is left is not put back
   * @return how many went back
   */
  public int restock(Handle tx, OrderId id, int number, List<Integer> units, Instant now) {
    var order = orders.lock(tx, id);
    if (order.isEmpty() || !order.get().facts().sold()) return 0;
    var left = returnable(tx, order.get());
    var back = new ArrayList<Integer>(left.size());
    var all = 0;
    for (var place = 0; place < left.size(); place++) {
      var some = Math.min(left.get(place), place < units.size() ? units.get(place) : 0);
      back.add(some);
      all += some;
      if (some > 0) writeReturn(tx, id, number, place, some);
    }
    if (all > 0) putBack(tx, order.get(), back, now);
    return all;
  }

  /** How many units of each line could be put on the shelf again; the lines in their order. */
  public List<Integer> returnable(Handle tx, Order order) {
    var returned = new HashMap<Integer, Integer>();
    tx.createQuery(
            """
            select place, sum(units)
              from refunds.returned
             where order_id = :order
             group by place
            """)
        .bind("order", order.id().value())
        .map((row, _) -> Map.entry(row.getInt(1), row.getInt(2)))
        .forEach(it -> returned.put(it.getKey(), it.getValue()));
    var left = new ArrayList<Integer>(order.lines().size());
    for (var place = 0; place < order.lines().size(); place++) {
      var sold = order.facts().sold() ? order.lines().get(place).units() : 0;
      left.add(Math.max(0, sold - returned.getOrDefault(place, 0)));
    }
    return left;
  }

  private static void writeReturn(Handle tx, OrderId id, int number, int place, int units) {
    tx.createUpdate(RETURN)
        .bind("order", id.value())
        .bind("number", number)
        .bind("place", place)
        .bind("units", units)
        .execute();
  }

  private void putBack(Handle tx, Order order, List<Integer> units, Instant now) {
    var variants = order.lines().stream().map(Order.Line::variant).toList();
    var trip = new RoundTrip(tx);
    stock.lock(trip, variants);
    trip.send();
    var levels = stock.levels(tx, variants);
    for (var place = 0; place < units.size(); place++) {
      if (units.get(place) == 0) continue;
      var variant = order.lines().get(place).variant();
      var level = levels.get(variant);
      var left = level == null ? 0 : level.left();
      stock.stock(tx, variant, left + units.get(place), now);
    }
  }

  /** The wishes that are not sent yet, those that wait longest first. */
  public List<Due> due(Handle tx, int max) {
    return tx.createQuery(DUE)
        .bind("max", max)
        .map((row, _) -> new Due(new OrderId(row.getObject("order_id", UUID.class)), refund(row)))
        .list();
  }

  /** The wishes of an order, in the order in which they were made. */
  public List<Refund> of(Handle tx, OrderId id) {
    return tx.createQuery(OF).bind("order", id.value()).map((row, _) -> refund(row)).list();
  }

  /**
   * Writes down the wish that follows from a late payment whose units are gone, once.
   *
   * @return false when it is there already
   */
  boolean askForGone(Handle tx, UUID id, Instant now) {
    var order = orders.lock(tx, new OrderId(id)).orElseThrow();
    if (!order.facts().owesAll() || !of(tx, order.id()).isEmpty()) return false;
    var amount = new Money(order.facts().takenMinor(), order.total().currency());
    write(tx, order.id(), amount, "paid late, units gone", "the shop", now);
    return true;
  }

  private static int write(
      Handle tx, OrderId id, Money amount, String reason, String by, Instant now) {
    return tx.createQuery(WRITE)
        .bind("order", id.value())
        .bind("amount", amount.minor())
        .bind("currency", amount.currency().getCurrencyCode())
        .bind("reason", shortened(reason))
        .bind("by", shortened(by))
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .mapTo(Integer.class)
        .one();
  }

  static String shortened(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
  }

  private static Refund refund(ResultSet row) throws SQLException {
    return new Refund(
        row.getInt("number"),
        Money.of(row.getLong("amount_minor"), row.getString("currency")),
        row.getString("reason"),
        row.getString("asked_by"),
        row.getObject("asked_at", OffsetDateTime.class).toInstant(),
        State.valueOf(row.getString("state")),
        row.getString("provider_id"),
        row.getInt("attempts"),
        row.getString("last_error"));
  }
}
