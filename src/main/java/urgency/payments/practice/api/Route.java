package urgency.payments.practice.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.wire.Cause;
import urgency.payments.practice.wire.Params;

/**
 * An address of the API and what it does.
 *
 * @param template of the path, with {@code {}} for each id
 */
record Route(String method, String template, Action action) {
  /** What a request asks for, taken apart. */
  record Call(List<String> ids, Params params, Cause cause) {
    String id() {
      return ids.getFirst();
    }
  }

  /** Does it, in the caller's transaction. */
  interface Action {
    ObjectNode act(Handle tx, Call call);
  }

  /** The ids of a path that leads here; empty for any other. */
  Optional<List<String>> ids(String method, List<String> steps) {
    var own = List.of(template.substring(1).split("/"));
    if (!this.method.equals(method) || own.size() != steps.size()) return Optional.empty();
    var ids = new ArrayList<String>();
    for (var i = 0; i < own.size(); i++) {
      if (own.get(i).equals("{}")) {
        ids.add(steps.get(i));
      } else if (!own.get(i).equals(steps.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(ids);
  }
}
