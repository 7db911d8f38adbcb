package urgency.scoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import urgency.scoring.Scorer.Candidate;
import urgency.statistics.NegativeBinomial;

/**
 * A score taken apart for people. The value is a product of factors, so every share is exact: what
 * the bars add up to is the logarithm of the value, nothing is left over.
 *
 * @param bars in the order of the reckoning
 * @param low orders that come with a chance of 90 % or more
 * @param high orders that come with a chance of 10 % or more
 * @param age since the rating
 * @param source what the number rests on now
 * @param own chance to break out without any trend, before any correction; 0 while not learnt
 */
public record Explanation(
    Score score, List<Bar> bars, int low, int high, Duration age, Score.Source source, double own) {
  private static final double LOW = 0.9;
  private static final double HIGH = 0.1;

  /** After so many missed ratings the last one is called the last. */
  private static final int RATINGS_MISSED = 2;

  public Explanation {
    bars = List.copyOf(bars);
  }

  /**
   * One factor of the value.
   *
   * @param factor what it multiplies the value by; below 1 it lowers it
   * @param percent its share of all that moves the value, 0 to 100
   */
  public record Bar(String name, double nats, double factor, double percent) {}

  /**
   * Takes a score apart.
   *
   * @param candidate what was known of the product
   * @param run the rating that the score comes from
   */
  public static Explanation of(Score score, Candidate candidate, Runs.Run run, Instant now) {
    var settings = run.settings();
    var orders =
        NegativeBinomial.predictive(score.expectedOrders(), score.worth(), settings.dispersion());
    return new Explanation(
        score,
        bars(score.parts()),
        orders.reachedWith(LOW),
        orders.reachedWith(HIGH),
        Duration.between(score.at(), now),
        source(score, candidate, settings, now),
        new BreakOut(run.calibration().orElse(Calibration.PRIOR)).own(candidate.sales(), run.at()));
  }

  private static List<Bar> bars(List<Score.Part> parts) {
    var all = 0.0;
    for (var part : parts) all += Math.abs(part.nats());
    var bars = new ArrayList<Bar>();
    for (var part : parts) {
      var percent = all > 0 ? 100 * Math.abs(part.nats()) / all : 0;
      bars.add(new Bar(part.name(), part.nats(), StrictMath.exp(part.nats()), percent));
    }
    return bars;
  }

  // Without units nothing newer comes, so what is known is the last.
  private static Score.Source source(
      Score score, Candidate candidate, ScoringSettings settings, Instant now) {
    return candidate.unitsLeft() <= 0
        ? Score.Source.LAST
        : score.source(now, settings.every().multipliedBy(RATINGS_MISSED));
  }
}
