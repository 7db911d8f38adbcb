package urgency.cashdesk;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jdbi.v3.core.Handle;
import urgency.admin.AdminGate;
import urgency.admin.AdminTemplates;
import urgency.admin.AdminView;
import urgency.admin.EntryPages;
import urgency.money.Money;
import urgency.operators.Acts;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.OrderStatus;
import urgency.orders.Orders;
import urgency.orders.Settlement;
import urgency.platform.http.BadInput;
import urgency.platform.sql.Database;
import urgency.refunds.Refunds;
import urgency.withdrawals.Withdrawals;

/** Orders as an operator sees them: what is known of each, and sending money back. */
@Singleton
@Path("/admin/orders")
@RunOnVirtualThread
final class OrderDeskPages {
  private static final int LISTED_MAX = 50;
  private static final int STEPS_MAX = 200;
  private static final int REASON_MAX = 200;

  private final Orders orders;
  private final Refunds refunds;
  private final Settlement settlement;
  private final Withdrawals withdrawals;
  private final Acts acts;
  private final Database database;
  private final InstantSource clock;

  OrderDeskPages(
      Orders orders,
      Refunds refunds,
      Settlement settlement,
      Withdrawals withdrawals,
      Acts acts,
      Database database,
      InstantSource clock) {
    this.orders = orders;
    this.refunds = refunds;
    this.settlement = settlement;
    this.withdrawals = withdrawals;
    this.acts = acts;
    this.database = database;
    this.clock = clock;
  }

  @GET
  @Produces(EntryPages.HTML)
  @Operation(hidden = true)
  public Response list(
      @QueryParam("status") @DefaultValue("") String status,
      @QueryParam("id") @DefaultValue("") String id,
      @QueryParam("after") @DefaultValue("") String after,
      @Context SecurityContext security) {
    if (!id.isEmpty()) {
      return Response.seeOther(URI.create("/admin/orders/" + orderId("id", id.strip()))).build();
    }
    var all = Orders.Choice.ALL;
    var choice = new Orders.Choice(status(status), all.from(), all.until());
    var rows =
        database.read(
            tx -> {
              var last =
                  after.isEmpty()
                      ? Optional.<Order>empty()
                      : orders.find(tx, orderId("after", after));
              return orders.page(tx, choice, last, LISTED_MAX);
            });
    var view =
        new OrderViews.Listing(
            frame("Orders", security),
            OrderViews.statuses(status),
            status,
            rows.stream().map(OrderViews::row).toList(),
            rows.size() < LISTED_MAX ? "" : rows.getLast().id().toString());
    return Response.ok(CashTemplates.orders(view).render()).build();
  }

  @GET
  @Path("/{id}")
  @Produces(EntryPages.HTML)
  @Operation(hidden = true)
  public String show(
      @PathParam("id") String id,
      @QueryParam("done") @DefaultValue("") String done,
      @Context SecurityContext security) {
    return page(known(id), words(done), security);
  }

  @POST
  @Path("/{id}/refund")
  @Produces(EntryPages.HTML)
  @Operation(hidden = true)
  public Response refund(
      @PathParam("id") String id,
      @FormParam("amount") @DefaultValue("") String typed,
      @FormParam("reason") @DefaultValue("") String reason,
      @FormParam("units") List<String> counted,
      @FormParam("restock") @DefaultValue("") String restock,
      @FormParam("version") @DefaultValue("") String version,
      @FormParam("sure") @DefaultValue("") String sure,
      @Context SecurityContext security,
      @Context HttpServerRequest request) {
    var order = known(id);
    var units = Back.units(counted, order);
    var amount = Back.amount(typed, units, order);
    if (reason.isBlank() || reason.length() > REASON_MAX || reason.indexOf('\0') >= 0) {
      throw new BadInput("reason", "say why, in 1 to " + REASON_MAX + " characters");
    }
    var shown = number("version", version);
    if (!sure.equals("yes")) {
      return confirm(
          "Send %s back?".formatted(OrderViews.shown(amount)),
          "Order %s, %s. %s"
              .formatted(
                  order.id(),
                  OrderViews.row(order).title(),
                  Back.words(units, !restock.isEmpty(), order)),
          Back.fields(typed, counted, reason, restock, version),
          "/admin/orders/" + order.id() + "/refund",
          security);
    }
    var back = restock.isEmpty() ? List.<Integer>of() : Back.all(units, order);
    var by = AdminGate.operator(security).name();
    var wish = new Wish(order.id(), shown, amount, reason, back, by, EntryPages.address(request));
    return done(order, database.write(tx -> refund(tx, wish)));
  }

