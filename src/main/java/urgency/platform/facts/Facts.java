package urgency.platform.facts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import urgency.platform.sql.RoundTrip;
import urgency.platform.sql.RoundTrip.Column;

/**
 * Where facts are written and heard. Writing is part of the writer's transaction; hearing happens
 * on every node soon after the commit, in the order of transactions, at least once.
 */
@Singleton
public final class Facts {
  private static final String WRITE_DOWN =
      """
      insert into platform.fact (kind, body, at)
      select kind, body, ?
        from unnest(?::text[], cast(? as text[])::jsonb[]) with ordinality as it (kind, body, place)
       order by place
      """;

  private final ObjectMapper json;
  private final Map<String, Class<? extends Fact>> kinds = new ConcurrentHashMap<>();
  private final Map<Class<? extends Fact>, List<Consumer<Fact>>> listeners =
      new ConcurrentHashMap<>();

  public Facts(ObjectMapper json) {
    this.json = json;
  }

  /** For tests and tools that run without the application around them. */
  public static Facts standalone() {
    return new Facts(new ObjectMapper().findAndRegisterModules());
  }

  /** Writes facts down in the caller's transaction. */
  public void append(Handle tx, Instant at, List<? extends Fact> facts) {
    var trip = new RoundTrip(tx);
    append(trip, at, facts);
    trip.send();
  }

  /** Same, together with other statements of the caller's transaction. */
  public void append(RoundTrip trip, Instant at, List<? extends Fact> facts) {
    if (facts.isEmpty()) return;
    var kinds = new ArrayList<String>(facts.size());
    var bodies = new ArrayList<String>(facts.size());
    for (var fact : facts) {
      kinds.add(fact.getClass().getSimpleName());
      bodies.add(text(fact));
    }
    trip.change(WRITE_DOWN, facts.size(), at, Column.of("text", kinds), Column.of("text", bodies));
  }

  public void append(Handle tx, Instant at, Fact fact) {
    append(tx, at, List.of(fact));
  }

  /** Hears facts of one kind from now on, on this node. Listeners are quick and never block. */
  public <F extends Fact> void listen(Class<F> kind, Consumer<? super F> listener) {
    kinds.put(kind.getSimpleName(), kind);
    listeners
        .computeIfAbsent(kind, it -> new CopyOnWriteArrayList<>())
        .add(fact -> listener.accept(kind.cast(fact)));
  }

  void deliver(String kind, String body) {
    var type = kinds.get(kind);
    if (type == null) return;
    var fact = parse(body, type);
    listeners.getOrDefault(type, List.of()).forEach(it -> it.accept(fact));
  }

  private String text(Fact fact) {
    try {
      return json.writeValueAsString(fact);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("fact cannot be written: " + fact, impossible);
    }
  }

  private Fact parse(String body, Class<? extends Fact> type) {
    try {
      return json.readValue(body, type);
    } catch (JsonProcessingException unknown) {
      throw new IllegalStateException("fact cannot be read: " + type.getSimpleName(), unknown);
    }
  }
}
