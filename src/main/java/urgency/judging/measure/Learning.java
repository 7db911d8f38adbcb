package urgency.judging.measure;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.DoubleStream;
import urgency.judging.Lean;
import urgency.judging.Opinion;
import urgency.judging.Trial;

/**
 * What a judge's verdicts are worth, by the outcomes of young products, walking forward: what is
 * said of a week is learnt from the weeks before it alone. Pure; the same trials in any order give
 * the same bits.
 *
 * <p>With {@code r = ln((orders + 1/2) / (expected + 1/2)) / sigma(expected)}, what statistics
 * missed in units of what they usually miss, {@code g} is a ridge regression of {@code r} on the
 * four fields and {@code rho} the correlation of {@code g} with {@code r}. The lift is the change
 * in precision at 20 among young products when {@code D = rho sigma g} is added to the logarithm of
 * expected orders; its interval comes from resampling whole weeks (block bootstrap).
 */
public final class Learning {
  /** Judged young products with outcomes below which nothing is promoted. */
  public static final int TRIALS_MIN = 300;

  private static final int TRAIN_MIN = 100;
  private static final int WEEKS_MIN = 3;
  private static final int TOP = 20;
  private static final int RESAMPLES = 2_000;
  private static final long SEED = 20_260_101;
  private static final double RIDGE = 20;
  private static final double LOW = 0.025;
  private static final double SPREAD_MIN = 1e-6;
  private static final double HALF = 0.5;

  private Learning() {}

  /**
   * What was learnt.
   *
   * @param trials with outcomes
   * @param foretold of these, how many could be foretold from earlier weeks
   * @param lift mean change of precision at 20 among young products, 0 to 1
   * @param liftLow lower bound of its 95 % interval
   * @param rhoLow lower bound of the 95 % interval of rho
   */
  public record Lesson(
      int trials, int foretold, double rho, double rhoLow, double lift, double liftLow, Lean lean) {
    /** Whether it has earned a weight. */
    public boolean promotes() {
      return trials >= TRIALS_MIN && rho > 0 && rhoLow > 0 && liftLow > 0;
    }
  }

  /** One trial with what was foretold of it. */
  private record Foretold(Trial trial, double g) {}

  /** Learns; {@code most} bounds the shift [nats] as it is bounded in scores. */
  public static Lesson learn(List<Trial> trials, double most) {
    var weeks = new TreeMap<LocalDate, List<Trial>>();
    trials.stream()
        .filter(it -> it.orders().isPresent())
        .sorted(Comparator.comparing(Trial::week).thenComparing(Trial::product))
        .forEach(it -> weeks.computeIfAbsent(it.week(), _ -> new ArrayList<>()).add(it));
    var all = weeks.values().stream().flatMap(List::stream).toList();
    var blocks = new ArrayList<List<Foretold>>();
    var before = new ArrayList<Trial>();
    for (var week : weeks.values()) {
      if (before.size() >= TRAIN_MIN) {
        var lean = lean(before);
        blocks.add(week.stream().map(it -> new Foretold(it, lean.of(it.verdict()))).toList());
      }
      before.addAll(week);
    }
    var foretold = blocks.stream().mapToInt(List::size).sum();
    if (blocks.size() < WEEKS_MIN) {
      return new Lesson(all.size(), foretold, 0, 0, 0, 0, all.isEmpty() ? Lean.START : lean(all));
    }
    var rho = rho(blocks);
    var lifts = new double[blocks.size()];
    for (var i = 0; i < lifts.length; i++) lifts[i] = lift(blocks.get(i), rho, most);
    var random = new Random(SEED);
    var liftOf = new double[RESAMPLES];
    var rhoOf = new double[RESAMPLES];
    for (var i = 0; i < RESAMPLES; i++) {
      var drawn = new ArrayList<List<Foretold>>(lifts.length);
      for (var k = 0; k < lifts.length; k++) {
        var week = random.nextInt(lifts.length);
        drawn.add(blocks.get(week));
        liftOf[i] += lifts[week] / lifts.length;
      }
      rhoOf[i] = rho(drawn);
    }
    var mean = DoubleStream.of(lifts).sum() / lifts.length;
    return new Lesson(all.size(), foretold, rho, low(rhoOf), mean, low(liftOf), lean(all));
  }

