package urgency.payments.practice.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.bank.Store;
import urgency.payments.practice.wire.Json;
import urgency.payments.practice.wire.Page;
import urgency.payments.practice.wire.Params;

/** Lists in Stripe's envelope, newest first. */
final class Lists {
  private Lists() {}

  /**
   * @param found one more than the page has, when there are more
   */
  static ObjectNode of(String url, List<ObjectNode> found, Page page) {
    var shown = found.subList(0, Math.min(page.max(), found.size()));
    return Json.list(url, page.backwards() ? shown.reversed() : shown, found.size() > page.max());
  }

  /**
   * Of what the store keeps.
   *
   * @param filters names of fields by which the caller may narrow it
   */
  static ObjectNode of(
      Handle tx, Store store, String url, String kind, Params query, String... filters) {
    var filter = Json.empty();
    for (var name : filters) {
      if (!query.has(name)) continue;
      if (name.equals("active")) {
        filter.put(name, query.flag(name));
      } else {
        filter.put(name, query.required(name, 255));
      }
    }
    var page = Page.read(query);
    return of(url, store.list(tx, kind, filter, page), page);
  }
}
