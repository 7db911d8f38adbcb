package urgency.purchase;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.orders.Checkout;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.PaymentDesk;
import urgency.orders.Placement;
import urgency.platform.http.BadInput;
import urgency.platform.http.HttpSettings;
import urgency.platform.http.Problem;
import urgency.platform.http.Visitors;
import urgency.platform.language.Calm;
import urgency.platform.language.Language;
import urgency.platform.language.Languages;
import urgency.storefront.ShelfPage;
import urgency.storefront.ShelfView;
import urgency.words.Mode;
import urgency.words.Text;
import urgency.words.Texts;
import urgency.words.Wording;

/** From a wish to a held order, and on to where it is paid. */
@Singleton
@Path("/")
@RunOnVirtualThread
final class CheckoutPage {
  private static final Pattern KEY =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final String REFUSED =
      "Sold out, held in an order of yours (see order), price changed, limit, or key reused";
  private static final Pattern SHOWN = Pattern.compile("([0-9]{1,15})([A-Z]{3})");

  private final ShelfPage shelf;
  private final CartPage carts;
  private final Checkout checkout;
  private final Visitors visitors;
  private final InstantSource clock;
  private final HttpSettings http;
  private final Languages languages;
  private final MeterRegistry metrics;
  private final Wording english;

  CheckoutPage(
      ShelfPage shelf,
      CartPage carts,
      Checkout checkout,
      Visitors visitors,
      InstantSource clock,
      HttpSettings settings,
      Languages languages,
      MeterRegistry metrics,
      Texts texts) {
    this.shelf = shelf;
    this.carts = carts;
    this.checkout = checkout;
    this.visitors = visitors;
    this.clock = clock;
    this.http = settings;
    this.languages = languages;
    this.metrics = metrics;
    this.english = texts.in(Language.ENGLISH);
  }

  @GET
  @Path("/checkout")
  @Produces(ShelfPage.HTML)
  @Operation(hidden = true)
  public Response show(
      @CookieParam(Cart.COOKIE) @DefaultValue("") String cookie,
      @QueryParam("variant") Optional<String> variant,
      @QueryParam("quantity") @DefaultValue("1") int quantity,
      @Context HttpServerRequest request) {
    var cart = Cart.parse(cookie);
    var wish =
        variant
            .map(it -> Cart.EMPTY.plus(CartPage.variant(it), units("quantity", quantity)))
            .orElse(cart);
    if (wish.lines().isEmpty()) return Response.seeOther(URI.create("/cart")).build();
    var asked =
        new Asked(wish, variant.isEmpty(), cart.units(), languages.of(request), Calm.of(request));
    return page(200, asked, shelf.shown(), CartView.Notice.NONE);
  }

  @POST
  @Path("/orders")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response order(
      @CookieParam(Visitors.COOKIE) @DefaultValue("") String visitor,
      @CookieParam(Cart.COOKIE) @DefaultValue("") String cookie,
      @FormParam("key") @DefaultValue("") String key,
      @FormParam("from") @DefaultValue("") String from,
      @FormParam("variant") List<String> variants,
      @FormParam("quantity") List<Integer> quantities,
      @FormParam("shown") List<String> shown,
      @Context HttpServerRequest request) {
    var lines = lines(variants, quantities, shown);
    var buyer = buyer(visitor, key("key", key));
    var now = clock.instant();
    var language = languages.of(request);
    var tap = new Placement(OrderId.fresh(), buyer, key, lines, language, now);
    var outcome = place(tap);
    var cart = Cart.parse(cookie);
    return switch (outcome) {
      case Placement.Outcome.Placed(var order) -> {
        var answer = Response.seeOther(payOrWait(order, now)).cookie(visitors.cookie(buyer));
        if (from.equals("cart")) answer.cookie(bought(cart, lines).cookie(http.secure()));
        yield answer.build();
      }
      case Placement.Outcome.SoldOut _,
          Placement.Outcome.HeldAlready _,
          Placement.Outcome.EditionOver _,
          Placement.Outcome.PriceChanged _,
          Placement.Outcome.LimitReached _,
          Placement.Outcome.KeyReused _ ->
          again(
              outcome,
              new Asked(
                  wish(lines), from.equals("cart"), cart.units(), language, Calm.of(request)));
    };
  }

