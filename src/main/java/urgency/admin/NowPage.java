package urgency.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import urgency.operators.Acts;
import urgency.orders.OrderStatus;
import urgency.orders.Orders;
import urgency.payments.Inbox;
import urgency.platform.sql.Database;
import urgency.trends.SourceHealth;
import urgency.trends.SourceHealth.Circuit;
import urgency.trends.SourceHealths;

/** What needs a person now, and what operators did last. */
@Singleton
@Path("/admin")
@RunOnVirtualThread
final class NowPage {
  private static final int ACTS_MAX = 50;

  private final Orders orders;
  private final Inbox inbox;
  private final Acts acts;
  private final SourceHealths sources;
  private final Database database;
  private final InstantSource clock;

  NowPage(
      Orders orders,
      Inbox inbox,
      Acts acts,
      SourceHealths sources,
      Database database,
      InstantSource clock) {
    this.orders = orders;
    this.inbox = inbox;
    this.acts = acts;
    this.sources = sources;
    this.database = database;
    this.clock = clock;
  }

  // Left alone, not understood, or understood and hard to believe.
  private static int odd(List<SourceHealth> sources) {
    return (int)
        sources.stream()
            .filter(
                it ->
                    it.circuit() == Circuit.OPEN
                        || it.result().equals("Drift")
                        || !it.suspect().isEmpty())
            .count();
  }

  @GET
  @Produces(EntryPages.HTML)
  @Operation(hidden = true)
  public String show(@Context SecurityContext security) {
    var frame = new AdminView.Frame("Now", "now", AdminGate.operator(security).name());
    var view =
        database.read(
            tx -> {
              var people = orders.forPeople(tx);
              return new AdminView.Now(
                  frame,
                  people.getOrDefault(OrderStatus.QUARANTINED, 0),
                  people.getOrDefault(OrderStatus.REFUND_FAILED, 0),
                  Math.toIntExact(inbox.depth(tx).dead()),
                  odd(sources.all(tx, clock.instant())),
                  acts.latest(tx, ACTS_MAX).stream().map(AdminView.Act::of).toList());
            });
    return AdminTemplates.now(view).render();
  }
}
