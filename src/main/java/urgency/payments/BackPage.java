package urgency.payments;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import urgency.orders.OrderId;
import urgency.orders.Orders;
import urgency.platform.sql.Database;

/**
 * Where a payment page sends the shopper when all is done: one look at the provider if the webhook
 * is still on its way, then on to the order.
 */
@Path("/back")
@Singleton
public final class BackPage {
  /** Followed by an order's id. */
  public static final String PREFIX = "/back/";

  /** Followed by a session's id, where the page was opened before its order. */
  public static final String OF_SESSION = "/back/session/";

  private final Orders orders;
  private final Redirect redirect;
  private final Database database;

  BackPage(Orders orders, Redirect redirect, Database database) {
    this.orders = orders;
    this.redirect = redirect;
    this.database = database;
  }

  @GET
  @Path("{order}")
  @Operation(hidden = true)
  @RunOnVirtualThread
  public Response back(@PathParam("order") String text) {
    var id = OrderId.parse(text).orElseThrow(NotFoundException::new);
    database.read(tx -> orders.find(tx, id)).ifPresent(redirect::lookNow);
    return to(id);
  }

  @GET
  @Path("session/{session}")
  @Operation(hidden = true)
  @RunOnVirtualThread
  public Response backBySession(@PathParam("session") String session) {
    var order = database.read(tx -> orders.bySession(tx, session));
    order.ifPresent(redirect::lookNow);
    return to(order.orElseThrow(NotFoundException::new).id());
  }

  // The same whether there is such an order or not: its own page says that, and only to its buyer.
  private static Response to(OrderId order) {
    return Response.status(303)
        .location(URI.create("/orders/" + order + "?from=till"))
        .header("Cache-Control", "no-store")
        .build();
  }
}
