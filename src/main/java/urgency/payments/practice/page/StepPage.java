package urgency.payments.practice.page;

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
import org.eclipse.microprofile.openapi.annotations.Operation;
import urgency.payments.practice.Till;
import urgency.payments.practice.wire.Refusal;
import urgency.platform.http.HttpSettings;

/** Where a bank would ask whether the payment is the cardholder's: 3-D Secure, for practice. */
@Path("/c/step/{payment}")
@Singleton
public final class StepPage {
  /** What the page shows. */
  public record View(String payment, String total) {}

  @CheckedTemplate(basePath = "till")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance step(View view);
  }

  private final Till till;
  private final InstantSource clock;
  private final HttpSettings http;

  StepPage(Till till, InstantSource clock, HttpSettings http) {
    this.till = till;
    this.clock = clock;
    this.http = http;
  }

  @GET
  @Operation(hidden = true)
  @RunOnVirtualThread
  public Response show(@PathParam("payment") String id) {
    var payment = find(id);
    if (!payment.needsStep()) return seeOther(after(payment));
    var total = PayView.money(payment.amount(), payment.currency());
    return page(new View(id, total), 200);
  }

  @POST
  @Path("/complete")
  @Operation(hidden = true)
  @RunOnVirtualThread
  public Response complete(@PathParam("payment") String id) {
    return step(id, true);
  }

  @POST
  @Path("/fail")
  @Operation(hidden = true)
  @RunOnVirtualThread
  public Response fail(@PathParam("payment") String id) {
    return step(id, false);
  }

  private Response step(String id, boolean well) {
    find(id);
    try {
      till.step(id, well, clock.instant());
    } catch (Refusal answeredBefore) {
      return seeOther(after(find(id)));
    }
    return seeOther(after(find(id)));
  }

  // A payment of a page goes on there; another goes where its maker said.
  private String after(Till.Payment payment) {
    return till.byPayment(payment.id())
        .map(it -> PayPage.page(it.id()))
        .orElse(payment.returnTo().isEmpty() ? "/" : payment.returnTo());
  }

  private Till.Payment find(String id) {
    if (!till.isWanted()) throw new NotFoundException();
    return till.payment(id).orElseThrow(NotFoundException::new);
  }

  private Response page(View view, int status) {
    return Response.status(status)
        .type(MediaType.TEXT_HTML + ";charset=utf-8")
        .header("Cache-Control", "no-store")
        .entity(Templates.step(view).render())
        .build();
  }

  private Response seeOther(String address) {
    return Response.status(303)
        .location(http.near(address))
        .header("Cache-Control", "no-store")
        .build();
  }
}
