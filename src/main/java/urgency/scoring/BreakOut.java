package urgency.scoring;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import urgency.catalog.SalesHistory;
import urgency.scoring.Scorer.Candidate;

/**
 * The chance that a product breaks out: that its trends carry it, or that it outgrows its own past
 * by itself. The second counts only in a shop that has learnt it from its own sales.
 */
public final class BreakOut {
  private final Optional<BreakOutHead> learnt;

  public BreakOut(Calibration calibration) {
    learnt = calibration.growth().map(BreakOutHead::of);
  }

  /** {@code b}: by itself; 0 while nothing was learnt, and for what was never sold. */
  public double own(List<SalesHistory.Day> sales, Instant now) {
    if (learnt.isEmpty()) return 0;
    var past = BreakOutHead.past(sales, LocalDate.ofInstant(now, ZoneOffset.UTC));
    if (Arrays.stream(past).allMatch(it -> it == 0)) return 0;
    return learnt.get().chance(BreakOutHead.features(past));
  }

  /** {@code 1 - (1 - T)(1 - b)}, and {@code T} to the bit while nothing was learnt. */
  public static double either(double trends, double own) {
    return own == 0 ? trends : 1 - (1 - trends) * (1 - own);
  }

  /** Both together, before any correction. */
  public double of(Candidate candidate, Instant now) {
    return either(TrendOutlook.together(candidate.links()), own(candidate.sales(), now));
  }
}
