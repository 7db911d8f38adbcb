package urgency.storefront;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.catalog.PriceHistory;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.claims.ClaimBook;
import urgency.claims.Evidence;
import urgency.money.Money;
import urgency.shelf.Edition;
import urgency.shelf.ShelfSettings;
import urgency.shelf.Slot;
import urgency.trends.Trend;
import urgency.trends.Trends;

/**
 * What an edition's claims stand on, read anew from where it was first written down: the price
 * history and the trends, not the edition itself, so that an edition that errs cannot prove itself
 * right.
 *
 * @param firstShown the end of the edition as it was first shown anywhere
 * @param lowest lowest price of the 30 days before the edition, by variant
 * @param known what else is known of a variant's prices
 * @param trends what a source says about the trend that a slot names, by product
 */
public record Footing(
    Instant firstShown,
    Map<VariantId, Money> lowest,
    Map<VariantId, PriceHistory.Known> known,
    Map<ProductId, Evidence.Trend> trends) {
  private static final Duration REFERENCE = Duration.ofDays(30);

  public Footing {
    lowest = Map.copyOf(lowest);
    known = Map.copyOf(known);
    trends = Map.copyOf(trends);
  }

  /** Reads what there is. */
  @Singleton
  static final class Reader {
    private final PriceHistory prices;
    private final Trends trends;
    private final ClaimBook book;
    private final ShelfSettings settings;

    Reader(PriceHistory prices, Trends trends, ClaimBook book, ShelfSettings settings) {
      this.prices = prices;
      this.trends = trends;
      this.book = book;
      this.settings = settings;
    }

    Footing read(Handle tx, Edition edition, Instant now) {
      List<VariantId> variants =
          edition.slots().stream()
              .flatMap(it -> it.deals().stream())
              .map(it -> it.variant())
              .toList();
      var opens = edition.opensAt();
      return new Footing(
          book.firstShown(tx, name(edition), edition.closesAt()),
          prices.lowest(tx, variants, opens.minus(REFERENCE), opens),
          prices.known(tx, variants, opens.minus(settings.flashCooling()), opens),
          named(edition, trends.current(tx, now), now));
    }
  }

  /** How the end of an edition is called on record. */
  static String name(Edition edition) {
    return "edition " + edition.number();
  }

  // A slot names its strongest trend in words; whoever is named must still be there and say so.
  static Map<ProductId, Evidence.Trend> named(Edition edition, List<Trend> trends, Instant now) {
    var named = new HashMap<ProductId, Evidence.Trend>();
    for (var slot : edition.slots()) {
      source(slot, trends)
          .ifPresent(
              it ->
                  named.put(
                      slot.product(),
                      new Evidence.Trend(
                          it.source(), slot.evidence(), it.observedAt(), it.demo(), now)));
    }
    return named;
  }

  private static Optional<Trend> source(Slot slot, List<Trend> trends) {
    return trends.stream().filter(it -> slot.evidence().startsWith(it.label() + " ")).findFirst();
  }
}
