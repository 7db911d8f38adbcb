package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;

/** Every public page of a shop. */
final class Crawl {
  private static final int PAGES_MAX = 200;
  private static final int PAGES_MIN = 40;

  private Crawl() {}

  /** Everything that a link of the shop leads to, without what needs a form. */
  static Set<String> pages(Shop shop) {
    var known =
        new LinkedHashSet<>(
            List.of("/", "/cart", "/orders", "/search", "/honest", "/how-we-rank", "/p/no-such"));
    var open = new ArrayList<>(known);
    while (!open.isEmpty() && known.size() < PAGES_MAX) {
      var answer = shop.get(open.removeFirst(), "Accept", "text/html");
      if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) continue;
      for (var link : Jsoup.parse(answer.body()).select("a[href^=/]").eachAttr("href")) {
        var path = URI.create(link).getPath();
        if (!path.endsWith(".jsonl") && known.add(path)) open.add(path);
      }
    }
    assertThat(known.size()).isGreaterThan(PAGES_MIN);
    return known;
  }
}
