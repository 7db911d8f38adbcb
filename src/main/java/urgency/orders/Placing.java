package urgency.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.catalog.VariantId;
import urgency.inventory.Hold;
import urgency.inventory.HoldRequest;
import urgency.inventory.LockedStock;
import urgency.inventory.Stock;
import urgency.orders.Placement.Outcome;
import urgency.platform.facts.Facts;
import urgency.platform.sql.RoundTrip;
import urgency.platform.sql.RoundTrip.Column;

/**
 * The transaction of a batch of taps.
 *
 * <p>It locks the stock of all wishes, and only then looks for what their buyers ordered before,
 * since another node may be placing for the same buyer. Then each wish is decided in turn, as if it
 * were alone, and what was granted is written in three statements. A thousand losers cost two reads
 * and no row.
 */
final class Placing {
  // Live and paid orders of one buyer that are looked at, whatever is in them. Few have more: of
  // theirs, those with a wanted variant are looked for.
  private static final int PAST_MAX = 50;

  // A glance at the index for each wish, whatever the planner thinks of a table that was empty when
  // it first saw it.
  private static final String BEFORE =
      """
      select it.id
        from unnest(?::uuid[], ?::text[]) as wish (buyer, idem_key)
       cross join lateral (
         select id from orders.order_
          where buyer = wish.buyer and idem_key = wish.idem_key
          limit 1
       ) as it
       union
      select it.id
        from unnest(?::uuid[], ?::timestamptz[]) as wish (buyer, since)
       cross join lateral (
         select id from orders.order_
          where buyer = wish.buyer
            and placed_at >= wish.since
            and status not in ('EXPIRED', 'PAYMENT_FAILED', 'REFUND_PENDING', 'REFUNDED',
                              'REFUND_FAILED')
          order by placed_at desc
          limit ?
       ) as it
      """;

  // As many orders of one variant as a buyer may have units of it: more would change no answer.
  private static final String WITH_VARIANT =
      """
      select it.id
        from unnest(?::uuid[], ?::bigint[], ?::timestamptz[], ?::uuid[])
               as wish (buyer, edition, opens, variant)
       cross join lateral (
         select past.id
           from orders.order_ as past
          cross join lateral (
            select from orders.line
             where order_id = past.id and variant_id = wish.variant
             limit 1
          ) as line
          where past.buyer = wish.buyer
            and past.edition = wish.edition
            and past.placed_at >= wish.opens
            and past.status not in ('EXPIRED', 'PAYMENT_FAILED', 'REFUND_PENDING', 'REFUNDED',
                                    'REFUND_FAILED')
          order by past.placed_at desc
          limit ?
       ) as it
      """;

  private static final String REPEATED =
      "select id from orders.order_ where buyer = :buyer and idem_key = :key";

  private static final String WRITE_DOWN =
      """
      with placed as (
        insert into orders.order_ (id, buyer, idem_key, edition, amount_minor, currency, placed_at,
                                   hold_until, attempt_at, language, status, version)
        select *, 'HELD', 1
          from unnest(?::uuid[], ?::uuid[], ?::text[], ?::bigint[], ?::bigint[], ?::text[],
                      ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::text[])
      ), audit as (
        insert into orders.audit (order_id, version, at, "from", "to", cause)
        select id, 1, at, '', 'HELD', 'placed'
          from unnest(?::uuid[], ?::timestamptz[]) as it (id, at)
      )
      insert into orders.line (order_id, place, product_id, variant_id, title, units, price_minor)
      select *
        from unnest(?::uuid[], ?::int[], ?::uuid[], ?::uuid[], ?::text[], ?::int[], ?::bigint[])
      """;

  /** A tap that may be granted, with the order that it would become. */
  record Wish(Placement placement, Order order, Instant opensAt) {}

  private final Stock stock;
  private final Facts facts;
  private final OrderSettings settings;

  Placing(Stock stock, Facts facts, OrderSettings settings) {
    this.stock = stock;
    this.facts = facts;
    this.settings = settings;
  }

