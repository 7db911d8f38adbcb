package urgency.shelf;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import urgency.catalog.Variant;
import urgency.shelf.Decision.Weighed;

/**
 * A candidate that may be sold, with what the shelf gains by it.
 *
 * @param value in minor units of margin
 * @param weighed what it is ranked by instead of its value, if by anything
 * @param variants those worth selling
 * @param left units of them
 * @param resting whether it was shown too lately to be shown again while others can be
 * @param rank by {@link #merit} alone, from 1
 */
record Ranked(
    Candidate candidate,
    double value,
    Optional<Weighed> weighed,
    List<Variant> variants,
    long left,
    boolean resting,
    int rank) {
  static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparingDouble(Ranked::merit)
          .reversed()
          .thenComparing(it -> it.candidate().product().id());

  // A product is a candidate once; all that is known of it would cost more to hash than to rank.
  @Override
  public int hashCode() {
    return candidate.product().id().hashCode();
  }

  /** What it is ranked by: its value, or its weighted score. */
  double merit() {
    return weighed.isPresent() ? weighed.get().score() : value;
  }

  Ranked at(int place) {
    return new Ranked(candidate, value, weighed, variants, left, resting, place);
  }

  /** Ranked by its weighted score. */
  Ranked weighed(double percentile) {
    var score = candidate.score();
    var weights = Optional.of(new Weighed(percentile, score.virality(), score.urgency()));
    return new Ranked(candidate, value, weights, variants, left, resting, rank);
  }
}
