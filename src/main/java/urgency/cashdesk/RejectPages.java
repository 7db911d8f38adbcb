package urgency.cashdesk;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import urgency.admin.AdminGate;
import urgency.admin.AdminTemplates;
import urgency.admin.AdminView;
import urgency.admin.EntryPages;
import urgency.operators.Acts;
import urgency.orders.Expiry;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.Orders;
import urgency.orders.Settlement;
import urgency.platform.http.BadInput;
import urgency.platform.sql.Database;

/** The way out of a doubt without money: the page is closed, and the units go back. */
@Singleton
@Path("/admin/orders/{id}/reject")
@RunOnVirtualThread
final class RejectPages {
  private final Orders orders;
  private final Expiry expiry;
  private final Settlement settlement;
  private final Acts acts;
  private final Database database;
  private final InstantSource clock;

  RejectPages(
      Orders orders,
      Expiry expiry,
      Settlement settlement,
      Acts acts,
      Database database,
      InstantSource clock) {
    this.orders = orders;
    this.expiry = expiry;
    this.settlement = settlement;
    this.acts = acts;
    this.database = database;
    this.clock = clock;
  }

  @POST
  @Produces(EntryPages.HTML)
  @Operation(hidden = true)
  public Response reject(
      @PathParam("id") String id,
      @FormParam("version") @DefaultValue("") String version,
      @FormParam("sure") @DefaultValue("") String sure,
      @Context SecurityContext security,
      @Context HttpServerRequest request) {
    var order = known(id);
    if (!version.matches("[0-9]{1,9}")) throw new BadInput("version", "the number from the form");
    var operator = AdminGate.operator(security).name();
    if (!sure.equals("yes")) return confirm(order, version, operator);
    var from = EntryPages.address(request);
    var said = reject(order, Integer.parseInt(version), operator, from);
    return Response.seeOther(URI.create(address(order) + "?done=" + said)).build();
  }

  private String reject(Order order, int version, String by, String from) {
    return switch (expiry.shut(order.id(), version, by, clock.instant())) {
      case Expiry.Shutting.Changed _ -> "changed";
      case Expiry.Shutting.Paid _ -> "came";
      case Expiry.Shutting.Unknown _ -> "no-word";
      case Expiry.Shutting.Shut _ -> end(order, by, from);
    };
  }

  private String end(Order order, String by, String from) {
    var mismatch = order.facts().mismatch();
    return database.write(
        tx -> {
          var now = clock.instant();
          return switch (settlement.reject(tx, order.id(), mismatch, by, now)) {
            case Settlement.Outcome.Applied _ -> {
              acts.write(tx, new Acts.Act(now, by, from, "reject", order.id() + "", mismatch));
              yield "rejected";
            }
            case Settlement.Outcome.Known _, Settlement.Outcome.NoSuchOrder _ -> "changed";
          };
        });
  }

  private static Response confirm(Order order, String version, String operator) {
    var end = " If money came all the same, send it back at the payment provider.";
    var detail =
        "Order %s: %s. Its page is closed and its units go back on the shelf.%s"
            .formatted(order.id(), order.facts().mismatch(), end);
    var view =
        new AdminView.Confirm(
            new AdminView.Frame("Reject this payment?", "orders", operator),
            detail,
            address(order) + "/reject",
            address(order),
            List.of(new AdminView.Field("version", version)));
    return Response.ok(AdminTemplates.confirm(view).render()).build();
  }

  private static String address(Order order) {
    return "/admin/orders/" + order.id();
  }

  private Order known(String id) {
    var known = OrderId.parse(id).orElseThrow(NotFoundException::new);
    return database.read(tx -> orders.find(tx, known)).orElseThrow(NotFoundException::new);
  }
}
