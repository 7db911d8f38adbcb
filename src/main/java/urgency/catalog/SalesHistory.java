package urgency.catalog;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** How many distinct paid orders each product had on each day (UTC): what feeds demand. */
@Singleton
public final class SalesHistory {
  /** One day of one product. Days without a sale have no row. */
  public record Day(LocalDate date, int orders, int units) {}

  private static final String SET =
      """
      insert into catalog.daily_sales (product_id, day, orders, units)
      values (:product, :day, :orders, :units)
          on conflict (product_id, day) do update
         set orders = excluded.orders, units = excluded.units
       where (daily_sales.orders, daily_sales.units) <> (excluded.orders, excluded.units)
      """;

  private static final String CLEAR =
      "delete from catalog.daily_sales where product_id = :product and day = :day";

  private static final String BETWEEN =
      """
      select product_id, day, orders, units
        from catalog.daily_sales
       where day between :from and :until
       order by product_id, day
      """;

  private static final String FIRST = "select day from catalog.daily_sales order by day limit 1";

  private record Row(ProductId product, Day day) {}

  /** Sets the figures of one day; setting the same again changes nothing. */
  public void set(Handle tx, ProductId product, LocalDate day, int orders, int units) {
    set(tx, Map.of(product, List.of(new Day(day, orders, units))));
  }

  /** Same for many days at once. */
  public void set(Handle tx, Map<ProductId, List<Day>> history) {
    var sold = tx.prepareBatch(SET);
    var unsold = tx.prepareBatch(CLEAR);
    history.forEach(
        (product, days) -> {
          for (var day : days) {
            if (day.orders() == 0) {
              unsold.bind("product", product.value()).bind("day", day.date()).add();
            } else {
              sold.bind("product", product.value())
                  .bind("day", day.date())
                  .bind("orders", day.orders())
                  .bind("units", day.units())
                  .add();
            }
          }
        });
    if (sold.size() > 0) sold.execute();
    if (unsold.size() > 0) unsold.execute();
  }

  /** The first day of all on which something was sold. */
  public Optional<LocalDate> first(Handle tx) {
    return tx.createQuery(FIRST).mapTo(LocalDate.class).findOne();
  }

  /** The days of {@code [from, until]}, by product, in order of date. */
  public Map<ProductId, List<Day>> between(Handle tx, LocalDate from, LocalDate until) {
    var found = new LinkedHashMap<ProductId, List<Day>>();
    tx.createQuery(BETWEEN)
        .bind("from", from)
        .bind("until", until)
        .map(
            (row, _) ->
                new Row(
                    new ProductId(row.getObject("product_id", UUID.class)),
                    new Day(
                        row.getObject("day", LocalDate.class),
                        row.getInt("orders"),
                        row.getInt("units"))))
        .forEach(it -> found.computeIfAbsent(it.product(), _ -> new ArrayList<>()).add(it.day()));
    return found;
  }
}
