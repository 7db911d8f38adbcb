package urgency.orders;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.catalog.InterestHistory;
import urgency.catalog.InterestHistory.Held;
import urgency.catalog.ProductId;
import urgency.catalog.SalesHistory;
import urgency.platform.sql.Database;

/**
 * Tells the catalogue how many paid orders each product had, day by day.
 *
 * <p>The figures of today and yesterday (UTC) are counted afresh and set, never added to; so it
 * does not matter how often or on which node this runs. Money that went back later still was demand
 * and stays counted, unless the units were gone.
 */
@Singleton
final class SalesRollup {
  private static final int DAYS = 2;

  private static final String FIGURES =
      """
      select cast(order_.paid_at at time zone 'UTC' as date) as day,
             line.product_id,
             count(distinct order_.id) as orders,
             sum(line.units) as units
        from orders.order_
        join orders.line on line.order_id = order_.id
       where order_.paid_at >= :from
         and (not order_.released or order_.resold)
       group by 1, 2
       order by 1, 2
      """;

  // Counts the first line of an order with a product, where distinct orders would be sorted on
  // disk.
  private static final String HELD =
      """
      select line.product_id,
             count(*) as orders
        from orders.order_
        join orders.line on line.order_id = order_.id
       where order_.placed_at >= :from
         and order_.placed_at < :until
         and (line.place = 1
              or not exists (select
                               from orders.line as earlier
                              where earlier.order_id = line.order_id
                                and earlier.place < line.place
                                and earlier.product_id = line.product_id))
       group by 1
       order by 1
      """;

  // In a rush these are many orders: one processor counts them while the others serve.
  private static final String ALONE = "set local max_parallel_workers_per_gather = 0";

  /** One day of one product. */
  record Figure(ProductId product, LocalDate day, int orders, int units) {}

  private final Database database;
  private final SalesHistory history;
  private final InterestHistory interest;

  SalesRollup(Database database, SalesHistory history, InterestHistory interest) {
    this.database = database;
    this.history = history;
    this.interest = interest;
  }

  void run(Instant now) {
    database.change(
        tx -> {
          tx.execute(ALONE);
          for (var it : figures(tx, now)) {
            history.set(tx, it.product(), it.day(), it.orders(), it.units());
          }
          interest.held(tx, held(tx, now));
        });
  }

  /** Orders that held units, paid or not, by product and day. */
  static List<Held> held(Handle tx, Instant now) {
    var today = now.atOffset(ZoneOffset.UTC).toLocalDate();
    var held = new ArrayList<Held>();
    for (var day = today.minusDays(DAYS - 1); !day.isAfter(today); day = day.plusDays(1)) {
      held.addAll(held(tx, day));
    }
    return held;
  }

  private static List<Held> held(Handle tx, LocalDate day) {
    return tx.createQuery(HELD)
        .bind("from", day.atStartOfDay().atOffset(ZoneOffset.UTC))
        .bind("until", day.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
        .map((row, _) -> new Held(new ProductId(row.getObject(1, UUID.class)), day, row.getInt(2)))
        .list();
  }

  static List<Figure> figures(Handle tx, Instant now) {
    var from = now.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(DAYS - 1);
    return tx.createQuery(FIGURES)
        .bind("from", from.atStartOfDay().atOffset(ZoneOffset.UTC))
        .map(
            (row, _) ->
                new Figure(
                    new ProductId(row.getObject(2, UUID.class)),
                    row.getObject(1, LocalDate.class),
                    row.getInt(3),
                    row.getInt(4)))
        .list();
  }
}
