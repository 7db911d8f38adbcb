package urgency.purchase;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import urgency.mail.Seller;
import urgency.platform.http.Visitors;
import urgency.platform.language.Languages;
import urgency.storefront.ShelfPage;
import urgency.words.Mode;

/** The receipt of a paid order, for the browser that ordered. */
@Singleton
@Path("/")
@RunOnVirtualThread
final class ReceiptPage {
  private final OrderPages orders;
  private final Seller seller;
  private final Languages languages;

  ReceiptPage(OrderPages orders, Seller seller, Languages languages) {
    this.languages = languages;
    this.orders = orders;
    this.seller = seller;
  }

  @GET
  @Path("/orders/{id}/receipt")
  @Produces(ShelfPage.HTML)
  @Operation(hidden = true)
  public Response show(
      @CookieParam(Visitors.COOKIE) @DefaultValue("") String visitor,
      @CookieParam(Cart.COOKIE) @DefaultValue("") String cookie,
      @PathParam("id") String id,
      @Context HttpServerRequest request) {
    var order = orders.mine(visitor, id);
    if (!order.facts().sold()) {
      return Response.seeOther(URI.create("/orders/" + order.id())).build();
    }
    var view = ReceiptView.of(order, seller, Cart.parse(cookie).units(), orders.ends());
    var page = Mode.render(PurchaseTemplates.receipt(view), request, languages);
    return OrderPages.fresh(page);
  }
}
