package urgency.demand;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import urgency.catalog.InterestHistory;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.inventory.Presence;

/**
 * How long a product could be had, and how much it was looked at.
 *
 * @param since the first day on which it was stocked, where the shop had others before; empty where
 *     nothing is known of the time before
 * @param days in their order; a day that is left out was in stock whole and saw no look
 */
public record Exposure(Optional<LocalDate> since, List<Day> days) {
  public Exposure {
    days = List.copyOf(days);
  }

  /**
   * One day (UTC).
   *
   * @param stocked part of it, or of what is over of today, in which it could be had; 0 to 1
   * @param looks person-minutes of looking at it
   */
  public record Day(LocalDate date, double stocked, int looks) {}

  /** What is on record of products over the days that demand looks back on. */
  public static Map<ProductId, Exposure> read(Handle tx, List<Product> products, Instant now) {
    var variants = new HashMap<VariantId, ProductId>();
    for (var product : products) {
      for (var variant : product.variants()) variants.put(variant.id(), product.id());
    }
    var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    var from = today.minusDays(DemandHead.DAYS_MAX - 1L);
    var looked = new InterestHistory().between(tx, from, today);
    var exposures = new HashMap<ProductId, Exposure>();
    new Presence()
        .past(tx, variants, from, now)
        .forEach(
            (product, past) ->
                exposures.put(product, of(past, looked.getOrDefault(product, List.of()))));
    return exposures;
  }

  private static Exposure of(Presence.Past past, List<InterestHistory.Day> looked) {
    var shares = new HashMap<LocalDate, Double>();
    for (var it : past.days()) shares.put(it.day(), it.share());
    var looks = new HashMap<LocalDate, Integer>();
    for (var it : looked) if (it.minutes() > 0) looks.put(it.date(), it.minutes());
    var dates = new TreeSet<LocalDate>(shares.keySet());
    dates.addAll(looks.keySet());
    var days = new ArrayList<Day>(dates.size());
    for (var it : dates) {
      days.add(new Day(it, shares.getOrDefault(it, 1.0), looks.getOrDefault(it, 0)));
    }
    return new Exposure(past.since(), days);
  }
}
