package urgency.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is looked for every second is found by an index, however many orders are held. */
class GlancesTest {
  private OrderWorld world;

  @BeforeEach
  void open() {
    world = OrderWorld.fresh();
    world.database.change(
        tx ->
            tx.execute(
                """
                insert into orders.order_ (id, buyer, idem_key, edition, amount_minor, currency,
                                           placed_at, hold_until, attempt_at, status, version)
                select gen_random_uuid(), gen_random_uuid(), '', 1, 1, 'EUR', at,
                       at + interval '10 minutes', at, 'HELD', 1
                  from generate_series(timestamptz '2026-11-26 10:00Z', '2026-11-26 10:05Z',
                                       '100 milliseconds') as at
                """));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void the_line_for_payment_pages() {
    along("Index Scan using order_in_line", PaymentPages.UNOPENED);
  }

  @Test
  void the_holds_that_ran_out() {
    along("Index Scan using order_by_hold", Expiry.RUN_OUT);
  }

  @Test
  void the_orders_that_are_being_closed() {
    along("Index Scan using order_closing", Expiry.CLOSING);
  }

  // Whether the table was counted or not, and whether the plan is for these values or for any.
  private void along(String index, String question) {
    var sql = question.replace(":now", "$1").replace(":max", "$2");
    follows(index, sql);
    world.database.change(tx -> tx.execute("analyze orders.order_"));
    follows(index, sql);
  }

  private void follows(String index, String sql) {
    for (var mode : List.of("force_custom_plan", "force_generic_plan")) {
      assertThat(world.database.<String>write(tx -> plan(tx, sql, mode)))
          .contains(index, "Index Cond")
          .doesNotContain("Sort");
    }
  }

  private static String plan(Handle tx, String sql, String mode) {
    try (var statement = tx.getConnection().createStatement()) {
      OrderBook.stepByStep(tx);
      statement.execute("set local plan_cache_mode = " + mode);
      statement.execute("prepare glance (timestamptz, bigint) as " + sql);
      var plan = new StringBuilder();
      try (var rows =
          statement.executeQuery("explain (costs off) execute glance ('2026-11-26 10:01Z', 50)")) {
        while (rows.next()) plan.append(rows.getString(1)).append('\n');
      }
      statement.execute("deallocate glance");
      return plan.toString();
    } catch (SQLException refused) {
      throw new IllegalStateException(refused);
    }
  }
}
