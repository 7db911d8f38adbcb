package urgency.orders;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import urgency.catalog.VariantId;
import urgency.orders.Placement.Outcome;

/**
 * What the buyers of a batch ordered before, the batch itself included. Knows when a tap is a
 * repetition, and when a buyer has had enough.
 */
final class Past {
  private record Key(UUID buyer, String key) {}

  private final Map<Key, Order> byKey = new HashMap<>();
  private final Map<UUID, List<Order>> byBuyer = new HashMap<>();
  private final int perBuyerMax;

  Past(int perBuyerMax) {
    this.perBuyerMax = perBuyerMax;
  }

  void add(Order order) {
    byKey.put(new Key(order.buyer(), order.idempotencyKey()), order);
    byBuyer.computeIfAbsent(order.buyer(), _ -> new ArrayList<>()).add(order);
  }

  /** How many orders of the buyer are known. */
  int ordersOf(UUID buyer) {
    return byBuyer.getOrDefault(buyer, List.of()).size();
  }

  /** The answer that follows from the past alone; empty when the stock must decide. */
  Optional<Outcome> answer(Placing.Wish wish) {
    var wanted = wish.order();
    var repeated = byKey.get(new Key(wanted.buyer(), wanted.idempotencyKey()));
    if (repeated != null) return Optional.of(again(repeated, wish.placement()));
    var others = byBuyer.getOrDefault(wanted.buyer(), List.of());
    for (var other : others) {
      if (stillOpen(other, wanted)) return Optional.of(new Outcome.Placed(other));
    }
    for (var line : wanted.lines()) {
      if (unitsOf(others, wanted.edition(), line.variant()) + line.units() > perBuyerMax) {
        return Optional.of(new Outcome.LimitReached(line.variant(), perBuyerMax));
      }
    }
    return Optional.empty();
  }

  /** The buyer's own order that has units of the variant and waits for its payment. */
  Optional<Order> holder(Order wanted, VariantId variant) {
    for (var other : byBuyer.getOrDefault(wanted.buyer(), List.of())) {
      if (waits(other, wanted) && units(other).containsKey(variant)) return Optional.of(other);
    }
    return Optional.empty();
  }

  /** The answer to a key that was used before. */
  static Outcome again(Order order, Placement placement) {
    var same = units(order).equals(units(placement));
    return same ? new Outcome.Placed(order) : new Outcome.KeyReused();
  }

  // Buy, pressed again with a fresh key, leads back to the order that waits for its payment.
  private static boolean stillOpen(Order other, Order wanted) {
    return waits(other, wanted)
        && other.edition() == wanted.edition()
        && other.total().equals(wanted.total())
        && units(other).equals(units(wanted));
  }

  private static boolean waits(Order other, Order wanted) {
    return other.status().payable() && other.holdUntil().isAfter(wanted.placedAt());
  }

  private static int unitsOf(List<Order> orders, long edition, VariantId variant) {
    var units = 0;
    for (var order : orders) {
      if (order.edition() != edition || !order.status().keepsUnits()) continue;
      for (var line : order.lines()) {
        if (line.variant().equals(variant)) units += line.units();
      }
    }
    return units;
  }

  private static Map<VariantId, Integer> units(Order order) {
    var units = new HashMap<VariantId, Integer>();
    for (var line : order.lines()) units.put(line.variant(), line.units());
    return units;
  }

  private static Map<VariantId, Integer> units(Placement placement) {
    var units = new HashMap<VariantId, Integer>();
    for (var line : placement.lines()) units.put(line.variant(), line.units());
    return units;
  }
}
