package urgency.honest;

import java.util.List;
import java.util.Optional;
import urgency.catalog.Product;
import urgency.claims.Statement;
import urgency.storefront.Frame;
import urgency.storefront.ShelfView;
import urgency.words.Text;

/**
 * Why a shopper sees what a product's card says.
 *
 * @param said what is claimed of it now; empty when nothing is
 * @param record address of today's lines about it
 */
record WhyView(Frame frame, String name, String slug, List<Said> said, String record) {
  static WhyView of(
      Optional<ShelfView.Shown> shown, Product product, List<Statement> standing, String today) {
    return new WhyView(
        Frame.of(
            Text.of("title_why", product.name()),
            Text.of("describes_honest"),
            "none",
            0,
            shown.flatMap(it -> it.cues().countdown())),
        product.name(),
        product.slug(),
        standing.stream()
            .filter(it -> it.product().equals(Optional.of(product.id())))
            .map(it -> Said.of(it.claim()))
            .distinct()
            .toList(),
        today + "?product=" + product.id().value());
  }
}
