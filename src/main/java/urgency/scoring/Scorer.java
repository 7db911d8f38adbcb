package urgency.scoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import urgency.catalog.Product;
import urgency.catalog.SalesHistory;
import urgency.demand.Exposure;
import urgency.demand.PriceEffect;
import urgency.judging.Opinion;
import urgency.money.Money;
import urgency.trends.Trend;

/**
 * Rates candidates for virality and urgency.
 *
 * <p>An implementation answers every candidate, in any order, before the deadline it was built
 * with; what it cannot rate it leaves out, and {@code rules} rates that instead. Never called while
 * a shopper waits.
 */
public interface Scorer {
  /** Name and version that go on record with each score, such as {@code rules v1}. */
  String id();

  List<Score> score(List<Candidate> candidates, Instant now, Duration horizon);

  /** The same scorer, with its chances corrected by what came true in this shop. */
  default Scorer calibrated(Calibration calibration) {
    return this;
  }

  /** Makes the scorer that a past rating was made with. */
  @FunctionalInterface
  interface Maker {
    Scorer with(ScoringSettings settings);
  }

  /**
   * A product to rate, with what is known about it.
   *
   * @param unitsLeft units that can be sold now, over all variants
   * @param sales days with sales, in order of date
   * @param links trends that fit the product, with strength 0 to 1, strongest first
   * @param opinion what a judge of meaning said of it, and how much that counts
   * @param exposure how long it could be had and was looked at; empty in what was kept before that
   *     was known
   * @param reference lowest price of the last 30 days, of the cheapest variant; empty where there
   *     is none, and in what was kept before it counted
   */
  record Candidate(
      Product product,
      int unitsLeft,
      List<SalesHistory.Day> sales,
      List<Link> links,
      Optional<Opinion> opinion,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Exposure> exposure,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Money> reference) {
    /** One that nobody has judged. */
    public Candidate(
        Product product, int unitsLeft, List<SalesHistory.Day> sales, List<Link> links) {
      this(product, unitsLeft, sales, links, Optional.empty());
    }

    /** One of which no more is known. */
    public Candidate(
        Product product,
        int unitsLeft,
        List<SalesHistory.Day> sales,
        List<Link> links,
        Optional<Opinion> opinion) {
      this(product, unitsLeft, sales, links, opinion, Optional.empty(), Optional.empty());
    }

    Candidate with(Optional<Opinion> heard) {
      return new Candidate(product, unitsLeft, sales, links, heard, exposure, reference);
    }

    /** The same, with what is known of its time on sale and of its prices. */
    public Candidate known(Optional<Exposure> exposed, Optional<Money> lowest) {
      return new Candidate(product, unitsLeft, sales, links, opinion, exposed, lowest);
    }

    /** The same, if it had other prices and as many units. */
    public Candidate changed(Product otherwise, int units) {
      return new Candidate(otherwise, units, sales, links, opinion, exposure, reference);
    }

    /** {@code ln(reference / price)} at the regular price of the cheapest variant [nats]. */
    public double priceNats() {
      return PriceEffect.nats(reference, product.lowestPrice());
    }
  }

  /**
   * How strongly a trend fits a product, and how that was found out.
   *
   * @param place of the trend among those of its region; empty for one that cannot be ranked, and
   *     in what was kept before there were places
   */
  record Link(
      Trend trend,
      double strength,
      String method,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<TrendPlace> place) {
    /** To a trend without a place. */
    public Link(Trend trend, double strength, String method) {
      this(trend, strength, method, Optional.empty());
    }

    /** The same link if it were certain. */
    public Link certain() {
      return new Link(trend, 1, method, place);
    }
  }
}
