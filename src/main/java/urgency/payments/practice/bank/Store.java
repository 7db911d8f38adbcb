package urgency.payments.practice.bank;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.wire.Json;
import urgency.payments.practice.wire.Page;
import urgency.payments.practice.wire.Refusal;

/**
 * Objects in the very words in which Stripe tells them, by id. Sessions have a table of their own,
 * since time acts on them.
 */
public final class Store {
  private static final String ADD =
      """
      insert into practice.object (id, kind, created, note, body)
      values (:id, :kind, :created, :note, :body::jsonb)
          on conflict (id) do nothing
      """;

  private static final String FIND = "select body from practice.object where id = :id";

  private static final String LOCK = FIND + " for update";

  private static final String SAVE =
      "update practice.object set body = :body::jsonb where id = :id";

  private static final String REMOVE = "delete from practice.object where id = :id";

  private static final String NOTE = "select note from practice.object where id = :id";

  private static final String LIST =
      """
      select body
        from practice.object
       where kind = :kind
         and body @> :filter::jsonb
      """;

  private static final String EXISTS =
      "select exists (select from practice.object where id = :id and kind = :kind)";

  /** Keeps a new object. */
  public void add(Handle tx, ObjectNode object) {
    add(tx, object, "");
  }

  /**
   * Keeps a new object, and what is known of it and never told.
   *
   * @param note such as the number of a test card
   */
  public void add(Handle tx, ObjectNode object, String note) {
    tx.createUpdate(ADD)
        .bind("id", object.path("id").asText())
        .bind("kind", object.path("object").asText())
        .bind(
            "created",
            Instant.ofEpochSecond(object.path("created").asLong()).atOffset(ZoneOffset.UTC))
        .bind("note", note)
        .bind("body", object.toString())
        .execute();
  }

  /** Whatever has this id. */
  public Optional<ObjectNode> find(Handle tx, String id) {
    return one(tx, FIND, id);
  }

  /**
   * The object of this kind and id.
   *
   * @param parameter by which it was asked for
   * @throws Refusal when there is none of this kind
   */
  public ObjectNode get(Handle tx, String kind, String parameter, String id) {
    return checked(one(tx, FIND, id), kind, parameter, id);
  }

  /**
   * The same, for a change: nobody else changes it before the transaction ends.
   *
   * @throws Refusal when there is none of this kind
   */
  public ObjectNode lock(Handle tx, String kind, String parameter, String id) {
    return checked(one(tx, LOCK, id), kind, parameter, id);
  }

  public void save(Handle tx, ObjectNode object) {
    tx.createUpdate(SAVE)
        .bind("id", object.path("id").asText())
        .bind("body", object.toString())
        .execute();
  }

  public void remove(Handle tx, String id) {
    tx.createUpdate(REMOVE).bind("id", id).execute();
  }

  /** What is known of it and never told. */
  public String note(Handle tx, String id) {
    return tx.createQuery(NOTE).bind("id", id).mapTo(String.class).findOne().orElse("");
  }

  /**
   * Newest first, and one more than asked for when there are more.
   *
   * @param filter what every object of the list holds
   */
  public List<ObjectNode> list(Handle tx, String kind, ObjectNode filter, Page page) {
    for (var cursor : List.of(page.after(), page.before())) {
      if (!cursor.isEmpty() && !exists(tx, kind, cursor)) {
        var parameter = page.backwards() ? "ending_before" : "starting_after";
        throw Refusal.noSuch(kind, parameter, cursor);
      }
    }
    return page.bind(
            tx.createQuery(LIST + page.clause("practice.object"))
                .bind("kind", kind)
                .bind("filter", filter.toString()))
        .mapTo(String.class)
        .map(Json::parseObject)
        .list();
  }

  private static boolean exists(Handle tx, String kind, String id) {
    return tx.createQuery(EXISTS).bind("kind", kind).bind("id", id).mapTo(Boolean.class).one();
  }

  private static Optional<ObjectNode> one(Handle tx, String sql, String id) {
    return tx.createQuery(sql).bind("id", id).mapTo(String.class).findOne().map(Json::parseObject);
  }

  private static ObjectNode checked(
      Optional<ObjectNode> found, String kind, String parameter, String id) {
    return found
        .filter(it -> it.path("object").asText().equals(kind))
        .orElseThrow(() -> Refusal.noSuch(kind, parameter, id));
  }
}
