package urgency.scoring;

import java.time.Duration;
import java.util.Optional;
import urgency.demand.Margins;
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
 * @param fees what the payment provider keeps of a sale; empty in what was kept before fees counted
 * @param riskGate whether what a judge of meaning sees a risk in waits for an operator; empty in
 *     what was kept before it could
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
    Optional<Margins.Fees> fees,
    Optional<Boolean> riskGate,
    Duration every,
    Duration keep,
    Duration keepRuns) {

  /** Whether what a judge of meaning sees a risk in waits for an operator. */
  public boolean holdsRisks() {
    return riskGate.orElse(false);
  }

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
        Optional.of(fees(in)),
        Optional.of(
            in.flag(
                "scoring.risk-gate",
                true,
                "Whether what a model sees a risk in waits until an operator approves it.")),
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

  private static Margins.Fees fees(Settings in) {
    return new Margins.Fees(
        in.number(
            "scoring.fee-permille",
            15,
            0,
            500,
            "Thousandths of the price that the payment provider keeps; counts against margin."),
        in.number(
            "scoring.fee-fixed",
            25,
            0,
            10_000,
            "What the provider keeps of a sale besides, in minor units of the currency."));
  }
}