  /**
   * A refund that was confirmed.
   *
   * @param version of the order as it was shown
   * @param back units of each line that go back on the shelf; none of them for an empty list
   */
  private record Wish(
      OrderId order,
      int version,
      Money amount,
      String reason,
      List<Integer> back,
      String by,
      String from) {}

  private String refund(Handle tx, Wish wish) {
    var now = clock.instant();
    var locked = orders.lock(tx, wish.order());
    // Seen again in the same transaction, so that a form sent twice sends money once.
    if (locked.isEmpty() || locked.get().version() != wish.version()) return "changed";
    var outcome = refunds.ask(tx, wish.order(), wish.amount(), wish.reason(), wish.by(), now);
    if (!(outcome instanceof Refunds.Outcome.Asked(var number, var asked))) {
      return refused(outcome);
    }
    withdrawals.answered(tx, wish.order(), number);
    var back =
        wish.back().isEmpty() ? 0 : refunds.restock(tx, wish.order(), number, wish.back(), now);
    var detail = OrderViews.shown(asked) + ", " + wish.reason();
    if (back > 0) detail += ", put back " + back;
    var act = new Acts.Act(now, wish.by(), wish.from(), "refund", wish.order() + "", detail);
    acts.write(tx, act);
    return back > 0 || wish.back().isEmpty() ? "refund" : "refund-only";
  }

  @POST
  @Path("/{id}/again")
  @Produces(EntryPages.HTML)
  @Operation(hidden = true)
  public Response again(
      @PathParam("id") String id,
      @FormParam("number") @DefaultValue("") String number,
      @FormParam("version") @DefaultValue("") String version,
      @FormParam("sure") @DefaultValue("") String sure,
      @Context SecurityContext security,
      @Context HttpServerRequest request) {
    var order = known(id);
    var shown = number("version", version);
    var failed = failed(order, number("number", number));
    if (!sure.equals("yes")) {
      return confirm(
          "Send %s back once more?".formatted(OrderViews.shown(failed.amount())),
          "Order %s, refund %d did not arrive: %s"
              .formatted(order.id(), failed.number(), failed.lastError()),
          List.of(new AdminView.Field("number", number), new AdminView.Field("version", version)),
          "/admin/orders/" + order.id() + "/again",
          security);
    }
    var by = AdminGate.operator(security).name();
    var said =
        database.write(
            tx -> {
              var now = clock.instant();
              var locked = orders.lock(tx, order.id());
              if (locked.isEmpty() || locked.get().version() != shown) return "changed";
              var reason = "once more for refund " + failed.number();
              var outcome = refunds.ask(tx, order.id(), failed.amount(), reason, by, now);
              if (!(outcome instanceof Refunds.Outcome.Asked(_, var asked))) {
                return refused(outcome);
              }
              var detail = OrderViews.shown(asked) + ", " + reason;
              var from = EntryPages.address(request);
              acts.write(tx, new Acts.Act(now, by, from, "refund", order.id() + "", detail));
              return "refund";
            });
    return done(order, said);
  }

  private Refunds.Refund failed(Order order, int number) {
    return database.read(tx -> refunds.of(tx, order.id())).stream()
        .filter(it -> it.number() == number && Refunds.hasFailed(it, order))
        .findFirst()
        .orElseThrow(() -> new BadInput("number", "a refund of this order that failed"));
  }

