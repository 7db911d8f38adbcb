package urgency.platform.facts;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;

/**
 * Tells this node what was committed anywhere since it last looked.
 *
 * <p>Identity numbers are given before the commit, so a reader that goes by number alone can pass
 * over a slow transaction. Facts are therefore read by transaction id, and only below the oldest
 * transaction still under way ({@code pg_snapshot_xmin}): whatever is there is complete. A glance
 * costs one index probe, so it is taken several times a second instead of waking every node for
 * every order.
 */
@Singleton
public final class FactRelay {
  private static final Logger LOG = Logger.getLogger(FactRelay.class);
  private static final int BATCH_MAX = 500;
  private static final int EARLY = 1;
  private static final Duration GLANCE = Duration.ofMillis(150);
  private static final Duration TIDY = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofDays(7);

  private static final String NEWEST =
      """
      select coalesce(max(xid), '0'::xid8)::text as xid, coalesce(max(id), 0) as id
        from platform.fact
       where xid < pg_snapshot_xmin(pg_current_snapshot())
      """;

  private static final String SINCE =
      """
      select id, xid::text as xid, kind, body::text as body
        from platform.fact
       where (xid, id) > (:xid::xid8, :id)
         and xid < pg_snapshot_xmin(pg_current_snapshot())
       order by xid, id
       limit :max
      """;

  private record Place(String xid, long id) {}

  private record Row(long id, String xid, String kind, String body) {}

  private final Database database;
  private final Facts facts;
  private Place place = new Place("0", 0);
  private boolean placed;

  FactRelay(Database database, Facts facts) {
    this.database = database;
    this.facts = facts;
  }

  void start(@Observes @Priority(EARLY) StartupEvent event, Jobs jobs) {
    jobs.everyNode("facts.relay", GLANCE, _ -> glance());
    jobs.oneNodeLater("facts.forget", TIDY, this::forget);
  }

  private void forget(Instant now) {
    database.change(
        tx ->
            tx.createUpdate("delete from platform.fact where at < :before")
                .bind("before", now.minus(KEPT).atOffset(ZoneOffset.UTC))
                .execute());
  }

  /** Delivers what is new; called by one job of this node, several times a second. */
  public synchronized void glance() {
    if (!placed) {
      place = database.read(FactRelay::newest);
      placed = true;
    }
    List<Row> rows;
    do {
      rows = database.read(this::since);
      for (var row : rows) {
        place = new Place(row.xid(), row.id());
        deliver(row);
      }
    } while (rows.size() == BATCH_MAX);
  }

  private void deliver(Row row) {
    try {
      facts.deliver(row.kind(), row.body());
    } catch (RuntimeException broken) {
      LOG.errorf(broken, "fact %d (%s) could not be heard", row.id(), row.kind());
    }
  }

  private static Place newest(Handle tx) {
    return tx.createQuery(NEWEST)
        .map((row, _) -> new Place(row.getString("xid"), row.getLong("id")))
        .one();
  }

  private List<Row> since(Handle tx) {
    return tx.createQuery(SINCE)
        .bind("xid", place.xid())
        .bind("id", place.id())
        .bind("max", BATCH_MAX)
        .map(
            (row, _) ->
                new Row(
                    row.getLong("id"),
                    row.getString("xid"),
                    row.getString("kind"),
                    row.getString("body")))
        .list();
  }
}
