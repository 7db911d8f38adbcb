package urgency.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.orders.OrderWorld.LAMP;
import static urgency.orders.OrderWorld.NOW;
import static urgency.orders.OrderWorld.buyer;
import static urgency.orders.OrderWorld.line;

import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
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
}
