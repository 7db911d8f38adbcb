package urgency.inventory;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.catalog.VariantId;
import urgency.platform.sql.RoundTrip;
import urgency.platform.sql.RoundTrip.Column;

/**
 * The units that are left to sell. The only code that writes the {@code inventory} schema.
 *
 * <p>Whoever changes stock locks all its rows first, in one statement, ordered by variant; so no
 * two transactions can wait for each other, as long as each calls one of the writing methods once.
 * The ledger is the hold: its first rows say what is held, the next ones what became of it, and its
 * key lets each thing happen once. A hold is two rows then, and a rush is as fast as the disk.
 */
@Singleton
public final class Stock {
  private static final String LEVELS =
      """
      select variant_id, on_hand, held, sold
        from inventory.stock
       where variant_id = any(?)
       order by variant_id
      """;

  private static final String LOCK = LEVELS + "   for update\n";

  // A glance at the index for each id, whatever the planner thought of the table when it was empty.
  private static final String HELD_BEFORE =
      """
      select held.hold_id
        from unnest(?::uuid[]) as it (id)
       cross join lateral (select hold_id
                             from inventory.ledger
                            where hold_id = it.id
                              and kind = 'HOLD'
                            limit 1) as held
      """;

  private static final String LOCK_LINES =
      """
      select stock.variant_id, stock.on_hand, stock.held, stock.sold, line.units
        from inventory.stock as stock
        join inventory.ledger as line on line.variant_id = stock.variant_id
       where line.hold_id = :hold
         and line.kind = 'HOLD'
       order by stock.variant_id
         for update of stock
      """;

  // What has happened to a hold says where it stands.
  private static final String STATE =
      """
      select case when bool_or(kind in ('SELL', 'REACQUIRE')) then 'SOLD'
                  when bool_or(kind = 'RELEASE') then 'RELEASED'
                  else 'HELD' end
        from inventory.ledger
       where hold_id = :hold
      """;

  private static final String MOVE =
      """
      with line as (
        select variant_id, units
          from inventory.ledger
         where hold_id = :hold
           and kind = 'HOLD'
           and :from = (%s)
      ), ledger as (
        insert into inventory.ledger (hold_id, kind, variant_id, units, at)
        select :hold, :kind, variant_id, units, :at from line
      )
      update inventory.stock as stock
         set held = stock.held + :held * line.units,
             sold = stock.sold + :sold * line.units
        from line
       where stock.variant_id = line.variant_id
      """
          .formatted(STATE);

  // The numbers are the sum of what happened, and nothing happened that cannot have.
  private static final String AUDIT =
      """
      with told as (
        select variant_id,
               sum(case when kind = 'RESTOCK' then units else 0 end) as on_hand,
               sum(case kind when 'HOLD' then units when 'RELEASE' then -units
                             when 'SELL' then -units else 0 end) as held,
               sum(case when kind in ('SELL', 'REACQUIRE') then units else 0 end) as sold
          from inventory.ledger
         group by variant_id
      ), strange as (
        select variant_id
          from inventory.ledger
         where kind <> 'RESTOCK'
         group by hold_id, variant_id
        having string_agg(kind, ' ' order by kind) not in
                 ('HOLD', 'HOLD SELL', 'HOLD RELEASE', 'HOLD REACQUIRE RELEASE')
            or min(units) <> max(units)
      )
      select coalesce(stock.variant_id, told.variant_id) as variant_id
        from inventory.stock as stock
        full join told on told.variant_id = stock.variant_id
       where (stock.on_hand, stock.held, stock.sold) is distinct from
             (coalesce(told.on_hand, 0), coalesce(told.held, 0), coalesce(told.sold, 0))
       union
      select variant_id from strange
       order by 1
      """;

  /**
   * How many units there are of one variant.
   *
   * @param onHand units ever stocked and not written off
   * @param held units promised to orders that are not paid yet
   * @param sold units of paid orders
   */
  public record Level(int onHand, int held, int sold) {
    /** Units that a shopper can still get. */
    public int left() {
      return onHand - held - sold;
    }
  }

