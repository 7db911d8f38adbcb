package urgency.scoring.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import urgency.demand.CategoryRates;
import urgency.demand.DemandHead;
import urgency.demand.Margins;
import urgency.demand.PriceEffect;
import urgency.judging.Opinion;
import urgency.scoring.BreakOut;
import urgency.scoring.Calibration;
import urgency.scoring.Score;
import urgency.scoring.Scorer;
import urgency.scoring.ScoringSettings;
import urgency.scoring.TrendOutlook;
import urgency.statistics.NegativeBinomial;

/**
 * Rates by arithmetic alone: pure, without a network, the same bits for the same input.
 *
 * <p>Demand is {@code Y ~ NegBin} with mean {@code lambda e^D H} [orders within the horizon], where
 * {@code D = b (T - mean T) + D_llm} is what trends and a judge of meaning add [nats]. From it
 *
 * <ul>
 *   <li>Virality {@code V = 100 c_b(1 - (1 - T)(1 - b))}, with {@code T = 1 - prod (1 - L q d f)}
 *       from its trends and {@code b} from its own past, 0 until the shop has learnt it;
 *   <li>Urgency {@code U = 100 (1 - (1 - c_s(P(Y >= units))) (1 - max L P_close))};
 *   <li>value {@code R = margin E[min(Y, units)] (1 + kappa P_close)} [minor units].
 * </ul>
 *
 * <p>{@code c_b} and {@code c_s} are the {@link Calibration} of the two heads, and {@code T} in
 * {@code D} is corrected too; without own outcomes they change nothing.
 *
 * <p>{@code ln R} is a sum, so its parts are exact. Candidates are taken in the order of their ids,
 * whatever order they come in.
 */
public final class RulesScorer implements Scorer {
  private static final Comparator<Candidate> BY_ID = Comparator.comparing(it -> it.product().id());
  private static final double SOLD_MIN = 1e-12;
  private static final int NAMED_TRENDS = 2;

  private final ScoringSettings settings;
  private final DemandHead head;
  private final Bands bands;
  private final DoubleUnaryOperator sellOutCorrection;
  private final DoubleUnaryOperator breakOutCorrection;
  private final BreakOut breakOut;
  private final PriceEffect price;

  /** What all candidates of one run share. */
  private record Shop(
      CategoryRates rates, Margins margins, double pull, double days, Duration span) {}

  /**
   * One candidate on its way to a score.
   *
   * @param pull of its trends, corrected
   * @param own chance to break out by itself
   */
  private record Rated(
      Candidate candidate, DemandHead.Evidence evidence, double pull, double own) {}

  /** Rates with the shipped prior. */
  public RulesScorer(ScoringSettings settings) {
    this(settings, Calibration.PRIOR);
  }

  private RulesScorer(ScoringSettings settings, Calibration calibration) {
    this.settings = settings;
    this.sellOutCorrection = calibration.sellOut().correction();
    this.breakOutCorrection = calibration.breakOut().correction();
    this.breakOut = new BreakOut(calibration);
    this.price = calibration.priceEffect();
    this.bands = new Bands(settings.dispersion(), sellOutCorrection, breakOutCorrection);
    this.head = new DemandHead(settings.halfLife(), settings.priorExposure());
  }

  @Override
  public String id() {
    return "rules v1";
  }

  @Override
  public Scorer calibrated(Calibration calibration) {
    return new RulesScorer(settings, calibration);
  }

  @Override
  public List<Score> score(List<Candidate> candidates, Instant now, Duration horizon) {
    if (!horizon.isPositive()) throw new IllegalArgumentException("horizon " + horizon);
    var sorted = candidates.stream().sorted(BY_ID).toList();
    var since = firstSale(sorted, now);
    var looks = head.looks(sorted.stream().map(Candidate::exposure).toList(), now);
    var rates = new CategoryRates();
    var rated = new ArrayList<Rated>(sorted.size());
    var pulls = 0.0;
    for (var candidate : sorted) {
      var evidence = head.evidence(candidate.sales(), now, since, candidate.exposure(), looks);
      var pull = breakOutCorrection.applyAsDouble(TrendOutlook.together(candidate.links()));
      rates.add(candidate.product().category(), evidence);
      pulls += pull;
      rated.add(new Rated(candidate, evidence, pull, breakOut.own(candidate.sales(), now)));
    }
    var margins =
        new Margins(
            sorted.stream().map(Candidate::product).toList(),
            settings.fees().orElse(Margins.Fees.NONE));
    var days = horizon.toMillis() / (double) Duration.ofDays(1).toMillis();
    var mean = sorted.isEmpty() ? 0 : pulls / sorted.size();
    var shop = new Shop(rates, margins, mean, days, horizon);
    var scores = new ArrayList<Score>(rated.size());
    for (var it : rated) scores.add(score(it, shop, now));
    return scores;
  }

