package urgency.engine;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The engine's pages for operators, each a pure function of its view. */
@CheckedTemplate(basePath = "admin/engine")
final class EngineTemplates {
  private EngineTemplates() {}

  static native TemplateInstance products(EngineViews.Products view);

  static native TemplateInstance trends(EngineViews.Trends view);

  static native TemplateInstance sources(SourcesView view);

  static native TemplateInstance judges(JudgesView view);

  static native TemplateInstance call(JudgesView.Call view);

  static native TemplateInstance calibration(CalibrationView view);

  static native TemplateInstance why(WhyView view);

  static native TemplateInstance whatIf(WhyView.Tried tried);
}
