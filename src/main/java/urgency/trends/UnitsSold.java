package urgency.trends;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import urgency.trends.TrendObservation.Detail;
import urgency.trends.TrendObservation.Kind;
import urgency.trends.TrendObservation.Point;

/**
 * Sales per day of products elsewhere, from the units they had sold at each poll.
 *
 * <p>What was sold between two polls is spread evenly over the time between them. A count that
 * falls (cancelled orders, a corrected counter) sold nothing in that time. A day that no two polls
 * cover for at least a quarter is left out rather than guessed.
 */
final class UnitsSold {
  private static final double COVERED_MIN = 0.25;
  private static final double DAY_SECONDS = Duration.ofDays(1).toSeconds();

  private static final String ADD =
      """
      insert into trends.units_sold (source, region, external_id, at, units)
      values (:source, :region, :externalId, :at, :units)
      on conflict do nothing
      """;

  private static final String READINGS =
      """
      select external_id, at, units
        from trends.units_sold
       where source = :source and region = :region and external_id = any (:ids) and at >= :since
       order by external_id, at
      """;

  private static final String FORGET = "delete from trends.units_sold where at < :before";

  /** How many units were sold by an instant. */
  record Reading(Instant at, long units) {}

  /** What a day sold, and how much of the day is known. */
  private record Sold(double units, double seconds) {}

  private record Row(String id, Reading reading) {}

  private UnitsSold() {}

  /** The rows, those of products with the curve of their sales as far as it is known. */
  static List<TrendObservation> curves(Handle tx, List<TrendObservation> rows, Instant now) {
    var products =
        rows.stream()
            .filter(it -> it.kind() == Kind.PRODUCT && it.detail().unitsSold().isPresent())
            .toList();
    if (products.isEmpty()) return rows;
    add(tx, products, now);
    var readings = readings(tx, products, now);
    var told = new ArrayList<TrendObservation>(rows.size());
    for (var row : rows) {
      var known = readings.get(row.externalId());
      told.add(known == null ? row : curved(row, perDay(known)));
    }
    return told;
  }

  /** Deletes readings older than that. */
  static void forget(Handle tx, Instant before) {
    tx.createUpdate(FORGET).bind("before", before.atOffset(ZoneOffset.UTC)).execute();
  }

  /** Units per whole day (UTC), for each day that is known well enough; readings in order. */
  static Map<LocalDate, Double> perDay(List<Reading> readings) {
    var days = new TreeMap<LocalDate, Sold>();
    for (var i = 1; i < readings.size(); i++) {
      var from = readings.get(i - 1);
      var until = readings.get(i);
      var sold = Math.max(0, until.units() - from.units());
      spread(from.at(), until.at(), sold, days);
    }
    var rates = new TreeMap<LocalDate, Double>();
    days.forEach(
        (day, it) -> {
          if (it.seconds() >= COVERED_MIN * DAY_SECONDS) {
            rates.put(day, it.units() / it.seconds() * DAY_SECONDS);
          }
        });
    return rates;
  }

  private static void spread(Instant from, Instant until, long sold, Map<LocalDate, Sold> days) {
    var all = Duration.between(from, until).toMillis() / 1000.0;
    if (all <= 0) return;
    var start = from;
    while (start.isBefore(until)) {
      var day = LocalDate.ofInstant(start, ZoneOffset.UTC);
      var midnight = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      var end = midnight.isBefore(until) ? midnight : until;
      var seconds = Duration.between(start, end).toMillis() / 1000.0;
      days.merge(
          day,
          new Sold(sold * seconds / all, seconds),
          (one, more) -> new Sold(one.units() + more.units(), one.seconds() + more.seconds()));
      start = end;
    }
  }

  private static TrendObservation curved(TrendObservation row, Map<LocalDate, Double> rates) {
    if (rates.isEmpty()) return row;
    var max = rates.values().stream().mapToDouble(it -> it).max().orElse(0);
    var curve = new ArrayList<Point>();
    var daily = new ArrayList<Long>();
    rates.forEach(
        (day, rate) -> {
          curve.add(new Point(day, max == 0 ? 0 : rate / max * 100));
          daily.add(Math.round(rate));
        });
    var detail = row.detail();
    return new TrendObservation(
        row.source(),
        row.kind(),
        row.externalId(),
        row.key(),
        row.displayName(),
        row.region(),
        row.windowDays(),
        row.observedAt(),
        row.asOf(),
        row.rank(),
        row.posts(),
        row.views(),
        curve,
        row.industries(),
        new Detail(
            detail.rankChange(),
            detail.postsLifetime(),
            detail.viewsLifetime(),
            detail.unitsSold(),
            daily,
            detail.price(),
            detail.reception(),
            detail.categories(),
            detail.link()));
  }

  private static void add(Handle tx, List<TrendObservation> products, Instant now) {
    var batch = tx.prepareBatch(ADD);
    for (var it : products) {
      batch
          .bind("source", it.source())
          .bind("region", it.region())
          .bind("externalId", it.externalId())
          .bind("at", now.atOffset(ZoneOffset.UTC))
          .bind("units", it.detail().unitsSold().orElseThrow())
          .add();
    }
    batch.execute();
  }

  private static Map<String, List<Reading>> readings(
      Handle tx, List<TrendObservation> products, Instant now) {
    var first = products.getFirst();
    var found = new HashMap<String, List<Reading>>();
    tx.createQuery(READINGS)
        .bind("source", first.source())
        .bind("region", first.region())
        .bindArray(
            "ids", String.class, products.stream().map(TrendObservation::externalId).toList())
        .bind("since", now.minus(Duration.ofDays(first.windowDays() + 1L)).atOffset(ZoneOffset.UTC))
        .map(
            (row, _) ->
                new Row(
                    row.getString("external_id"),
                    new Reading(row.getTimestamp("at").toInstant(), row.getLong("units"))))
        .forEach(it -> found.computeIfAbsent(it.id(), _ -> new ArrayList<>()).add(it.reading()));
    return found;
  }
}
