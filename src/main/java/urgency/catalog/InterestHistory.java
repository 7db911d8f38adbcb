package urgency.catalog;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What people did with each product on each day (UTC) before they paid: looked, added, held. */
@Singleton
public final class InterestHistory {
  private static final String LOOKED =
      """
      insert into catalog.daily_interest as known (product_id, day, minutes)
      select id, :day, :minutes from catalog.product where id = :product
          on conflict (product_id, day) do update
         set minutes = known.minutes + excluded.minutes
      """;

  private static final String ADDED =
      """
      insert into catalog.daily_interest as known (product_id, day, adds)
      select product_id, :day, :adds from catalog.variant where id = :variant
          on conflict (product_id, day) do update
         set adds = known.adds + excluded.adds
      """;

  private static final String HELD =
      """
      insert into catalog.daily_interest as known (product_id, day, holds)
      select id, :day, :holds from catalog.product where id = :product
          on conflict (product_id, day) do update
         set holds = excluded.holds
       where known.holds <> excluded.holds
      """;

  private static final String BETWEEN =
      """
      select product_id, day, minutes, adds, holds
        from catalog.daily_interest
       where day between :from and :until
       order by product_id, day
      """;

  /**
   * One day of one product. Days without anything have no row.
   *
   * @param minutes person-minutes of looking, counted once a minute
   * @param adds times that it was put into a cart
   * @param holds orders that held units of it, paid or not
   */
  public record Day(LocalDate date, int minutes, int adds, int holds) {}

  /** Orders that held a product on a day. */
  public record Held(ProductId product, LocalDate day, int orders) {}

  private record Row(ProductId product, Day day) {}

  /** Adds people who look at products at this minute. */
  public void looked(Handle tx, LocalDate day, Map<ProductId, Integer> people) {
    if (people.isEmpty()) return;
    var batch = tx.prepareBatch(LOOKED);
    people.forEach(
        (product, count) ->
            batch.bind("product", product.value()).bind("day", day).bind("minutes", count).add());
    batch.execute();
  }

  /** Adds what was put into carts since the last call. */
  public void added(Handle tx, LocalDate day, Map<VariantId, Integer> times) {
    if (times.isEmpty()) return;
    var batch = tx.prepareBatch(ADDED);
    times.forEach(
        (variant, count) ->
            batch.bind("variant", variant.value()).bind("day", day).bind("adds", count).add());
    batch.execute();
  }

  /** Sets how many orders held products on days; setting the same again changes nothing. */
  public void held(Handle tx, Collection<Held> figures) {
    if (figures.isEmpty()) return;
    var batch = tx.prepareBatch(HELD);
    for (var it : figures) {
      batch
          .bind("product", it.product().value())
          .bind("day", it.day())
          .bind("holds", it.orders())
          .add();
    }
    batch.execute();
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
                        row.getInt("minutes"),
                        row.getInt("adds"),
                        row.getInt("holds"))))
        .forEach(it -> found.computeIfAbsent(it.product(), _ -> new ArrayList<>()).add(it.day()));
    return found;
  }
}
