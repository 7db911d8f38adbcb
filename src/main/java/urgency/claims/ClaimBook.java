package urgency.claims;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import urgency.claims.Statement.Place;
import urgency.platform.sql.Database;

/**
 * Puts on record what this node claims, before it does. A line is written when a statement begins,
 * changes or ends, not when somebody sees it: a page that is rendered once is claimed once.
 *
 * <p>Never on a request's way: pages are rendered by a job, and it is the job that waits.
 */
@Singleton
public final class ClaimBook {
  private static final int NODE_DIGITS = 8;

  private static final String WRITE =
      """
      insert into claims.entry (day, product_id, line)
      values (:day, cast(:product as uuid), :line)
      """;

  private static final String FIRST_SHOWN =
      "insert into claims.ending (event, ends_at) values (:event, :ends) on conflict do nothing";

  private final Database database;
  private final String node = UUID.randomUUID().toString().substring(0, NODE_DIGITS);
  private final Map<String, Map<Place, Statement>> standing = new HashMap<>();

  public ClaimBook(Database database) {
    this.database = database;
  }

  /**
   * From now on these statements, and no others, are made in this place of the shop.
   *
   * @param where such as {@code shelf}; other places are not touched
   * @return how many lines that took
   * @throws RuntimeException when it cannot be written; then nothing may be shown
   */
  public synchronized int state(String where, Collection<Statement> statements, Instant now) {
    var next = new LinkedHashMap<Place, Statement>();
    for (var it : statements) next.put(it.place(), it);
    var before = standing.getOrDefault(where, Map.of());
    var lines = new ArrayList<Statement.Line>();
    before.forEach(
        (place, old) -> {
          if (!next.containsKey(place)) lines.add(old.line(now, node, true));
        });
    next.forEach(
        (place, it) -> {
          if (!same(before.get(place), it)) lines.add(it.line(now, node, false));
        });
    if (!lines.isEmpty()) database.change(tx -> write(tx, now, lines));
    standing.put(where, next);
    return lines.size();
  }

  /** Writes down what was true for a moment and does not stand, such as a count of people. */
  public void note(Collection<Statement> statements, Instant now) {
    if (statements.isEmpty()) return;
    var lines = statements.stream().map(it -> it.line(now, node, false)).toList();
    database.change(tx -> write(tx, now, lines));
  }

  /**
   * The end of a countdown as it was first shown anywhere; this one, if it was not shown before.
   *
   * @param event such as {@code edition 812}
   */
  public Instant firstShown(Handle tx, String event, Instant ends) {
    tx.createUpdate(FIRST_SHOWN)
        .bind("event", event)
        .bind("ends", ends.atOffset(ZoneOffset.UTC))
        .execute();
    return tx.createQuery("select ends_at from claims.ending where event = :event")
        .bind("event", event)
        .mapTo(OffsetDateTime.class)
        .one()
        .toInstant();
  }

  /** What stands now on this node, in the order in which it was stated. */
  public synchronized List<Statement> standing() {
    var all = new ArrayList<Statement>();
    standing.values().forEach(it -> all.addAll(it.values()));
    return all;
  }

  private static boolean same(@Nullable Statement before, Statement now) {
    return before != null && before.claim().equals(now.claim());
  }

  private static void write(Handle tx, Instant now, List<Statement.Line> lines) {
    var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    var batch = tx.prepareBatch(WRITE);
    for (var it : lines) {
      batch
          .bind("day", day)
          .bind("product", Optional.of(it.product()).filter(id -> !id.isEmpty()))
          .bind("line", Lines.write(it))
          .add();
    }
    batch.execute();
  }
}
