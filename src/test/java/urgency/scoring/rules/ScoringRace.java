package urgency.scoring.rules;

import static urgency.scoring.Goods.NOW;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Measures what rating a full shop costs; run by hand, for docs/benchmarks. */
final class ScoringRace {
  private static final int PRODUCTS = 10_000;
  private static final int ROUNDS = 8;
  private static final double NANOS = 1e9;

  private ScoringRace() {}

  public static void main(String[] arguments) {
    var scorer = RulesScorerTest.scorer(Map.of());
    var candidates = RulesScorerTest.random(PRODUCTS);
    var threads = ManagementFactory.getThreadMXBean();
    for (var round = 1; round <= ROUNDS; round++) {
      var before = threads.getCurrentThreadCpuTime();
      var scores = scorer.score(candidates, NOW, Duration.ofHours(4));
      var took = (threads.getCurrentThreadCpuTime() - before) / NANOS;
      System.out.printf(
          Locale.ROOT, "round %d: %d scores, %.3f CPU s%n", round, scores.size(), took);
    }
  }
}
