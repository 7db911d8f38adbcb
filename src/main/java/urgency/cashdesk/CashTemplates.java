package urgency.cashdesk;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages about money, each a pure function of its view. */
@CheckedTemplate(basePath = "cashdesk")
final class CashTemplates {
  private CashTemplates() {}

  static native TemplateInstance orders(OrderViews.Listing view);

  static native TemplateInstance order(OrderViews.One view);

  static native TemplateInstance inbox(InboxViews.Listing view);

  static native TemplateInstance event(InboxViews.One view);

  static native TemplateInstance mail(MailViews.Listing view);
}
