package urgency.judging;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Text from catalogues and trends, made harmless before a model reads it, and looked at for what
 * speaks to the reader instead of about a product.
 */
public final class PlainText {
  private static final int RAW_MAX = 4_000;
  private static final Pattern TAG = Pattern.compile("<[^<>]{0,200}>");
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)\\b(?:https?://|www\\.)\\S{0,300}|\\S{1,64}@\\S{1,120}|@[\\w.]{2,40}");
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

  /**
   * Words that command, and names that only one who knows the judge would say, in the languages
   * that were tried. It cannot catch everything and need not: what a judge can do is bounded.
   */
  private static final Pattern COMMANDING =
      Pattern.compile(
          String.join(
              "|",
              "\\b(?:ignore|disregard|forget|override|bypass)\\b.{0,40}"
                  + "\\b(?:instruction|previous|above|rule|prompt|everything|all\\b)",
              "\\b(?:system|assistant|developer|user)\\s*(?:prompt|message|:|>|\\])",
              "\\byou are (?:now |an? )?(?:ai|assistant|judge|model|grader)\\b|\\bas an ai\\b",
              "\\b(?:your (?:task|instructions|rubric)|this product (?:must|deserves|should))\\b",
              "\\b(?:rate|score|rank|judge|grade|assign|respond|output|answer|return)\\b.{0,40}"
                  + "\\b(?:highest|maximum|max|perfect|best|full|four|4|fit|confidence|points|json)"
                  + "\\b",
              "\\b(?:highest|maximum|max|perfect|full)\\b.{0,20}"
                  + "\\b(?:scores?|marks?|points|rating)\\b",
              "\\b(?:fit|audience|demonstrable|timing|confidence|suspicious)\\W{0,4}[=:]?\\s*"
                  + "(?:[0-9]|true|false|max|four)",
              "\\b(?:want|sure|odd)\\W{0,2}[=:]\\s*(?:[0-9]|true|false)",
              "\\bp\\d\\d\\b|[{}]|```|\\\\n|\\\\u[0-9a-f]{4}|\\[/?inst",
              "\\b(?:ignorier|vergiss|bewert|missachte|anweisung|hochstpunkt|hoechstpunkt)",
              "\\b(?:ignor(?:a|e|ez|ar|ieren)|olvida|oublie|dimentica|esque(?:ce|ca))\\b",
              "\\b(?:instruc(?:cion|tion|oe|ao)|istruzion|puntuacion|puntaje|calificacion|"
                  + "pontuacao|punteggio|note maximale|nota maxima|voto massimo)",
              "\\b(?:zignoruj|ocen|polecen|talimat|yoksay|puan|abaikan|instruksi|skor(?!t))",
              "игнорир|забудь|инструкц|оцен|балл(?:ов|а)?(?![а-я])",
              "忽略|无视|無視|指示|指令|评分|評分|评为|满分|滿分|スコア|評価|採点|命令|무시|지시|점수|평가",
              "تجاهل|تعليمات|درجة|قيم|निर्देश|अनदेखा|अंक|रेटिंग|התעלם|הוראות|ציון"),
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private static final Pattern CIPHER =
      Pattern.compile(
          "\\b(?=[a-z0-9+/_-]*[A-Z])(?=[A-Z0-9+/_-]*[a-z])(?=[A-Za-z]*[0-9+/])"
              + "[A-Za-z0-9+/_-]{20,}");
  private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2}\\s?){12,}");

  private PlainText() {}

  /** Without markup, addresses, handles and whatever the eye does not see; cut at a length. */
  public static String of(String raw, int max) {
    var cut = raw.length() > RAW_MAX ? raw.substring(0, RAW_MAX) : raw;
    var plain = new StringBuilder(cut.length());
    var text = ADDRESS.matcher(TAG.matcher(normal(cut)).replaceAll(" ")).replaceAll(" ");
    text.codePoints().filter(PlainText::isSeen).forEach(plain::appendCodePoint);
    var tidy = BLANKS.matcher(plain).replaceAll(" ").strip();
    if (tidy.codePointCount(0, tidy.length()) <= max) return tidy;
    return tidy.substring(0, tidy.offsetByCodePoints(0, max)).strip();
  }

  /** What in a text, if anything, speaks to whoever reads it. */
  public static Optional<String> commanding(String text) {
    for (var form : List.of(Letters.folded(text), text)) {
      var found = COMMANDING.matcher(form);
      if (found.find()) return Optional.of("commands: " + found.group());
    }
    if (CIPHER.matcher(text).find() || HEX.matcher(text).find()) return Optional.of("cipher");
    return Letters.mixesAlphabets(text)
        ? Optional.of("alphabets mixed in a word")
        : Optional.empty();
  }

  /** Same over all texts of a subject, one by one and one after the other. */
  static Optional<String> commanding(Subject subject) {
    for (var text : subject.texts()) {
      var found = commanding(text);
      if (found.isPresent()) return found;
    }
    return commanding(String.join(" ", subject.texts()));
  }

  // Unpaired halves of characters would not survive the way.
  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  private static boolean isSeen(int point) {
    if (point == ' ' || point == '\n' || point == '\t') return true;
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> !isFiller(point);
    };
  }

  // Letters and marks by class, blank to the eye.
  private static boolean isFiller(int point) {
    return point == 0x115F
        || point == 0x1160
        || point == 0x3164
        || point == 0xFFA0
        || point == 0x034F
        || (point >= 0xFE00 && point <= 0xFE0F)
        || (point >= 0xE0100 && point <= 0xE01EF);
  }

  /** Letters, told apart and brought together. */
  private static final class Letters {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    // Cyrillic and Greek letters that look like Latin ones, and the digits people write for
    // letters.
    private static final String LIKE = "аАсСеЕоОрРхХуУіІѕЅјЈԁһӏαεοριντκυΑΒΕΖΗΙΚΜΝΟΡΤΥΧВКМНТ0135$!|";
    private static final String LATIN =
        "aacceeooppxxuuiissjjdhlaeopivtkuabezhikmnoptyxbkmhtoiessil";

    /** Small, without accents, look-alikes as what they look like in words that mix them. */
    static String folded(String text) {
      var bare = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
      var mixed = new StringBuilder();
      var words = WORD.matcher(bare);
      var last = 0;
      while (words.find()) {
        mixed.append(bare, last, words.start());
        mixed.append(isMixed(words.group()) ? latin(words.group()) : words.group());
        last = words.end();
      }
      return mixed.append(bare, last, bare.length()).toString().toLowerCase(Locale.ROOT);
    }

    static boolean mixesAlphabets(String text) {
      var words = WORD.matcher(text);
      while (words.find()) {
        if (isMixed(words.group()) && scripts(words.group()) > 1) return true;
      }
      return false;
    }

    private static boolean isMixed(String word) {
      return scripts(word) > 1 || word.matches(".*\\p{L}[013$].*\\p{L}.*");
    }

    // Latin, Cyrillic and Greek only: Japanese mixes its own, and that is how it is written.
    private static long scripts(String word) {
      return word.codePoints()
          .mapToObj(Character.UnicodeScript::of)
          .filter(
              it ->
                  it == Character.UnicodeScript.LATIN
                      || it == Character.UnicodeScript.CYRILLIC
                      || it == Character.UnicodeScript.GREEK)
          .distinct()
          .count();
    }

    private static String latin(String word) {
      var latin = new StringBuilder();
      word.codePoints()
          .forEach(
              it -> {
                var at = LIKE.indexOf(it);
                latin.appendCodePoint(at < 0 ? it : LATIN.codePointAt(at));
              });
      return latin.toString();
    }
  }
}
