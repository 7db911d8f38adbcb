package urgency.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.meaning.Meaning;

/**
 * What resembles what: nearness in meaning of name, tags and description, with a little for the
 * same category. Every pair is compared once per change of the catalogue, never per view.
 */
final class Neighbours {
  static final int MAX = 4;

  private static final double SAME_CATEGORY = 0.15;
  private static final double MIN = 0.3;

  private record Near(int other, double nearness) {}

  private Neighbours() {}

  static Map<ProductId, List<ProductId>> of(List<Product> products) {
    var meanings = products.stream().map(it -> Meaning.ofText(text(it))).toList();
    var nearest = new ArrayList<List<Near>>();
    for (var _ : products) nearest.add(new ArrayList<>(MAX + 1));
    for (var i = 0; i < products.size(); i++) {
      for (var j = i + 1; j < products.size(); j++) {
        var near = meanings.get(i).inMeaning(meanings.get(j));
        if (products.get(i).category().equals(products.get(j).category())) near += SAME_CATEGORY;
        if (near < MIN) continue;
        keep(nearest.get(i), new Near(j, near));
        keep(nearest.get(j), new Near(i, near));
      }
    }
    var all = new HashMap<ProductId, List<ProductId>>();
    for (var i = 0; i < products.size(); i++) {
      var ids = nearest.get(i).stream().map(it -> products.get(it.other()).id()).toList();
      all.put(products.get(i).id(), ids);
    }
    return all;
  }

  private static void keep(List<Near> list, Near near) {
    var at = list.size();
    while (at > 0 && list.get(at - 1).nearness() < near.nearness()) at--;
    if (at >= MAX) return;
    list.add(at, near);
    if (list.size() > MAX) list.removeLast();
  }

  private static String text(Product product) {
    return product.name() + " " + String.join(" ", product.tags()) + " " + product.description();
  }
}