  /** What this tap led to before, or that its key was used for another one. */
  static Optional<Outcome> repeated(Handle tx, Placement placement) {
    var id =
        tx.createQuery(REPEATED)
            .bind("buyer", placement.buyer())
            .bind("key", placement.idempotencyKey())
            .mapTo(UUID.class)
            .findOne();
    return id.flatMap(it -> OrderBook.find(tx, new OrderId(it)))
        .map(order -> Past.again(order, placement));
  }

  List<Outcome> run(Handle tx, List<Wish> wishes) {
    var trip = new RoundTrip(tx);
    var locked = stock.lock(trip, variants(wishes));
    var past = past(tx, trip, wishes);
    var answers = new ArrayList<Outcome>(wishes.size());
    var placed = new ArrayList<Wish>(wishes.size());
    for (var wish : wishes) {
      var known = past.answer(wish);
      if (known.isPresent()) {
        answers.add(known.get());
      } else {
        var hold = locked.hold(request(wish.order()));
        answers.add(outcome(wish.order(), hold, past));
        if (hold instanceof Hold.Granted) {
          past.add(wish.order());
          placed.add(wish);
        }
      }
    }
    if (!placed.isEmpty()) write(trip, locked, placed);
    return answers;
  }

  // Read behind the locks that the trip takes: no other node adds to it before we have decided.
  private Past past(Handle tx, RoundTrip trip, List<Wish> wishes) {
    var newest = newest(trip, wishes);
    trip.send();
    var past = new Past(settings.perBuyerMax());
    for (var order : OrderBook.read(tx, newest)) past.add(order);
    var many = new ArrayList<Wish>();
    for (var wish : wishes) {
      if (past.ordersOf(wish.order().buyer()) >= PAST_MAX) many.add(wish);
    }
    if (many.isEmpty()) return past;
    var older = withVariants(trip, many);
    trip.send();
    older.removeAll(newest);
    for (var order : OrderBook.read(tx, older)) past.add(order);
    return past;
  }

  private void write(RoundTrip trip, LockedStock locked, List<Wish> placed) {
    var now = placed.getFirst().order().placedAt();
    locked.write(trip, now);
    // In the order of the unique index, so that two nodes with the same keys cannot block.
    placed.sort(
        Comparator.comparing((Wish it) -> it.order().buyer())
            .thenComparing(it -> it.order().idempotencyKey()));
    writeOrders(trip, placed);
    var changes = new ArrayList<OrderChanged>(placed.size());
    for (var it : placed) changes.add(OrderBook.changed(it.order()));
    facts.append(trip, now, changes);
    trip.send();
  }

  private static void writeOrders(RoundTrip trip, List<Wish> placed) {
    var ids = new ArrayList<UUID>(placed.size());
    var buyers = new ArrayList<UUID>(placed.size());
    var keys = new ArrayList<String>(placed.size());
    var editions = new ArrayList<Long>(placed.size());
    var amounts = new ArrayList<Long>(placed.size());
    var currencies = new ArrayList<String>(placed.size());
    var placedAt = new ArrayList<Instant>(placed.size());
    var until = new ArrayList<Instant>(placed.size());
    var attempts = new ArrayList<Instant>(placed.size());
    var languages = new ArrayList<String>(placed.size());
    for (var it : placed) {
      var order = it.order();
      ids.add(order.id().value());
      buyers.add(order.buyer());
      keys.add(order.idempotencyKey());
      editions.add(order.edition());
      amounts.add(order.total().minor());
      currencies.add(order.total().currency().getCurrencyCode());
      placedAt.add(order.placedAt());
      until.add(order.holdUntil());
      attempts.add(order.placedAt().plus(PaymentPages.FIRST_ATTEMPT_AFTER));
      languages.add(it.placement().language().tag());
    }
    var columns = new ArrayList<Column>();
    columns.add(Column.of("uuid", ids));
    columns.add(Column.of("uuid", buyers));
    columns.add(Column.of("text", keys));
    columns.add(Column.of("int8", editions));
    columns.add(Column.of("int8", amounts));
    columns.add(Column.of("text", currencies));
    columns.add(Column.of("timestamptz", placedAt));
    columns.add(Column.of("timestamptz", until));
    columns.add(Column.of("timestamptz", attempts));
    columns.add(Column.of("text", languages));
    columns.add(Column.of("uuid", ids));
    columns.add(Column.of("timestamptz", placedAt));
    var lines = addLines(columns, placed);
    trip.change(WRITE_DOWN, lines, columns.toArray());
  }

