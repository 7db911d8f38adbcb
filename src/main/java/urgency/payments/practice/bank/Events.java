package urgency.payments.practice.bank;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import urgency.payments.practice.wire.Cause;
import urgency.payments.practice.wire.Ids;
import urgency.payments.practice.wire.Json;
import urgency.payments.practice.wire.Page;
import urgency.payments.practice.wire.Refusal;

/** What the till has to tell. */
public final class Events {
  private static final String WRITE_DOWN =
      """
      insert into practice.event (id, type, object_id, body, created)
      values (:id, :type, :object_id, :body, :created)
      """;

  private static final String PENDING =
      """
      (select count(*) from practice.delivery d where d.event_id = e.id and d.status <> 'done')
      """;

  private static final String LIST =
      "select body, " + PENDING + " as pending from practice.event e where true ";

  private static final String FIND =
      "select body, " + PENDING + " as pending from practice.event e where id = :id";

  private static final RowMapper<ObjectNode> EVENT =
      (row, _) ->
          Json.parseObject(row.getString("body")).put("pending_webhooks", row.getInt("pending"));

  /**
   * Which events are wanted.
   *
   * @param types empty for all
   * @param delivered whether every endpoint has them; empty for all
   */
  public record Wanted(Set<String> types, Optional<Boolean> delivered) {
    public Wanted {
      types = Set.copyOf(types);
    }
  }

  private final Deliveries deliveries;

  Events(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /** Writes an event down and has it sent, in the transaction of what it tells of. */
  void append(Handle tx, String type, ObjectNode object, Cause cause) {
    append(tx, type, object, Json.empty(), cause);
  }

  /**
   * The same, for a change.
   *
   * @param before what the changed fields were
   */
  void append(Handle tx, String type, ObjectNode object, ObjectNode before, Cause cause) {
    var event = Json.object("event", Ids.fresh("evt_"), cause);
    event.put("api_version", Json.API_VERSION);
    var data = event.putObject("data");
    data.set("object", object);
    if (!before.isEmpty()) data.set("previous_attributes", before);
    var id = event.path("id").asText();
    event
        .putObject("request")
        .put("id", Json.emptyIsNull(cause.request()))
        .put("idempotency_key", Json.emptyIsNull(cause.key()));
    event.put("type", type).put("pending_webhooks", deliveries.endpoints(tx, type));
    tx.createUpdate(WRITE_DOWN)
        .bind("id", id)
        .bind("type", type)
        .bind("object_id", object.path("id").asText())
        .bind("body", event.toString())
        .bind("created", cause.at().atOffset(ZoneOffset.UTC))
        .execute();
    deliveries.send(tx, id, type, cause.at());
  }

  /** Newest first, and one more than asked for when there are more. */
  public List<ObjectNode> list(Handle tx, Wanted wanted, Page page) {
    for (var cursor : List.of(page.after(), page.before())) {
      if (!cursor.isEmpty()) find(tx, cursor);
    }
    var sql = new StringBuilder(LIST);
    if (!wanted.types().isEmpty()) sql.append(" and type = any(:types) ");
    wanted
        .delivered()
        .ifPresent(it -> sql.append(" and ").append(PENDING).append(it ? " = 0 " : " > 0 "));
    var query = tx.createQuery(sql.append(page.clause("practice.event")).toString());
    if (!wanted.types().isEmpty()) {
      query.bindArray("types", String.class, wanted.types().toArray());
    }
    return page.bind(query).map(EVENT).list();
  }

  /**
   * The event of this id.
   *
   * @throws Refusal when there is none
   */
  public ObjectNode find(Handle tx, String id) {
    return tx.createQuery(FIND)
        .bind("id", id)
        .map(EVENT)
        .findOne()
        .orElseThrow(() -> Refusal.noSuch("event", "id", id));
  }
}
