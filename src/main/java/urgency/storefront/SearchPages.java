package urgency.storefront;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jdbi.v3.core.Handle;
import urgency.catalog.Catalog;
import urgency.catalog.CatalogSettings;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.inventory.Stock;
import urgency.platform.language.Languages;
import urgency.platform.sql.Database;
import urgency.search.Search;
import urgency.shelf.Slot;
import urgency.words.Mode;

/**
 * Search over the catalogue, and the pages of its categories: forms and links, no script needed.
 */
@Singleton
@Path("/")
@RunOnVirtualThread
final class SearchPages {
  private final ShelfPage shelf;
  private final Search search;
  private final Catalog catalog;
  private final Stock stock;
  private final Database database;
  private final Languages languages;
  private final long unit;

  SearchPages(
      ShelfPage shelf,
      Search search,
      Catalog catalog,
      Stock stock,
      Database database,
      Languages languages,
      CatalogSettings settings) {
    this.shelf = shelf;
    this.search = search;
    this.catalog = catalog;
    this.stock = stock;
    this.database = database;
    this.languages = languages;
    this.unit = (long) Math.pow(10, Math.max(0, settings.currency().getDefaultFractionDigits()));
  }

  @GET
  @Path("/search")
  @Produces(ShelfPage.HTML)
  @Operation(hidden = true)
  public Response search(
      @QueryParam("q") @DefaultValue("") String text,
      @QueryParam("category") @DefaultValue("") String category,
      @QueryParam("from") @DefaultValue("") String from,
      @QueryParam("to") @DefaultValue("") String to,
      @QueryParam("shelf") @DefaultValue("") String onShelf,
      @QueryParam("stock") @DefaultValue("") String inStock,
      @QueryParam("page") @DefaultValue("1") int page,
      @Context HttpServerRequest request) {
    var wish = Wish.of(text, category, from, to, onShelf, inStock, page);
    var shown = shelf.shown();
    var view =
        database.read(
            tx -> {
              if (wish.isEmpty()) {
                var nothing = new Search.Found(Search.Fit.ALL, "", List.of());
                return SearchView.of(wish, nothing, SearchView.Results.NOTHING, shown);
              }
              var found = trendingFirst(search.find(tx, wish.text()), wish, shown);
              return SearchView.of(wish, found, results(tx, wish, found.hits(), shown), shown);
            });
    return page(Mode.render(Templates.search(view), request, languages));
  }

  @GET
  @Path("/c/{category}")
  @Produces(ShelfPage.HTML)
  @Operation(hidden = true)
  public Response category(
      @PathParam("category") String slug,
      @QueryParam("page") @DefaultValue("1") int page,
      @Context HttpServerRequest request) {
    if (!slug.matches("[a-z][a-z0-9-]{0,39}")) throw new NotFoundException();
    var wish = Wish.of("", slug, "", "", "", "", page);
    var shown = shelf.shown();
    var view =
        database.read(
            tx -> {
              var hits = search.inCategory(tx, slug);
              if (hits.isEmpty()) throw new NotFoundException();
              var results = results(tx, wish, hits, shown);
              var category = new Category(slug, hits.size());
              return SearchView.OfCategory.of(
                  category, results.cards(), page, results.more(), shown);
            });
    return page(Mode.render(Templates.category(view), request, languages));
  }

  // A trend's word finds what came to the shelf by it, whether or not the product has the word.
  private static Search.Found trendingFirst(
      Search.Found found, Wish wish, Optional<ShelfView.Shown> shown) {
    var tag = wish.text().startsWith("#") ? wish.text().substring(1) : wish.text();
    var byTrend =
        shown.stream()
            .flatMap(it -> it.edition().slots().stream())
            .filter(it -> SearchView.tag(it).filter(tag::equalsIgnoreCase).isPresent())
            .map(Slot::product)
            .toList();
    if (byTrend.isEmpty()) return found;
    var hits = new LinkedHashMap<ProductId, Search.Hit>();
    for (var id : byTrend) hit(id, shown).ifPresent(it -> hits.put(id, it));
    if (found.fit() == Search.Fit.ALL) {
      for (var it : found.hits()) hits.putIfAbsent(it.product(), it);
    }
    return new Search.Found(Search.Fit.ALL, "", List.copyOf(hits.values()));
  }

  private static Optional<Search.Hit> hit(ProductId id, Optional<ShelfView.Shown> shown) {
    return shown
        .map(it -> it.products().get(id))
        .map(
            it ->
                new Search.Hit(
                    id,
                    it.category(),
                    it.lowestPrice().minor(),
                    it.variants().stream().map(variant -> variant.id()).toList()));
  }

  private SearchView.Results results(
      Handle tx, Wish wish, List<Search.Hit> hits, Optional<ShelfView.Shown> shown) {
    var onShelf = new LinkedHashSet<ProductId>();
    shown.ifPresent(it -> it.edition().slots().forEach(slot -> onShelf.add(slot.product())));
    var narrowed = wish.narrow(hits, unit, onShelf);
    if (wish.inStock()) narrowed = inStock(tx, narrowed);
    var facets = facets(narrowed, wish.category());
    var ids =
        shelfFirst(
            narrowed.stream()
                .filter(it -> wish.category().isEmpty() || it.category().equals(wish.category()))
                .map(Search.Hit::product)
                .toList(),
            onShelf);
    var first = Math.min(ids.size(), (wish.page() - 1) * Wish.PER_PAGE);
    var last = Math.min(ids.size(), first + Wish.PER_PAGE);
    var page = ids.subList(first, last);
    var cards = SearchView.cards(page, products(tx, page, shown), shown);
    return new SearchView.Results(cards, facets, ids.size(), last < ids.size());
  }

  private List<Search.Hit> inStock(Handle tx, List<Search.Hit> hits) {
    var variants = hits.stream().flatMap(it -> it.variants().stream()).toList();
    var levels = stock.levels(tx, variants);
    return hits.stream()
        .filter(
            it ->
                it.variants().stream()
                    .map(levels::get)
                    .anyMatch(level -> level != null && level.left() > 0))
        .toList();
  }

  private static List<SearchView.Facet> facets(List<Search.Hit> hits, String chosen) {
    var counts = new HashMap<String, Integer>();
    for (var it : hits) counts.merge(it.category(), 1, Integer::sum);
    if (!chosen.isEmpty()) counts.putIfAbsent(chosen, 0);
    return counts.entrySet().stream()
        .map(it -> new Category(it.getKey(), it.getValue()))
        .sorted(
            java.util.Comparator.comparingInt(Category::products)
                .reversed()
                .thenComparing(Category::slug))
        .map(it -> new SearchView.Facet(it, it.slug().equals(chosen)))
        .toList();
  }

  private static List<ProductId> shelfFirst(List<ProductId> ids, Set<ProductId> onShelf) {
    var sorted = new ArrayList<ProductId>(ids.size());
    for (var it : ids) if (onShelf.contains(it)) sorted.add(it);
    for (var it : ids) if (!onShelf.contains(it)) sorted.add(it);
    return sorted;
  }

  private Map<ProductId, Product> products(
      Handle tx, List<ProductId> ids, Optional<ShelfView.Shown> shown) {
    var known = new HashMap<ProductId, Product>();
    shown.ifPresent(it -> known.putAll(it.products()));
    var unknown = ids.stream().filter(it -> !known.containsKey(it)).toList();
    if (!unknown.isEmpty()) known.putAll(catalog.byId(tx, unknown));
    return known;
  }

  private static Response page(String html) {
    return Response.ok(html).header("Cache-Control", "private, no-cache").build();
  }
}
