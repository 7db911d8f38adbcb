package urgency.storefront;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages, each a pure function of its view; checked against it when the shop is built. */
@CheckedTemplate(basePath = "storefront")
final class Templates {
  private Templates() {}

  static native TemplateInstance shelf(ShelfView view);

  static native TemplateInstance waiting(ShelfView.Waiting view);

  static native TemplateInstance product(ProductView view);

  static native TemplateInstance search(SearchView view);

  static native TemplateInstance category(SearchView.OfCategory view);

  static native TemplateInstance message(MessagePage.View view);
}
