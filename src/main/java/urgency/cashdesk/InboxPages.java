package urgency.cashdesk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jdbi.v3.core.Handle;
import urgency.admin.AdminGate;
import urgency.admin.AdminTemplates;
import urgency.admin.AdminView;
import urgency.admin.EntryPages;
import urgency.operators.Acts;
import urgency.orders.Orders;
import urgency.payments.Inbox;
import urgency.payments.InboxView;
import urgency.payments.InboxWorker;
import urgency.payments.PaymentAudit;
import urgency.platform.http.BadInput;
import urgency.platform.sql.Database;
import urgency.refunds.Refunds;
import urgency.withdrawals.Withdrawals;

/** Money in: the inbox of webhooks, what became of each, and how to work some off once more. */
@Singleton
@Path("/admin/inbox")
@RunOnVirtualThread
final class InboxPages {
  /** Events that one act replays at most, oldest first. */
  static final int REPLAY_MAX = 500;

  private static final int LISTED_MAX = 50;
  private static final int MOVED_MAX = 50;
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{0,255}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Inbox inbox;
  private final InboxView view;
  private final InboxWorker worker;
  private final PaymentAudit audit;
  private final Orders orders;
  private final Refunds refunds;
  private final Withdrawals withdrawals;
  private final Acts acts;
  private final Database database;
  private final InstantSource clock;

  InboxPages(
      Inbox inbox,
      InboxView view,
      InboxWorker worker,
      PaymentAudit audit,
      Orders orders,
      Refunds refunds,
      Withdrawals withdrawals,
      Acts acts,
      Database database,
      InstantSource clock) {
    this.inbox = inbox;
    this.view = view;
    this.worker = worker;
    this.audit = audit;
    this.orders = orders;
    this.refunds = refunds;
    this.withdrawals = withdrawals;
    this.acts = acts;
    this.database = database;
    this.clock = clock;
  }

  @GET
  @Produces(EntryPages.HTML)
  @Operation(hidden = true)
  public Response list(
      @QueryParam("id") @DefaultValue("") String id,
      @QueryParam("type") @DefaultValue("") String type,
      @QueryParam("status") @DefaultValue("") String status,
      @QueryParam("until") @DefaultValue("") String until,
      @QueryParam("done") @DefaultValue("") String done,
      @Context SecurityContext security) {
    if (!id.isEmpty()) {
      return Response.seeOther(URI.create("/admin/inbox/" + word("id", id.strip()))).build();
    }
    var all = Inbox.Choice.ALL;
    var latest = until.isEmpty() ? all.until() : Stretch.instant("until", until);
    var choice = new Inbox.Choice("", word("type", type), status(status), all.from(), latest);
    var now = clock.instant();
    var page = database.read(tx -> read(tx, choice, words(done), now, security));
    return Response.ok(CashTemplates.inbox(page).render()).build();
  }

  @GET
  @Path("/{id}")
  @Produces(EntryPages.HTML)
  @Operation(hidden = true)
  public String show(
      @PathParam("id") String id,
      @QueryParam("done") @DefaultValue("") String done,
      @Context SecurityContext security) {
    var now = clock.instant();
    var page =
        database.read(
            tx -> {
              var it = view.find(tx, known(id)).orElseThrow(NotFoundException::new);
              var row = it.row();
              return new InboxViews.One(
                  frame("Event", security),
                  words(done),
                  InboxViews.row(row, now),
                  row.objectId(),
                  it.apiVersion(),
                  row.live(),
                  AdminView.time(row.created()),
                  row.status() == Inbox.Status.NEW ? AdminView.time(row.nextAt()) : "",
                  it.headers(),
                  pretty(it.raw()),
                  InboxViews.did(orders.movedBy(tx, row.eventId(), MOVED_MAX)));
            });
    return CashTemplates.event(page).render();
  }

