package urgency.scoring.backtest;

import java.util.ArrayList;
import java.util.List;
import urgency.statistics.Ranks;

/**
 * How good scores were, once the outcomes are known. Items stand in ascending order of their ids;
 * where two scores are equal the smaller id goes first, so every figure has one value.
 */
final class Metrics {
  /** Chances nearer to 0 or 1 than this are moved there before their logarithm is taken. */
  private static final double CHANCE_MIN = 1e-6;

  /** Cases of neighbouring chances: how many, what was foretold on average, and what came. */
  record Bin(int cases, double foretold, double came) {}

  private Metrics() {}

  /** Positions of the items, best first: by score descending, then by id ascending. */
  static int[] order(double[] scores) {
    return Ranks.order(scores);
  }

  /** The items with the highest values, {@code ceil(share n)} of them. */
  static boolean[] top(double[] values, double share) {
    return Ranks.top(values, share);
  }

  /** Spearman's rank correlation, equal values sharing their average rank; 0 without spread. */
  static double rho(double[] a, double[] b) {
    var ranksA = ranks(a);
    var ranksB = ranks(b);
    var mean = (a.length + 1) / 2.0;
    var both = 0.0;
    var spreadA = 0.0;
    var spreadB = 0.0;
    for (var i = 0; i < a.length; i++) {
      both += (ranksA[i] - mean) * (ranksB[i] - mean);
      spreadA += (ranksA[i] - mean) * (ranksA[i] - mean);
      spreadB += (ranksB[i] - mean) * (ranksB[i] - mean);
    }
    return spreadA == 0 || spreadB == 0 ? 0 : both / StrictMath.sqrt(spreadA * spreadB);
  }

  /** Ranks from 1 for the lowest; equal values share the average of theirs. */
  static double[] ranks(double[] values) {
    return Ranks.of(values);
  }

  /** Share of the {@code size} best by score that are among the {@code size} best by gain. */
  static double precision(double[] scores, double[] gains, int size) {
    var best = new boolean[gains.length];
    var ideal = order(gains);
    var shelf = Math.min(size, gains.length);
    for (var i = 0; i < shelf; i++) best[ideal[i]] = true;
    return precision(scores, best, size);
  }

  /** Share of the {@code size} best by score that are hits. */
  static double precision(double[] scores, boolean[] hits, int size) {
    var chosen = order(scores);
    var shelf = Math.min(size, scores.length);
    var found = 0;
    for (var i = 0; i < shelf; i++) if (hits[chosen[i]]) found++;
    return shelf == 0 ? 0 : found / (double) shelf;
  }

  /** What the {@code size} best by score gain, as a share of what the best by gain would. */
  static double idealShare(double[] scores, double[] gains, int size) {
    return share(scores, gains, size, false);
  }

  /** As the ideal share, but place {@code i} weighs {@code 1 / log2(i + 1)}. */
  static double ndcg(double[] scores, double[] gains, int size) {
    return share(scores, gains, size, true);
  }

  private static double share(double[] scores, double[] gains, int size, boolean discounted) {
    var chosen = order(scores);
    var ideal = order(gains);
    var got = 0.0;
    var possible = 0.0;
    for (var i = 0; i < Math.min(size, gains.length); i++) {
      var weight = discounted ? StrictMath.log(2) / StrictMath.log(i + 2.0) : 1;
      got += weight * gains[chosen[i]];
      possible += weight * gains[ideal[i]];
    }
    return possible == 0 ? 0 : got / possible;
  }

  /** Chance that a hit outranks a miss, a tie counting half; 0.5 when one kind is absent. */
  static double auc(double[] scores, boolean[] hits) {
    var ranks = ranks(scores);
    var sum = 0.0;
    var count = 0.0;
    for (var i = 0; i < hits.length; i++) {
      if (!hits[i]) continue;
      sum += ranks[i];
      count++;
    }
    var misses = hits.length - count;
    return count == 0 || misses == 0 ? 0.5 : (sum - count * (count + 1) / 2) / (count * misses);
  }

  /** Mean over the hits of the precision down to each of them. */
  static double averagePrecision(double[] scores, boolean[] hits) {
    var order = order(scores);
    var found = 0;
    var sum = 0.0;
    for (var i = 0; i < order.length; i++) {
      if (!hits[order[i]]) continue;
      found++;
      sum += found / (i + 1.0);
    }
    return found == 0 ? 0 : sum / found;
  }

  /** Mean squared distance of chances from outcomes. */
  static double brier(double[] chances, boolean[] hits) {
    var sum = 0.0;
    for (var i = 0; i < hits.length; i++) {
      var miss = chances[i] - (hits[i] ? 1 : 0);
      sum += miss * miss;
    }
    return hits.length == 0 ? 0 : sum / hits.length;
  }

  /** Mean surprise in nats. */
  static double logLoss(double[] chances, boolean[] hits) {
    var sum = 0.0;
    for (var i = 0; i < hits.length; i++) {
      var chance = Math.clamp(chances[i], CHANCE_MIN, 1 - CHANCE_MIN);
      sum -= StrictMath.log(hits[i] ? chance : 1 - chance);
    }
    return hits.length == 0 ? 0 : sum / hits.length;
  }

  /** Mean distance between foretold and come over bins, each weighted by its cases. */
  static double ece(double[] chances, boolean[] hits, int bins) {
    var sum = 0.0;
    for (var bin : bins(chances, hits, bins)) {
      sum += bin.cases() * Math.abs(bin.foretold() - bin.came());
    }
    return hits.length == 0 ? 0 : sum / hits.length;
  }

  /** The ECE that chance alone would give to chances that are all true. */
  static double eceOfChance(double[] chances, boolean[] hits, int bins) {
    var sum = 0.0;
    for (var bin : bins(chances, hits, bins)) {
      var spread = bin.foretold() * (1 - bin.foretold()) / bin.cases();
      sum += bin.cases() * StrictMath.sqrt(2 / Math.PI * Math.max(0, spread));
    }
    return hits.length == 0 ? 0 : sum / hits.length;
  }

  /** Bins of equal count from the lowest chance up; counts differ by at most one. */
  static List<Bin> bins(double[] chances, boolean[] hits, int count) {
    var order = order(chances);
    var bins = new ArrayList<Bin>();
    for (var bin = 0; bin < count; bin++) {
      var from = (int) ((long) bin * order.length / count);
      var to = (int) ((bin + 1L) * order.length / count);
      if (from == to) continue;
      var foretold = 0.0;
      var came = 0.0;
      for (var i = from; i < to; i++) {
        var item = order[order.length - 1 - i];
        foretold += chances[item];
        came += hits[item] ? 1 : 0;
      }
      bins.add(new Bin(to - from, foretold / (to - from), came / (to - from)));
    }
    return bins;
  }
}
