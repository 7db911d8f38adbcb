package urgency.orders;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

  private static final String HELD =
      """
      select cast(order_.placed_at at time zone 'UTC' as date) as day,
             line.product_id,
             count(distinct order_.id) as orders
        from orders.order_
        join orders.line on line.order_id = order_.id
       where order_.placed_at >= :from
       group by 1, 2
       order by 1, 2
      """;

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
          for (var it : figures(tx, now)) {
            history.set(tx, it.product(), it.day(), it.orders(), it.units());
          }
          interest.held(tx, held(tx, now));
        });
  }

  /** Orders that held units, paid or not, by product and day. */
  static List<Held> held(Handle tx, Instant now) {
    var from = now.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(DAYS - 1);
    return tx.createQuery(HELD)
        .bind("from", from.atStartOfDay().atOffset(ZoneOffset.UTC))
        .map(
            (row, _) ->
                new Held(
                    new ProductId(row.getObject(2, UUID.class)),
                    row.getObject(1, LocalDate.class),
                    row.getInt(3)))
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
