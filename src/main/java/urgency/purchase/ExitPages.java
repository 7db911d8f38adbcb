package urgency.purchase;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import urgency.mail.EmailAddress;
import urgency.mail.MailSettings;
import urgency.orders.Order;
import urgency.platform.http.Visitors;
import urgency.platform.language.Languages;
import urgency.platform.sql.Database;
import urgency.storefront.ShelfPage;
import urgency.withdrawals.Withdrawals;
import urgency.withdrawals.Withdrawals.Outcome;
import urgency.withdrawals.Withdrawals.Way;
import urgency.words.Mode;
import urgency.words.Text;

/**
 * The way out of an order, in two steps and without script: a page that names what is about to be
 * declared, and the declaration.
 */
@Singleton
@Path("/")
@RunOnVirtualThread
final class ExitPages {
  private static final int NAME_MAX = 100;

  private final OrderPages orders;
  private final Withdrawals withdrawals;
  private final MailSettings mail;
  private final Database database;
  private final InstantSource clock;
  private final Languages languages;

  ExitPages(
      OrderPages orders,
      Withdrawals withdrawals,
      MailSettings mail,
      Database database,
      InstantSource clock,
      Languages languages) {
    this.orders = orders;
    this.withdrawals = withdrawals;
    this.mail = mail;
    this.database = database;
    this.clock = clock;
    this.languages = languages;
  }

  @GET
  @Path("/orders/{id}/cancel")
  @Produces(ShelfPage.HTML)
  @Operation(hidden = true)
  public Response askCancel(
      @CookieParam(Visitors.COOKIE) @DefaultValue("") String visitor,
      @CookieParam(Cart.COOKIE) @DefaultValue("") String cookie,
      @PathParam("id") String id,
      @Context HttpServerRequest request) {
    var order = orders.mine(visitor, id);
    if (!(way(order) instanceof Way.Cancel)) return toOrder(order);
    var form = new ExitView.Form("", "", "", CartView.Notice.NONE);
    var view =
        ExitView.of(order, order.holdUntil(), form, Cart.parse(cookie).units(), orders.ends());
    return page(200, PurchaseTemplates.cancel(view), request);
  }

  @POST
  @Path("/orders/{id}/cancel")
  @Operation(hidden = true)
  public Response cancel(
      @CookieParam(Visitors.COOKIE) @DefaultValue("") String visitor, @PathParam("id") String id) {
    var order = orders.mine(visitor, id);
    // Whatever became of it, the order's page tells; a second tap finds it done.
    return switch (withdrawals.cancel(order.id(), clock.instant())) {
      case Outcome.Received _, Outcome.NotPossible _ -> toOrder(order);
    };
  }

  @GET
  @Path("/orders/{id}/withdraw")
  @Produces(ShelfPage.HTML)
  @Operation(hidden = true)
  public Response askWithdraw(
      @CookieParam(Visitors.COOKIE) @DefaultValue("") String visitor,
      @CookieParam(Cart.COOKIE) @DefaultValue("") String cookie,
      @PathParam("id") String id,
      @Context HttpServerRequest request) {
    var order = orders.mine(visitor, id);
    var form = new ExitView.Form("", "", known(order), CartView.Notice.NONE);
    return switch (way(order)) {
      case Way.Withdraw(var until) ->
          page(200, withdraw(order, until, form, Cart.parse(cookie)), request);
      case Way.Out _ -> received(order);
      case Way.Cancel _, Way.None _ -> toOrder(order);
    };
  }

  @POST
  @Path("/orders/{id}/withdraw")
  @Produces(ShelfPage.HTML)
  @Operation(hidden = true)
  public Response withdraw(
      @CookieParam(Visitors.COOKIE) @DefaultValue("") String visitor,
      @CookieParam(Cart.COOKIE) @DefaultValue("") String cookie,
      @PathParam("id") String id,
      @FormParam("name") @DefaultValue("") String name,
      @FormParam("email") @DefaultValue("") String email,
      @Context HttpServerRequest request) {
    var order = orders.mine(visitor, id);
    if (!(way(order) instanceof Way.Withdraw(var until))) {
      return way(order) instanceof Way.Out ? received(order) : toOrder(order);
    }
    var known = known(order);
    var address = EmailAddress.parse(email);
    var wrong = complaint(name.strip(), email.strip(), known);
    if (wrong.isPresent()) {
      var form = new ExitView.Form(name, email, known, wrong.get());
      return page(400, withdraw(order, until, form, Cart.parse(cookie)), request);
    }
    var now = clock.instant();
    var outcome =
        database.write(tx -> withdrawals.withdraw(tx, order.id(), name.strip(), address, now));
    orders.forget(order);
    return switch (outcome) {
      case Outcome.Received _ -> received(order);
      case Outcome.NotPossible _ -> toOrder(order);
    };
  }

  @GET
  @Path("/orders/{id}/withdrawn")
  @Produces(ShelfPage.HTML)
  @Operation(hidden = true)
  public Response withdrawn(
      @CookieParam(Visitors.COOKIE) @DefaultValue("") String visitor,
      @CookieParam(Cart.COOKIE) @DefaultValue("") String cookie,
      @PathParam("id") String id,
      @Context HttpServerRequest request) {
    var order = orders.mine(visitor, id);
    if (!(way(order) instanceof Way.Out(var it)) || it.kind() != Withdrawals.Kind.WITHDRAW) {
      return toOrder(order);
    }
    var sentTo = mail.sends() ? known(order) : "";
    var inCart = Cart.parse(cookie).units();
    var view = ExitView.received(order, it, sentTo, inCart, orders.ends());
    return page(200, PurchaseTemplates.withdrawn(view), request);
  }

  private Optional<CartView.Notice> complaint(String name, String email, String known) {
    if (name.isEmpty()
        || name.length() > NAME_MAX
        || name.chars().anyMatch(Character::isISOControl)) {
      return Optional.of(
          new CartView.Notice(
              Text.of("withdraw_name_missing"), Text.of("withdraw_name_remedy", NAME_MAX)));
    }
    var needed = mail.sends() && known.isEmpty();
    if (email.isEmpty() ? needed : EmailAddress.parse(email).isEmpty()) {
      return Optional.of(
          new CartView.Notice(Text.of("withdraw_email_wrong"), Text.of("withdraw_email_remedy")));
    }
    return Optional.empty();
  }

  private TemplateInstance withdraw(Order order, Instant until, ExitView.Form form, Cart cart) {
    var view = ExitView.of(order, until, form, cart.units(), orders.ends());
    return PurchaseTemplates.withdraw(view);
  }

  private Response page(int status, TemplateInstance page, HttpServerRequest request) {
    return Response.status(status)
        .type(ShelfPage.HTML)
        .header("Cache-Control", "no-store")
        .entity(Mode.render(page, request, languages))
        .build();
  }

  private Way way(Order order) {
    return database.read(tx -> withdrawals.way(tx, order, clock.instant()));
  }

  private String known(Order order) {
    return database
        .read(tx -> withdrawals.address(tx, order.id()))
        .map(EmailAddress::masked)
        .orElse("");
  }

  private static Response received(Order order) {
    return Response.seeOther(URI.create("/orders/" + order.id() + "/withdrawn")).build();
  }

  private static Response toOrder(Order order) {
    return Response.seeOther(URI.create("/orders/" + order.id())).build();
  }
}
