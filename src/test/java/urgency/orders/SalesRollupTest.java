package urgency.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.orders.OrderWorld.LAMP;
import static urgency.orders.OrderWorld.MUG;
import static urgency.orders.OrderWorld.NOW;
import static urgency.orders.OrderWorld.buyer;
import static urgency.orders.OrderWorld.line;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import urgency.catalog.InterestHistory.Held;
import urgency.catalog.ProductId;
import urgency.orders.SalesRollup.Figure;

class SalesRollupTest {
  @Test
  void paid_orders_of_today_and_yesterday_are_counted_by_product() {
    try (var world = OrderWorld.fresh()) {
      world.stocked(LAMP, 10);
      for (var i = 0; i < 3; i++) {
        var order = world.opened(buyer(i), "a", line(LAMP, 2));
        var state = world.desk.pay(order.session().orElseThrow());
        var paidAt = NOW.minus(Duration.ofDays(i));
        world.database.change(tx -> world.settlement.settle(tx, order.id(), state, "x", paidAt));
      }
      world.opened(buyer(9), "a", line(LAMP, 1));

      var figures = world.database.read(tx -> SalesRollup.figures(tx, NOW));

      var lamp = new ProductId(new UUID(2, 1));
      assertThat(figures)
          .containsExactly(
              new Figure(lamp, LocalDate.parse("2026-11-23"), 1, 2),
              new Figure(lamp, LocalDate.parse("2026-11-24"), 1, 2));
    }
  }

  @Test
  void an_order_of_two_colours_of_a_product_is_one_order_that_held_it() {
    try (var world = OrderWorld.fresh()) {
      world.stocked(LAMP, 10);
      world.stocked(MUG, 10);
      var both = world.placed(buyer(1), "a", line(LAMP, 1), line(MUG, 1));
      world.placed(buyer(2), "a", line(LAMP, 1));
      var lamp = new ProductId(new UUID(2, 1));
      world.database.change(
          tx ->
              tx.execute(
                  "update orders.line set product_id = ? where order_id = ?",
                  lamp.value(),
                  both.id().value()));

      assertThat(world.database.<List<Held>>read(tx -> SalesRollup.held(tx, NOW)))
          .containsExactly(new Held(lamp, LocalDate.parse("2026-11-24"), 2));
    }
  }
}