  @POST
  @Path("/replay")
  @Produces(EntryPages.HTML)
  @Operation(hidden = true)
  public Response replay(
      @FormParam("event") @DefaultValue("") String event,
      @FormParam("type") @DefaultValue("") String type,
      @FormParam("status") @DefaultValue("") String status,
      @FormParam("from") @DefaultValue("") String from,
      @FormParam("until") @DefaultValue("") String until,
      @FormParam("sure") @DefaultValue("") String sure,
      @Context SecurityContext security,
      @Context HttpServerRequest request) {
    var wish =
        new Replay(word("event", event), word("type", type), status(status), from, until, status);
    var choice = wish.choice();
    if (!sure.equals("yes")) {
      var count = database.read(tx -> view.count(tx, choice, REPLAY_MAX + 1));
      var confirm =
          new AdminView.Confirm(
              frame(wish.question(count), security),
              wish.detail(),
              "/admin/inbox/replay",
              wish.back(),
              wish.fields());
      return Response.ok(AdminTemplates.confirm(confirm).render()).build();
    }
    var by = AdminGate.operator(security).name();
    var count =
        database.write(
            tx -> {
              var now = clock.instant();
              var replayed = inbox.replay(tx, choice, now, REPLAY_MAX);
              var act =
                  new Acts.Act(
                      now,
                      by,
                      EntryPages.address(request),
                      "replay",
                      event.isEmpty() ? "inbox" : event,
                      "%d events; %s".formatted(replayed, wish.detail()));
              acts.write(tx, act);
              return replayed;
            });
    if (count > 0) worker.nudge();
    return Response.seeOther(URI.create(wish.back() + "?done=" + Math.min(count, REPLAY_MAX)))
        .build();
  }

  private InboxViews.Listing read(
      Handle tx, Inbox.Choice choice, String notice, Instant now, SecurityContext security) {
    var rows = view.page(tx, choice, LISTED_MAX);
    var due = refunds.due(tx, LISTED_MAX);
    return new InboxViews.Listing(
        frame("Money in", security),
        notice,
        InboxViews.figures(inbox.depth(tx), view.latency(tx), due.size()),
        rows(view.page(tx, Inbox.Choice.ALL.with(Inbox.Status.DEAD), LISTED_MAX), now),
        filter(choice, rows),
        rows(rows, now),
        due.stream().map(InboxViews::due).toList(),
        withdrawals.open(tx, LISTED_MAX).stream().map(InboxViews::gone).toList(),
        audit.latest(tx).map(InboxViews.Audit::of).orElse(InboxViews.Audit.NONE),
        REPLAY_MAX);
  }

  private InboxViews.Filter filter(Inbox.Choice choice, List<InboxView.Row> rows) {
    var chosen = choice.status().map(InboxViews::word).orElse("");
    var older = "";
    if (rows.size() == LISTED_MAX) {
      older =
          "/admin/inbox?status=%s&type=%s&until=%s"
              .formatted(
                  chosen,
                  URLEncoder.encode(choice.type(), StandardCharsets.UTF_8),
                  rows.getLast().receivedAt());
    }
    return new InboxViews.Filter(
        Stream.of(Inbox.Status.values())
            .map(InboxViews::word)
            .map(it -> new InboxViews.Option(it, it.equals(chosen)))
            .toList(),
        view.types().stream()
            .map(it -> new InboxViews.Option(it, it.equals(choice.type())))
            .toList(),
        !chosen.isEmpty()
            || !choice.type().isEmpty()
            || !choice.until().equals(Inbox.Choice.ALL.until()),
        older);
  }

  private static List<InboxViews.Row> rows(List<InboxView.Row> rows, Instant now) {
    return rows.stream().map(it -> InboxViews.row(it, now)).toList();
  }

  private static String pretty(byte[] raw) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(raw));
    } catch (JsonProcessingException notJson) {
      return new String(raw, StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new IllegalStateException("bytes cannot be read", impossible);
    }
  }

  private static String words(String done) {
    if (!done.matches("[0-9]{1,4}")) return "";
    var count = Integer.parseInt(done);
    return switch (count) {
      case 0 -> "Nothing was replayed: no event is meant, or all of them still wait.";
      case 1 -> "1 event is worked off once more.";
      default -> count + " events are worked off once more.";
    };
  }

  private static Optional<Inbox.Status> status(String word) {
    if (word.isEmpty()) return Optional.empty();
    var status = InboxViews.status(word);
    if (status.isEmpty()) throw new BadInput("status", "one of the list");
    return status;
  }

  private static String word(String field, String text) {
    if (!WORD.matcher(text).matches()) {
      throw new BadInput(field, "letters, digits, points and underscores, such as evt_1");
    }
    return text;
  }

  private static String known(String id) {
    if (!WORD.matcher(id).matches()) throw new NotFoundException();
    return id;
  }

  private static AdminView.Frame frame(String title, SecurityContext security) {
    return new AdminView.Frame(title, "inbox", AdminGate.operator(security).name());
  }
}
