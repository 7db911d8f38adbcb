package urgency.outcomes;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import urgency.catalog.ProductId;
import urgency.catalog.SalesHistory;
import urgency.demand.PriceEffect;
import urgency.orders.Orders;
import urgency.outcomes.Outcome.Offer;
import urgency.scoring.BreakOut;
import urgency.scoring.Calibration;
import urgency.scoring.Runs;
import urgency.scoring.Score;
import urgency.shelf.Decisions;
import urgency.shelf.Decisions.Foretold;
import urgency.shelf.Edition;
import urgency.shelf.Slot;
import urgency.statistics.NegativeBinomial;

/** Puts what was foretold of an edition beside what its orders say. Reads, and decides nothing. */
final class Gathering {
  private static final int VELOCITY_DAYS = 28;

  private final Decisions decisions;
  private final Orders orders;
  private final SalesHistory sales;
  private final Runs runs;

  Gathering(Decisions decisions, Runs runs, Orders orders, SalesHistory sales) {
    this.decisions = decisions;
    this.orders = orders;
    this.sales = sales;
    this.runs = runs;
  }

  /**
   * An edition and what became of its products.
   *
   * @param horizon how far ahead was foretold
   */
  record Gathered(Edition edition, Duration horizon, List<Outcome> outcomes) {
    /** Whether it was open for as long as was foretold, give or take a tenth. */
    boolean comparable() {
      var open = Duration.between(edition.opensAt(), edition.closesAt());
      var off = open.minus(horizon).abs();
      return off.multipliedBy(10).compareTo(horizon) <= 0;
    }
  }

  /**
   * What a rating knew of one product and did not write into its score.
   *
   * @param virality chance of a break-out, before any correction
   */
  private record Known(double virality, double dispersion) {}

  /** What became of every product that stood on an edition; none when it is not on record. */
  Gathered of(Handle tx, Edition edition) {
    var foretold = new HashMap<ProductId, Foretold>();
    for (var it : decisions.foretold(tx, edition.number())) foretold.put(it.score().product(), it);
    var known = known(tx, foretold.values());
    var sold = new HashMap<ProductId, List<Orders.Sale>>();
    for (var it : orders.sales(tx, edition.number())) {
      sold.computeIfAbsent(it.product(), _ -> new ArrayList<>()).add(it);
    }
    var opened = LocalDate.ofInstant(edition.opensAt(), ZoneOffset.UTC);
    var days = sales.between(tx, opened.minusDays(VELOCITY_DAYS), opened.minusDays(1));
    var outcomes = new ArrayList<Outcome>();
    var horizon = Duration.between(edition.opensAt(), edition.closesAt());
    for (var slot : edition.slots()) {
      var it = foretold.get(slot.product());
      var knew = known.get(slot.product());
      if (it == null || knew == null) continue;
      horizon = it.horizon();
      outcomes.add(
          outcome(
              edition,
              slot,
              it,
              knew,
              days.getOrDefault(slot.product(), List.of()),
              sold.getOrDefault(slot.product(), List.of())));
    }
    outcomes.sort(Comparator.comparing(Outcome::product));
    return new Gathered(edition, horizon, outcomes);
  }

  private Outcome outcome(
      Edition edition,
      Slot slot,
      Foretold it,
      Known knew,
      List<SalesHistory.Day> days,
      List<Orders.Sale> sold) {
    var score = it.score();
    var units = 0;
    var soldOutAt = Optional.<Instant>empty();
    for (var sale : sold) {
      units += sale.units();
      if (soldOutAt.isEmpty() && units >= it.units()) soldOutAt = Optional.of(sale.at());
    }
    var orders = days.stream().mapToInt(SalesHistory.Day::orders).sum();
    var span = it.horizon().toMillis() / (double) Duration.ofDays(VELOCITY_DAYS).toMillis();
    var naive = orders * span;
    return new Outcome(
        edition.number(),
        score.product(),
        edition.opensAt(),
        it.units(),
        score.expectedOrders(),
        score.sellOutChance(),
        NegativeBinomial.predictive(score.expectedOrders(), score.worth(), knew.dispersion())
            .atLeast(it.units()),
        it.units() == 0 ? 1 : naive / (naive + it.units()),
        score.virality(),
        knew.virality(),
        sold.size(),
        units,
        soldOutAt,
        Optional.empty(),
        Optional.of(offer(slot, score)));
  }

  // What a price added to the forecast is taken out again, or it would be learnt from itself.
  private static Offer offer(Slot slot, Score score) {
    var deal = slot.headline();
    return new Offer(
        PriceEffect.nats(Optional.of(deal.reference()), deal.price()),
        score.expectedOrders() / StrictMath.exp(score.priceNats()));
  }

  private Map<ProductId, Known> known(Handle tx, Collection<Foretold> foretold) {
    var known = new HashMap<ProductId, Known>();
    var ratings = new TreeSet<Instant>();
    for (var it : foretold) ratings.add(it.score().at());
    for (var at : ratings) {
      var run = runs.at(tx, at);
      if (run.isEmpty()) continue;
      var breakOut = new BreakOut(run.get().calibration().orElse(Calibration.PRIOR));
      for (var candidate : run.get().candidates()) {
        var virality = breakOut.of(candidate, at);
        known.put(candidate.product().id(), new Known(virality, run.get().settings().dispersion()));
      }
    }
    return known;
  }

  /**
   * The products of a decision that came to be in the tenth that outgrew its own past most in the
   * week that began on the day the edition opened. What did not grow is not among them.
   */
  Set<ProductId> brokeOut(Handle tx, long edition, Instant openedAt) {
    var opened = LocalDate.ofInstant(openedAt, ZoneOffset.UTC);
    var days = GrowthWeek.days(tx, sales, opened);
    var growths = new HashMap<ProductId, Double>();
    for (var it : decisions.foretold(tx, edition)) {
      var product = it.score().product();
      growths.put(product, GrowthWeek.growth(days.getOrDefault(product, List.of()), opened));
    }
    return GrowthWeek.brokeOut(growths);
  }
}
