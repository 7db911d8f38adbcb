package urgency.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import urgency.catalog.ProductId;
import urgency.demand.PriceEffect;
import urgency.money.Money;
import urgency.scoring.Calibration;
import urgency.scoring.Explanation;
import urgency.scoring.Runs;
import urgency.scoring.Score;
import urgency.scoring.Scorer.Candidate;
import urgency.shelf.Decisions.Trial;
import urgency.shelf.ShelfSettings.Mode;
import urgency.statistics.NegativeBinomial;

/**
 * What would have to be different for a product to enter the shelf, or to leave it. Found by
 * deciding the last shelf again with this one product worth more, or less, everything else equal.
 * Where a score ranks the shelf, worth is the part of it that is moved; how many units or orders it
 * takes is then not said, because they move Urgency, another part, too.
 *
 * @param sentence one line
 * @param times its worth at the edge of the shelf over what it is; 0 where there is no such edge
 * @param ways how its worth could come to be that, each sufficient by itself
 */
public record CounterFactual(String sentence, double times, List<String> ways) {
  static final CounterFactual NO_SHELF =
      new CounterFactual("No shelf was decided yet.", 0, List.of());

  /** Nothing is tried that is more than so many times as much, or as little. */
  private static final double TIMES_MAX = 1000;

  /** Below this a tenth of an order is too coarse. */
  private static final double FEW_ORDERS = 1;

  private static final int HALVINGS = 16;
  private static final int UNITS_MAX = 1_000_000;

  /** Prices are tried in steps of 2 %, up to fifty times as much and down to a fiftieth. */
  private static final double PRICE_STEP = 1.02;

  private static final int PRICE_STEPS = 200;

  public CounterFactual {
    ways = List.copyOf(ways);
  }

  /**
   * For one product, against the last shelf.
   *
   * @param candidate what is known of the product now
   * @param run the rating that gave the score
   */
  public static CounterFactual of(
      Trial trial, Score score, Candidate candidate, Runs.Run run, Explanation explained) {
    var then = trial.score(score.product());
    if (candidate.unitsLeft() <= 0 || then.isEmpty()) {
      return new CounterFactual("It would be considered if it had units.", 0, List.of());
    }
    var on = isOn(trial, then.get(), 1);
    var times = turning(trial, then.get(), on);
    var weighted = trial.mode() == Mode.WEIGHTED;
    if (times.isEmpty()) return new CounterFactual(stays(on, weighted), 0, List.of());
    var sentence =
        on
            ? "It would leave the shelf if it were worth less than %s %% of what it is now."
                .formatted(Say.decimals(0, 100 * times.get()))
            : "It would enter the shelf if it were worth %s times as much."
                .formatted(Say.decimals(2, times.get()));
    if (weighted) {
      var moved = slope(candidate, run) != 0;
      return new CounterFactual(
          sentence
              + " Its two numbers stay the same in this; %s would move Urgency."
                  .formatted(moved ? "units, orders and a price" : "units and orders"),
          times.get(),
          moved
              ? List.of()
              : price(score, candidate, run, explained, times.get()).stream().toList());
    }
    return new CounterFactual(
        sentence, times.get(), ways(score, candidate, run, explained, times.get()));
  }

  private static String stays(boolean on, boolean weighted) {
    if (on) {
      return "It would stay on the shelf however little it were worth: %s."
          .formatted(
              weighted
                  ? "its two numbers are enough, or nothing else can be sold"
                  : "nothing else can be sold");
    }
    return "Worth alone would not bring it in: a gate keeps it off%s."
        .formatted(weighted ? ", or its two numbers are too low" : "");
  }

  private static boolean isOn(Trial trial, Score score, double times) {
    var product = score.product();
    return trial
        .decide(Map.<ProductId, Score>of(product, score.worth(score.value() * times)))
        .map(it -> it.choices().stream().anyMatch(choice -> choice.product().equals(product)))
        .orElse(false);
  }

  /** The factor at which it crosses the edge of the shelf, to a thousandth. */
  private static Optional<Double> turning(Trial trial, Score score, boolean on) {
    var far = on ? 1 / TIMES_MAX : TIMES_MAX;
    if (isOn(trial, score, far) == on) return Optional.empty();
    var same = 0.0;
    var other = StrictMath.log(far);
    for (var i = 0; i < HALVINGS; i++) {
      var middle = (same + other) / 2;
      if (isOn(trial, score, StrictMath.exp(middle)) == on) {
        same = middle;
      } else {
        other = middle;
      }
    }
    return Optional.of(StrictMath.exp(other));
  }

  private static List<String> ways(
      Score score, Candidate candidate, Runs.Run run, Explanation explained, double times) {
    var ways = new ArrayList<String>();
    price(score, candidate, run, explained, times).ifPresent(ways::add);
    var units = candidate.unitsLeft();
    var orders =
        NegativeBinomial.predictive(
            score.expectedOrders(), score.worth(), run.settings().dispersion());
    var wanted = times * orders.expectedMin(units);
    units(orders, units, wanted)
        .ifPresent(it -> ways.add("with %d units instead of %d".formatted(it, units)));
    demand(score, units, run.settings().dispersion(), wanted)
        .ifPresent(
            it ->
                ways.add(
                    String.format(
                        Locale.ROOT,
                        score.expectedOrders() < FEW_ORDERS
                            ? "with %.2f orders expected instead of %.2f"
                            : "with %.1f orders expected instead of %.1f",
                        it,
                        score.expectedOrders())));
    return ways;
  }