  private record Line(VariantId variant, Level level, int units) {}

  private enum State {
    HELD,
    SOLD,
    RELEASED
  }

  // A step of a hold, and what it does to the numbers held and sold for each unit.
  private enum Step {
    SELL(State.HELD, State.SOLD, -1, 1),
    RELEASE(State.HELD, State.RELEASED, -1, 0),
    REACQUIRE(State.RELEASED, State.SOLD, 0, 1);

    final State from;
    final State to;
    final int held;
    final int sold;

    Step(State from, State to, int held, int sold) {
      this.from = from;
      this.to = to;
      this.held = held;
      this.sold = sold;
    }
  }

  /** Unknown variants are left out. */
  public Map<VariantId, Level> levels(Handle tx, Collection<VariantId> variants) {
    return levels(tx, LEVELS, variants);
  }

  /**
   * Locks the rows of these variants until the transaction ends; the trip makes the first step of a
   * transaction, and once it is over the wishes are decided by {@link LockedStock#hold}, in the
   * caller's order. The caller sees to it that no wish was granted before; {@link #hold(Handle,
   * List, Instant)} sees to it itself.
   */
  public LockedStock lock(RoundTrip trip, Collection<VariantId> variants) {
    var locked = new LockedStock();
    trip.ask(
        LOCK, row -> locked.locked(variant(row), level(row)), Column.of("uuid", ids(variants)));
    return locked;
  }

  /**
   * Sets units aside for many requests in one transaction; each gets all its lines or none, first
   * come first served in the order of the list.
   *
   * @return as many answers as requests, in their order
   */
  public List<Hold> hold(Handle tx, List<HoldRequest> requests, Instant now) {
    if (requests.isEmpty()) return List.of();
    var variants = new HashSet<VariantId>();
    var ids = new ArrayList<UUID>(requests.size());
    for (var request : requests) {
      ids.add(request.id().value());
      for (var line : request.lines()) variants.add(line.variant());
    }
    var trip = new RoundTrip(tx);
    var locked = lock(trip, variants);
    // Asked under the lock: another node may have granted the same wish a moment ago.
    trip.ask(
        HELD_BEFORE,
        row -> locked.remember(new HoldId(row.getObject(1, UUID.class))),
        Column.of("uuid", ids));
    trip.send();
    var answers = new ArrayList<Hold>(requests.size());
    for (var request : requests) answers.add(locked.hold(request));
    locked.write(trip, now);
    trip.send();
    return answers;
  }

  /** Turns a hold into a sale. A hold that is already sold stays so; nothing happens twice. */
  public void sell(Handle tx, HoldId hold, Instant now) {
    lockLines(tx, hold);
    move(tx, hold, Step.SELL, now);
  }

  /** Gives a hold's units back. A hold that is already released stays so. */
  public void release(Handle tx, HoldId hold, Instant now) {
    lockLines(tx, hold);
    move(tx, hold, Step.RELEASE, now);
  }

  /**
   * Takes the units of a released hold again and sells them at once, if all are still there. A hold
   * that is already sold is granted again.
   */
  public Hold reacquire(Handle tx, HoldId hold, Instant now) {
    var lines = lockLines(tx, hold);
    if (state(tx, hold) != State.SOLD) {
      for (var line : lines) {
        var left = line.level().left();
        if (left < line.units()) return new Hold.SoldOut(hold, line.variant(), left);
      }
      move(tx, hold, Step.REACQUIRE, now);
    }
    return new Hold.Granted(hold);
  }

