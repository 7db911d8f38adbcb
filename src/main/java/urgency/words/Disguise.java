package urgency.words;

/**
 * Makes English look foreign: accents on every letter, two fifths longer, in brackets. A word that
 * stays plain was not in the message files; a page that breaks was laid out for English.
 */
final class Disguise {
  private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String FOREIGN = "åƀçðéƒğĥîĵķļɱñöþɋŕšţûṽŵẋýžÅƁÇÐÉƑĞĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ";
  private static final int LONGER_PERCENT = 40;
  private static final String FILLING = " one two three four five six seven eight nine ten";

  private Disguise() {}

  /** The same message with its places and tags untouched. */
  static String of(String text) {
    var out = new StringBuilder("⟦");
    var letters = 0;
    var quiet = 0;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '{' || c == '<') quiet++;
      var at = PLAIN.indexOf(c);
      if (quiet == 0 && at >= 0) letters++;
      out.append(quiet == 0 && at >= 0 ? FOREIGN.charAt(at) : c);
      if (c == '}' || c == '>') quiet--;
    }
    var more = (letters * LONGER_PERCENT + 99) / 100;
    for (var i = 0; i < more; i++) out.append(foreign(FILLING.charAt(i % FILLING.length())));
    return out.append('⟧').toString();
  }

  private static char foreign(char c) {
    var at = PLAIN.indexOf(c);
    return at < 0 ? c : FOREIGN.charAt(at);
  }
}
