package urgency.cashdesk;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import urgency.admin.AdminGate;
import urgency.admin.AdminTemplates;
import urgency.admin.AdminView;
import urgency.admin.EntryPages;
import urgency.mail.Outbox;
import urgency.operators.Acts;
import urgency.orders.OrderId;
import urgency.payments.Inbox;
import urgency.platform.http.BadInput;
import urgency.platform.sql.Database;

/** The letters to buyers: what waits, what could not be sent, and trying that once more. */
@Singleton
@Path("/admin/mail")
@RunOnVirtualThread
final class MailPages {
  private static final int LISTED_MAX = 50;
  private static final int AGAIN_MAX = 500;

  private final Outbox outbox;
  private final Acts acts;
  private final Database database;
  private final InstantSource clock;

  MailPages(Outbox outbox, Acts acts, Database database, InstantSource clock) {
    this.outbox = outbox;
    this.acts = acts;
    this.database = database;
    this.clock = clock;
  }

  @GET
  @Produces(EntryPages.HTML)
  @Operation(hidden = true)
  public String list(
      @QueryParam("until") @DefaultValue("") String until,
      @QueryParam("done") @DefaultValue("") String done,
      @Context SecurityContext security) {
    var before = until.isEmpty() ? Inbox.Choice.ALL.until() : Stretch.instant("until", until);
    var view =
        database.read(
            tx -> {
              var depth = outbox.depth(tx);
              var rows = outbox.page(tx, Optional.empty(), before, LISTED_MAX);
              var dead =
                  outbox.page(
                      tx, Optional.of(Outbox.State.DEAD), Inbox.Choice.ALL.until(), LISTED_MAX);
              return new MailViews.Listing(
                  frame("Mail", security),
                  words(done),
                  depth.due(),
                  depth.dead(),
                  dead.stream().map(MailViews::row).toList(),
                  rows.stream().map(MailViews::row).toList(),
                  rows.size() < LISTED_MAX
                      ? ""
                      : "/admin/mail?until=" + rows.getLast().writtenAt());
            });
    return CashTemplates.mail(view).render();
  }

  @POST
  @Path("/again")
  @Produces(EntryPages.HTML)
  @Operation(hidden = true)
  public Response again(
      @FormParam("order") @DefaultValue("") String typed,
      @FormParam("sure") @DefaultValue("") String sure,
      @Context SecurityContext security,
      @Context HttpServerRequest request) {
    var order = order(typed);
    var what = order.map(it -> "dead letters of " + it).orElse("all dead letters");
    if (!sure.equals("yes")) {
      var view =
          new AdminView.Confirm(
              frame("Send %s once more?".formatted(what), security),
              "They are tried at once, oldest first, %d at most.".formatted(AGAIN_MAX),
              "/admin/mail/again",
              "/admin/mail",
              List.of(new AdminView.Field("order", typed)));
      return Response.ok(AdminTemplates.confirm(view).render()).build();
    }
    var by = AdminGate.operator(security).name();
    var from = EntryPages.address(request);
    var count =
        database.write(
            tx -> {
              var now = clock.instant();
              var tried = outbox.again(tx, order, now, AGAIN_MAX);
              var object = order.map(OrderId::toString).orElse("mail");
              var detail = tried + " letters; " + what;
              acts.write(tx, new Acts.Act(now, by, from, "send again", object, detail));
              return tried;
            });
    return Response.seeOther(URI.create("/admin/mail?done=" + count)).build();
  }

  private static Optional<OrderId> order(String typed) {
    if (typed.isEmpty()) return Optional.empty();
    var order = OrderId.parse(typed);
    if (order.isEmpty()) throw new BadInput("order", "ord_ and 32 hexadecimal digits");
    return order;
  }

  private static String words(String done) {
    if (!done.matches("[0-9]{1,4}")) return "";
    return done.equals("0") ? "Nothing was dead." : done + " of them are tried once more.";
  }

  private static AdminView.Frame frame(String title, SecurityContext security) {
    return new AdminView.Frame(title, "mail", AdminGate.operator(security).name());
  }
}
