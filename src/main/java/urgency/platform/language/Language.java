package urgency.platform.language;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A language the shop's pages are written in. A new one is a line here and a file beside the others
 * in {@code messages}; the tests then name every sentence that is missing.
 */
public enum Language {
  ENGLISH("en", Locale.US, "English"),
  GERMAN("de", Locale.GERMANY, "Deutsch"),
  SPANISH("es", Locale.of("es", "ES"), "Español"),

  /** English in disguise, accented, a third longer and from right to left: it finds flaws. */
  DISGUISE("en-XA", Locale.US, "Ðïšğûïšè");

  private final String tag;
  private final Locale locale;
  private final String title;

  Language(String tag, Locale locale, String title) {
    this.tag = tag;
    this.locale = locale;
    this.title = title;
  }

  /** As in {@code lang} and {@code Accept-Language}, such as {@code de}. */
  public String tag() {
    return tag;
  }

  /** How numbers, amounts and dates are written. */
  public Locale locale() {
    return locale;
  }

  /** Its name in itself. */
  public String title() {
    return title;
  }

  /** {@code ltr} or {@code rtl}. */
  public String direction() {
    return this == DISGUISE ? "rtl" : "ltr";
  }

  /** The language with exactly this tag, in any case. */
  public static Optional<Language> of(String tag) {
    return Arrays.stream(values()).filter(it -> it.tag.equalsIgnoreCase(tag)).findFirst();
  }

  /** Those that people speak. */
  public static List<Language> spoken() {
    return List.of(ENGLISH, GERMAN, SPANISH);
  }
}
