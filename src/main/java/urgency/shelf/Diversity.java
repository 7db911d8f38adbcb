package urgency.shelf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import urgency.meaning.Meaning;
import urgency.shelf.Decision.Gate;

/**
 * Picks a shelf that ranks high and is not all alike: maximal marginal relevance (Carbonell and
 * Goldstein, SIGIR 1998), with caps per category and per trend.
 *
 * <p>The next pick has the most {@code merit (1 - w s)}, where {@code s} is the largest likeness to
 * what was picked already and {@code w} the settings' weight: a twin counts {@code 1 - w}. Relative
 * instead of the paper's difference, because values are money and have no fixed scale; near the top
 * of a scale that ends at 100 the two are the same. Those that rest come only where the shelf would
 * stay short, and those that a cap keeps off only where it still would.
 */
final class Diversity {
  private final ShelfSettings settings;
  private final Likeness likeness;

  Diversity(ShelfSettings settings, Likeness likeness) {
    this.settings = settings;
    this.likeness = likeness;
  }

  /** How it is told how alike two products are, 0 to 1. */
  enum Likeness {
    /** By {@link #alike} of their words; for decisions that were made so. */
    WORDS,
    /**
     * Half that, half the cosine of their meanings if it is positive; words alone where the words
     * of either mean nothing to us.
     */
    WORDS_AND_MEANING
  }

  /**
   * @param chosen in order of the pick
   * @param kept off, in order of rank, with the reason
   */
  record Pick(List<Ranked> chosen, Map<Ranked, Gate> kept) {}

  /** How like each is to what was picked; reckoned only for those that come into question. */
  private final class Likest {
    private final List<Ranked> ranked;
    private final int[][] words;
    private final Meaning[] meanings;
    private final double[] most;
    private final int[] compared;
    private final List<Integer> picked = new ArrayList<>();

    Likest(List<Ranked> ranked) {
      this.ranked = ranked;
      this.words = new int[ranked.size()][];
      this.meanings = new Meaning[ranked.size()];
      this.most = new double[ranked.size()];
      this.compared = new int[ranked.size()];
    }

    double of(int i) {
      while (compared[i] < picked.size()) {
        most[i] = Math.max(most[i], alike(i, picked.get(compared[i]++)));
      }
      return most[i];
    }

    private double alike(int one, int other) {
      var inWords = Diversity.alike(words(one), words(other));
      if (likeness == Likeness.WORDS) return inWords;
      var mine = meaning(one);
      var its = meaning(other);
      return mine.known() && its.known()
          ? (inWords + Math.max(0, mine.inMeaning(its))) / 2
          : inWords;
    }

    private int[] words(int i) {
      if (words[i] == null) words[i] = ranked.get(i).candidate().words();
      return words[i];
    }

    private Meaning meaning(int i) {
      if (meanings[i] == null) meanings[i] = ranked.get(i).candidate().meaning();
      return meanings[i];
    }
  }

  Pick pick(List<Ranked> ranked) {
    var likest = new Likest(ranked);
    var state = new Gate[ranked.size()];
    var chosen = new ArrayList<Ranked>(settings.slots());
    var ofCategory = new HashMap<String, Integer>();
    var ofTrend = new HashMap<String, Integer>();
    var taken = new boolean[ranked.size()];
    var resting = false;
    while (chosen.size() < settings.slots()) {
      var best = best(ranked, likest, state, taken, resting);
      if (best < 0 && !resting) {
        resting = true;
        continue;
      }
      if (best < 0) break;
      var it = ranked.get(best);
      var gate = gate(it, ofCategory, ofTrend);
      if (gate != null) {
        state[best] = gate;
        continue;
      }
      taken[best] = true;
      chosen.add(it);
      likest.picked.add(best);
      count(it, ofCategory, ofTrend);
    }
    return filled(ranked, chosen, state, taken);
  }

  // Those that a cap kept off fill what nobody else can, best first.
  private Pick filled(List<Ranked> ranked, List<Ranked> chosen, Gate[] state, boolean[] taken) {
    var kept = new LinkedHashMap<Ranked, Gate>();
    for (var i = 0; i < ranked.size(); i++) {
      var it = ranked.get(i);
      if (taken[i]) continue;
      if (chosen.size() < settings.slots()) {
        chosen.add(it);
      } else {
        kept.put(it, it.resting() ? Gate.RESTING : state[i] == null ? Gate.OUTRANKED : state[i]);
      }
    }
    return new Pick(chosen, kept);
  }

  // Those that rest are left out until they are asked for.
  private int best(
      List<Ranked> ranked, Likest likest, Gate[] state, boolean[] taken, boolean resting) {
    var weight = settings.diversity() / 100.0;
    var best = -1;
    var most = Double.NEGATIVE_INFINITY;
    for (var i = 0; i < taken.length; i++) {
      if (taken[i] || state[i] != null) continue;
      if (ranked.get(i).resting() && !resting) continue;
      var merit = ranked.get(i).merit();
      // Sorted by merit, and likeness only takes away: nothing further down can come first.
      if (best >= 0 && merit < most) break;
      var worth = merit - Math.abs(merit) * weight * likest.of(i);
      if (worth > most) {
        most = worth;
        best = i;
      }
    }
    return best;
  }

  private @Nullable Gate gate(
      Ranked it, Map<String, Integer> ofCategory, Map<String, Integer> ofTrend) {
    if (ofCategory.getOrDefault(it.candidate().product().category(), 0) >= settings.perCategory()) {
      return Gate.CATEGORY_FULL;
    }
    var trend = it.candidate().score().trend();
    return !trend.isEmpty() && ofTrend.getOrDefault(trend, 0) >= settings.perTrend()
        ? Gate.TREND_FULL
        : null;
  }

  private static void count(
      Ranked it, Map<String, Integer> ofCategory, Map<String, Integer> ofTrend) {
    ofCategory.merge(it.candidate().product().category(), 1, Integer::sum);
    var trend = it.candidate().score().trend();
    if (!trend.isEmpty()) ofTrend.merge(trend, 1, Integer::sum);
  }

  /** Jaccard's index of two sets of words, given sorted: shared over all, 0 to 1. */
  static double alike(int[] one, int[] other) {
    if (one.length == 0 || other.length == 0) return 0;
    var shared = 0;
    var i = 0;
    var k = 0;
    while (i < one.length && k < other.length) {
      var order = Integer.compare(one[i], other[k]);
      if (order == 0) shared++;
      if (order <= 0) i++;
      if (order >= 0) k++;
    }
    return shared / (double) (one.length + other.length - shared);
  }

  /** The words of a text as sorted numbers, each once. */
  static int[] words(List<String> texts) {
    return texts.stream()
        .flatMap(it -> Arrays.stream(it.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")))
        .filter(it -> !it.isEmpty())
        .mapToInt(String::hashCode)
        .sorted()
        .distinct()
        .toArray();
  }
}
