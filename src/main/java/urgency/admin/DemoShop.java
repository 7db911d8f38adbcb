package urgency.admin;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.catalog.Catalog;
import urgency.catalog.CatalogSettings;
import urgency.catalog.Media;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.SalesHistory;
import urgency.catalog.Variant;
import urgency.catalog.VariantId;
import urgency.inventory.Stock;
import urgency.money.Money;
import urgency.platform.sql.Database;

/**
 * Fills an empty catalogue at the first start, so that there is something to see: 32 products, the
 * past sales of 32 real goods, and prices that have stood for 45 days.
 *
 * <p>Goods, prices and stock are invented; the sales are real (resources/demo/README.md). Products
 * say that they are of the demo, and step aside when the shop gets its own.
 */
@Singleton
public final class DemoShop {
  /** Long enough that a reduction has the 30 days of prices before it that the law asks for. */
  static final Duration PRICES_STAND_SINCE = Duration.ofDays(45);

  private static final int BEFORE_JOBS = 100;
  private static final Currency WRITTEN_IN = Currency.getInstance("USD");

  private final Database database;
  private final Catalog catalog;
  private final SalesHistory sales;
  private final Stock stock;
  private final CatalogSettings settings;
  private final InstantSource clock;

  DemoShop(
      Database database,
      Catalog catalog,
      SalesHistory sales,
      Stock stock,
      CatalogSettings settings,
      InstantSource clock) {
    this.database = database;
    this.catalog = catalog;
    this.sales = sales;
    this.stock = stock;
    this.settings = settings;
    this.clock = clock;
  }

  void start(@Observes @Priority(BEFORE_JOBS) StartupEvent started) {
    if (settings.demo()) load(clock.instant());
  }

  /** Loads the demo into an empty catalogue; otherwise only shows it with the newest pictures. */
  void load(Instant now) {
    var media = new DemoMedia();
    database.change(
        tx -> {
          catalog.lock(tx);
          if (catalog.isEmpty(tx)) {
            fill(tx, media, now);
          } else {
            refreshMedia(tx, media, now);
          }
        });
  }

  private void fill(Handle tx, DemoMedia media, Instant now) {
    var rows = rows();
    var groups = new ProductGroups(new RowErrors());
    var products = new ArrayList<Product>();
    for (var group : groups.of(rows)) {
      var product = groups.product(group, Optional.empty());
      products.add(demo(product, media.of(product.slug())));
    }
    catalog.save(tx, products, now.minus(PRICES_STAND_SINCE));
    sales.set(tx, sold(products, now));
    var units = new HashMap<String, Integer>();
    for (var row : rows) units.put(row.sku(), row.stock().orElseThrow());
    products.stream()
        .flatMap(it -> it.variants().stream())
        .sorted(Comparator.comparing(it -> it.id().value().toString()))
        .forEach(it -> stock.stock(tx, it.id(), units.getOrDefault(it.sku(), 0), now));
  }

  private void refreshMedia(Handle tx, DemoMedia media, Instant now) {
    var stale = new ArrayList<Product>();
    for (var product : catalog.all(tx)) {
      if (product.demo()) {
        stale.add(with(product, product.id(), media.of(product.slug()), product.variants()));
      }
    }
    catalog.save(tx, stale, now);
  }

  // The same ids in every demo shop, so that what is decided by id is the same there too.
  private Product demo(Product product, Media media) {
    var variants = new ArrayList<Variant>();
    for (var it : product.variants()) {
      variants.add(
          new Variant(
              new VariantId(named("variant", it.sku())),
              it.sku(),
              it.name(),
              here(it.price()),
              it.cost().map(this::here)));
    }
    return with(product, new ProductId(named("product", product.slug())), media, variants);
  }

  private static Product with(Product product, ProductId id, Media media, List<Variant> variants) {
    return new Product(
        id,
        product.slug(),
        product.name(),
        product.description(),
        product.category(),
        product.accent(),
        product.tags(),
        media,
        variants,
        true);
  }

  // $18.19 becomes €18.19 or ¥1,819: invented prices need no rate of exchange.
  private Money here(Money price) {
    return new Money(price.minor(), settings.currency());
  }

  private static UUID named(String kind, String name) {
    return UUID.nameUUIDFromBytes(("demo/" + kind + "/" + name).getBytes(StandardCharsets.UTF_8));
  }

  private static List<CatalogRow> rows() {
    var errors = new RowErrors();
    var rows = new CatalogFile(WRITTEN_IN, _ -> false, errors).read(resource("catalogue.csv"));
    if (!errors.isEmpty()) {
      throw new IllegalStateException("demo catalogue: " + errors.all().getFirst());
    }
    return rows;
  }

  /** Past sales by product; day 0 of the resource was yesterday. */
  private static Map<ProductId, List<SalesHistory.Day>> sold(List<Product> products, Instant now) {
    var yesterday = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
    var bySlug = new HashMap<String, ProductId>();
    for (var it : products) bySlug.put(it.slug(), it.id());
    var sold = new HashMap<ProductId, List<SalesHistory.Day>>();
    var lines = new String(resource("sales.csv"), StandardCharsets.UTF_8).lines().skip(1).toList();
    for (var line : lines) {
      var cells = line.split(",", -1);
      var id = bySlug.get(cells[0]);
      if (id == null) throw new IllegalStateException("demo sales of unknown " + cells[0]);
      sold.computeIfAbsent(id, _ -> new ArrayList<>())
          .add(
              new SalesHistory.Day(
                  yesterday.plusDays(Integer.parseInt(cells[2])),
                  Integer.parseInt(cells[3]),
                  Integer.parseInt(cells[4])));
    }
    return sold;
  }

  private static byte[] resource(String name) {
    try (var in = DemoShop.class.getResourceAsStream("/demo/" + name)) {
      if (in == null) throw new IllegalStateException("not in the build: demo/" + name);
      return in.readAllBytes();
    } catch (IOException trouble) {
      throw new UncheckedIOException("demo/" + name, trouble);
    }
  }
}
