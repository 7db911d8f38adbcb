package urgency.storefront;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import urgency.catalog.Catalog;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.claims.ClaimBook;
import urgency.claims.Statement;
import urgency.inventory.Stock;
import urgency.orders.Orders;
import urgency.platform.http.Pages;
import urgency.platform.jobs.Jobs;
import urgency.platform.jobs.Lanes;
import urgency.platform.sql.Database;
import urgency.search.Search;
import urgency.shelf.Edition;
import urgency.shelf.Editions;
import urgency.shelf.Slot;
import urgency.words.Mode;

/**
 * The shelf as ready-made bytes: the landing page, the page of each product on it, and its JSON.
 *
 * <p>What it claims is checked and put on record first; a page whose claims cannot be written down
 * is not published.
 *
 * <p>Twice a second each node looks whether the edition or a stock level has changed, and renders
 * what that changes; so a view costs no query and no template, and a burst of a thousand orders
 * costs two renderings a second.
 */
@Singleton
public final class ShelfPage {
  public static final String HTML = "text/html; charset=utf-8";
  static final String JSON = "application/json";
  private static final String ALWAYS_ASK = "public, no-cache";
  private static final Duration GLANCE = Duration.ofMillis(500);
  // Trends grow old and sources are asked again; prices of the past do not change.
  private static final Duration FOOTING_MAX = Duration.ofMinutes(5);
  private static final String PLACE = "shelf";

  private final Database database;
  private final Editions editions;
  private final Catalog catalog;
  private final Stock stock;
  private final Orders orders;
  private final Footing.Reader footings;
  private final ClaimBook book;
  private final Pages pages;
  private final Jobs jobs;
  private final ObjectMapper json;
  private final Categories categories;
  private final Search search;

  private volatile Optional<ShelfView.Shown> shown = Optional.empty();
  private Optional<Instant> waitingFor = Optional.empty();
  private boolean waiting;
  private Map<String, ProductView> published = Map.of();
  private Map<ProductId, List<Product>> similar = Map.of();
  private Map<VariantId, Stock.Level> levels = Map.of();
  private Optional<Footing> footing = Optional.empty();
  private Instant footingAt = Instant.EPOCH;

  ShelfPage(
      Database database,
      Editions editions,
      Catalog catalog,
      Stock stock,
      Orders orders,
      Footing.Reader footings,
      ClaimBook book,
      Pages pages,
      Jobs jobs,
      ObjectMapper json,
      Categories categories,
      Search search) {
    this.database = database;
    this.editions = editions;
    this.catalog = catalog;
    this.stock = stock;
    this.orders = orders;
    this.footings = footings;
    this.book = book;
    this.pages = pages;
    this.jobs = jobs;
    this.json = json;
    this.categories = categories;
    this.search = search;
  }

  void start(@Observes StartupEvent started, InstantSource clock) {
    jobs.everyNode("storefront.shelf", GLANCE, this::glance);
    // The first shelf is open when it is published, and somebody is waiting for it.
    editions.onNew(new Lanes("storefront.edition", 1, () -> glance(clock.instant()))::nudge);
  }

  /** The shelf as it was last rendered, at most half a second ago; empty when none is open. */
  public Optional<ShelfView.Shown> shown() {
    return shown;
  }

  synchronized void glance(Instant now) {
    var open = editions.openAt(now);
    var other = categories.changed(now);
    if (open.isPresent()) {
      showShelf(open.get(), other, now);
    } else {
      showWaiting(editions.nextAfter(now), other, now);
    }
  }

  private void showShelf(Edition edition, boolean otherCatalogue, Instant now) {
    var before = shown.filter(it -> it.edition().number() == edition.number());
    var stand = before.isPresent() && footingAt.plus(FOOTING_MAX).isAfter(now);
    var levelsNow = levels(edition);
    if (!otherCatalogue && stand && levelsNow.equals(levels)) return;
    if (!stand) {
      footing = Optional.of(database.write(tx -> footings.read(tx, edition, now)));
      footingAt = now;
    }
    var products = before.map(ShelfView.Shown::products).orElseGet(() -> products(edition));
    var restocked = database.read(tx -> stock.restocked(tx, levelsNow.keySet(), edition.opensAt()));
    var left = left(levelsNow);
    var sold = database.read(tx -> orders.unitsSold(tx, edition.number()));
    var cues = Cues.of(edition, restocked, left, sold, footing.orElseThrow(), now, now);
    book.state(PLACE, cues.statements(edition), now);
    levels = levelsNow;
    var next = new ShelfView.Shown(edition, products, restocked, left, sold, cues);
    if (!otherCatalogue && before.equals(Optional.of(next))) return;
    shown = Optional.of(next);
    if (otherCatalogue || before.isEmpty()) {
      similar = similar(edition);
      published = Map.of();
    }
    waiting = false;
    publish(next, now);
  }

