package urgency.payments.practice.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import urgency.payments.practice.Till;
import urgency.payments.practice.bank.Session;
import urgency.payments.practice.bank.TestCard;
import urgency.payments.practice.page.PayView.Fields;
import urgency.platform.http.HttpSettings;

/** The payment page of the practice till. */
@Path("/c/pay/{session}")
@Singleton
public final class PayPage {
  private static final int UNREADABLE = 422;
  private static final int GONE = 410;
  private static final TestCard CARD = TestCard.token("visa").orElseThrow();
  private static final TestCard ACCOUNT = TestCard.token("debitPays").orElseThrow();

  @CheckedTemplate(basePath = "till")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance pay(PayView view);
  }

  private final Till till;
  private final InstantSource clock;
  private final HttpSettings http;

  PayPage(Till till, InstantSource clock, HttpSettings http) {
    this.till = till;
    this.clock = clock;
    this.http = http;
  }

  /**
   * The page, or what became of it.
   *
   * @param with the name of a test card that shall be filled in
   */
  @GET
  @Operation(hidden = true)
  @RunOnVirtualThread
  public Response show(
      @PathParam("session") String id, @QueryParam("with") @DefaultValue("") String with) {
    var session = find(id);
    if (session.isComplete()) return seeOther(session.wish().successUrl(), id);
    var card = TestCard.token(with).orElse(CARD);
    var fields = card.isAccount() ? Fields.of(CARD, card) : Fields.of(card, ACCOUNT);
    var status = session.isOpen(till.till(clock.instant())) ? 200 : GONE;
    return page(session, fields, card.isAccount(), status);
  }

  @POST
  @Path("/pay")
  @Operation(hidden = true)
  @RunOnVirtualThread
  public Response pay(
      @PathParam("session") String id,
      @FormParam("number") @DefaultValue("") String number,
      @FormParam("expiry") @DefaultValue("") String expiry,
      @FormParam("code") @DefaultValue("") String code,
      @FormParam("email") @DefaultValue("") String email) {
    var session = find(id);
    return switch (CardForm.card(number, expiry, code, clock.instant())) {
      case CardForm.Read.Fine(var card) -> {
        if (CardForm.isEmail(email)) till.reach(session.id(), email.strip());
        yield pay(session, card);
      }
      case CardForm.Read.Wrong wrong ->
          page(session, Fields.of(CARD, ACCOUNT).wrongCard(wrong), false, UNREADABLE);
    };
  }

  @POST
  @Path("/debit")
  @Operation(hidden = true)
  @RunOnVirtualThread
  public Response debit(
      @PathParam("session") String id, @FormParam("iban") @DefaultValue("") String iban) {
    var session = find(id);
    return switch (CardForm.account(iban)) {
      case CardForm.Read.Fine(var account) -> pay(session, account);
      case CardForm.Read.Wrong wrong ->
          page(session, Fields.of(CARD, ACCOUNT).wrongAccount(wrong), true, UNREADABLE);
    };
  }

  // Where the shopper goes follows from what became of the payment.
  private Response pay(Session session, TestCard card) {
    var id = session.id();
    if (!session.wish().methods().contains(card.isAccount() ? TestCard.SEPA : "card")) {
      return seeOther(page(id), id);
    }
    var paid = till.pay(id, card, clock.instant());
    if (paid.isEmpty()) return seeOther(page(id), id);
    if (paid.get().isComplete()) return seeOther(paid.get().wish().successUrl(), id);
    var payment = paid.get().intent().flatMap(till::payment);
    var step = payment.filter(Till.Payment::needsStep).map(it -> "/c/step/" + it.id());
    return seeOther(step.orElse(page(id) + "?with=" + card.token()), id);
  }

  private Session find(String id) {
    if (!till.isWanted()) throw new NotFoundException();
    return till.find(id).orElseThrow(NotFoundException::new);
  }

  private Response page(Session session, Fields fields, boolean debit, int status) {
    var now = till.till(clock.instant());
    var problem = session.intent().flatMap(till::payment).map(Till.Payment::problem).orElse("");
    var cancel = session.wish().cancelUrl();
    var back = cancel.isEmpty() ? "/" : http.near(cancel).toString();
    var told = status == UNREADABLE ? "" : problem;
    return Response.status(status)
        .type(MediaType.TEXT_HTML + ";charset=utf-8")
        .header("Cache-Control", "no-store")
        .entity(Templates.pay(PayView.of(session, told, back, fields, debit, now)).render())
        .build();
  }

  private Response seeOther(String address, String id) {
    return Response.status(303)
        .location(http.near(address.replace("{CHECKOUT_SESSION_ID}", id)))
        .header("Cache-Control", "no-store")
        .build();
  }

  static String page(String session) {
    return "/c/pay/" + session;
  }
}
