package urgency.outcomes;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import urgency.scoring.Calibration;
import urgency.scoring.Calibration.Curve;
import urgency.statistics.Isotonic;

/**
 * Learns from own outcomes how the chances of both heads are to be corrected. Pure: the same
 * outcomes give the same curves.
 *
 * <p>A curve must earn its place. It is learnt from the older two thirds of the outcomes and tried
 * on the newest third; only where it makes no more of an error there (Brier) than leaving the
 * chances alone is it learnt from all of them and used. Otherwise the prior stays.
 */
final class Refit {
  /** Fewer own outcomes than this say nothing. */
  static final int CASES_MIN = 200;

  /** So many must have come, and so many must not have. */
  static final int KIND_MIN = 10;

  private Refit() {}

  /**
   * @param curve the prior where nothing better was learnt
   * @param note why, in words
   */
  private record Learnt(Curve curve, String note) {}

  /** A calibration with what came of it in words. */
  record Result(Calibration calibration, String note) {}

  /** Learns from outcomes in the order of edition and product. */
  static Result of(List<Outcome> outcomes, Instant at) {
    var sellOut = learn("sell-out", outcomes, Outcome::rawChance, Outcome::soldOut);
    var known = onceADay(outcomes.stream().filter(it -> it.brokeOut().isPresent()).toList());
    var breakOut =
        learn("break-out", known, Outcome::rawVirality, it -> it.brokeOut().orElse(false));
    return new Result(
        new Calibration(at, sellOut.curve(), breakOut.curve()),
        sellOut.note() + "; " + breakOut.note());
  }

  // All editions of a day share the week that follows, so only the first of them counts.
  static List<Outcome> onceADay(List<Outcome> outcomes) {
    record Day(Object product, long day) {}
    var seen = new HashSet<Day>();
    return outcomes.stream()
        .filter(it -> seen.add(new Day(it.product(), it.openedAt().getEpochSecond() / 86_400)))
        .toList();
  }

  private static Learnt learn(
      String head,
      List<Outcome> outcomes,
      ToDoubleFunction<Outcome> chance,
      Predicate<Outcome> came) {
    var chances = outcomes.stream().mapToDouble(chance).toArray();
    var hits = new boolean[chances.length];
    var count = 0;
    for (var i = 0; i < hits.length; i++) {
      hits[i] = came.test(outcomes.get(i));
      if (hits[i]) count++;
    }
    if (hits.length < CASES_MIN || count < KIND_MIN || hits.length - count < KIND_MIN) {
      return new Learnt(
          Curve.PRIOR,
          "%s: prior, %d outcomes of which %d came are too few"
              .formatted(head, hits.length, count));
    }
    var older = hits.length * 2 / 3;
    var tried = curve(chances, hits, 0, older).correction();
    var before = 0.0;
    var after = 0.0;
    for (var i = older; i < hits.length; i++) {
      var truth = hits[i] ? 1 : 0;
      before += square(chances[i] - truth);
      after += square(tried.applyAsDouble(chances[i]) - truth);
    }
    var said =
        String.format(
            Locale.ROOT,
            "%d outcomes, Brier on the newest third %.4f corrected, %.4f as foretold",
            hits.length,
            after / (hits.length - older),
            before / (hits.length - older));
    return after <= before
        ? new Learnt(curve(chances, hits, 0, hits.length), head + ": own data, " + said)
        : new Learnt(Curve.PRIOR, head + ": prior stays, " + said);
  }

  private static Curve curve(double[] chances, boolean[] hits, int from, int to) {
    var learnt =
        Isotonic.fit(
            java.util.Arrays.copyOfRange(chances, from, to),
            java.util.Arrays.copyOfRange(hits, from, to));
    return new Curve(to - from, learnt.steps());
  }

  private static double square(double it) {
    return it * it;
  }
}