  private static int addLines(List<Column> columns, List<Wish> placed) {
    var orders = new ArrayList<UUID>();
    var places = new ArrayList<Integer>();
    var products = new ArrayList<UUID>();
    var variants = new ArrayList<UUID>();
    var titles = new ArrayList<String>();
    var units = new ArrayList<Integer>();
    var prices = new ArrayList<Long>();
    for (var it : placed) {
      var order = it.order();
      var place = 1;
      for (var line : order.lines()) {
        orders.add(order.id().value());
        places.add(place++);
        products.add(line.product().value());
        variants.add(line.variant().value());
        titles.add(line.title());
        units.add(line.units());
        prices.add(line.price().minor());
      }
    }
    columns.add(Column.of("uuid", orders));
    columns.add(Column.of("int4", places));
    columns.add(Column.of("uuid", products));
    columns.add(Column.of("uuid", variants));
    columns.add(Column.of("text", titles));
    columns.add(Column.of("int4", units));
    columns.add(Column.of("int8", prices));
    return orders.size();
  }

  // Filled when the trip is over. What is held may be from the edition before.
  private Set<UUID> newest(RoundTrip trip, List<Wish> wishes) {
    var buyers = new ArrayList<UUID>(wishes.size());
    var keys = new ArrayList<String>(wishes.size());
    var since = new ArrayList<Instant>(wishes.size());
    for (var wish : wishes) {
      buyers.add(wish.order().buyer());
      keys.add(wish.order().idempotencyKey());
      var held = wish.order().placedAt().minus(settings.longestHold());
      since.add(held.isBefore(wish.opensAt()) ? held : wish.opensAt());
    }
    var found = new HashSet<UUID>();
    trip.ask(
        BEFORE,
        row -> found.add(row.getObject(1, UUID.class)),
        Column.of("uuid", buyers),
        Column.of("text", keys),
        Column.of("uuid", buyers),
        Column.of("timestamptz", since),
        PAST_MAX);
    return found;
  }

  // Filled when the trip is over.
  private Set<UUID> withVariants(RoundTrip trip, List<Wish> wishes) {
    var buyers = new ArrayList<UUID>();
    var editions = new ArrayList<Long>();
    var opens = new ArrayList<Instant>();
    var variants = new ArrayList<UUID>();
    for (var wish : wishes) {
      for (var line : wish.order().lines()) {
        buyers.add(wish.order().buyer());
        editions.add(wish.order().edition());
        opens.add(wish.opensAt());
        variants.add(line.variant().value());
      }
    }
    var found = new HashSet<UUID>();
    trip.ask(
        WITH_VARIANT,
        row -> found.add(row.getObject(1, UUID.class)),
        Column.of("uuid", buyers),
        Column.of("int8", editions),
        Column.of("timestamptz", opens),
        Column.of("uuid", variants),
        settings.perBuyerMax());
    return found;
  }

  private static Set<VariantId> variants(List<Wish> wishes) {
    var variants = new HashSet<VariantId>();
    for (var wish : wishes) {
      for (var line : wish.order().lines()) variants.add(line.variant());
    }
    return variants;
  }

  private static Outcome outcome(Order order, Hold hold, Past past) {
    return switch (hold) {
      case Hold.Granted(var _) -> new Outcome.Placed(order);
      case Hold.SoldOut(var _, var variant, var left) ->
          past.holder(order, variant)
              .<Outcome>map(it -> new Outcome.HeldAlready(variant, left, it.id()))
              .orElseGet(() -> new Outcome.SoldOut(variant, left));
    };
  }

  private static HoldRequest request(Order order) {
    var lines = new ArrayList<HoldRequest.Line>(order.lines().size());
    for (var line : order.lines()) {
      lines.add(new HoldRequest.Line(line.variant(), line.units()));
    }
    return new HoldRequest(order.holdId(), lines);
  }
}
