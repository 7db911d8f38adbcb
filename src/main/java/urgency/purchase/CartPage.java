package urgency.purchase;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import urgency.catalog.CartCounts;
import urgency.catalog.Catalog;
import urgency.catalog.Product;
import urgency.catalog.VariantId;
import urgency.orders.Placement;
import urgency.platform.http.BadInput;
import urgency.platform.http.HttpSettings;
import urgency.platform.language.Languages;
import urgency.platform.sql.Database;
import urgency.storefront.ShelfPage;
import urgency.words.Mode;
import urgency.words.Text;

/** The cart, which is on the phone: this only reads and writes its cookie. */
@Singleton
@Path("/cart")
@RunOnVirtualThread
final class CartPage {
  private static final String REMOVED = "removed";

  private final ShelfPage shelf;
  private final Catalog catalog;
  private final Database database;
  private final InstantSource clock;
  private final Languages languages;
  private final CartCounts counts;
  private final boolean secure;

  CartPage(
      ShelfPage shelf,
      Catalog catalog,
      Database database,
      InstantSource clock,
      Languages languages,
      CartCounts counts,
      HttpSettings settings) {
    this.shelf = shelf;
    this.catalog = catalog;
    this.database = database;
    this.clock = clock;
    this.languages = languages;
    this.counts = counts;
    this.secure = settings.secure();
  }

  @GET
  @Produces(ShelfPage.HTML)
  @Operation(hidden = true)
  public Response show(
      @CookieParam(Cart.COOKIE) @DefaultValue("") String cookie,
      @QueryParam(REMOVED) @DefaultValue("") String removed,
      @Context HttpServerRequest request) {
    var cart = Cart.parse(cookie);
    var title = Text.of("cart");
    var use = new CartView.Use(title, "cart", cart.units(), CartView.Notice.NONE, "", true);
    var view =
        CartView.of(cart, shelf.shown(), products(cart), clock.instant(), use)
            .with(undo(Cart.parse(removed), cart));
    return Response.ok(Mode.render(PurchaseTemplates.cart(view), request, languages))
        .header("Cache-Control", "no-store")
        .build();
  }

  @POST
  @Operation(hidden = true)
  public Response change(
      @CookieParam(Cart.COOKIE) @DefaultValue("") String cookie,
      @FormParam("variant") List<String> variants,
      @FormParam("quantity") @DefaultValue("1") int quantity,
      @FormParam("action") @DefaultValue("add") String action) {
    if (quantity < 1 || quantity > Placement.UNITS_MAX) {
      throw new BadInput("quantity", "a number from 1 to " + Placement.UNITS_MAX);
    }
    if (variants.isEmpty() || variants.size() > Placement.LINES_MAX) {
      throw new BadInput("variant", "one to " + Placement.LINES_MAX + " variants");
    }
    var cart = Cart.parse(cookie);
    var before = cart;
    for (var it : variants) {
      cart = changed(cart, variant(it), quantity, action);
      if (action.equals("add")) counts.added(variant(it));
    }
    // What was taken out with one tap can be put back with one.
    var out =
        action.equals("remove") && variants.size() == 1
            ? before.only(variant(variants.getFirst())).text()
            : "";
    var back = out.isEmpty() ? "/cart" : "/cart?" + REMOVED + "=" + out;
    return Response.seeOther(URI.create(back)).cookie(cart.cookie(secure)).build();
  }

  private Optional<CartView.Undo> undo(Cart removed, Cart cart) {
    if (removed.lines().size() != 1) return Optional.empty();
    var line = removed.lines().getFirst();
    var product = Optional.ofNullable(products(removed).get(line.variant()));
    return product
        .filter(_ -> cart.only(line.variant()).lines().isEmpty())
        .map(it -> new CartView.Undo(line.variant().hex(), line.units(), it.name()));
  }

  private static Cart changed(Cart cart, VariantId variant, int quantity, String action) {
    return switch (action) {
      case "add" -> cart.plus(variant, quantity);
      case "set" -> cart.with(new Cart.Line(variant, quantity));
      case "remove" -> cart.without(variant);
      default -> throw new BadInput("action", "add, set or remove");
    };
  }

  static VariantId variant(String hex) {
    return VariantId.parse(hex)
        .orElseThrow(() -> new BadInput("variant", "the 32 hexadecimal digits of a variant"));
  }

  /** The products of a cart: those on the shelf cost no query. */
  Map<VariantId, Product> products(Cart cart) {
    return products(cart.lines().stream().map(Cart.Line::variant).toList());
  }

  /** The same for any variants; those that the catalogue no longer has are left out. */
  Map<VariantId, Product> products(List<VariantId> variants) {
    var known = new HashMap<VariantId, Product>();
    shelf
        .shown()
        .ifPresent(
            it ->
                it.products()
                    .values()
                    .forEach(
                        product -> product.variants().forEach(v -> known.put(v.id(), product))));
    var unknown = variants.stream().filter(it -> !known.containsKey(it)).toList();
    if (!unknown.isEmpty()) known.putAll(database.read(tx -> catalog.byVariant(tx, unknown)));
    return known;
  }
}
