package urgency.payments.practice;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import urgency.money.Money;
import urgency.payments.StripeAmounts;
import urgency.platform.http.HttpSettings;

/** The payment page of the practice till, which says in large letters that it is one. */
@Path("/till/{session}")
@Singleton
public final class TillPage {
  /** What the page shows. */
  public record View(
      String session,
      String total,
      List<Line> lines,
      String back,
      boolean open,
      boolean declined) {}

  /** One thing on the bill. */
  public record Line(String name, String units, String price) {}

  @CheckedTemplate(basePath = "till")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance page(View view);
  }

  private final Till till;
  private final InstantSource clock;
  private final HttpSettings http;

  TillPage(Till till, InstantSource clock, HttpSettings http) {
    this.till = till;
    this.clock = clock;
    this.http = http;
  }

  @GET
  @Operation(hidden = true)
  @RunOnVirtualThread
  public Response show(@PathParam("session") String id) {
    var session = find(id);
    if (session.status().equals("complete")) return seeOther(session.wish().successUrl(), id);
    var open = session.isOpen(clock.instant());
    return Response.status(open ? 200 : 410)
        .type(MediaType.TEXT_HTML + ";charset=utf-8")
        .header("Cache-Control", "no-store")
        .entity(Templates.page(view(session, open)).render())
        .build();
  }

  @POST
  @Path("/pay")
  @Operation(hidden = true)
  @RunOnVirtualThread
  public Response pay(@PathParam("session") String id) {
    return pay(id, TillSessions.Method.CARD);
  }

  @POST
  @Path("/pay-slowly")
  @Operation(hidden = true)
  @RunOnVirtualThread
  public Response paySlowly(@PathParam("session") String id) {
    return pay(id, TillSessions.Method.SLOW);
  }

  @POST
  @Path("/fail-slowly")
  @Operation(hidden = true)
  @RunOnVirtualThread
  public Response failSlowly(@PathParam("session") String id) {
    return pay(id, TillSessions.Method.SLOW_AND_FAILING);
  }

  @POST
  @Path("/decline")
  @Operation(hidden = true)
  @RunOnVirtualThread
  public Response decline(@PathParam("session") String id) {
    till.decline(find(id).id());
    return seeOther("/till/" + id, id);
  }

  private Response pay(String id, TillSessions.Method method) {
    var paid = till.pay(find(id).id(), method, clock.instant());
    return seeOther(paid.map(it -> it.wish().successUrl()).orElse("/till/" + id), id);
  }

  private TillSession find(String id) {
    if (!till.isWanted()) throw new NotFoundException();
    return till.find(id).orElseThrow(NotFoundException::new);
  }

  private Response seeOther(String address, String id) {
    return Response.status(303)
        .location(http.near(address.replace("{CHECKOUT_SESSION_ID}", id)))
        .header("Cache-Control", "no-store")
        .build();
  }

  private View view(TillSession session, boolean open) {
    var wish = session.wish();
    return new View(
        session.id(),
        shown(wish.amount(), wish.currency()),
        wish.lines().stream().map(it -> line(it, wish.currency())).toList(),
        wish.cancelUrl().isEmpty() ? "/" : http.near(wish.cancelUrl()).toString(),
        open,
        session.declined() > 0);
  }

  private static Line line(Wish.Line line, String currency) {
    var amount = shown(Math.multiplyExact(line.price(), line.units()), currency);
    return new Line(line.name(), line.units() == 1 ? "" : line.units() + " ×", amount);
  }

  private static String shown(long amount, String currency) {
    var code = currency.toUpperCase(Locale.ROOT);
    return Money.of(StripeAmounts.fromStripe(amount, currency), code).shown(Locale.US);
  }
}
