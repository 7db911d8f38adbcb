package urgency.catalog;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;

/**
 * Counts what is put into carts, in memory, and writes it down once a minute: a tap costs no query.
 * A node that dies forgets up to a minute; nothing but the picture of interest rests on it.
 */
@Singleton
public final class CartCounts {
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int VARIANTS_MAX = 10_000;

  private final Database database;
  private final InterestHistory history;
  private final Map<VariantId, Integer> counts = new ConcurrentHashMap<>();

  public CartCounts(Database database, InterestHistory history) {
    this.database = database;
    this.history = history;
  }

  void start(@Observes StartupEvent event, Jobs jobs) {
    jobs.everyNode("catalog.carts", EVERY, this::write);
  }

  /** Somebody put this into a cart. */
  public void added(VariantId variant) {
    if (counts.size() < VARIANTS_MAX || counts.containsKey(variant)) {
      counts.merge(variant, 1, Integer::sum);
    }
  }

  /** Writes down what was counted since the last time. */
  public void write(Instant now) {
    var taken = new HashMap<VariantId, Integer>();
    for (var variant : List.copyOf(counts.keySet())) {
      var count = counts.remove(variant);
      if (count != null) taken.put(variant, count);
    }
    if (taken.isEmpty()) return;
    var day = now.atZone(ZoneOffset.UTC).toLocalDate();
    database.change(tx -> history.added(tx, day, taken));
  }
}
