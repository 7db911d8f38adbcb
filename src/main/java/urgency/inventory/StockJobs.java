package urgency.inventory;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import urgency.catalog.Catalog;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;

/** Counts the days that are over: which of them a product was in stock. */
@Singleton
final class StockJobs {
  private static final Duration EVERY = Duration.ofMinutes(10);

  private final Database database;
  private final Catalog catalog;
  private final Presence presence;

  StockJobs(Database database, Catalog catalog, Presence presence) {
    this.database = database;
    this.catalog = catalog;
    this.presence = presence;
  }

  void start(@Observes StartupEvent event, Jobs jobs) {
    jobs.oneNodeLater("inventory.days", EVERY, this::count);
  }

  void count(Instant now) {
    if (!database.<Boolean>read(tx -> presence.due(tx, now))) return;
    database.change(
        tx -> {
          var products = new HashMap<VariantId, ProductId>();
          for (var product : catalog.all(tx)) {
            for (var variant : product.variants()) products.put(variant.id(), product.id());
          }
          presence.count(tx, products, now);
        });
  }
}
