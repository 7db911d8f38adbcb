package urgency.inventory;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;

/**
 * Which part of each day (UTC) a product could be had: at least one unit of one of its variants
 * neither sold nor held. Reckoned backwards from the units of now, by the ledger, so that it needs
 * no beginning.
 *
 * <p>The ledger knows when a step was decided, not when it was committed, some milliseconds later,
 * and two steps of a variant may stand in the other order; nobody's day is longer or shorter for
 * it. What it does not know is not told: whether a product was on a shelf or kept off it.
 */
@Singleton
public final class Presence {
  /** Days are counted for good this long after they are over, when all their steps are in. */
  static final Duration SETTLED_AFTER = Duration.ofMinutes(10);

  /** Further back nobody looks. */
  static final int DAYS_KEPT = 130;

  // A step moves the units left by its own; SELL takes what was held already. Summed from the last
  // step back, the steps say what was left before each, and where a variant came or went. A product
  // is there while one of its variants is.
  private static final String SHORT_DAYS =
      """
      with variant as (
        select it.product_id, it.variant_id, stock.on_hand - stock.held - stock.sold as left_now
          from unnest(:products::uuid[], :variants::uuid[]) as it (product_id, variant_id)
          join inventory.stock as stock on stock.variant_id = it.variant_id
      ),
      step as (
        select variant_id, at,
               sum(case when kind in ('HOLD', 'REACQUIRE') then -units else units end) as units
          from inventory.ledger
         where at >= :from
           and kind <> 'SELL'
         group by variant_id, at
      ),
      level as (
        select variant.product_id, variant.variant_id, step.at, step.units,
               variant.left_now - sum(step.units)
                 over (partition by step.variant_id order by step.at desc) as before
          from step
          join variant on variant.variant_id = step.variant_id
      ),
      turn as (
        select product_id, cast(:from as timestamptz) as at,
               count(*) filter (where left_first > 0) as variants
          from (select variant.product_id,
                       coalesce(first.before, variant.left_now) as left_first
                  from variant
                  left join (select distinct on (variant_id) variant_id, before
                               from level
                              order by variant_id, at) as first
                    on first.variant_id = variant.variant_id) as at_first
         group by product_id
        union all
        select product_id, at,
               (before + units > 0)::integer - (before > 0)::integer
          from level
         where (before + units > 0) <> (before > 0)
           and at < :until
      ),
      change as (
        select product_id, at, variants from turn
        union all
        select product_id, day, 0
          from (select product_id
                  from turn
                 group by product_id
                having count(*) > 1 or min(variants) = 0) as not_always_there
         cross join generate_series(cast(:from as timestamptz) + interval '1 day',
                                    cast(:until as timestamptz) - interval '1 microsecond',
                                    interval '1 day') as day
      ),
      span as (
        select product_id, at,
               sum(variants) over (partition by product_id order by at) as variants,
               lead(at, 1, cast(:until as timestamptz))
                 over (partition by product_id order by at) as ends
          from change
      ),
      spell as (
        select product_id, cast(at at time zone 'UTC' as date) as day,
               sum(case when variants > 0 then extract(epoch from ends - at) else 0 end) as there,
               sum(extract(epoch from ends - at)) as whole
          from span
         group by 1, 2
      )
      select product_id, day, there / whole as share
        from spell
       where there < whole
       order by product_id, day
      """;

  // The first row of a variant puts units in, and these rows have an index of their own.
  private static final String FIRST =
      """
      select it.product_id, min(first.at) as at
        from unnest(:products::uuid[], :variants::uuid[]) as it (product_id, variant_id)
       cross join lateral (select at
                             from inventory.ledger
                            where kind = 'RESTOCK'
                              and variant_id = it.variant_id
                            order by at
                            limit 1) as first
       group by it.product_id
      """;

  private static final String COUNTED =
      """
      select product_id, day, share
        from inventory.short_day
       where day >= :from
       order by product_id, day
      """;

  private static final String ADD =
      """
      insert into inventory.short_day (product_id, day, share)
      values (:product, :day, :share)
          on conflict do nothing
      """;

  private static final String COUNTED_UNTIL =
      """
      insert into inventory.counted (until) values (:until)
          on conflict (one) do update set until = excluded.until
      """;

  /**
   * A day on which a product could not be had all the time.
   *
   * @param share of the day, or of the part of today that is over; 0 to less than 1
   */
  public record ShortDay(LocalDate day, double share) {}

  /**
   * What is on record of one product.
   *
   * @param since the day on which it was first stocked, where others were on an earlier day; before
   *     it nothing is known
   * @param days from then on that were not whole, in their order
   */
  public record Past(Optional<LocalDate> since, List<ShortDay> days) {
    public Past {
      days = List.copyOf(days);
    }
  }

  private record Row(ProductId product, ShortDay day) {}