  /** A ridge regression on standardised fields, scaled so that its answers have variance 1. */
  static Lean lean(List<Trial> trials) {
    var count = trials.size();
    var means = new double[Lean.FIELDS];
    var spreads = new double[Lean.FIELDS];
    var rows = trials.stream().map(it -> Lean.fields(it.verdict())).toList();
    for (var f = 0; f < Lean.FIELDS; f++) {
      for (var row : rows) means[f] += row[f] / count;
      for (var row : rows) spreads[f] += (row[f] - means[f]) * (row[f] - means[f]) / count;
      spreads[f] = Math.max(SPREAD_MIN, StrictMath.sqrt(spreads[f]));
    }
    var mean = trials.stream().mapToDouble(Learning::missed).sum() / count;
    var matrix = new double[Lean.FIELDS][Lean.FIELDS];
    var right = new double[Lean.FIELDS];
    for (var i = 0; i < count; i++) {
      var missed = missed(trials.get(i)) - mean;
      for (var a = 0; a < Lean.FIELDS; a++) {
        var x = (rows.get(i)[a] - means[a]) / spreads[a];
        right[a] += x * missed;
        for (var b = 0; b < Lean.FIELDS; b++) {
          matrix[a][b] += x * (rows.get(i)[b] - means[b]) / spreads[b];
        }
      }
    }
    for (var a = 0; a < Lean.FIELDS; a++) matrix[a][a] += RIDGE;
    var weights = solved(matrix, right);
    var raw = new Lean(list(means), list(spreads), list(weights));
    var square = 0.0;
    for (var it : trials) square += raw.of(it.verdict()) * raw.of(it.verdict()) / count;
    var scale = Math.max(SPREAD_MIN, StrictMath.sqrt(square));
    return new Lean(
        list(means), list(spreads), list(Arrays.stream(weights).map(it -> it / scale).toArray()));
  }

  private static double missed(Trial it) {
    var orders = it.orders().orElse(0);
    return StrictMath.log((orders + HALF) / (it.expected() + HALF)) / Opinion.sigma(it.expected());
  }

  // Within weeks, so that a good week for everybody is not taken for insight.
  private static double rho(List<List<Foretold>> blocks) {
    var both = 0.0;
    var ofG = 0.0;
    var ofMissed = 0.0;
    for (var week : blocks) {
      var g = week.stream().mapToDouble(Foretold::g).sum() / week.size();
      var missed = week.stream().mapToDouble(it -> missed(it.trial())).sum() / week.size();
      for (var it : week) {
        both += (it.g() - g) * (missed(it.trial()) - missed);
        ofG += (it.g() - g) * (it.g() - g);
        ofMissed += (missed(it.trial()) - missed) * (missed(it.trial()) - missed);
      }
    }
    var scale = StrictMath.sqrt(ofG * ofMissed);
    return scale > SPREAD_MIN ? Math.clamp(both / scale, -1.0, 1.0) : 0;
  }

  private static double lift(List<Foretold> week, double rho, double most) {
    var truly = top(week, it -> it.trial().orders().orElse(0));
    var plain = top(week, it -> StrictMath.log(it.trial().expected()));
    var judged =
        top(
            week,
            it ->
                StrictMath.log(it.trial().expected())
                    + Math.clamp(rho * Opinion.sigma(it.trial().expected()) * it.g(), -most, most));
    return (hits(judged, truly) - hits(plain, truly)) / (double) Math.min(TOP, week.size());
  }

  private static Set<UUID> top(
      List<Foretold> week, java.util.function.ToDoubleFunction<Foretold> by) {
    var top = new HashSet<UUID>();
    week.stream()
        .sorted(Comparator.comparingDouble(by).reversed().thenComparing(it -> it.trial().product()))
        .limit(TOP)
        .forEach(it -> top.add(it.trial().product()));
    return top;
  }

  private static int hits(Set<UUID> chosen, Set<UUID> truly) {
    var hits = 0;
    for (var it : chosen) if (truly.contains(it)) hits++;
    return hits;
  }

  // Gauss with pivots; the matrix is positive definite because of the ridge.
  private static double[] solved(double[][] matrix, double[] right) {
    var n = right.length;
    var x = right.clone();
    for (var a = 0; a < n; a++) {
      for (var b = a + 1; b < n; b++) {
        var factor = matrix[b][a] / matrix[a][a];
        for (var k = a; k < n; k++) matrix[b][k] -= factor * matrix[a][k];
        x[b] -= factor * x[a];
      }
    }
    for (var a = n - 1; a >= 0; a--) {
      for (var k = a + 1; k < n; k++) x[a] -= matrix[a][k] * x[k];
      x[a] /= matrix[a][a];
    }
    return x;
  }

  private static double low(double[] values) {
    Arrays.sort(values);
    return values[(int) (LOW * values.length)];
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** Expected calibration error over ten equal bins of the chance of at least one order. */
  static double calibrationError(List<Trial> trials) {
    var bins = new TreeMap<Integer, double[]>();
    for (var it : trials) {
      var bin = bins.computeIfAbsent(Math.min(9, (int) (it.chance() * 10)), _ -> new double[3]);
      bin[0] += it.chance();
      bin[1] += it.orders().orElse(0) > 0 ? 1 : 0;
      bin[2]++;
    }
    var error = 0.0;
    for (Map.Entry<Integer, double[]> it : bins.entrySet()) {
      error += Math.abs(it.getValue()[0] - it.getValue()[1]) / trials.size();
    }
    return error;
  }
}