  @POST
  @Path("/api/orders")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Holds the units and opens a payment page",
      description = "Send a fresh Idempotency-Key per order; repeating it gives the same order.")
  @APIResponse(responseCode = "201", description = "Held; pay at paymentUrl")
  @APIResponse(responseCode = "409", description = REFUSED)
  @APIResponse(responseCode = "410", description = "The edition is over")
  public Response orderJson(
      @CookieParam(Visitors.COOKIE) @DefaultValue("") String visitor,
      @HeaderParam("Idempotency-Key") @DefaultValue("") String key,
      @Context HttpServerRequest request,
      OrderApi.@Nullable NewOrder wish) {
    var buyer = buyer(visitor, key("Idempotency-Key", key));
    var now = clock.instant();
    var lines = lines(wish);
    var tap = new Placement(OrderId.fresh(), buyer, key, lines, languages.of(request), now);
    var outcome = place(tap);
    return switch (outcome) {
      case Placement.Outcome.Placed(var order) -> {
        var url =
            switch (checkout.openPaymentPage(order, now)) {
              case PaymentDesk.Opening.Opened(var session) -> Optional.of(session.url());
              case PaymentDesk.Opening.NotNow _, PaymentDesk.Opening.Refused _ ->
                  Optional.<String>empty();
            };
        yield Response.created(URI.create("/api/orders/" + order.id()))
            .entity(OrderApi.Order.of(order, url))
            .cookie(visitors.cookie(buyer))
            .build();
      }
      case Placement.Outcome.SoldOut _,
          Placement.Outcome.HeldAlready _,
          Placement.Outcome.EditionOver _,
          Placement.Outcome.PriceChanged _,
          Placement.Outcome.LimitReached _,
          Placement.Outcome.KeyReused _ -> {
        var notice = notice(outcome);
        yield Response.status(status(outcome))
            .type(Problem.TYPE)
            .entity(
                new OrderApi.Refusal(
                    english.plain(notice.title()),
                    status(outcome),
                    english.plain(notice.detail()),
                    notice.held().map(it -> "/api/orders/" + it.order())))
            .build();
      }
    };
  }

  private Placement.Outcome place(Placement tap) {
    var outcome = checkout.place(tap);
    word(outcome).ifPresent(it -> metrics.counter("orders_refused", "why", it).increment());
    return outcome;
  }

  /** Why a tap was refused, for the metrics; empty when it was not. */
  private static Optional<String> word(Placement.Outcome outcome) {
    return switch (outcome) {
      case Placement.Outcome.Placed _ -> Optional.empty();
      case Placement.Outcome.SoldOut _ -> Optional.of("sold_out");
      case Placement.Outcome.HeldAlready _ -> Optional.of("held_already");
      case Placement.Outcome.EditionOver _ -> Optional.of("edition_over");
      case Placement.Outcome.PriceChanged _ -> Optional.of("price_changed");
      case Placement.Outcome.LimitReached _ -> Optional.of("limit_reached");
      case Placement.Outcome.KeyReused _ -> Optional.of("key_reused");
    };
  }

  // Two taps of a browser that has no cookie yet must be one buyer, or they would be two orders.
  private UUID buyer(String visitor, String key) {
    return visitors.known(visitor).orElseGet(() -> visitors.first(key));
  }

  private URI payOrWait(Order order, Instant now) {
    return switch (checkout.openPaymentPage(order, now)) {
      case PaymentDesk.Opening.Opened(var session) -> http.near(session.url());
      case PaymentDesk.Opening.NotNow _ -> URI.create("/orders/" + order.id() + "?till=later");
      case PaymentDesk.Opening.Refused _ -> URI.create("/orders/" + order.id() + "?till=refused");
    };
  }

  /** The checkout once more, at today's prices, with a new key: nothing was charged. */
  private Response again(Placement.Outcome outcome, Asked asked) {
    var now = shelf.shown().map(it -> withNews(it, outcome));
    return page(status(outcome), asked, now, notice(outcome));
  }

  private record Asked(Cart wish, boolean fromCart, int inCart, Language language, boolean calm) {}

  private Response page(
      int status, Asked asked, Optional<ShelfView.Shown> shown, CartView.Notice notice) {
    var key = UUID.randomUUID().toString();
    var title = Text.of("checkout");
    var use = new CartView.Use(title, "cart", asked.inCart(), notice, key, asked.fromCart());
    var view = CartView.of(asked.wish(), shown, carts.products(asked.wish()), clock.instant(), use);
    return Response.status(status)
        .type(ShelfPage.HTML)
        .header("Cache-Control", "no-store")
        .entity(Mode.render(PurchaseTemplates.checkout(view), asked.language(), asked.calm()))
        .build();
  }

  /** What the refusal taught us is newer than the page's half second. */
  private static ShelfView.Shown withNews(ShelfView.Shown shown, Placement.Outcome outcome) {
    var known = new HashMap<VariantId, Integer>(shown.left());
    switch (outcome) {
      case Placement.Outcome.SoldOut(var variant, var left) -> known.put(variant, left);
      case Placement.Outcome.HeldAlready(var variant, var left, _) -> known.put(variant, left);
      case Placement.Outcome.Placed _,
          Placement.Outcome.EditionOver _,
          Placement.Outcome.PriceChanged _,
          Placement.Outcome.LimitReached _,
          Placement.Outcome.KeyReused _ -> {
        return shown;
      }
    }
    return new ShelfView.Shown(
        shown.edition(), shown.products(), shown.restocked(), known, shown.sold(), shown.cues());
  }

  static int status(Placement.Outcome outcome) {
    return switch (outcome) {
      case Placement.Outcome.Placed _ -> 201;
      case Placement.Outcome.EditionOver _ -> 410;
      case Placement.Outcome.SoldOut _,
          Placement.Outcome.HeldAlready _,
          Placement.Outcome.PriceChanged _,
          Placement.Outcome.LimitReached _,
          Placement.Outcome.KeyReused _ ->
          409;
    };
  }

  static CartView.Notice notice(Placement.Outcome outcome) {
    return switch (outcome) {
      case Placement.Outcome.Placed _ -> CartView.Notice.NONE;
      case Placement.Outcome.SoldOut(_, var left) ->
          left > 0
              ? new CartView.Notice(Text.of("only_left", left), Text.of("refused_fewer_detail"))
              : new CartView.Notice(Text.of("sold_out"), Text.of("refused_sold_out_detail"));
      case Placement.Outcome.HeldAlready(var variant, _, var order) ->
          new CartView.Notice(
              Text.of("refused_held"),
              Text.of("refused_held_detail"),
              Optional.of(new CartView.Held(variant, order)));
      case Placement.Outcome.EditionOver _ ->
          new CartView.Notice(Text.of("refused_over"), Text.of("refused_over_detail"));
      case Placement.Outcome.PriceChanged(_, var price) ->
          new CartView.Notice(Text.of("refused_price", price), Text.of("refused_price_detail"));
      case Placement.Outcome.LimitReached(_, var max) ->
          new CartView.Notice(Text.of("refused_limit", max), Text.of("refused_limit_detail"));
      case Placement.Outcome.KeyReused _ ->
          new CartView.Notice(Text.of("refused_key"), Text.of("refused_key_detail"));
    };
  }

  private static Cart bought(Cart cart, List<Placement.Line> lines) {
    var rest = cart;
    for (var it : lines) rest = rest.without(it.variant());
    return rest;
  }

  private static Cart wish(List<Placement.Line> lines) {
    var wish = Cart.EMPTY;
    for (var it : lines) wish = wish.plus(it.variant(), it.units());
    return wish;
  }

  static String key(String field, String key) {
    if (!KEY.matcher(key).matches()) {
      throw new BadInput(field, "a random UUID, new for each order");
    }
    return key;
  }

  static List<Placement.Line> lines(
      List<String> variants, List<Integer> quantities, List<String> shown) {
    if (variants.isEmpty() || variants.size() > Placement.LINES_MAX) {
      throw new BadInput("variant", "one to " + Placement.LINES_MAX + " lines");
    }
    if (quantities.size() != variants.size() || shown.size() != variants.size()) {
      throw new BadInput("quantity", "as many quantities and shown prices as variants");
    }
    var lines = new ArrayList<Placement.Line>();
    var seen = new HashSet<VariantId>();
    for (var at = 0; at < variants.size(); at++) {
      var variant = CartPage.variant(variants.get(at));
      if (!seen.add(variant)) throw new BadInput("variant", "each variant in one line only");
      lines.add(
          new Placement.Line(variant, units("quantity", quantities.get(at)), money(shown.get(at))));
    }
    return lines;
  }

  static List<Placement.Line> lines(OrderApi.@Nullable NewOrder wish) {
    if (wish == null || wish.lines() == null || wish.lines().isEmpty() || holed(wish.lines())) {
      throw new BadInput("lines", "one to " + Placement.LINES_MAX + " lines");
    }
    return lines(
        wish.lines().stream().map(it -> String.valueOf(it.variant()).replace("-", "")).toList(),
        wish.lines().stream().map(OrderApi.NewLine::quantity).toList(),
        wish.lines().stream()
            .map(it -> it.price() == null ? "" : it.price().minor() + it.price().currency())
            .toList());
  }

  private static boolean holed(List<OrderApi.NewLine> lines) {
    return lines.stream().anyMatch(Objects::isNull);
  }

  private static int units(String field, int quantity) {
    if (quantity < 1 || quantity > Placement.UNITS_MAX) {
      throw new BadInput(field, "a number from 1 to " + Placement.UNITS_MAX);
    }
    return quantity;
  }

  private static Money money(String shown) {
    var parts = SHOWN.matcher(shown);
    if (!parts.matches()) throw new BadInput("shown", "the price as the page showed it");
    try {
      return Money.of(Long.parseLong(parts.group(1)), parts.group(2));
    } catch (IllegalArgumentException unknown) {
      throw new BadInput("shown", "the price as the page showed it");
    }
  }
}
