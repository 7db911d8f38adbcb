package urgency.scoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import urgency.scoring.Scorer.Candidate;
import urgency.scoring.Scorer.Link;

/**
 * A score taken apart for people. The value is a product of factors, so every share is exact: what
 * the bars add up to is the logarithm of the value, nothing is left over.
 *
 * @param bars in the order of the reckoning
 * @param low orders that come with a chance of 90 % or more
 * @param high orders that come with a chance of 10 % or more
 * @param virality from what would be left without the strongest trend to what there would be if
 *     every trend surely fitted
 * @param urgency at the rates of orders that demand falls below, and exceeds, one time in ten
 * @param age since the rating
 * @param source what the number rests on now
 */
public record Explanation(
    Score score,
    List<Bar> bars,
    int low,
    int high,
    Band virality,
    Band urgency,
    Duration age,
    Score.Source source) {
  private static final double LOW = 0.9;
  private static final double HIGH = 0.1;

  /** The standard normal quantile of 0.9. */
  private static final double Z = 1.2815515655446004;

  /** So many orders behind a rate that it counts as known. */
  private static final double KNOWN = 1e4;

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

  /** From where to where a number from 0 to 100 may well be. */
  public record Band(int low, int high) {
    static Band of(double low, double high) {
      return new Band(percent(Math.min(low, high)), percent(Math.max(low, high)));
    }

    private static int percent(double share) {
      return Math.clamp(Math.round(share * 100), 0, 100);
    }
  }

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
        virality(score, candidate, run),
        urgency(score, candidate, run),
        Duration.between(score.at(), now),
        source(score, candidate, settings, now));
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

  private static Band virality(Score score, Candidate candidate, Runs.Run run) {
    var links = candidate.links();
    if (links.isEmpty()) return new Band(score.virality(), score.virality());
    var correction = run.calibration().orElse(Calibration.PRIOR).breakOut().correction();
    var certain = links.stream().map(it -> new Link(it.trend(), 1, it.method())).toList();
    return Band.of(
        correction.applyAsDouble(TrendOutlook.together(links.subList(1, links.size()))),
        correction.applyAsDouble(TrendOutlook.together(certain)));
  }

  private static Band urgency(Score score, Candidate candidate, Runs.Run run) {
    var closing = TrendOutlook.closing(candidate.links(), run.horizon());
    var shape = 1 / (1 / score.worth() + run.settings().dispersion());
    return Band.of(
        urgency(score, candidate, quantile(shape, -Z) / shape, closing, run),
        urgency(score, candidate, quantile(shape, Z) / shape, closing, run));
  }

  private static double urgency(
      Score score, Candidate candidate, double times, double closing, Runs.Run run) {
    if (candidate.unitsLeft() <= 0) return 1;
    var correction = run.calibration().orElse(Calibration.PRIOR).sellOut().correction();
    var chance =
        new NegativeBinomial(score.expectedOrders() * times, KNOWN).atLeast(candidate.unitsLeft());
    return 1 - (1 - correction.applyAsDouble(chance)) * (1 - closing);
  }

  // Of a gamma variate with scale 1 (Wilson and Hilferty, PNAS 1931).
  private static double quantile(double shape, double z) {
    var root = 1 - 1 / (9 * shape) + z / (3 * StrictMath.sqrt(shape));
    return root <= 0 ? 0 : shape * root * root * root;
  }

  // Without units nothing newer comes, so what is known is the last.
  private static Score.Source source(
      Score score, Candidate candidate, ScoringSettings settings, Instant now) {
    return candidate.unitsLeft() <= 0
        ? Score.Source.LAST
        : score.source(now, settings.every().multipliedBy(RATINGS_MISSED));
  }
}
