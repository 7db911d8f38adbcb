package urgency.storefront;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import urgency.catalog.Catalog;
import urgency.catalog.Product;
import urgency.platform.http.Assets;
import urgency.platform.language.Languages;
import urgency.platform.sql.Database;
import urgency.words.Mode;

/**
 * The shelf and its products for those moments when no ready-made page is there, and products that
 * are not on the shelf.
 */
@Singleton
@Path("/")
@RunOnVirtualThread
final class BrowsePages {
  private static final int SLUG_MAX = 100;

  /** As many as a sitemap may hold. */
  private static final int SITEMAP_MAX = 49_000;

  private final ShelfPage shelf;
  private final Catalog catalog;
  private final Database database;
  private final InstantSource clock;
  private final Assets assets;
  private final Languages languages;
  private final Categories categories;

  BrowsePages(
      ShelfPage shelf,
      Catalog catalog,
      Database database,
      InstantSource clock,
      Assets assets,
      Languages languages,
      Categories categories) {
    this.shelf = shelf;
    this.catalog = catalog;
    this.database = database;
    this.clock = clock;
    this.assets = assets;
    this.languages = languages;
    this.categories = categories;
  }

  @GET
  @Produces(ShelfPage.HTML)
  @Operation(hidden = true)
  public String landing(@Context HttpServerRequest request) {
    var now = clock.instant();
    var page =
        shelf
            .shown()
            .flatMap(it -> ShelfView.of(it, now))
            .map(Templates::shelf)
            .orElseGet(() -> Templates.waiting(ShelfView.Waiting.of(Optional.empty())));
    return Mode.render(page, request, languages);
  }

  @GET
  @Path("/p/{slug}")
  @Produces(ShelfPage.HTML)
  @Operation(hidden = true)
  public String product(@PathParam("slug") String slug, @Context HttpServerRequest request) {
    var product = known(slug);
    var shown = shelf.shown();
    var similar =
        database
            .read(tx -> shelf.similar(tx, List.of(product.id())))
            .getOrDefault(product.id(), List.of());
    var view =
        shown
            .flatMap(
                it ->
                    it.edition().slots().stream()
                        .filter(slot -> slot.product().equals(product.id()))
                        .findFirst()
                        .map(slot -> ProductView.onShelf(it, slot, product, similar)))
            .orElseGet(() -> ProductView.offShelf(shown, product, similar));
    return Mode.render(Templates.product(view), request, languages);
  }

  /** For pages that do not name their icon, such as a picture opened by itself. */
  @GET
  @Path("/favicon.ico")
  @Operation(hidden = true)
  public Response icon() {
    return Response.seeOther(URI.create(assets.url("media/mark.svg")))
        .header("Cache-Control", "public, max-age=3600")
        .build();
  }

  /** What the service worker shows when there is no line and no shelf that is still open. */
  @GET
  @Path("/offline")
  @Produces(ShelfPage.HTML)
  @Operation(hidden = true)
  public String offline(@Context HttpServerRequest request) {
    var page = Templates.message(MessagePage.offline());
    return Mode.render(page, request, languages);
  }

  @GET
  @Path("/robots.txt")
  @Produces("text/plain; charset=utf-8")
  @Operation(hidden = true)
  public String robots() {
    return """
    User-agent: *
    Disallow: /cart
    Disallow: /checkout
    Disallow: /orders
    Disallow: /admin
    Disallow: /search
    Disallow: /api/
    Sitemap: %s
    """
        .formatted(assets.site("/sitemap.xml"));
  }

  @GET
  @Path("/sitemap.xml")
  @Produces("application/xml; charset=utf-8")
  @Operation(hidden = true)
  public String sitemap() {
    var map = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    map.append("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"");
    map.append(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    line(map, "/");
    for (var it : categories.all()) line(map, it.path());
    var products = database.read(catalog::all);
    for (var product : products.subList(0, Math.min(SITEMAP_MAX, products.size()))) {
      line(map, "/p/" + product.slug());
    }
    return map.append("</urlset>\n").toString();
  }

  // Slugs are letters, digits and dashes, so nothing needs escaping.
  private void line(StringBuilder map, String path) {
    map.append("<url><loc>").append(assets.site(path)).append("</loc>");
    for (var it : languages.offered()) {
      map.append(
          "<xhtml:link rel=\"alternate\" hreflang=\"%s\" href=\"%s%s\"/>"
              .formatted(it.tag(), assets.site(path), languages.suffix(it)));
    }
    map.append("</url>\n");
  }

  @GET
  @Path("/api/shelf")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "The open edition: its products, prices, and what is left")
  public Api.Shelf shelf() {
    return shelf.shown().map(Api.Shelf::of).orElseThrow(NotFoundException::new);
  }

  @GET
  @Path("/api/products/{slug}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "One product of the open edition")
  public Api.Item item(@PathParam("slug") String slug) {
    var shown = shelf.shown().orElseThrow(NotFoundException::new);
    return shown.edition().slots().stream()
        .filter(it -> isNamed(shown.products().get(it.product()), slug))
        .findFirst()
        .map(it -> Api.item(shown, it.place()))
        .orElseThrow(NotFoundException::new);
  }

  private static boolean isNamed(@org.jspecify.annotations.Nullable Product product, String slug) {
    return product != null && product.slug().equals(slug);
  }

  private Product known(String slug) {
    // PostgreSQL keeps no zero character, so no product has one.
    if (slug.length() > SLUG_MAX || slug.indexOf('\0') >= 0) throw new NotFoundException();
    return database.read(tx -> catalog.bySlug(tx, slug)).orElseThrow(NotFoundException::new);
  }
}
