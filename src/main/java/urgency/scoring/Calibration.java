package urgency.scoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jdbi.v3.core.Handle;
import urgency.demand.PriceEffect;
import urgency.platform.sql.StoredRecord;
import urgency.statistics.Isotonic;

/**
 * What the shop's own past says about the chances that are foretold: one curve from a foretold
 * chance to the share that came true, for each head. Until there is enough of a past it is the
 * shipped prior, which leaves every chance as it is.
 *
 * @param growth how the shop's own products outgrow their past; empty until that is learnt
 * @param trends what became of trends at each place; empty in what was kept before it was learnt
 * @param price how far a price moves demand; empty until that is learnt
 */
public record Calibration(
    Instant at,
    Curve sellOut,
    Curve breakOut,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BreakOutHead.Learnt> growth,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<OfTrends> trends,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<PriceEffect> price) {
  /** Chances as the heads give them: a prior, not yet own data. */
  public static final Calibration PRIOR = new Calibration(Instant.EPOCH, Curve.PRIOR, Curve.PRIOR);

  /** Of curves alone. */
  public Calibration(Instant at, Curve sellOut, Curve breakOut) {
    this(at, sellOut, breakOut, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static final String NEWEST =
      "select curves from scoring.calibration order by at desc limit 1";

  private static final String ADD =
      """
      insert into scoring.calibration (at, curves, note)
      values (:at, :curves, :note)
          on conflict (at) do nothing
      """;

  /**
   * From the percentile of a trend to its chance to break out, by what it is ranked by. Where a
   * curve is the prior, {@link TrendOutlook#prior} holds.
   */
  public record OfTrends(Curve views, Curve units, Curve shape) {
    /** Nothing learnt of any. */
    public static final OfTrends PRIOR = new OfTrends(Curve.PRIOR, Curve.PRIOR, Curve.PRIOR);

    /** Whether any was learnt from own data. */
    public boolean own() {
      return views.own() || units.own() || shape.own();
    }

    public Curve of(TrendPlace.Measure measure) {
      return switch (measure) {
        case VIEWS -> views;
        case UNITS -> units;
        case CURVE -> shape;
      };
    }
  }

  /**
   * The curve of one head.
   *
   * @param cases own outcomes that it was learnt from; 0 for the prior
   * @param steps empty for the prior
   */
  public record Curve(int cases, List<Isotonic.Step> steps) {
    /** Leaves a chance as it is. */
    public static final Curve PRIOR = new Curve(0, List.of());

    /** Own outcomes that the prior weighs as much as. */
    private static final double PRIOR_CASES = 200;

    public Curve {
      steps = List.copyOf(steps);
      if (steps.isEmpty() != (cases == 0)) {
        throw new IllegalArgumentException(cases + " cases in " + steps.size() + " steps");
      }
    }

    /** Whether it was learnt from own outcomes. */
    public boolean own() {
      return cases > 0;
    }

    /**
     * Corrects a chance: {@code (n iso(p) + n0 p) / (n + n0)}, so that few outcomes change little.
     * Never turns the order of two chances round.
     */
    public DoubleUnaryOperator correction() {
      if (!own()) return chance -> chance;
      var learnt = Isotonic.of(steps);
      return chance -> shrunk(learnt.chance(chance), chance);
    }

    /**
     * The chance of a score, {@code (n iso(x) + n0 p) / (n + n0)}.
     *
     * @param prior what the score means while nothing is learnt
     */
    public double chance(double score, double prior) {
      return own() ? shrunk(Isotonic.of(steps).chance(score), prior) : prior;
    }

    private double shrunk(double learnt, double prior) {
      var weight = cases / (cases + PRIOR_CASES);
      return weight * learnt + (1 - weight) * prior;
    }
  }

  /** The same curves, with what was learnt about growth. */
  public Calibration with(Optional<BreakOutHead.Learnt> growth) {
    return new Calibration(at, sellOut, breakOut, growth, trends, price);
  }

  /** The same, with what was learnt about trends. */
  public Calibration with(OfTrends trends) {
    return new Calibration(at, sellOut, breakOut, growth, Optional.of(trends), price);
  }

  /** From percentiles of trends to chances. */
  public Curve of(TrendPlace.Measure measure) {
    return trends.orElse(OfTrends.PRIOR).of(measure);
  }

  /** The same, with what was learnt about prices. */
  public Calibration priced(Optional<PriceEffect> price) {
    return new Calibration(at, sellOut, breakOut, growth, trends, price);
  }

  /** How far a price moves demand, be it learnt or not. */
  public PriceEffect priceEffect() {
    return price.orElse(PriceEffect.PRIOR);
  }

  /** What holds now. */
  public static Calibration newest(Handle tx) {
    return tx.createQuery(NEWEST)
        .map((row, _) -> StoredRecord.read(row.getBytes("curves"), Calibration.class))
        .findOne()
        .orElse(PRIOR);
  }

  /** When the newest was learnt, if any was. */
  public static Optional<Instant> learntAt(Handle tx) {
    return tx.createQuery("select max(at) from scoring.calibration")
        .mapTo(OffsetDateTime.class)
        .findOne()
        .map(OffsetDateTime::toInstant);
  }

  /**
   * Holds from now on.
   *
   * @param note what came of the learning, for the operator
   */
  public void add(Handle tx, String note) {
    tx.createUpdate(ADD)
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .bind("curves", StoredRecord.write(this))
        .bind("note", note)
        .execute();
  }

  /** What came of the last learning, in words; empty before there was one. */
  public static String note(Handle tx) {
    return tx.createQuery("select note from scoring.calibration order by at desc limit 1")
        .mapTo(String.class)
        .findOne()
        .orElse("");
  }
}
