package urgency.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * The chance of a yes, as a logistic function of a few features, learnt by Newton's method with a
 * ridge that keeps it finite. Features are standardised inside. No randomness and a fixed order of
 * summation: the same rows give the same bits.
 */
public final class Logistic {
  private static final int STEPS_MAX = 30;
  private static final double CLOSE = 1e-9;
  private static final double SPREAD_MIN = 1e-9;

  /** Standardised features beyond this are taken for freaks and cut. */
  private static final double FAR = 8;

  private static final double LOGIT_MAX = 30;

  /** All that was learnt, as it can be kept; one weight more than features, the first is free. */
  public record Learnt(List<Double> means, List<Double> spreads, List<Double> weights) {
    public Learnt {
      means = List.copyOf(means);
      spreads = List.copyOf(spreads);
      weights = List.copyOf(weights);
      if (means.size() != spreads.size() || weights.size() != means.size() + 1) {
        throw new IllegalArgumentException(
            "%d means, %d spreads, %d weights"
                .formatted(means.size(), spreads.size(), weights.size()));
      }
    }
  }

  private final double[] means;
  private final double[] spreads;
  private final double[] weights;

  private Logistic(double[] means, double[] spreads, double[] weights) {
    this.means = means;
    this.spreads = spreads;
    this.weights = weights;
  }

  /**
   * Learns from at least one row; all rows have the same number of features.
   *
   * @param ridge how strongly weights are drawn to 0, in rows
   */
  public static Logistic fit(double[][] rows, boolean[] outcomes, double ridge) {
    if (rows.length == 0 || rows.length != outcomes.length || !(ridge > 0)) {
      throw new IllegalArgumentException(
          "%d rows, %d outcomes, ridge %s".formatted(rows.length, outcomes.length, ridge));
    }
    var count = rows[0].length;
    var means = new double[count];
    var spreads = new double[count];
    for (var f = 0; f < count; f++) {
      for (var row : rows) means[f] += row[f] / rows.length;
      for (var row : rows) spreads[f] += (row[f] - means[f]) * (row[f] - means[f]) / rows.length;
      spreads[f] = Math.max(SPREAD_MIN, StrictMath.sqrt(spreads[f]));
    }
    var model = new Logistic(means, spreads, new double[count + 1]);
    var standard = new double[rows.length][];
    for (var i = 0; i < rows.length; i++) standard[i] = model.standard(rows[i]);
    for (var step = 0; step < STEPS_MAX; step++) {
      if (model.improve(standard, outcomes, ridge) < CLOSE) break;
    }
    return model;
  }

  /** The same again from what was kept. */
  public static Logistic of(Learnt it) {
    return new Logistic(numbers(it.means()), numbers(it.spreads()), numbers(it.weights()));
  }

  public Learnt learnt() {
    return new Learnt(kept(means), kept(spreads), kept(weights));
  }

  private static double[] numbers(List<Double> kept) {
    return kept.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<Double> kept(double[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  public double chance(double[] row) {
    return chanceOf(standard(row));
  }

  // One Newton step; answers how far the farthest weight moved.
  private double improve(double[][] rows, boolean[] outcomes, double ridge) {
    var count = weights.length;
    var slope = new double[count];
    var curve = new double[count][count];
    for (var i = 0; i < rows.length; i++) {
      var chance = chanceOf(rows[i]);
      var miss = (outcomes[i] ? 1 : 0) - chance;
      var certainty = chance * (1 - chance);
      for (var a = 0; a < count; a++) {
        slope[a] += miss * rows[i][a];
        for (var b = 0; b <= a; b++) curve[a][b] += certainty * rows[i][a] * rows[i][b];
      }
    }
    // The first weight is the base rate and stays free but for a trace that keeps it finite.
    for (var a = 0; a < count; a++) {
      var pull = a == 0 ? CLOSE : ridge;
      slope[a] -= pull * weights[a];
      curve[a][a] += pull;
    }
    var move = solved(curve, slope);
    var farthest = 0.0;
    for (var a = 0; a < count; a++) {
      weights[a] += move[a];
      farthest = Math.max(farthest, Math.abs(move[a]));
    }
    return farthest;
  }

  // Cholesky; the matrix is positive definite because of the ridge. Only its lower half is read.
  private static double[] solved(double[][] matrix, double[] right) {
    var count = right.length;
    var x = right.clone();
    for (var a = 0; a < count; a++) {
      for (var b = 0; b <= a; b++) {
        var rest = matrix[a][b];
        for (var k = 0; k < b; k++) rest -= matrix[a][k] * matrix[b][k];
        matrix[a][b] = a == b ? StrictMath.sqrt(Math.max(rest, CLOSE)) : rest / matrix[b][b];
      }
      for (var k = 0; k < a; k++) x[a] -= matrix[a][k] * x[k];
      x[a] /= matrix[a][a];
    }
    for (var a = count - 1; a >= 0; a--) {
      for (var k = a + 1; k < count; k++) x[a] -= matrix[k][a] * x[k];
      x[a] /= matrix[a][a];
    }
    return x;
  }

  private double[] standard(double[] row) {
    var standard = new double[row.length + 1];
    standard[0] = 1;
    for (var f = 0; f < row.length; f++) {
      standard[f + 1] = Math.clamp((row[f] - means[f]) / spreads[f], -FAR, FAR);
    }
    return standard;
  }

  private double chanceOf(double[] standard) {
    var logit = 0.0;
    for (var a = 0; a < weights.length; a++) logit += weights[a] * standard[a];
    return 1 / (1 + StrictMath.exp(-Math.clamp(logit, -LOGIT_MAX, LOGIT_MAX)));
  }
}
