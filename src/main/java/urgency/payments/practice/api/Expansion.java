package urgency.payments.practice.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.bank.Store;
import urgency.payments.practice.wire.Refusal;

/** Puts whole objects in the place of their ids, where a request says {@code expand[]}. */
final class Expansion {
  static final int PATHS_MAX = 20;
  private static final int DEPTH_MAX = 4;

  private Expansion() {}

  /**
   * @param paths such as {@code latest_charge} or {@code data.payment_intent}
   */
  static void expand(Handle tx, Store store, ObjectNode answer, List<String> paths) {
    for (var path : paths) {
      var steps = List.of(path.split("\\.", -1));
      if (steps.size() > DEPTH_MAX) throw cannot(path);
      expand(tx, store, answer, steps, path);
    }
  }

  private static void expand(
      Handle tx, Store store, ObjectNode node, List<String> steps, String path) {
    var name = steps.getFirst();
    var rest = steps.subList(1, steps.size());
    var value = node.path(name);
    if (value instanceof ArrayNode list) {
      for (var it : list) {
        if (it instanceof ObjectNode object && !rest.isEmpty()) {
          expand(tx, store, object, rest, path);
        }
      }
      return;
    }
    if (!node.has(name)) throw cannot(path);
    if (value.isNull()) return;
    JsonNode whole =
        value.isObject() ? value : store.find(tx, value.asText()).orElseThrow(() -> cannot(path));
    node.set(name, whole);
    if (!rest.isEmpty()) expand(tx, store, (ObjectNode) whole, rest, path);
  }

  private static Refusal cannot(String path) {
    return Refusal.invalid("expand", "This property cannot be expanded (%s).".formatted(path));
  }
}
