package urgency.scoring;

import java.time.Duration;
import urgency.platform.settings.Settings;

/**
 * How products are rated.
 *
 * @param horizon how far ahead: from one refresh of the shelf to the next
 * @param halfLife an order this old counts half
 * @param priorExposure how much time on sale the category's average is worth
 * @param dispersion how much demand wobbles beyond chance; 0.02 was measured
 * @param closingWeight what a trend about to close adds to a product's value
 * @param trendWeight nats that a certain break-out adds to the expected orders
 * @param every time between two ratings
 * @param keep how long ratings are kept
 * @param keepRuns how long all that a shelf's rating knew is kept
 */
public record ScoringSettings(
    Duration horizon,
    Duration halfLife,
    Duration priorExposure,
    double dispersion,
    double closingWeight,
    double trendWeight,
    Duration every,
    Duration keep,
    Duration keepRuns) {

  /**
   * Reads the settings of scoring.
   *
   * @param refresh how long a shelf stays, which is how far ahead demand is foretold
   */
  public static ScoringSettings read(Settings in, Duration refresh) {
    return new ScoringSettings(
        refresh,
        in.duration(
            "scoring.half-life",
            Duration.ofDays(7),
            Duration.ofHours(6),
            Duration.ofDays(60),
            "An order this old counts half."),
        in.duration(
            "scoring.prior-exposure",
            Duration.ofHours(12),
            Duration.ofHours(1),
            Duration.ofDays(30),
            "How much time on sale a category's average is worth for a product."),
        in.number(
                "scoring.dispersion-permille",
                20,
                1,
                1000,
                "How much demand wobbles beyond chance.")
            / 1000.0,
        in.number(
                "scoring.closing-percent",
                25,
                0,
                100,
                "What a trend that is about to close adds to a product's value.")
            / 100.0,
        in.number(
                "scoring.trend-percent",
                40,
                0,
                200,
                "How much trends move expected demand; 0 ranks by own sales alone.")
            / 100.0,
        in.duration(
            "scoring.every",
            Duration.ofMinutes(15),
            Duration.ofMinutes(1),
            Duration.ofDays(1),
            "How often products are rated."),
        in.duration(
            "scoring.keep",
            Duration.ofDays(14),
            Duration.ofDays(1),
            Duration.ofDays(400),
            "How long ratings are kept."),
        in.duration(
            "scoring.keep-runs",
            Duration.ofDays(90),
            Duration.ofDays(1),
            Duration.ofDays(400),
            "How long a past shelf can be decided again by bin/replay."));
  }
}
