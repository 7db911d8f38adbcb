package urgency.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import urgency.catalog.VariantId;
import urgency.platform.sql.RoundTrip;
import urgency.platform.sql.RoundTrip.Column;

/**
 * Stock rows that one transaction has locked, with what is left of them.
 *
 * <p>Nobody else can change these rows before the transaction ends, so wishes are decided one after
 * another in memory and written in one statement, however many there are. What is refused costs
 * nothing. Belongs to one thread and dies with its transaction.
 */
public final class LockedStock {
  // The new holds and the stock itself: one statement, so one round trip.
  private static final String WRITE_DOWN =
      """
      with line as (
        select * from unnest(?::uuid[], ?::uuid[], ?::int[]) as line (hold_id, variant_id, units)
      ), ledger as (
        insert into inventory.ledger (hold_id, kind, variant_id, units, at)
        select line.hold_id, 'HOLD', line.variant_id, line.units, ?::timestamptz from line
      )
      update inventory.stock as stock
         set held = stock.held + it.units
        from unnest(?::uuid[], ?::int[]) as it (variant_id, units)
       where stock.variant_id = it.variant_id
      """;

  private final Map<VariantId, Integer> left = new HashMap<>();
  private final Map<VariantId, Integer> taken = new HashMap<>();
  private final Map<HoldId, Hold> answers = new HashMap<>();
  private final List<HoldRequest> granted = new ArrayList<>();

  LockedStock() {}

  void locked(VariantId variant, Stock.Level level) {
    left.put(variant, level.left());
  }

  /** A hold that was granted in an earlier transaction. */
  void remember(HoldId held) {
    answers.put(held, new Hold.Granted(held));
  }

  /** Decides a wish; asking again with the same id gives the first answer again. */
  public Hold hold(HoldRequest request) {
    var before = answers.get(request.id());
    if (before != null) return before;
    var answer = decide(request);
    answers.put(request.id(), answer);
    return answer;
  }

  /** Adds to the trip what was granted since the last time. */
  public void write(RoundTrip trip, Instant now) {
    if (granted.isEmpty()) return;
    var lineHolds = new ArrayList<UUID>();
    var lineVariants = new ArrayList<UUID>();
    var lineUnits = new ArrayList<Integer>();
    for (var request : granted) {
      for (var line : request.lines()) {
        lineHolds.add(request.id().value());
        lineVariants.add(line.variant().value());
        lineUnits.add(line.units());
      }
    }
    var variants = new ArrayList<UUID>(taken.size());
    for (var variant : taken.keySet()) variants.add(variant.value());
    trip.change(
        WRITE_DOWN,
        taken.size(),
        Column.of("uuid", lineHolds),
        Column.of("uuid", lineVariants),
        Column.of("int4", lineUnits),
        now,
        Column.of("uuid", variants),
        Column.of("int4", taken.values()));
    granted.clear();
    taken.clear();
  }

  private Hold decide(HoldRequest request) {
    for (var line : request.lines()) {
      int units = left.getOrDefault(line.variant(), 0);
      if (units < line.units()) return new Hold.SoldOut(request.id(), line.variant(), units);
    }
    for (var line : request.lines()) {
      left.merge(line.variant(), -line.units(), Integer::sum);
      taken.merge(line.variant(), line.units(), Integer::sum);
    }
    granted.add(request);
    return new Hold.Granted(request.id());
  }
}