  private Score score(Rated rated, Shop shop, Instant now) {
    var candidate = rated.candidate();
    var product = candidate.product();
    var base = shop.rates().of(product.category());
    var demand = head.demand(rated.evidence(), base);
    var priced = price.weight() * candidate.priceNats();
    var shift = settings.trendWeight() * (rated.pull() - shop.pull()) + priced;
    var expected = demand.perDay() * StrictMath.exp(shift) * shop.days();
    var meant = candidate.opinion().map(it -> it.shift(expected)).orElse(0.0);
    var orders =
        NegativeBinomial.predictive(
            expected * StrictMath.exp(meant), demand.worth(), settings.dispersion());
    var units = Math.max(0, candidate.unitsLeft());
    var sellOut = units == 0 ? 1 : sellOutCorrection.applyAsDouble(orders.atLeast(units));
    var sold = Math.max(SOLD_MIN, orders.expectedMin(units));
    var closing = TrendOutlook.closing(candidate.links(), shop.span());
    var margin = shop.margins().of(product);
    var bonus = 1 + settings.closingWeight() * closing;

    var parts = new ArrayList<Score.Part>();
    parts.add(new Score.Part("category " + product.category(), log(base * shop.days())));
    parts.add(new Score.Part("own orders", log(demand.perDay() / base)));
    addTrends(parts, rated, shop);
    candidate.opinion().ifPresent(it -> parts.add(meaning(it, meant)));
    parts.add(price(priced));
    var uncapped = sum(parts);
    parts.add(new Score.Part("stock cap", log(sold) - uncapped));
    parts.add(new Score.Part("margin", log(margin.minor())));
    parts.add(new Score.Part("closing", log(bonus)));

    var together = BreakOut.either(TrendOutlook.together(candidate.links()), rated.own());
    var virality = percent(breakOutCorrection.applyAsDouble(together));
    var urgency = percent(1 - (1 - sellOut) * (1 - closing));
    return new Score(
        product.id(),
        virality,
        urgency,
        orders.mean(),
        sellOut,
        demand.worth(),
        margin.minor() * sold * bonus,
        parts,
        Reason.of(candidate, orders, sellOut, shop.span(), margin.assumed()),
        Reason.trend(candidate.links()),
        id(),
        now,
        source(rated),
        Optional.of(
            new Score.Bands(
                bands.virality(virality, candidate.links(), rated.own()),
                bands.urgency(urgency, orders.mean(), demand.worth(), units, closing))));
  }

  // At the regular price: a deal's is set later, and for few.
  private Score.Part price(double nats) {
    return new Score.Part(
        nats == 0 || price.own() ? Score.PRICE : Score.PRICE + ", a prior, not yet own data", nats);
  }

  private static Score.Part meaning(Opinion opinion, double nats) {
    return new Score.Part(opinion.counts() ? "meaning, by a model" : "meaning (not counted)", nats);
  }

  // A model that does not count is no source.
  private static Score.Source source(Rated rated) {
    var heard = rated.candidate().opinion().filter(Opinion::counts);
    if (heard.isPresent()) {
      return heard.get().fresh() ? Score.Source.FRESH_LLM : Score.Source.CACHED_LLM;
    }
    return rated.evidence().orders() > 0 ? Score.Source.STAT : Score.Source.PRIOR;
  }

  // Each trend gets its share of -ln(1 - T), so the shares are exact and none counts twice.
  private void addTrends(List<Score.Part> parts, Rated rated, Shop shop) {
    var links = rated.candidate().links();
    var without = breakOutCorrection.applyAsDouble(0);
    var whole = settings.trendWeight() * (rated.pull() - without);
    var logs = new double[links.size()];
    var all = 0.0;
    for (var i = 0; i < logs.length; i++) {
      logs[i] = -StrictMath.log1p(-Math.min(TrendOutlook.pull(links.get(i)), 1 - 1e-12));
      all += logs[i];
    }
    var others = 0.0;
    for (var i = 0; i < logs.length; i++) {
      var nats = all > 0 ? whole * logs[i] / all : 0;
      if (i < NAMED_TRENDS) {
        parts.add(new Score.Part("trend " + links.get(i).trend().label(), nats));
      } else {
        others += nats;
      }
    }
    if (logs.length > NAMED_TRENDS) parts.add(new Score.Part("other trends", others));
    var elsewhere = settings.trendWeight() * (without - shop.pull());
    parts.add(new Score.Part("trends elsewhere", elsewhere));
  }

  private static LocalDate firstSale(List<Candidate> candidates, Instant now) {
    var first = LocalDate.ofInstant(now, ZoneOffset.UTC);
    for (var candidate : candidates) {
      for (var day : candidate.sales()) {
        if (day.orders() > 0 && day.date().isBefore(first)) first = day.date();
      }
    }
    return first;
  }

  private static double sum(List<Score.Part> parts) {
    var sum = 0.0;
    for (var part : parts) sum += part.nats();
    return sum;
  }

  private static double log(double value) {
    return StrictMath.log(value);
  }

  private static int percent(double share) {
    return Math.clamp(Math.round(share * 100), 0, 100);
  }
}
