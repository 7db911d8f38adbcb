package urgency.engine;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** What everyone may read about the engine. */
@CheckedTemplate(basePath = "engine")
final class PublicTemplates {
  private PublicTemplates() {}

  static native TemplateInstance howWeRank(HowWeRank.View view);
}
