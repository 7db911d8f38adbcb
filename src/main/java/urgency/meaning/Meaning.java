package urgency.meaning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a short text is about: the mean direction of its word pieces, and its runs of three letters
 * for words that no table knows. English only; other languages are near each other only by their
 * letters.
 *
 * <p>Distilling a sentence model into one direction per word piece is the idea of model2vec (Minish
 * Lab, 2024). Sums run in a fixed order, so every machine gives the same bits.
 */
public final class Meaning {
  private static final double BY_MEANING = 0.6;
  private static final double BY_LETTERS = 0.4;
  private static final int GRAM = 3;

  /** In English the last word of a compound is the thing itself: a gaming chair is a chair. */
  private static final double HEAD = 1.3;

  /** Whole numbers, because processors multiply many of them at once, and always alike. */
  private static final int UNIT = 2_047;

  private static final double UNIT_SQUARED = (double) UNIT * UNIT;

  private final short[] direction;
  private final Set<String> grams;

  private Meaning(short[] direction, Set<String> grams) {
    this.direction = direction;
    this.grams = grams;
  }

  /** Of a name, a title, some words. */
  public static Meaning ofText(String text) {
    return of(Words.of(text), 1);
  }

  /** Of a text and hashtags together, in the order given. */
  public static Meaning ofText(String text, Collection<String> hashtags) {
    var words = new ArrayList<>(Words.of(text));
    for (var it : hashtags) words.addAll(Words.ofHashtag(it));
    return of(words, 1);
  }

  /** Of a hashtag, with or without its sign, whose words stand together. */
  public static Meaning ofHashtag(String tag) {
    return of(Words.ofHashtag(tag), HEAD);
  }

  private static Meaning of(List<String> words, double head) {
    var table = WordTable.get();
    var sum = new double[table.width()];
    var grams = new HashSet<String>();
    for (var i = 0; i < words.size(); i++) {
      var weight = i == words.size() - 1 ? head : 1;
      for (var piece : Words.pieces(words.get(i))) table.addTo(sum, piece, weight);
      addGrams(words.get(i), grams);
    }
    // Some write together what others write apart: water colour, watercolour.
    if (words.size() > 1) addGrams(String.join("", words), grams);
    var length = 0.0;
    for (var it : sum) length += it * it;
    length = StrictMath.sqrt(length);
    var direction = new short[sum.length];
    for (var i = 0; i < sum.length && length > 0; i++) {
      direction[i] = (short) StrictMath.rint(sum[i] / length * UNIT);
    }
    return new Meaning(direction, Set.copyOf(grams));
  }

  private static void addGrams(String word, Set<String> grams) {
    var framed = " " + word + " ";
    for (var i = 0; i + GRAM <= framed.length(); i++) grams.add(framed.substring(i, i + GRAM));
  }

  /** How near two texts are, -0.6 to 1: {@code 0.6 cosine of meaning + 0.4 cosine of letters}. */
  public double near(Meaning other) {
    return near(other, -1);
  }

  /** Same, for those who only want to know what is at least as near as this: less is 0. */
  public double near(Meaning other, double min) {
    var meaning = BY_MEANING * inMeaning(other);
    if (meaning + BY_LETTERS < min) return 0;
    var near = meaning + BY_LETTERS * inLetters(other);
    return near < min ? 0 : near;
  }

  /** Whether any of its words is known. */
  public boolean known() {
    for (var it : direction) if (it != 0) return true;
    return false;
  }

  /** Cosine of the two directions, -1 to 1; 0 when either has no known word. */
  public double inMeaning(Meaning other) {
    var sum = 0;
    for (var i = 0; i < direction.length; i++) sum += direction[i] * other.direction[i];
    return sum / UNIT_SQUARED;
  }

  private double inLetters(Meaning other) {
    if (grams.isEmpty() || other.grams.isEmpty()) return 0;
    var shared = 0;
    for (var gram : grams) if (other.grams.contains(gram)) shared++;
    return shared / StrictMath.sqrt((double) grams.size() * other.grams.size());
  }
}
