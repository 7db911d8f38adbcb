package urgency.outcomes;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import urgency.catalog.ProductId;
import urgency.catalog.SalesHistory;
import urgency.scoring.BreakOutHead;

/**
 * What was to be seen of the shop's products on the eve of a week, and which of them broke out in
 * it. Products that had never sold are left out, nothing can be learnt from their past.
 */
@SuppressWarnings("ArrayRecordComponent") // Rows of numbers are carried, and no record is compared.
record GrowthWeek(double[][] features, boolean[] brokeOut) {
  /** The days that such a week needs. */
  static Map<ProductId, List<SalesHistory.Day>> days(
      Handle tx, SalesHistory sales, LocalDate begins) {
    return sales.between(
        tx,
        begins.minusDays(BreakOutHead.PAST_DAYS),
        begins.plusDays(BreakOutHead.HORIZON_DAYS - 1L));
  }

  /**
   * One week.
   *
   * @param days of products in the order of their ids
   * @param rowsMax of more products every second, third and so on is taken
   */
  static GrowthWeek of(Map<ProductId, List<SalesHistory.Day>> days, LocalDate begins, int rowsMax) {
    var growths = new HashMap<ProductId, Double>();
    var pasts = new ArrayList<Map.Entry<ProductId, int[]>>();
    days.forEach(
        (product, sold) -> {
          var past = BreakOutHead.past(sold, begins);
          if (Arrays.stream(past).allMatch(it -> it == 0)) return;
          pasts.add(Map.entry(product, past));
          growths.put(product, growth(sold, begins));
        });
    var brokeOut = brokeOut(growths);
    var stride = Math.ceilDiv(Math.max(1, pasts.size()), rowsMax);
    var rows = Math.ceilDiv(pasts.size(), stride);
    var features = new double[rows][];
    var hits = new boolean[rows];
    for (var i = 0; i < rows; i++) {
      var it = pasts.get(i * stride);
      features[i] = BreakOutHead.features(it.getValue());
      hits[i] = brokeOut.contains(it.getKey());
    }
    return new GrowthWeek(features, hits);
  }

  /** How far a product outgrew its past in the week that begins on a day [nats]. */
  static double growth(List<SalesHistory.Day> days, LocalDate begins) {
    var ends = begins.plusDays(BreakOutHead.HORIZON_DAYS);
    var next = 0;
    for (var day : days) {
      if (!day.date().isBefore(begins) && day.date().isBefore(ends)) next += day.orders();
    }
    return BreakOutHead.growth(BreakOutHead.past(days, begins), next);
  }

  /** The tenth that grew most; what did not grow is not among them. Of equals the lower id wins. */
  static Set<ProductId> brokeOut(Map<ProductId, Double> growths) {
    var sorted = new ArrayList<>(growths.entrySet());
    sorted.sort(
        Map.Entry.<ProductId, Double>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    var top = (int) Math.ceil(sorted.size() * BreakOutHead.TOP_SHARE);
    var brokeOut = new HashSet<ProductId>();
    for (var it : sorted.subList(0, top)) if (it.getValue() > 0) brokeOut.add(it.getKey());
    return brokeOut;
  }
}
