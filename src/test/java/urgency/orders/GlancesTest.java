package urgency.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
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
    assertThat(plan(PaymentPages.UNOPENED)).contains("order_in_line").contains("attempt_at <= $1");
    analyze();
    assertThat(plan(PaymentPages.UNOPENED)).contains("order_in_line").contains("attempt_at <= $1");
  }

  @Test
  void the_holds_that_ran_out() {
    assertThat(plan(Expiry.RUN_OUT)).contains("order_by_hold").contains("Cond: (hold_until <= $1)");
    analyze();
    assertThat(plan(Expiry.RUN_OUT)).contains("order_by_hold").contains("Cond: (hold_until <= $1)");
  }

  @Test
  void the_orders_that_are_being_closed() {
    assertThat(plan(Expiry.CLOSING)).contains("order_closing");
    analyze();
    assertThat(plan(Expiry.CLOSING)).contains("order_closing");
  }

  private void analyze() {
    world.database.change(tx -> tx.execute("analyze orders.order_"));
  }

  // The plan that a server keeps for a statement that comes again and again.
  private String plan(String question) {
    var sql = question.replace(":now", "$1").replace(":max", "$2");
    return world.database.write(tx -> plan(tx, sql));
  }

  private static String plan(Handle tx, String sql) {
    try (var statement = tx.getConnection().createStatement()) {
      statement.execute("set local plan_cache_mode = force_generic_plan");
      statement.execute("prepare glance (timestamptz, bigint) as " + sql);
      var plan = new StringBuilder();
      try (var rows =
          statement.executeQuery(
              "explain (costs off) execute glance ('2026-11-26 10:01Z', 50)")) {
        while (rows.next()) plan.append(rows.getString(1)).append('\n');
      }
      statement.execute("deallocate glance");
      return plan.toString();
    } catch (SQLException refused) {
      throw new IllegalStateException(refused);
    }
  }
}
