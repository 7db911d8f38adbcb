package urgency.shelf;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Gives a place to a product of which little is known, so that the shop learns: Thompson sampling
 * (Thompson, Biometrika 1933) with a logged chance.
 *
 * <p>Demand is Gamma with the shape that the score rests on, so a product with few orders may turn
 * out far better than its mean. In each of a fixed number of rounds every product draws, and the
 * one that would be worth most wins; the share of rounds won is the chance with which it is then
 * chosen, exactly, and goes on record. The same seed gives the same choice on any machine. The draw
 * is by value, whatever the shelf is ranked by: what is learnt about is demand, which is money.
 */
final class Exploration {
  private static final int ROUNDS = 512;
  private static final int ENTRANTS_MAX = 200;

  /** A product, and the chance it had. */
  record Drawn(Ranked ranked, double propensity) {}

  private Exploration() {}

  /** One of those that were kept off, or none when there are none. */
  static Optional<Drawn> draw(List<Ranked> kept, long seed) {
    if (kept.isEmpty()) return Optional.empty();
    var entrants =
        kept.stream()
            .sorted(
                Comparator.comparingDouble(Exploration::hope)
                    .reversed()
                    .thenComparing(it -> it.candidate().product().id()))
            .limit(ENTRANTS_MAX)
            .toList();
    var chance = new Chance(seed);
    var won = new int[entrants.size()];
    for (var round = 0; round < ROUNDS; round++) won[winner(entrants, chance)]++;
    var at = (int) (chance.uniform() * ROUNDS);
    var i = 0;
    while (at >= won[i]) at -= won[i++];
    return Optional.of(new Drawn(entrants.get(i), won[i] / (double) ROUNDS));
  }

  private static int winner(List<Ranked> entrants, Chance chance) {
    var winner = 0;
    var most = Double.NEGATIVE_INFINITY;
    for (var i = 0; i < entrants.size(); i++) {
      var shape = shape(entrants.get(i));
      var worth = entrants.get(i).value() * chance.gamma(shape) / shape;
      if (worth > most) {
        most = worth;
        winner = i;
      }
    }
    return winner;
  }

  // Two standard deviations above the mean: who may win at all.
  private static double hope(Ranked it) {
    return it.value() * (1 + 2 / StrictMath.sqrt(shape(it)));
  }

  private static double shape(Ranked it) {
    return Math.clamp(it.candidate().score().worth(), 0.05, 10_000.0);
  }
}
