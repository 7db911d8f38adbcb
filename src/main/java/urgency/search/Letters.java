package urgency.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Texts as words that can be compared: lower case, without accents, letters and digits only.
 * Scripts that write no spaces are cut into pairs of signs.
 */
final class Letters {
  private static final int TEXT_MAX = 4_000;
  private static final int WORD_MAX = 32;

  private Letters() {}

  /** The words of a text in order, at most this many. */
  static List<String> words(String text, int max) {
    var words = new ArrayList<String>();
    var folded = folded(text);
    var word = new StringBuilder();
    for (var at = 0; at < folded.length() && words.size() < max; ) {
      var sign = folded.codePointAt(at);
      at += Character.charCount(sign);
      if (Character.isLetterOrDigit(sign)) {
        word.appendCodePoint(sign);
      } else if (sign != '\'' && sign != '’') {
        end(word, words);
      }
    }
    if (words.size() < max) end(word, words);
    return words.size() > max ? List.copyOf(words.subList(0, max)) : List.copyOf(words);
  }

  private static void end(StringBuilder word, List<String> words) {
    if (word.isEmpty()) return;
    var whole = word.toString();
    word.setLength(0);
    var signs = whole.codePoints().toArray();
    if (signs.length > 2 && spaceless(signs[0])) {
      for (var i = 0; i + 1 < signs.length; i++) words.add(new String(signs, i, 2));
    } else {
      words.add(new String(signs, 0, Math.min(signs.length, WORD_MAX)));
    }
  }

  private static boolean spaceless(int sign) {
    return switch (UnicodeScript.of(sign)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }

  /** Lower case, without accents; what a keyboard lacks is written as two letters. */
  static String folded(String text) {
    var cut = text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text;
    var apart = Normalizer.normalize(cut, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    var out = new StringBuilder(apart.length());
    for (var at = 0; at < apart.length(); ) {
      var sign = apart.codePointAt(at);
      at += Character.charCount(sign);
      switch (sign) {
        case 'ß' -> out.append("ss");
        case 'æ' -> out.append("ae");
        case 'œ' -> out.append("oe");
        case 'þ' -> out.append("th");
        case 'ø' -> out.append('o');
        case 'đ', 'ð' -> out.append('d');
        case 'ł' -> out.append('l');
        case 'ı' -> out.append('i');
        default -> {
          if (!isAccent(sign)) out.appendCodePoint(sign);
        }
      }
    }
    return out.toString();
  }

  private static boolean isAccent(int sign) {
    return Character.getType(sign) == Character.NON_SPACING_MARK
        && UnicodeScript.of(sign) == UnicodeScript.INHERITED;
  }
}
