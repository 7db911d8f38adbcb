package urgency.words;

import java.util.Set;
import urgency.platform.language.Language;

/** The form a noun takes beside a whole number (CLDR 48, cardinal rules). */
enum Plural {
  ONE,
  MANY,
  OTHER;

  private static final long MILLION = 1_000_000;

  static Plural of(Language language, long count) {
    var n = Math.absExact(count);
    return switch (language) {
      case ENGLISH, GERMAN, DISGUISE -> n == 1 ? ONE : OTHER;
      case SPANISH -> n == 1 ? ONE : n != 0 && n % MILLION == 0 ? MANY : OTHER;
    };
  }

  /** The forms in which a counted sentence of this language must be written. */
  static Set<Plural> needed(Language language) {
    return switch (language) {
      case ENGLISH, GERMAN, DISGUISE -> Set.of(ONE, OTHER);
      case SPANISH -> Set.of(ONE, MANY, OTHER);
    };
  }
}
