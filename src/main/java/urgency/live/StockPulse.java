package urgency.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jboss.logging.Logger;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.inventory.Stock;
import urgency.orders.Orders;
import urgency.platform.sql.Database;
import urgency.shelf.Edition;
import urgency.shelf.Editions;

/**
 * Feels several times a second whether the stock of the open shelf has moved, and tells those who
 * show it. One query per beat and node, however many phones are open; none when nobody listens.
 */
@Singleton
public final class StockPulse {
  private static final Logger LOG = Logger.getLogger(StockPulse.class);
  private static final Duration SOLD_AT_MOST_EVERY = Duration.ofSeconds(1);
  // Units sold move with the levels; this only mends what a reading between two commits missed.
  private static final Duration SOLD_AT_LEAST_EVERY = Duration.ofSeconds(10);

  /** Hears on this node when the figures of the open shelf moved, at most four times a second. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Called on the pulse's own thread; what takes long delays the next pulse, not a shopper.
     *
     * @param moved products whose figures differ from the last call; all of them on a new shelf
     */
    void moved(ShelfStock stock, Set<ProductId> moved);
  }

  /** Where the figures come from. */
  record Source(
      Function<Collection<VariantId>, Map<VariantId, Stock.Level>> levels,
      LongFunction<Map<VariantId, Integer>> sold,
      Function<Edition, Map<VariantId, Integer>> restocked) {}

  private final Editions editions;
  private final Source source;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile Optional<ShelfStock> latest = Optional.empty();
  private volatile Instant feltAt = Instant.EPOCH;
  private Map<VariantId, Stock.Level> levels = Map.of();
  private Instant soldReadAt = Instant.MIN;
  private boolean levelsMovedSince;

  @Inject
  StockPulse(Database database, Stock stock, Orders orders, Editions editions) {
    this(
        editions,
        new Source(
            variants -> database.read(tx -> stock.levels(tx, variants)),
            edition -> database.read(tx -> orders.unitsSold(tx, edition)),
            edition ->
                database.read(tx -> stock.restocked(tx, variants(edition), edition.opensAt()))));
  }

  StockPulse(Editions editions, Source source) {
    this.editions = editions;
    this.source = source;
  }

  /** Tells this listener from the next movement on. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** What was felt last; empty before the first beat and while no shelf is open. */
  public Optional<ShelfStock> latest() {
    return latest;
  }

  /** When the levels of {@link #latest} were read; its units sold are seconds older at most. */
  Instant feltAt() {
    return feltAt;
  }

  /** When the units sold of {@link #latest} were read. */
  synchronized Instant soldReadAt() {
    return soldReadAt;
  }

  boolean heard() {
    return !listeners.isEmpty();
  }

  /** One beat. */
  synchronized void beat(Instant now) {
    var open = editions.openAt(now);
    if (open.isEmpty()) {
      latest = Optional.empty();
    } else {
      feel(open.get(), now);
    }
  }

  private void feel(Edition edition, Instant now) {
    var before = latest.filter(it -> it.edition().number() == edition.number());
    var levelsNow = source.levels().apply(variants(edition));
    if (!levelsNow.equals(levels)) levelsMovedSince = true;
    levels = Map.copyOf(levelsNow);
    feltAt = now;

    var sold = before.map(ShelfStock::sold).orElse(Map.of());
    var restocked = before.map(ShelfStock::restocked).orElse(Map.of());
    if (before.isEmpty() || soldIsDue(now)) {
      sold = source.sold().apply(edition.number());
      restocked = source.restocked().apply(edition);
      soldReadAt = now;
      levelsMovedSince = false;
    }
    var stock = new ShelfStock(edition, restocked, left(edition), sold);
    if (!before.equals(Optional.of(stock))) {
      latest = Optional.of(stock);
      tell(stock, moved(before, stock));
    }
  }

  private boolean soldIsDue(Instant now) {
    var since = Duration.between(soldReadAt, now);
    return since.compareTo(levelsMovedSince ? SOLD_AT_MOST_EVERY : SOLD_AT_LEAST_EVERY) >= 0;
  }

  private Map<VariantId, Integer> left(Edition edition) {
    var left = new HashMap<VariantId, Integer>();
    for (var variant : variants(edition)) {
      var level = levels.get(variant);
      left.put(variant, level == null ? 0 : Math.max(0, level.left()));
    }
    return left;
  }

  private void tell(ShelfStock stock, Set<ProductId> moved) {
    for (var listener : listeners) {
      try {
        listener.moved(stock, moved);
      } catch (RuntimeException broken) {
        LOG.error("a listener could not take the new stock", broken);
      }
    }
  }

  // By variant, since a colour that sells out matters even where the sums stay the same.
  private static Set<ProductId> moved(Optional<ShelfStock> before, ShelfStock after) {
    var moved = new HashSet<ProductId>();
    for (var slot : after.edition().slots()) {
      for (var deal : slot.deals()) {
        var variant = deal.variant();
        if (before.filter(it -> sameOf(variant, it, after)).isEmpty()) moved.add(slot.product());
      }
    }
    return moved;
  }

  private static boolean sameOf(VariantId variant, ShelfStock before, ShelfStock after) {
    return Objects.equals(before.left().get(variant), after.left().get(variant))
        && before.sold().getOrDefault(variant, 0).equals(after.sold().getOrDefault(variant, 0));
  }

  private static List<VariantId> variants(Edition edition) {
    var variants = new ArrayList<VariantId>();
    for (var slot : edition.slots()) {
      for (var deal : slot.deals()) variants.add(deal.variant());
    }
    return variants;
  }
}
