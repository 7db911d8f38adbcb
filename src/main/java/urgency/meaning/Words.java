package urgency.meaning;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes texts apart. A hashtag has no spaces: the likeliest way to read it is found by Viterbi's
 * algorithm over the word table, where a word is the likelier the more frequent it is.
 */
final class Words {
  private static final int LENGTH_MAX = 200;
  private static final int WORD_MAX = 24;

  /** Marks and single signs come first in the table. */
  private static final int FIRST_WORD = 1_996;

  /** Costs in nats: of each word, of gluing a piece to the word before, of a sign nobody knows. */
  private static final double WORD = 4;

  private static final double GLUED = 4;
  private static final double SHORT = 6;
  private static final double UNKNOWN = 30;

  /** Small words are frequent, yet hashtags are made of others: home workout, not homework out. */
  private static final double SMALL = 2;

  /** Where a tag is used says nothing about what it means. */
  private static final Pattern PLACE = Pattern.compile("(?<=..)(oftiktok|ontiktok|tiktok|tok)$");

  private static final Set<String> SMALL_WORDS =
      Set.of(
          "a", "am", "an", "and", "as", "at", "be", "by", "do", "for", "go", "he", "i", "if", "in",
          "is", "it", "me", "my", "no", "of", "on", "or", "out", "so", "the", "to", "up", "us",
          "we", "with", "your");

  /** Said with everything, so they say nothing. */
  private static final Set<String> EMPTY =
      Set.of(
          "tok",
          "tiktok",
          "tik",
          "fyp",
          "foryou",
          "foryoupage",
          "viral",
          "trending",
          "of",
          "the",
          "and",
          "for",
          "with",
          "in",
          "on",
          "my",
          "a",
          "to",
          "at",
          "is",
          "your",
          "check",
          "lover",
          "tutorial",
          "ideas",
          "idea",
          "tips",
          "hacks",
          "hack",
          "recipes",
          "shop",
          "haul",
          "review",
          "finds",
          "musthaves",
          "lovers",
          "gram",
          "tiktokmademebuyit");

  private Words() {}

  /** Lower case, without accents, words of letters and digits. */
  static List<String> of(String text) {
    var folded = fold(text);
    var words = new ArrayList<String>();
    for (var word : folded.split("[^\\p{L}\\p{N}]+", -1)) {
      if (!word.isEmpty()) words.add(word.length() > WORD_MAX ? word.substring(0, WORD_MAX) : word);
    }
    return words;
  }

  /**
   * A hashtag's words, in plain ones where it is slang, without those that say nothing, unless it
   * has no others.
   */
  static List<String> ofHashtag(String tag) {
    var words = new ArrayList<String>();
    for (var part : of(tag)) {
      var plain = Slang.plain(part);
      words.addAll(plain.orElseGet(() -> split(PLACE.matcher(part).replaceFirst(""))));
    }
    var telling = words.stream().filter(it -> !EMPTY.contains(it)).toList();
    return telling.isEmpty() ? words : telling;
  }

  private static String fold(String text) {
    var cut = text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) : text;
    return Normalizer.normalize(cut, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}+", "")
        .toLowerCase(Locale.ROOT);
  }

  /** The likeliest words that a run of letters is made of. */
  static List<String> split(String letters) {
    var table = WordTable.get();
    var n = letters.length();
    var cost = new double[n + 1];
    var from = new int[n + 1];
    var glued = new boolean[n + 1];
    Arrays.fill(cost, Double.POSITIVE_INFINITY);
    cost[0] = 0;
    for (var end = 1; end <= n; end++) {
      for (var start = Math.max(0, end - WORD_MAX); start < end; start++) {
        var piece = letters.substring(start, end);
        var word = wordCost(table, piece) + (SMALL_WORDS.contains(piece) ? SMALL : 0);
        if (cost[start] + word + WORD < cost[end]) {
          cost[end] = cost[start] + word + WORD;
          from[end] = start;
          glued[end] = false;
        }
        if (start == 0) continue;
        var tail = cost(table, "##" + piece, Double.POSITIVE_INFINITY);
        if (cost[start] + tail + GLUED < cost[end]) {
          cost[end] = cost[start] + tail + GLUED;
          from[end] = start;
          glued[end] = true;
        }
      }
    }
    var words = new ArrayList<String>();
    var tail = "";
    for (var end = n; end > 0; end = from[end]) {
      var piece = letters.substring(from[end], end) + tail;
      if (glued[end]) {
        tail = piece;
      } else {
        words.addFirst(piece);
        tail = "";
      }
    }
    return words;
  }

  // Short words are in the table for all languages and every abbreviation: they make no hashtag.
  private static double wordCost(WordTable table, String piece) {
    return switch (piece.length()) {
      case 1 -> UNKNOWN;
      case 2 -> cost(table, piece, UNKNOWN) + SHORT;
      default -> cost(table, piece, Double.POSITIVE_INFINITY);
    };
  }

  // By Zipf's law the chance of the r-th word goes with 1 / r.
  private static double cost(WordTable table, String piece, double otherwise) {
    var number = table.number(piece);
    return number < 0 ? otherwise : StrictMath.log(Math.max(1, number - FIRST_WORD) + 1.0);
  }

  /** The pieces of a word, longest first; none when it cannot be made of pieces. */
  static int[] pieces(String word) {
    var table = WordTable.get();
    var pieces = new int[word.length()];
    var count = 0;
    var start = 0;
    while (start < word.length()) {
      var end = word.length();
      var number = -1;
      while (end > start && number < 0) {
        var piece = word.substring(start, end);
        number = table.number(start == 0 ? piece : "##" + piece);
        if (number < 0) end--;
      }
      if (number < 0) return new int[0];
      pieces[count++] = number;
      start = end;
    }
    return Arrays.copyOf(pieces, count);
  }
}