  @POST
  @Path("/{id}/accept")
  @Produces(EntryPages.HTML)
  @Operation(hidden = true)
  public Response accept(
      @PathParam("id") String id,
      @FormParam("version") @DefaultValue("") String version,
      @FormParam("sure") @DefaultValue("") String sure,
      @Context SecurityContext security,
      @Context HttpServerRequest request) {
    var order = known(id);
    var shown = number("version", version);
    if (!sure.equals("yes")) {
      return confirm(
          "Accept this payment?",
          "Order %s counts as paid although: %s".formatted(order.id(), order.facts().mismatch()),
          List.of(new AdminView.Field("version", version)),
          "/admin/orders/" + order.id() + "/accept",
          security);
    }
    var by = AdminGate.operator(security).name();
    var said =
        database.write(
            tx -> {
              var now = clock.instant();
              var locked = orders.lock(tx, order.id());
              if (locked.isEmpty() || locked.get().version() != shown) return "changed";
              if (!locked.get().facts().doubtful()) return "not-doubtful";
              var after = settlement.accept(tx, order.id(), by, now);
              var act =
                  new Acts.Act(
                      now,
                      by,
                      EntryPages.address(request),
                      "accept",
                      order.id() + "",
                      locked.get().facts().mismatch());
              acts.write(tx, act);
              return switch (after) {
                case Settlement.Outcome.Applied _ -> "accepted";
                case Settlement.Outcome.Known _ -> "not-doubtful";
                case Settlement.Outcome.NoSuchOrder _ -> "changed";
              };
            });
    return done(order, said);
  }

  private static String refused(Refunds.Outcome outcome) {
    return switch (outcome) {
      case Refunds.Outcome.Asked _ -> "refund";
      case Refunds.Outcome.NoSuchOrder _ -> "changed";
      case Refunds.Outcome.NotPaid _ -> "not-paid";
      case Refunds.Outcome.AlreadyRefunded _ -> "already";
      case Refunds.Outcome.MoreThanPaid _ -> "more";
      case Refunds.Outcome.WrongCurrency _ -> "currency";
    };
  }

  /** What to say, by the word in the address; nothing for a word that is not ours. */
  private static String words(String said) {
    return switch (said) {
      case "refund" -> "The refund is asked for; it is sent within seconds.";
      case "refund-only" ->
          "The refund is asked for. The units were not put back: they were never"
              + " sold, or went back before.";
      case "changed" -> "Nothing was done: the order has changed since you looked. Look again.";
      case "not-paid" -> "Nothing was done: no money of this order is here.";
      case "already" -> "Nothing was done: all of it went back, or is on its way.";
      case "more" -> "Nothing was done: that is more than is left of the payment.";
      case "currency" -> "Nothing was done: the order was paid in another currency.";
      case "accepted" -> "The payment is accepted.";
      case "rejected" -> "The payment is rejected: the page is closed, and the units are back.";
      case "came" -> "Nothing was given back: a payment of this order came, or is on its way.";
      case "no-word" ->
          "Nothing was given back: the payment provider does not say that the page is closed."
              + " Try again in a minute.";
      case "not-doubtful" -> "Nothing was done: this payment is not in doubt.";
      default -> "";
    };
  }

  private static Response done(Order order, String said) {
    return Response.seeOther(URI.create("/admin/orders/" + order.id() + "?done=" + said)).build();
  }

  private static Response confirm(
      String title,
      String detail,
      List<AdminView.Field> fields,
      String action,
      SecurityContext security) {
    var back = action.substring(0, action.lastIndexOf('/'));
    var view = new AdminView.Confirm(frame(title, security), detail, action, back, fields);
    return Response.ok(AdminTemplates.confirm(view).render()).build();
  }

  private String page(Order order, String notice, SecurityContext security) {
    var view =
        database.read(
            tx ->
                OrderViews.one(
                    frame("Order", security),
                    notice,
                    order,
                    orders.history(tx, order.id(), STEPS_MAX),
                    refunds.of(tx, order.id()),
                    refunds.returnable(tx, order),
                    withdrawals.way(tx, order, clock.instant())));
    return CashTemplates.order(view).render();
  }

  private Order known(String id) {
    var known = OrderId.parse(id).orElseThrow(NotFoundException::new);
    return database.read(tx -> orders.find(tx, known)).orElseThrow(NotFoundException::new);
  }

  private static OrderId orderId(String field, String text) {
    return OrderId.parse(text)
        .orElseThrow(() -> new BadInput(field, "ord_ and 32 hexadecimal digits"));
  }

  private static Optional<OrderStatus> status(String name) {
    if (name.isEmpty()) return Optional.empty();
    return Optional.of(
        Arrays.stream(OrderStatus.values())
            .filter(it -> it.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new BadInput("status", "one of the list")));
  }

  private static int number(String field, String text) {
    if (!text.matches("[0-9]{1,9}")) throw new BadInput(field, "the number from the form");
    return Integer.parseInt(text);
  }

  private static AdminView.Frame frame(String title, SecurityContext security) {
    return new AdminView.Frame(title, "orders", AdminGate.operator(security).name());
  }
}
