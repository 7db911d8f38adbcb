package urgency.shelf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import urgency.shelf.Decision.Gate;

/**
 * Picks a shelf that is worth much and not all alike: maximal marginal relevance (Carbonell and
 * Goldstein, SIGIR 1998), with caps per category and per trend.
 *
 * <p>The next pick has the most {@code value (1 - w s)}, where {@code s} is the largest likeness to
 * what was picked already and {@code w} the settings' weight: a twin counts {@code 1 - w}. Relative
 * instead of the paper's difference, because values are money and have no fixed scale. Those that a
 * cap keeps off come back only where the shelf would stay short.
 */
final class Diversity {
  private final ShelfSettings settings;

  Diversity(ShelfSettings settings) {
    this.settings = settings;
  }

  /**
   * @param chosen in order of the pick
   * @param kept off, in order of value, with the reason
   */
  record Pick(List<Ranked> chosen, Map<Ranked, Gate> kept) {}

  Pick pick(List<Ranked> ranked) {
    var words = new int[ranked.size()][];
    for (var i = 0; i < words.length; i++) words[i] = ranked.get(i).candidate().words();
    var likest = new double[ranked.size()];
    var state = new Gate[ranked.size()];
    var chosen = new ArrayList<Ranked>(settings.slots());
    var ofCategory = new HashMap<String, Integer>();
    var ofTrend = new HashMap<String, Integer>();
    var taken = new boolean[ranked.size()];
    while (chosen.size() < settings.slots()) {
      var best = best(ranked, likest, state, taken);
      if (best < 0) break;
      var it = ranked.get(best);
      var gate = gate(it, ofCategory, ofTrend);
      if (gate != null) {
        state[best] = gate;
        continue;
      }
      taken[best] = true;
      chosen.add(it);
      count(it, ofCategory, ofTrend);
      for (var i = 0; i < likest.length; i++) {
        if (!taken[i]) likest[i] = Math.max(likest[i], alike(words[i], words[best]));
      }
    }
    return filled(ranked, chosen, state, taken);
  }

  // Those that a cap kept off fill what nobody else can, most valuable first.
  private Pick filled(List<Ranked> ranked, List<Ranked> chosen, Gate[] state, boolean[] taken) {
    var kept = new LinkedHashMap<Ranked, Gate>();
    for (var i = 0; i < ranked.size(); i++) {
      if (taken[i]) continue;
      if (chosen.size() < settings.slots()) {
        chosen.add(ranked.get(i));
      } else {
        kept.put(ranked.get(i), state[i] == null ? Gate.OUTRANKED : state[i]);
      }
    }
    return new Pick(chosen, kept);
  }

  private int best(List<Ranked> ranked, double[] likest, Gate[] state, boolean[] taken) {
    var weight = settings.diversity() / 100.0;
    var best = -1;
    var most = Double.NEGATIVE_INFINITY;
    for (var i = 0; i < likest.length; i++) {
      if (taken[i] || state[i] != null) continue;
      var value = ranked.get(i).value();
      // Sorted by value, and likeness only takes away: nothing further down can be worth more.
      if (best >= 0 && value < most) break;
      var worth = value - Math.abs(value) * weight * likest[i];
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
