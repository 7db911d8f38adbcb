package urgency.shelf;

import java.util.Comparator;
import java.util.List;
import urgency.catalog.Variant;

/**
 * A candidate that may be sold, with what the shelf gains by it.
 *
 * @param variants those worth selling
 * @param left units of them
 * @param rank by value alone, from 1
 */
record Ranked(Candidate candidate, double value, List<Variant> variants, long left, int rank) {
  static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparingDouble(Ranked::value)
          .reversed()
          .thenComparing(it -> it.candidate().product().id());

  // A product is a candidate once; all that is known of it would cost more to hash than to rank.
  @Override
  public int hashCode() {
    return candidate.product().id().hashCode();
  }

  Ranked at(int place) {
    return new Ranked(candidate, value, variants, left, place);
  }
}
