package urgency.payments.practice.bank;

import java.time.Instant;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.wire.Cause;

/** What time does: closes pages, lets slow money come or fail. */
public final class Clockwork {
  private final Store store;
  private final Schedule schedule;
  private final Sessions sessions;
  private final Intents intents;
  private final Refunds refunds;

  Clockwork(Store store, Schedule schedule, Sessions sessions, Intents intents, Refunds refunds) {
    this.store = store;
    this.schedule = schedule;
    this.sessions = sessions;
    this.intents = intents;
    this.refunds = refunds;
  }

  /** Does what is due; answers how many things moved. */
  public int sweep(Handle tx, Instant now) {
    var cause = Cause.time(now);
    var moved = sessions.expireDue(tx, cause);
    for (var it : schedule.take(tx, now)) {
      moved++;
      if (it.objectId().startsWith("re_")) {
        var refund = store.lock(tx, Refunds.KIND, "refund", it.objectId());
        refunds.ripen(tx, refund, it.what(), cause);
      } else {
        settle(tx, it.objectId(), it.what() == Schedule.What.COMES, cause);
      }
    }
    return moved;
  }

  private void settle(Handle tx, String id, boolean well, Cause cause) {
    var session = sessions.byIntent(tx, id);
    if (session.isPresent()) {
      sessions.settle(tx, session.get(), well, cause);
    } else {
      intents.settle(tx, store.lock(tx, Intents.KIND, "intent", id), well, cause);
    }
  }
}
