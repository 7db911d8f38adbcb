package urgency.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns a score into a chance that keeps the score's order: the non-decreasing steps that fit the
 * known outcomes best, found by pooling adjacent violators. Equal scores get equal chances.
 */
public final class Isotonic {
  private final double[] from;
  private final double[] to;
  private final double[] chances;
  private final List<Step> steps;

  /**
   * A run of scores with one chance.
   *
   * @param hits of its cases, those that came
   */
  public record Step(double from, double to, double hits, double cases) {
    double share() {
      return hits / cases;
    }

    Step with(Step next) {
      return new Step(from, next.to, hits + next.hits, cases + next.cases);
    }
  }

  private Isotonic(List<Step> steps) {
    this.steps = List.copyOf(steps);
    from = steps.stream().mapToDouble(Step::from).toArray();
    to = steps.stream().mapToDouble(Step::to).toArray();
    chances = steps.stream().mapToDouble(Step::share).toArray();
  }

  /** Learns from at least one case; the order of the cases does not matter. */
  public static Isotonic fit(double[] scores, boolean[] outcomes) {
    if (scores.length == 0 || scores.length != outcomes.length) {
      throw new IllegalArgumentException(
          scores.length + " scores, " + outcomes.length + " outcomes");
    }
    var order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> scores[i]))
            .toList();
    var steps = new ArrayList<Step>();
    for (var i : order) {
      var step = new Step(scores[i], scores[i], outcomes[i] ? 1 : 0, 1);
      if (!steps.isEmpty() && steps.getLast().to() == scores[i]) {
        step = steps.removeLast().with(step);
      }
      steps.add(step);
    }
    return new Isotonic(pooled(steps));
  }

  /** What {@link #steps} gave, at least one. */
  public static Isotonic of(List<Step> steps) {
    if (steps.isEmpty()) throw new IllegalArgumentException("no steps");
    return new Isotonic(steps);
  }

  /** What was learnt, in ascending order. */
  public List<Step> steps() {
    return steps;
  }

  /** Between two steps, on the straight line; beyond the first and the last, theirs. */
  public double chance(double score) {
    var above = 0;
    while (above < from.length && from[above] <= score) above++;
    if (above == 0) return chances[0];
    var below = above - 1;
    if (score <= to[below] || above == from.length) return chances[below];
    var share = (score - to[below]) / (from[above] - to[below]);
    return chances[below] + share * (chances[above] - chances[below]);
  }

  private static List<Step> pooled(List<Step> steps) {
    var pooled = new ArrayList<Step>(steps.size());
    for (var next : steps) {
      var step = next;
      while (!pooled.isEmpty() && pooled.getLast().share() >= step.share()) {
        step = pooled.removeLast().with(step);
      }
      pooled.add(step);
    }
    return pooled;
  }
}
