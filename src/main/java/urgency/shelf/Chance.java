package urgency.shelf;

/**
 * Draws that are the same on every machine for the same seed: SplitMix64 (Steele, Lea and Flood,
 * OOPSLA 2014), and gamma variates by Marsaglia and Tsang (ACM TOMS 2000). Not for secrets.
 */
final class Chance {
  private static final double TO_UNIT = 0x1.0p-53;
  private static final int TRIES_MAX = 1_000;

  private long state;

  Chance(long seed) {
    this.state = seed;
  }

  /** In {@code [0, 1)}. */
  double uniform() {
    state += 0x9e3779b97f4a7c15L;
    var mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return ((mixed ^ (mixed >>> 31)) >>> 11) * TO_UNIT;
  }

  /** Of this shape and scale 1; the mean is the shape, which is positive. */
  double gamma(double shape) {
    if (shape < 1) {
      return gamma(shape + 1) * StrictMath.pow(1 - uniform(), 1 / shape);
    }
    var d = shape - 1.0 / 3;
    var c = 1 / StrictMath.sqrt(9 * d);
    for (var tries = 0; tries < TRIES_MAX; tries++) {
      var x = normal();
      var v = 1 + c * x;
      if (v <= 0) continue;
      v = v * v * v;
      if (StrictMath.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
        return d * v;
      }
    }
    return shape;
  }

  // Box and Muller's; the second of the pair is let go.
  private double normal() {
    var radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
  }
}
