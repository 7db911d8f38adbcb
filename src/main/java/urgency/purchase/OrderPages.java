package urgency.purchase;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import urgency.claims.Claim;
import urgency.claims.Cue;
import urgency.orders.Checkout;
import urgency.orders.MoreTime;
import urgency.orders.Order;
import urgency.orders.OrderChanged;
import urgency.orders.OrderId;
import urgency.orders.OrderStatus;
import urgency.orders.Orders;
import urgency.orders.PaymentDesk;
import urgency.platform.facts.Facts;
import urgency.platform.http.HttpSettings;
import urgency.platform.http.Pages;
import urgency.platform.http.Visitors;
import urgency.platform.language.Calm;
import urgency.platform.language.Languages;
import urgency.platform.sql.Database;
import urgency.storefront.ShelfPage;
import urgency.withdrawals.Withdrawals;
import urgency.words.Mode;
import urgency.words.Text;

/** The orders of a browser. Another browser's order does not exist here. */
@Singleton
@Path("/")
@RunOnVirtualThread
final class OrderPages {
  private static final int LISTED_MAX = 50;
  // A reload storm costs one query a second and order; news of the order ends it at once.
  private static final Duration KEPT_MAX = Duration.ofSeconds(1);

  private final Orders orders;
  private final Checkout checkout;
  private final ShelfPage shelf;
  private final CartPage carts;
  private final Withdrawals withdrawals;
  private final MoreTime moreTime;
  private final Visitors visitors;
  private final Database database;
  private final InstantSource clock;
  private final HttpSettings http;
  private final Pages pages;
  private final Languages languages;
  private final MeterRegistry metrics;

  OrderPages(
      Orders orders,
      Checkout checkout,
      ShelfPage shelf,
      CartPage carts,
      Withdrawals withdrawals,
      MoreTime moreTime,
      Visitors visitors,
      Database database,
      InstantSource clock,
      HttpSettings http,
      Pages pages,
      Languages languages,
      MeterRegistry metrics,
      Facts facts) {
    this.orders = orders;
    this.checkout = checkout;
    this.shelf = shelf;
    this.carts = carts;
    this.withdrawals = withdrawals;
    this.moreTime = moreTime;
    this.visitors = visitors;
    this.database = database;
    this.clock = clock;
    this.http = http;
    this.pages = pages;
    this.languages = languages;
    this.metrics = metrics;
    facts.listen(OrderChanged.class, it -> pages.withdraw("/orders/" + it.order()));
  }

  @GET
  @Path("/orders")
  @Produces(ShelfPage.HTML)
  @Operation(hidden = true)
  public Response list(
      @CookieParam(Visitors.COOKIE) @DefaultValue("") String visitor,
      @CookieParam(Cart.COOKIE) @DefaultValue("") String cookie,
      @Context HttpServerRequest request) {
    var units = Cart.parse(cookie).units();
    var listed = of(visitor);
    var first = listed.stream().map(it -> it.lines().getFirst().variant()).distinct().toList();
    var view = OrderView.listing(listed, carts.products(first), units, ends(clock.instant()));
    return fresh(Mode.render(PurchaseTemplates.orders(view), request, languages));
  }

  @GET
  @Path("/orders/{id}")
  @Produces(ShelfPage.HTML)
  @Operation(hidden = true)
  public Response show(
      @CookieParam(Visitors.COOKIE) @DefaultValue("") String visitor,
      @CookieParam(Cart.COOKIE) @DefaultValue("") String cookie,
      @PathParam("id") String id,
      @QueryParam("from") @DefaultValue("") String from,
      @QueryParam("till") @DefaultValue("") String till,
      @Context HttpServerRequest request) {
    var order = mine(visitor, id);
    var waits = till.equals("later");
    // Without script the page asks again by itself, and is sent on from here.
    if (waits && order.status() == OrderStatus.AWAITING_PAYMENT && order.session().isPresent()) {
      return Response.seeOther(http.near(order.session().get().url()))
          .header("Cache-Control", "no-store")
          .build();
    }
    var now = clock.instant();
    var way = database.read(tx -> withdrawals.way(tx, order, now));
    var more = !waits && database.read(tx -> moreTime.possible(tx, order, now)).isPresent();
    var asked =
        new OrderView.Asked(from.equals("till"), waits, more, notice(till, order.status()), way);
    var view = OrderView.of(order, asked, Cart.parse(cookie).units(), ends(now), now);
    var language = languages.of(request);
    var calm = Calm.of(request);
    var html = Mode.render(PurchaseTemplates.order(view), language, calm);
    if (from.isEmpty() && till.isEmpty() && !calm) {
      var path = "/orders/" + order.id();
      pages.publishFor(order.buyer(), language, path, ShelfPage.HTML, html, KEPT_MAX);
    }
    return fresh(html);
  }

