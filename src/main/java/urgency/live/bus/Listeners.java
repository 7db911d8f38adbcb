package urgency.live.bus;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import urgency.live.LiveBus;

/** Who hears what on this node. A listener that fails does not keep the others from hearing. */
final class Listeners {
  private static final Logger LOG = Logger.getLogger(Listeners.class);

  private final Map<String, List<Consumer<String>>> byTopic = new ConcurrentHashMap<>();

  void add(String topic, Consumer<String> listener) {
    byTopic.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>()).add(listener);
  }

  void clear() {
    byTopic.clear();
  }

  void tell(String topic, String text) {
    for (var listener : byTopic.getOrDefault(topic, List.of())) {
      try {
        listener.accept(text);
      } catch (RuntimeException broken) {
        LOG.errorf(broken, "a listener could not take news of %s", topic);
      }
    }
  }

  static void check(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LiveBus.TEXT_MAX) {
      throw new IllegalArgumentException(
          "%d bytes are too many for the bus, which takes %d".formatted(bytes, LiveBus.TEXT_MAX));
    }
  }
}
