package urgency.admin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import urgency.catalog.Catalog;
import urgency.catalog.CatalogSettings;
import urgency.catalog.Product;
import urgency.catalog.VariantId;
import urgency.inventory.Stock;
import urgency.platform.http.HttpSettings;
import urgency.platform.sql.Database;

/**
 * Takes a merchant's catalogue file into the shop: all of it in one transaction, or nothing with
 * every error named. Lines are found again by SKU, so the same file twice changes nothing.
 *
 * <p>A product or variant that is not in the file stays as it is; it is taken off sale by a stock
 * of 0.
 */
@Singleton
public final class CatalogImport {
  /** What became of a file. */
  public sealed interface Outcome {
    /** All of it is in the catalogue; counted in products. */
    record Imported(int created, int updated, int unchanged) implements Outcome {}

    /** Nothing has changed; at most a hundred errors, in the order of lines. */
    record Refused(List<RowError> errors) implements Outcome {
      public Refused {
        errors = List.copyOf(errors);
      }
    }
  }

  private final Database database;
  private final Catalog catalog;
  private final Stock stock;
  private final Currency currency;
  private final Path mediaFolder;

  @Inject
  public CatalogImport(
      Database database,
      Catalog catalog,
      Stock stock,
      CatalogSettings settings,
      HttpSettings http) {
    this(database, catalog, stock, settings.currency(), http.mediaFolder());
  }

  CatalogImport(
      Database database, Catalog catalog, Stock stock, Currency currency, Path mediaFolder) {
    this.database = database;
    this.catalog = catalog;
    this.stock = stock;
    this.currency = currency;
    this.mediaFolder = mediaFolder;
  }

  /** Imports a file. */
  public Outcome run(Path file, Instant now) {
    try {
      // One byte more than is allowed tells a file that is too long.
      try (var in = Files.newInputStream(file)) {
        return run(in.readNBytes(CatalogFile.BYTES_MAX + 1), now);
      }
    } catch (IOException unreadable) {
      var errors = new RowErrors();
      errors.add(0, "", file + " cannot be read", "name a CSV file that you may read");
      return new Outcome.Refused(errors.all());
    }
  }

  /** Imports what a file holds. */
  public Outcome run(byte[] bytes, Instant now) {
    var errors = new RowErrors();
    var rows = new CatalogFile(currency, this::mediaThere, errors).read(bytes);
    var groups = new ProductGroups(errors);
    var wished = groups.of(rows);
    return database.write(
        tx -> {
          catalog.lock(tx);
          var before = before(tx, wished, errors);
          if (!errors.isEmpty()) return new Outcome.Refused(errors.all());
          var products = new ArrayList<Product>();
          for (var i = 0; i < wished.size(); i++) {
            products.add(groups.product(wished.get(i), before.get(i)));
          }
          var saved = catalog.save(tx, products, now);
          stock(tx, rows, saved, now);
          return imported(saved);
        });
  }

  // The product that each group speaks of, as it is now.
  private List<Optional<Product>> before(
      Handle tx, List<List<CatalogRow>> groups, RowErrors errors) {
    var skus = groups.stream().flatMap(List::stream).map(CatalogRow::sku).toList();
    var slugs = groups.stream().map(it -> it.getFirst().slug()).toList();
    var bySku = catalog.bySkus(tx, skus);
    var bySlug = catalog.bySlugs(tx, slugs);
    var before = new ArrayList<Optional<Product>>();
    var check = new KnownProducts(bySku, bySlug, errors);
    for (var group : groups) before.add(check.of(group));
    return before;
  }

  // Rows that are right already are not touched, so that shoppers need not wait for them. The rest
  // goes in the order in which checkouts lock, so that the two never wait for each other in a ring.
  private void stock(Handle tx, List<CatalogRow> rows, List<Catalog.Saved> saved, Instant now) {
    var ids = new HashMap<String, VariantId>();
    for (var it : saved) {
      for (var variant : it.product().variants()) ids.put(variant.sku(), variant.id());
    }
    var wished = new TreeMap<VariantId, Integer>(Comparator.comparing(it -> it.value().toString()));
    for (var row : rows) {
      row.stock().ifPresent(units -> wished.put(ids.get(row.sku()), units));
    }
    var levels = stock.levels(tx, wished.keySet());
    wished.forEach(
        (variant, units) -> {
          var level = levels.get(variant);
          if (level == null || level.left() != units) stock.stock(tx, variant, units, now);
        });
  }

  private static Outcome imported(List<Catalog.Saved> saved) {
    var created = 0;
    var updated = 0;
    var unchanged = 0;
    for (var it : saved) {
      switch (it.change()) {
        case CREATED -> created++;
        case UPDATED -> updated++;
        case UNCHANGED -> unchanged++;
      }
    }
    return new Outcome.Imported(created, updated, unchanged);
  }

  private boolean mediaThere(String name) {
    return Files.isRegularFile(mediaFolder.resolve(name));
  }
}
