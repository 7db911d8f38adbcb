package urgency.honest;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages, each a pure function of its view; checked against it when the shop is built. */
@CheckedTemplate(basePath = "honest")
final class HonestTemplates {
  private HonestTemplates() {}

  static native TemplateInstance honest(HonestView view);

  static native TemplateInstance why(WhyView view);
}
