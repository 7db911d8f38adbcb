package urgency.purchase;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages, each a pure function of its view; checked against it when the shop is built. */
@CheckedTemplate(basePath = "purchase")
final class PurchaseTemplates {
  private PurchaseTemplates() {}

  static native TemplateInstance cart(CartView view);

  static native TemplateInstance checkout(CartView view);

  static native TemplateInstance order(OrderView view);

  static native TemplateInstance orders(OrderView.Listing view);

  static native TemplateInstance receipt(ReceiptView view);

  static native TemplateInstance cancel(ExitView view);

  static native TemplateInstance withdraw(ExitView view);

  static native TemplateInstance withdrawn(ExitView.Received view);
}
