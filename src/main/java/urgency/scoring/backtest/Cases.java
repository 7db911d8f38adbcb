package urgency.scoring.backtest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Chances that were foretold, and whether it came so, gathered over the dates of a protocol. */
final class Cases {
  private static final int CASES_MIN = 1_000;

  private double[] chances = new double[1024];
  private boolean[] hits = new boolean[1024];
  private int count;

  void add(double[] moreChances, boolean[] moreHits) {
    while (count + moreHits.length > hits.length) {
      chances = Arrays.copyOf(chances, chances.length * 2);
      hits = Arrays.copyOf(hits, hits.length * 2);
    }
    System.arraycopy(moreChances, 0, chances, count, moreHits.length);
    System.arraycopy(moreHits, 0, hits, count, moreHits.length);
    count += moreHits.length;
  }

  int count() {
    return count;
  }

  double[] chances() {
    return Arrays.copyOf(chances, count);
  }

  boolean[] hits() {
    return Arrays.copyOf(hits, count);
  }

  double shareOfHits() {
    var found = 0.0;
    for (var hit : hits()) if (hit) found++;
    return count == 0 ? 0 : found / count;
  }

  /** What came in bins of equal count, for a plot. */
  List<Metrics.Bin> bins(int bins) {
    return Metrics.bins(chances(), hits(), bins);
  }

  /** The ECE that chance alone would give here. */
  double eceOfChance(int bins) {
    return Metrics.eceOfChance(chances(), hits(), bins);
  }

  /**
   * Why these are too few to be judged by, if they are.
   *
   * @param eceMax the ECE that they are to keep to
   */
  Optional<String> tooFew(String what, int bins, double eceMax) {
    var chance = eceOfChance(bins);
    if (count >= CASES_MIN && chance <= eceMax) return Optional.empty();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: %d cases are shown and not judged, since chance alone would give an ECE of %.4f."
                + " Next step: add files until there are %d or more, with %.4f or less.",
            what,
            count,
            chance,
            CASES_MIN,
            eceMax));
  }

  /** Adds the figures of calibration, over all cases at once. */
  void tell(Report.Means means, String model, int bins) {
    means.add(model, "Brier", Metrics.brier(chances(), hits()));
    means.add(model, "ECE", Metrics.ece(chances(), hits(), bins));
    means.add(model, "log loss", Metrics.logLoss(chances(), hits()));
  }
}
