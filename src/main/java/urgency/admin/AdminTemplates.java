package urgency.admin;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The operator's pages, each a pure function of its view. */
@CheckedTemplate(basePath = "admin")
public final class AdminTemplates {
  private AdminTemplates() {}

  static native TemplateInstance signIn(AdminView.Entry view);

  static native TemplateInstance now(AdminView.Now view);

  public static native TemplateInstance confirm(AdminView.Confirm view);
}