  // A price moves the margin, and the orders as far as that is known.
  private static Optional<String> price(
      Score score, Candidate candidate, Runs.Run run, Explanation explained, double times) {
    var margin =
        explained.bars().stream()
            .filter(it -> it.name().equals("margin"))
            .mapToDouble(Explanation.Bar::factor)
            .findFirst();
    if (margin.isEmpty()) return Optional.empty();
    var product = candidate.product();
    var now = product.lowestPrice();
    var known =
        product.variants().stream()
            .filter(it -> it.price().equals(now))
            .anyMatch(it -> it.cost().isPresent());
    var effect = effect(run);
    var slope = slope(candidate, run);
    var units = candidate.unitsLeft();
    var sold = sold(score, run, units, 1);
    DoubleUnaryOperator worth =
        share -> {
          var leaves =
              known
                  ? margin.getAsDouble() + (share - 1) * now.minor()
                  : margin.getAsDouble() * share;
          var orders = slope == 0 ? 1 : StrictMath.pow(share, -slope);
          return Math.max(1, leaves)
              / margin.getAsDouble()
              * (slope == 0 ? 1 : sold(score, run, units, orders) / sold);
        };
    var share = crossing(worth, times);
    if (share.isEmpty()) return Optional.empty();
    var price = Math.round(now.minor() * share.get());
    if (price < 1 || price >= 100_000_000) return Optional.empty();
    return Optional.of(
        "at a price of %s instead of %s, if %s"
            .formatted(
                new Money(price, now.currency()).shown(Locale.US),
                now.shown(Locale.US),
                slope == 0
                    ? "just as many buy"
                    : effect.own()
                        ? "orders follow the price as they did here"
                        : "orders follow the price as they did elsewhere (a prior)"));
  }

  private static PriceEffect effect(Runs.Run run) {
    return run.calibration().orElse(Calibration.PRIOR).priceEffect();
  }

  /** How far a price moves the orders of this product; 0 where nothing is known of its prices. */
  private static double slope(Candidate candidate, Runs.Run run) {
    return candidate.reference().isEmpty() ? 0 : effect(run).weight();
  }

  private static double sold(Score score, Runs.Run run, int units, double times) {
    return NegativeBinomial.predictive(
            score.expectedOrders() * times, score.worth(), run.settings().dispersion())
        .expectedMin(units);
  }

  /**
   * The share of the price nearest to the present one at which a product is so many times as much
   * worth; the dearer one first where it is to be worth more, for it leaves more.
   */
  private static Optional<Double> crossing(DoubleUnaryOperator worth, double times) {
    var more = times > 1;
    var dearer = edge(worth, times, more, PRICE_STEP);
    var cheaper = edge(worth, times, more, 1 / PRICE_STEP);
    return more ? dearer.or(() -> cheaper) : cheaper.or(() -> dearer);
  }

  private static Optional<Double> edge(
      DoubleUnaryOperator worth, double times, boolean more, double step) {
    var before = 1.0;
    for (var i = 0; i < PRICE_STEPS; i++) {
      var share = before * step;
      if (worth.applyAsDouble(share) >= times == more) {
        var low = before;
        var high = share;
        for (var halving = 0; halving < HALVINGS; halving++) {
          var middle = (low + high) / 2;
          if (worth.applyAsDouble(middle) >= times == more) {
            high = middle;
          } else {
            low = middle;
          }
        }
        return Optional.of(high);
      }
      before = share;
    }
    return Optional.empty();
  }

  private static Optional<Integer> units(NegativeBinomial orders, int units, double wanted) {
    if (wanted < orders.expectedMin(units)) {
      var fewer = units;
      while (fewer > 1 && orders.expectedMin(fewer - 1) >= wanted) fewer--;
      // That nothing can be sold without units goes without saying.
      return fewer < units && fewer > 1 ? Optional.of(fewer - 1) : Optional.empty();
    }
    if (orders.expectedMin(UNITS_MAX) < wanted) return Optional.empty();
    var few = units;
    var enough = UNITS_MAX;
    while (enough - few > 1) {
      var middle = few + (enough - few) / 2;
      if (orders.expectedMin(middle) >= wanted) {
        enough = middle;
      } else {
        few = middle;
      }
    }
    return Optional.of(enough);
  }

  private static Optional<Double> demand(Score score, int units, double dispersion, double wanted) {
    if (wanted >= units) return Optional.empty();
    var low = StrictMath.log(score.expectedOrders() / TIMES_MAX);
    var high = StrictMath.log(score.expectedOrders() * TIMES_MAX);
    for (var i = 0; i < 2 * HALVINGS; i++) {
      var middle = (low + high) / 2;
      var sold =
          NegativeBinomial.predictive(StrictMath.exp(middle), score.worth(), dispersion)
              .expectedMin(units);
      if (sold < wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Optional.of(StrictMath.exp(high));
  }
}