  @POST
  @Path("/orders/{id}/pay")
  @Operation(hidden = true)
  public Response pay(
      @CookieParam(Visitors.COOKIE) @DefaultValue("") String visitor, @PathParam("id") String id) {
    var order = mine(visitor, id);
    var next =
        switch (checkout.openPaymentPage(order, clock.instant())) {
          case PaymentDesk.Opening.Opened(var session) -> http.near(session.url());
          case PaymentDesk.Opening.NotNow _ -> URI.create("/orders/" + order.id() + "?till=later");
          case PaymentDesk.Opening.Refused _ ->
              URI.create("/orders/" + order.id() + "?till=refused");
        };
    return Response.seeOther(next).build();
  }

  @POST
  @Path("/orders/{id}/more-time")
  @Operation(hidden = true)
  public Response moreTime(
      @CookieParam(Visitors.COOKIE) @DefaultValue("") String visitor, @PathParam("id") String id) {
    var order = mine(visitor, id);
    database.write(tx -> moreTime.give(tx, order.id(), clock.instant()));
    forget(order);
    // Whether there was any to give, the order's page tells.
    return Response.seeOther(URI.create("/orders/" + order.id())).build();
  }

  @GET
  @Path("/api/orders")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "The orders of this browser, newest first")
  public List<OrderApi.Order> listJson(
      @CookieParam(Visitors.COOKIE) @DefaultValue("") String visitor) {
    return of(visitor).stream().map(OrderApi.Order::of).toList();
  }

  @GET
  @Path("/api/orders/{id}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "One order of this browser")
  public OrderApi.Order showJson(
      @CookieParam(Visitors.COOKIE) @DefaultValue("") String visitor, @PathParam("id") String id) {
    return OrderApi.Order.of(mine(visitor, id));
  }

  /**
   * What to say when the till could not be opened, by the word in the address. Nothing of an order
   * that is paid, or that ended otherwise, and was only asked for once more.
   */
  static CartView.Notice notice(String till, OrderStatus status) {
    return till.equals("refused") && status.payable()
        ? new CartView.Notice(Text.of("till_refused"), Text.of("till_refused_detail"))
        : CartView.Notice.NONE;
  }

  /**
   * The order, if it is this browser's.
   *
   * @throws NotFoundException when it is another's, or none
   */
  Order mine(String visitor, String id) {
    var buyer = visitors.known(visitor);
    var order =
        OrderId.parse(id)
            .filter(_ -> buyer.isPresent())
            .flatMap(it -> database.read(tx -> orders.find(tx, it)))
            .filter(it -> it.buyer().equals(buyer.orElseThrow()));
    if (order.isEmpty()) metrics.counter("orders_refused", "why", "not_theirs").increment();
    return order.orElseThrow(NotFoundException::new);
  }

  private List<Order> of(String visitor) {
    Optional<UUID> buyer = visitors.known(visitor);
    return buyer.map(it -> database.read(tx -> orders.of(tx, it, LISTED_MAX))).orElse(List.of());
  }

  /** That the edition that is open now ends, if that may be said; for the frame of a page. */
  Optional<Claim<Cue.Countdown>> ends() {
    return ends(clock.instant());
  }

  private Optional<Claim<Cue.Countdown>> ends(Instant now) {
    return shelf.shown().flatMap(it -> it.ends(now));
  }

  /** The order's page is drawn anew by whoever asks next. */
  void forget(Order order) {
    pages.withdraw("/orders/" + order.id());
  }

  static Response fresh(String page) {
    return Response.ok(page).header("Cache-Control", "no-store").build();
  }
}
