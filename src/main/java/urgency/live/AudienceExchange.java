package urgency.live;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.catalog.ProductId;
import urgency.platform.sql.Database;

/** Tells the other nodes how many people look at what here, and hears the same from them. */
@Singleton
final class AudienceExchange {
  private static final Duration VALID = Duration.ofSeconds(6);
  // Counts that stay the same are said again before others take them for old.
  private static final Duration SAY_AGAIN = Duration.ofSeconds(4);
  private static final Duration FORGET = Duration.ofMinutes(1);

  private static final String TAKE_BACK =
      "delete from live.audience where node = :node or at < :forget";

  private static final String SAY =
      """
      insert into live.audience (node, product_id, people, at)
      values (:node, :product, :people, :at)
      """;

  private static final String HEAR =
      """
      select product_id, sum(people)::int as people
        from live.audience
       where at > :since
         and node <> :node
       group by product_id
      """;

  private final UUID node = UUID.randomUUID();
  private final Database database;
  private final Audience audience;
  private Map<ProductId, Integer> said = Map.of();
  private Instant saidAt = Instant.MIN;

  AudienceExchange(Database database, Audience audience) {
    this.database = database;
    this.audience = audience;
  }

  /** Says what has changed, and hears what is new. */
  synchronized void exchange(Instant now) {
    var here = audience.here(now);
    var old = !saidAt.plus(SAY_AGAIN).isAfter(now);
    if (!here.equals(said) || (old && !here.isEmpty())) {
      database.change(tx -> say(tx, here, now));
      said = here;
      saidAt = now;
    }
    audience.elsewhere(database.read(tx -> hear(tx, now)));
  }

  private void say(Handle tx, Map<ProductId, Integer> people, Instant now) {
    tx.createUpdate(TAKE_BACK)
        .bind("node", node)
        .bind("forget", now.minus(FORGET).atOffset(ZoneOffset.UTC))
        .execute();
    if (people.isEmpty()) return;
    var batch = tx.prepareBatch(SAY);
    people.forEach(
        (product, count) ->
            batch
                .bind("node", node)
                .bind("product", product.value())
                .bind("people", count)
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .add());
    batch.execute();
  }

  private Map<ProductId, Integer> hear(Handle tx, Instant now) {
    var people = new HashMap<ProductId, Integer>();
    tx.createQuery(HEAR)
        .bind("since", now.minus(VALID).atOffset(ZoneOffset.UTC))
        .bind("node", node)
        .map(
            (row, _) ->
                Map.entry(
                    new ProductId(row.getObject("product_id", UUID.class)), row.getInt("people")))
        .forEach(it -> people.put(it.getKey(), it.getValue()));
    return people;
  }
}