  /**
   * The past of products from a day on until now; those that were never stocked are absent. Days
   * that are over come from a table, the rest from the ledger.
   *
   * @param products by variant
   */
  public Map<ProductId, Past> past(
      Handle tx, Map<VariantId, ProductId> products, LocalDate from, Instant now) {
    var first = first(tx, products);
    if (first.isEmpty()) return Map.of();
    var opened = first.values().stream().min(Comparator.naturalOrder()).orElseThrow();
    var counted = counted(tx).filter(it -> it.isAfter(from));
    var days = new HashMap<ProductId, SortedMap<LocalDate, ShortDay>>();
    if (counted.isPresent()) {
      for (var it : rows(tx, from)) put(days, it);
    }
    var tail = later(counted.orElse(from), opened);
    for (var it : shortDays(tx, products, tail, now)) put(days, it);
    var past = new HashMap<ProductId, Past>();
    first.forEach(
        (product, since) -> {
          var known = days.getOrDefault(product, Collections.emptySortedMap()).tailMap(since);
          past.put(
              product,
              new Past(
                  Optional.of(since).filter(it -> it.isAfter(opened)),
                  List.copyOf(known.values())));
        });
    return past;
  }

  /** Whether a day is over that was not written down. */
  boolean due(Handle tx, Instant now) {
    return counted(tx).filter(it -> !it.isBefore(day(now.minus(SETTLED_AFTER)))).isEmpty();
  }

  /**
   * Writes down the days that are over and were not written yet; doing it again changes nothing.
   *
   * @param products by variant
   */
  public void count(Handle tx, Map<VariantId, ProductId> products, Instant now) {
    var until = day(now.minus(SETTLED_AFTER));
    var first = first(tx, products);
    if (first.isEmpty()) return;
    var opened = first.values().stream().min(Comparator.naturalOrder()).orElseThrow();
    var from = later(counted(tx).orElse(opened), until.minusDays(DAYS_KEPT));
    if (!from.isBefore(until)) return;
    var batch = tx.prepareBatch(ADD);
    for (var it : shortDays(tx, products, from, start(until).toInstant())) {
      var since = first.get(it.product());
      // Before it was stocked it was not short of anything.
      if (since == null || it.day().day().isBefore(since)) continue;
      batch
          .bind("product", it.product().value())
          .bind("day", it.day().day())
          .bind("share", it.day().share())
          .add();
    }
    if (batch.size() > 0) batch.execute();
    tx.createUpdate("delete from inventory.short_day where day < :before")
        .bind("before", until.minusDays(DAYS_KEPT))
        .execute();
    tx.createUpdate(COUNTED_UNTIL).bind("until", until).execute();
  }

  private static List<Row> shortDays(
      Handle tx, Map<VariantId, ProductId> products, LocalDate from, Instant until) {
    var begins = start(from);
    if (!begins.toInstant().isBefore(until)) return List.of();
    return asked(tx.createQuery(SHORT_DAYS), products)
        .bind("from", begins)
        .bind("until", until.atOffset(ZoneOffset.UTC))
        .map((row, _) -> row(row))
        .list();
  }

  private static List<Row> rows(Handle tx, LocalDate from) {
    return tx.createQuery(COUNTED).bind("from", from).map((row, _) -> row(row)).list();
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        new ProductId(row.getObject("product_id", UUID.class)),
        new ShortDay(row.getObject("day", LocalDate.class), row.getDouble("share")));
  }

  private static void put(Map<ProductId, SortedMap<LocalDate, ShortDay>> days, Row it) {
    days.computeIfAbsent(it.product(), _ -> new TreeMap<>()).put(it.day().day(), it.day());
  }

  private static Map<ProductId, LocalDate> first(Handle tx, Map<VariantId, ProductId> products) {
    var first = new HashMap<ProductId, LocalDate>();
    asked(tx.createQuery(FIRST), products)
        .map(
            (row, _) ->
                Map.entry(
                    new ProductId(row.getObject("product_id", UUID.class)),
                    day(row.getObject("at", OffsetDateTime.class).toInstant())))
        .forEach(it -> first.put(it.getKey(), it.getValue()));
    return first;
  }

  private static Query asked(Query query, Map<VariantId, ProductId> products) {
    var variants = new ArrayList<UUID>(products.size());
    var of = new ArrayList<UUID>(products.size());
    products.forEach(
        (variant, product) -> {
          variants.add(variant.value());
          of.add(product.value());
        });
    return query.bindArray("products", UUID.class, of).bindArray("variants", UUID.class, variants);
  }

  private static Optional<LocalDate> counted(Handle tx) {
    return tx.createQuery("select until from inventory.counted").mapTo(LocalDate.class).findOne();
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  private static OffsetDateTime start(LocalDate day) {
    return day.atStartOfDay().atOffset(ZoneOffset.UTC);
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }
}
