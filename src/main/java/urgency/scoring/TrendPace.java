package urgency.scoring;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import urgency.statistics.Momentum;
import urgency.statistics.Readings;
import urgency.statistics.Readings.Reading;
import urgency.trends.Trends;
import urgency.trends.Trends.Told;

/**
 * What came of a trend day by day, from absolute counts: views of each day where the source tells
 * them, and otherwise what the views since the beginning grew by, spread evenly over the days
 * between two readings. A fall counts as nothing.
 *
 * <p>Momentum is the score. Acceleration, burst and the flag are for people to look at and carry no
 * weight: alone they find growth no better than a coin (AUC 0.53 and 0.55, 343 hashtags).
 */
public final class TrendPace {
  /** Fewer days than a half-life say little, and public counts are rounded. */
  public static final int DAYS_MIN = 7;

  /** From so many days on there is a past that the last three can differ from. */
  public static final int SHOWN_MIN = 14;

  private static final double HALF_LIFE_DAYS = 7;
  private static final int RECENT_DAYS = 3;
  private static final double BOT_SIGMAS = 8;

  /** In millions of views a hundredth is eight sigmas, so a jump is by half as well. */
  private static final double JUMP = 1.5;

  /** Posts whose last days are this near to their habit are flat. */
  private static final double FLAT = 0.1;

  private final LocalDate end;
  private final double[] steps;
  private final double total;
  private final double[] posts;

  private TrendPace(LocalDate end, double[] steps, double total, double[] posts) {
    this.end = end;
    this.steps = steps;
    this.total = total;
    this.posts = posts;
  }

  /**
   * The pace on the last day that was told of; empty when that day has no count since the
   * beginning, or fewer than {@link #DAYS_MIN} days before it are known.
   *
   * @param told of one subject, oldest first
   */
  public static Optional<TrendPace> of(List<Told> told) {
    if (told.isEmpty() || told.getLast().total().isEmpty()) return Optional.empty();
    var end = told.getLast().asOf();
    var soFar = soFar(told, Told::total);
    var days = new double[Trends.PAST_DAYS];
    Arrays.fill(days, Double.NaN);
    var grew = Momentum.steps(soFar);
    System.arraycopy(grew, 0, days, days.length - grew.length, grew.length);
    // What was told of a day stands in place of what is reckoned, and the newest word of it wins.
    for (var it : told) {
      var last = days.length - 1 - (int) (end.toEpochDay() - it.asOf().toEpochDay());
      for (var ago = 0; ago < it.daily().size() && ago <= last; ago++) {
        days[last - ago] = Math.max(0, it.daily().get(it.daily().size() - 1 - ago));
      }
    }
    var known = 0;
    while (known < days.length && !Double.isNaN(days[days.length - 1 - known])) known++;
    if (known < DAYS_MIN) return Optional.empty();
    return Optional.of(
        new TrendPace(
            end,
            Arrays.copyOfRange(days, days.length - known, days.length),
            soFar[soFar.length - 1],
            Momentum.steps(soFar(told, Told::posts))));
  }

  /** {@code m = r_7 / N} [1/day]: views a day of late as a share of all there ever were. */
  public double momentum() {
    return Momentum.relative(steps, total, HALF_LIFE_DAYS);
  }

  /** {@code a} [nats]: the rate of the last days over that of the last weeks. Weight 0. */
  public OptionalDouble acceleration() {
    return steps.length < SHOWN_MIN
        ? OptionalDouble.empty()
        : OptionalDouble.of(Momentum.acceleration(steps, total));
  }

  /** {@code z} [sigma]: how far the last three days stand out of the last weeks. Weight 0. */
  public OptionalDouble burst() {
    return steps.length < SHOWN_MIN
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Momentum.burst(
                Momentum.last(steps, RECENT_DAYS),
                RECENT_DAYS,
                Momentum.last(steps, steps.length),
                steps.length));
  }

  /**
   * Whether views left their habit and posts did not, as when views are bought: {@code |z| > 8},
   * half as much again or less, and posts of the last days within a tenth of theirs. A flag for a
   * person, weight 0; never raised where posts since the beginning are not told.
   */
  public boolean viewsAlone() {
    var burst = burst();
    if (burst.isEmpty() || !(Math.abs(burst.getAsDouble()) > BOT_SIGMAS)) return false;
    if (posts.length < DAYS_MIN) return false;
    var views = againstHabit(steps);
    var jumped = views >= JUMP || views <= 1 / JUMP;
    return jumped && Math.abs(againstHabit(posts) - 1) <= FLAT;
  }

  /** Views since the beginning. */
  public double total() {
    return total;
  }

  /** What came in so many days after a day, as far as it is known. */
  public double cameAfter(LocalDate day, int days) {
    var came = 0.0;
    for (var i = 1; i <= days; i++) {
      var at = steps.length - 1 - (int) (end.toEpochDay() - day.plusDays(i).toEpochDay());
      if (at >= 0 && at < steps.length) came += steps[at];
    }
    return came;
  }

  // The last days over what the whole lets expect of them; 1 where nothing ever came.
  private static double againstHabit(double[] steps) {
    var expected = Momentum.last(steps, steps.length) * RECENT_DAYS / steps.length;
    return expected == 0 ? 1 : Momentum.last(steps, RECENT_DAYS) / expected;
  }

  // To the last day that was told of; nothing where that day does not tell this count.
  private static double[] soFar(List<Told> told, Function<Told, OptionalLong> count) {
    var end = told.getLast().asOf();
    if (count.apply(told.getLast()).isEmpty()) return new double[0];
    var known =
        told.stream()
            .filter(it -> count.apply(it).isPresent())
            .map(it -> new Reading(it.asOf(), count.apply(it).getAsLong()))
            .toList();
    var earliest = end.minusDays(Trends.PAST_DAYS);
    var first = known.getFirst().day();
    return Readings.soFar(known, first.isBefore(earliest) ? earliest : first, end);
  }
}
