package urgency.claims;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;

/**
 * Closes each day of the record (UTC) with the root of its tree, chained to the day before, so that
 * not one line can be changed, removed or added later without everybody being able to tell.
 */
@Singleton
public final class DaySeals {
  /** How long after midnight a day is closed: a slow transaction may still be writing. */
  static final Duration GRACE = Duration.ofMinutes(5);

  private static final Duration PERIOD = Duration.ofMinutes(5);

  /** A day that is closed. */
  public record Seal(
      LocalDate day, long entries, byte[] root, byte[] previous, byte[] head, Instant sealedAt) {
    public String rootHex() {
      return HexFormat.of().formatHex(root);
    }

    public String headHex() {
      return HexFormat.of().formatHex(head);
    }

    public String previousHex() {
      return HexFormat.of().formatHex(previous);
    }
  }

  private static final String OPEN_DAYS =
      """
      select distinct day
        from claims.entry
       where day < :before
         and day > coalesce((select max(day) from claims.day), '-infinity'::date)
       order by day
      """;

  private static final String SEAL =
      """
      insert into claims.day (day, entries, root, previous, head, sealed_at)
      values (:day, :entries, :root, :previous, :head, :at)
      """;

  private static final String NEWEST =
      """
      select day, entries, root, previous, head, sealed_at
        from claims.day
       where day <= :upTo
       order by day desc
       limit :max
      """;

  private final Database database;

  DaySeals(Database database) {
    this.database = database;
  }

  void start(@Observes StartupEvent started, Jobs jobs) {
    jobs.oneNodeLater("claims.seal", PERIOD, this::seal);
  }

  /** Closes every day that is over and is not closed yet, the oldest first. */
  void seal(Instant now) {
    var before = LocalDate.ofInstant(now.minus(GRACE), ZoneOffset.UTC);
    var days =
        database.read(
            tx -> tx.createQuery(OPEN_DAYS).bind("before", before).mapTo(LocalDate.class).list());
    for (var day : days) database.change(tx -> seal(tx, day, now));
  }

  /** Closed days up to this one, newest first. */
  public List<Seal> newest(Handle tx, LocalDate upTo, int max) {
    return tx.createQuery(NEWEST)
        .bind("upTo", upTo)
        .bind("max", max)
        .map(
            (row, _) ->
                new Seal(
                    row.getObject("day", LocalDate.class),
                    row.getLong("entries"),
                    row.getBytes("root"),
                    row.getBytes("previous"),
                    row.getBytes("head"),
                    row.getObject("sealed_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** The seal of a day, if it is closed. */
  public Optional<Seal> of(Handle tx, LocalDate day) {
    return newest(tx, day, 1).stream().filter(it -> it.day().equals(day)).findFirst();
  }

  private void seal(Handle tx, LocalDate day, Instant now) {
    tx.execute("select pg_advisory_xact_lock(hashtext('claims.seal'))");
    if (of(tx, day).isPresent()) return;
    var tree = DayRecord.tree(day, Long.MAX_VALUE, piece -> piece.read(tx));
    var root = tree.root();
    var previous =
        newest(tx, day.minusDays(1), 1).stream()
            .findFirst()
            .map(Seal::head)
            .orElse(Merkle.BEGINNING);
    tx.createUpdate(SEAL)
        .bind("day", day)
        .bind("entries", tree.size())
        .bind("root", root)
        .bind("previous", previous)
        .bind("head", Merkle.chained(previous, day.toString(), root))
        .bind("at", now.atOffset(ZoneOffset.UTC))
        .execute();
  }
}