  /** Sets how many units of a variant can be sold from now on, besides those held. */
  public void stock(Handle tx, VariantId variant, int unitsLeft, Instant now) {
    if (unitsLeft < 0) throw new IllegalArgumentException("negative units left: " + unitsLeft);
    tx.createUpdate(
            """
            insert into inventory.stock (variant_id, on_hand, held, sold)
            values (:variant, 0, 0, 0)
            on conflict do nothing
            """)
        .bind("variant", variant.value())
        .execute();
    var level = levels(tx, LOCK, Set.of(variant)).get(variant);
    if (level == null || level.left() == unitsLeft) return;
    tx.createUpdate(
            """
            with ledger as (
              insert into inventory.ledger (hold_id, kind, variant_id, units, at)
              values (:stocking, 'RESTOCK', :variant, :units, :at)
            )
            update inventory.stock
               set on_hand = on_hand + :units
             where variant_id = :variant
            """)
        .bind("stocking", UUID.randomUUID())
        .bind("variant", variant.value())
        .bind("units", unitsLeft - level.left())
        .bind("at", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  /**
   * Units that were put in, less those written off, since an instant; variants without any are
   * absent.
   */
  public Map<VariantId, Integer> restocked(
      Handle tx, Collection<VariantId> variants, Instant since) {
    var units = new HashMap<VariantId, Integer>();
    tx.createQuery(
            """
            select variant_id, sum(units)
              from inventory.ledger
             where kind = 'RESTOCK'
               and variant_id = any(:variants)
               and at > :since
             group by variant_id
            """)
        .bindArray("variants", UUID.class, ids(variants))
        .bind("since", since.atOffset(ZoneOffset.UTC))
        .map((row, _) -> Map.entry(row.getObject(1, UUID.class), row.getInt(2)))
        .forEach(it -> units.put(new VariantId(it.getKey()), it.getValue()));
    return units;
  }

  /** The variants whose stock is not what the ledger and the holds say; always empty. */
  public List<VariantId> audit(Handle tx) {
    return tx.createQuery(AUDIT).mapTo(UUID.class).map(VariantId::new).list();
  }

  private static Map<VariantId, Level> levels(
      Handle tx, String sql, Collection<VariantId> variants) {
    if (variants.isEmpty()) return Map.of();
    var levels = new HashMap<VariantId, Level>();
    var trip = new RoundTrip(tx);
    trip.ask(sql, row -> levels.put(variant(row), level(row)), Column.of("uuid", ids(variants)));
    trip.send();
    return levels;
  }

  private static List<UUID> ids(Collection<VariantId> variants) {
    var ids = new ArrayList<UUID>(variants.size());
    for (var variant : variants) ids.add(variant.value());
    return ids;
  }

  private static VariantId variant(ResultSet row) throws SQLException {
    return new VariantId(row.getObject("variant_id", UUID.class));
  }

  private static Level level(ResultSet row) throws SQLException {
    return new Level(row.getInt("on_hand"), row.getInt("held"), row.getInt("sold"));
  }

  private static List<Line> lockLines(Handle tx, HoldId hold) {
    var lines =
        tx.createQuery(LOCK_LINES)
            .bind("hold", hold.value())
            .map((row, _) -> new Line(variant(row), level(row), row.getInt("units")))
            .list();
    if (lines.isEmpty()) throw new IllegalStateException("no such hold: " + hold);
    return lines;
  }

  private static void move(Handle tx, HoldId hold, Step step, Instant now) {
    var rows =
        tx.createUpdate(MOVE)
            .bind("hold", hold.value())
            .bind("kind", step.name())
            .bind("from", step.from.name())
            .bind("to", step.to.name())
            .bind("held", step.held)
            .bind("sold", step.sold)
            .bind("at", now.atOffset(ZoneOffset.UTC))
            .execute();
    if (rows > 0) return;
    var state = state(tx, hold);
    if (state != step.to) {
      throw new IllegalStateException("%s of a hold that is %s: %s".formatted(step, state, hold));
    }
  }

  private static State state(Handle tx, HoldId hold) {
    return State.valueOf(
        tx.createQuery(STATE).bind("hold", hold.value()).mapTo(String.class).one());
  }
}
