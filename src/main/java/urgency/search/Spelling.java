package urgency.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which known word somebody meant who wrote another. */
final class Spelling {
  private static final int SHORTEST = 3;
  private static final int LONG = 6;

  /** A known word and how many products have it. */
  record Known(String word, int uses) {}

  private Spelling() {}

  /** The nearest known word; empty when none is near enough, or the word is too short to tell. */
  static Optional<String> meant(String written, Collection<Known> known) {
    var allowed = allowed(written);
    return known.stream()
        .filter(it -> distance(written, it.word(), allowed) <= allowed)
        .min(
            Comparator.<Known>comparingInt(it -> distance(written, it.word(), allowed))
                .thenComparing(it -> it.word().charAt(0) != written.charAt(0))
                .thenComparing(Comparator.comparingInt(Known::uses).reversed())
                .thenComparing(Known::word))
        .map(Known::word);
  }

  private static int allowed(String written) {
    if (written.length() < SHORTEST || written.chars().anyMatch(Character::isDigit)) return -1;
    return written.length() >= LONG ? 2 : 1;
  }

  /** The word with each pair of neighbouring letters exchanged, which no trigram recognises. */
  static Set<String> exchanged(String word) {
    var all = new LinkedHashSet<String>();
    for (var i = 0; i + 1 < word.length(); i++) {
      all.add(word.substring(0, i) + word.charAt(i + 1) + word.charAt(i) + word.substring(i + 2));
    }
    all.remove(word);
    return all;
  }

  /**
   * How many letters must be added, left out, replaced, or exchanged with their neighbour (optimal
   * string alignment); more than the maximum is told as one more than it.
   */
  static int distance(String a, String b, int max) {
    if (Math.abs(a.length() - b.length()) > max) return max + 1;
    var rows = new ArrayList<int[]>(List.of(new int[b.length() + 1]));
    for (var j = 0; j <= b.length(); j++) rows.getFirst()[j] = j;
    for (var i = 1; i <= a.length(); i++) {
      var row = new int[b.length() + 1];
      row[0] = i;
      var above = rows.get(i - 1);
      for (var j = 1; j <= b.length(); j++) {
        var same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(above[j] + 1, row[j - 1] + 1), above[j - 1] + same);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], rows.get(i - 2)[j - 2] + 1);
        }
      }
      rows.add(row);
    }
    return rows.getLast()[b.length()];
  }
}