  private void publish(ShelfView.Shown next, Instant now) {
    var views = new HashMap<String, ProductView>();
    for (var slot : next.edition().slots()) {
      var product = next.products().get(slot.product());
      if (product != null) {
        views.put("/p/" + product.slug(), onShelf(next, slot, product));
      }
    }
    views.forEach(
        (path, view) -> {
          if (!view.equals(published.get(path))) {
            pages.publish(
                path,
                HTML,
                ALWAYS_ASK,
                (language, calm) -> Mode.render(Templates.product(view), language, calm));
          }
        });
    withdraw(views.keySet());
    published = views;
    ShelfView.of(next, now)
        .ifPresent(
            view ->
                pages.publish(
                    "/",
                    HTML,
                    ALWAYS_ASK,
                    (language, calm) -> Mode.render(Templates.shelf(view), language, calm)));
    pages.publish("/api/shelf", JSON, ALWAYS_ASK, text(Api.Shelf.of(next)));
  }

  private ProductView onShelf(ShelfView.Shown next, Slot slot, Product product) {
    var alike = similar.getOrDefault(product.id(), List.of());
    return ProductView.onShelf(next, slot, product, alike);
  }

  private void showWaiting(Optional<Edition> next, boolean otherCatalogue, Instant now) {
    var opens = next.map(Edition::opensAt);
    if (!otherCatalogue && waiting && waitingFor.equals(opens)) return;
    var begins = next.flatMap(it -> Cues.opening(it, now));
    var statements = begins.map(it -> List.of(Statement.of(next.orElseThrow().number(), it)));
    book.state(PLACE, statements.orElse(List.of()), now);
    waiting = true;
    waitingFor = opens;
    shown = Optional.empty();
    withdraw(Set.of());
    published = Map.of();
    var view = ShelfView.Waiting.of(begins);
    pages.publish(
        "/",
        HTML,
        ALWAYS_ASK,
        (language, calm) -> Mode.render(Templates.waiting(view), language, calm));
    pages.withdraw("/api/shelf");
  }

  private void withdraw(Set<String> except) {
    var old = new HashSet<>(published.keySet());
    old.removeAll(except);
    old.forEach(pages::withdraw);
  }

  private Map<VariantId, Stock.Level> levels(Edition edition) {
    List<VariantId> variants =
        edition.slots().stream()
            .flatMap(it -> it.deals().stream())
            .map(it -> it.variant())
            .toList();
    return Map.copyOf(database.read(tx -> stock.levels(tx, variants)));
  }

  private static Map<VariantId, Integer> left(Map<VariantId, Stock.Level> levels) {
    var left = new HashMap<VariantId, Integer>();
    levels.forEach((variant, level) -> left.put(variant, level.left()));
    return Map.copyOf(left);
  }

  private Map<ProductId, Product> products(Edition edition) {
    var ids = edition.slots().stream().map(Slot::product).toList();
    return database.read(tx -> catalog.byId(tx, ids));
  }

  private Map<ProductId, List<Product>> similar(Edition edition) {
    var ids = edition.slots().stream().map(Slot::product).toList();
    return database.read(tx -> similar(tx, ids));
  }

  /** What resembles each of these products, for pages that show it. */
  Map<ProductId, List<Product>> similar(Handle tx, List<ProductId> ids) {
    var others = search.similar(tx, ids);
    var known = catalog.byId(tx, others.values().stream().flatMap(List::stream).toList());
    var all = new HashMap<ProductId, List<Product>>();
    others.forEach(
        (id, its) -> all.put(id, its.stream().map(known::get).filter(Objects::nonNull).toList()));
    return all;
  }

  private String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("cannot be written as JSON", impossible);
    }
  }
}
