package urgency.judging;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * A young product that was judged when a week began, and what then became of it: what a judge's
 * weight is learnt from.
 *
 * @param judge model and rubric, since another model starts anew
 * @param expected orders of the week by statistics alone
 * @param shift what the judge added then [nats]; 0 in shadow
 * @param chance of at least one order in the week, as it was foretold with the shift
 * @param orders that came; empty until the week is over
 */
public record Trial(
    LocalDate week,
    UUID product,
    String judge,
    Verdict verdict,
    double expected,
    double shift,
    double chance,
    OptionalInt orders) {
  private static final int TRIALS_MAX = 50_000;

  private static final String ADD =
      """
      insert into judging.trial (week, product, judge, verdict, expected, shift, chance)
      values (:week, :product, :judge, :verdict::jsonb, :expected, :shift, :chance)
          on conflict do nothing
      """;

  private static final String OPEN =
      "select distinct week from judging.trial where orders is null and week <= :last order by"
          + " week";

  private static final String COMPLETE =
      """
      update judging.trial
         set orders = coalesce(
               (select n
                  from unnest(:products::uuid[], :orders::int[]) as sold (product, n)
                 where sold.product = trial.product), 0)
       where week = :week and orders is null
      """;

  private static final String ALL =
      """
      select week, product, judge, verdict::text as verdict, expected, shift, chance, orders
        from judging.trial
       where judge = :judge
       order by week desc, product
       limit :max
      """;

  /** What a judge is called in trials. */
  public static String judge(String model, String prompt) {
    return model + " / " + prompt;
  }

  /** Begins; a product that is in the week's trial already stays as it is. */
  public static void begin(Handle tx, List<Trial> trials) {
    if (trials.isEmpty()) return;
    var batch = tx.prepareBatch(ADD);
    for (var it : trials) {
      batch
          .bind("week", it.week())
          .bind("product", it.product())
          .bind("judge", it.judge())
          .bind("verdict", Judgements.written(it.verdict()))
          .bind("expected", it.expected())
          .bind("shift", it.shift())
          .bind("chance", it.chance())
          .add();
    }
    batch.execute();
  }

  /** First days of the weeks whose outcome is not written down yet. */
  public static List<LocalDate> open(Handle tx, LocalDate last) {
    return tx.createQuery(OPEN).bind("last", last).mapTo(LocalDate.class).list();
  }

  /** Ends a week: orders by product, none for those that are not named. */
  public static void complete(Handle tx, LocalDate week, Map<UUID, Integer> orders) {
    var products = orders.keySet().stream().sorted().toList();
    tx.createUpdate(COMPLETE)
        .bind("week", week)
        .bindArray("products", UUID.class, products.toArray())
        .bindArray("orders", Integer.class, products.stream().map(orders::get).toArray())
        .execute();
  }

  /** All of one judge, the newest weeks first. */
  public static List<Trial> of(Handle tx, String judge) {
    return tx.createQuery(ALL)
        .bind("judge", judge)
        .bind("max", TRIALS_MAX)
        .map((row, _) -> trial(row))
        .list();
  }

  private static Trial trial(ResultSet row) throws SQLException {
    var orders = row.getObject("orders", Integer.class);
    return new Trial(
        row.getObject("week", LocalDate.class),
        row.getObject("product", UUID.class),
        row.getString("judge"),
        Judgements.verdict(row.getString("verdict")),
        row.getDouble("expected"),
        row.getDouble("shift"),
        row.getDouble("chance"),
        orders == null ? OptionalInt.empty() : OptionalInt.of(orders));
  }
}
