package urgency.trends.ownshop;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import urgency.catalog.Catalog;
import urgency.catalog.InterestHistory;
import urgency.catalog.PriceHistory;
import urgency.catalog.ProductId;
import urgency.catalog.SalesHistory;

/** What visitors did with each product in the last days: looked, added, held, paid. */
public final class Signals {
  private static final int PRODUCTS_MAX = 2_000;

  /**
   * The days of one product.
   *
   * @param minutes person-minutes of looking
   * @param adds times put into a cart
   * @param holds orders that held units, paid or not
   * @param orders paid orders
   * @param units units of paid orders
   * @param minutesByDay oldest first, one for each day
   */
  public record Signal(
      ProductId product,
      String name,
      int minutes,
      int adds,
      int holds,
      int orders,
      int units,
      List<Integer> minutesByDay) {}

  private Signals() {}

  /** All products, those with most paid orders first, then holds, adds and minutes. */
  public static List<Signal> of(Handle tx, LocalDate today, int days) {
    var from = today.minusDays(days - 1L);
    var interest = new InterestHistory().between(tx, from, today);
    var sales = new SalesHistory().between(tx, from, today);
    var signals = new ArrayList<Signal>();
    for (var product : new Catalog(new PriceHistory()).all(tx)) {
      signals.add(
          signal(
              product.id(),
              product.name(),
              interest.getOrDefault(product.id(), List.of()),
              sales.getOrDefault(product.id(), List.of()),
              from,
              days));
    }
    signals.sort(
        Comparator.comparingInt(Signal::orders)
            .thenComparingInt(Signal::holds)
            .thenComparingInt(Signal::adds)
            .thenComparingInt(Signal::minutes)
            .reversed()
            .thenComparing(it -> it.product().value()));
    return List.copyOf(signals.subList(0, Math.min(PRODUCTS_MAX, signals.size())));
  }

  private static Signal signal(
      ProductId product,
      String name,
      List<InterestHistory.Day> interest,
      List<SalesHistory.Day> sales,
      LocalDate from,
      int days) {
    var minutes = 0;
    var adds = 0;
    var holds = 0;
    Map<LocalDate, Integer> byDay = new HashMap<>();
    for (var it : interest) {
      minutes += it.minutes();
      adds += it.adds();
      holds += it.holds();
      byDay.put(it.date(), it.minutes());
    }
    var orders = 0;
    var units = 0;
    for (var it : sales) {
      orders += it.orders();
      units += it.units();
    }
    var each = new ArrayList<Integer>(days);
    for (var i = 0; i < days; i++) each.add(byDay.getOrDefault(from.plusDays(i), 0));
    return new Signal(product, name, minutes, adds, holds, orders, units, List.copyOf(each));
  }
}
