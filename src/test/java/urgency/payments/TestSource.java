package urgency.payments;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A provider that can be read: it has the objects, events and sessions that a test puts there. */
final class TestSource implements EventSource {
  private static final int PAGE = 2;

  private final Map<String, JsonNode> objects = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final List<JsonNode> sessions = new CopyOnWriteArrayList<>();
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile boolean down;

  void object(JsonNode object) {
    objects.put(object.path("id").asText(), object);
  }

  /** Later ones are newer. */
  void event(JsonNode event) {
    events.addFirst(event);
  }

  void session(JsonNode session) {
    sessions.addFirst(session);
  }

  void down(boolean down) {
    this.down = down;
  }

  int fetches() {
    return fetches.get();
  }

  @Override
  public Optional<JsonNode> fetch(Kind kind, String id) {
    fetches.incrementAndGet();
    return down ? Optional.empty() : Optional.ofNullable(objects.get(id));
  }

  @Override
  public Optional<Page> events(Instant from, Instant until, String after) {
    return page(events, from, until, after);
  }

  @Override
  public Optional<Page> sessions(Instant from, Instant until, String after) {
    return page(sessions, from, until, after);
  }

  private Optional<Page> page(List<JsonNode> all, Instant from, Instant until, String after) {
    if (down) return Optional.empty();
    Predicate<JsonNode> meant =
        it -> {
          var created = Instant.ofEpochSecond(it.path("created").asLong());
          return !created.isBefore(from) && created.isBefore(until);
        };
    var found = new ArrayList<JsonNode>();
    var begun = after.isEmpty();
    for (var it : all) {
      if (begun && meant.test(it)) found.add(it);
      begun |= it.path("id").asText().equals(after);
    }
    var items = found.subList(0, Math.min(PAGE, found.size()));
    return Optional.of(new Page(items, found.size() > PAGE));
  }
}
