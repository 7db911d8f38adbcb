package urgency.mail;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;

/** The templates of letters; without pictures, and without anything that is fetched from afar. */
@Singleton
final class MailTemplates implements Printer {
  @CheckedTemplate(basePath = "mail")
  static final class Parts {
    private Parts() {}

    static native TemplateInstance letter(LetterView view);

    static native TemplateInstance plain(LetterView view);
  }

  @Override
  public Printed print(LetterView view) {
    return new Printed(Parts.plain(view).render(), Parts.letter(view).render());
  }
}
