package urgency.payments.paced;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.orders.OrderWorld.LAMP;
import static urgency.orders.OrderWorld.buyer;
import static urgency.orders.OrderWorld.line;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.orders.Order;
import urgency.orders.OrderWorld;
import urgency.orders.PaymentDesk.Opening;
import urgency.orders.PaymentDesk.Trouble;
import urgency.orders.PaymentDesk.Turn;
import urgency.payments.TestClock;

class PacedDeskTest {
  private static final int PER_SECOND = 20;

  private final TestClock clock = new TestClock(OrderWorld.NOW);
  private OrderWorld world;
  private PacedDesk here;
  private PacedDesk there;
  private int buyers;

  @BeforeEach
  void open() {
    world = OrderWorld.fresh();
    world.stocked(LAMP, 1_000);
    here = desk();
    there = desk();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void two_nodes_together_keep_to_one_pace() {
    var order = order();
    var opened = 0;
    for (var millis = 0; millis < 10_000; millis += 10) {
      if (here.open(order, clock.instant()) instanceof Opening.Opened) opened++;
      if (there.open(order, clock.instant()) instanceof Opening.Opened) opened++;
      clock.advance(Duration.ofMillis(10));
    }

    assertThat(opened).isBetween(10 * PER_SECOND - 10, 10 * PER_SECOND + PER_SECOND / 4);
  }

  @Test
  void who_gets_no_turn_is_told_so_and_the_provider_is_not_asked() {
    var order = order();
    for (var i = 0; i < PER_SECOND / 4; i++) here.open(order, clock.instant());
    var calls = world.desk.calls();

    var answer = here.open(order, clock.instant());

    assertThat(answer).isEqualTo(new Opening.NotNow("no turn yet", Trouble.TOO_FAST));
    assertThat(world.desk.calls()).isEqualTo(calls);
  }

  @Test
  void a_turn_is_one_page_and_is_given_before_anything_is_asked() {
    var order = order();
    var turns = new ArrayList<Turn>();
    for (var i = 0; i < PER_SECOND; i++) here.turn(clock.instant()).ifPresent(turns::add);

    assertThat(turns).hasSize(PER_SECOND / 4);
    assertThat(there.turn(clock.instant())).isEmpty();
    assertThat(world.desk.calls()).isZero();
    assertThat(turns.getLast().open(order, clock.instant())).isInstanceOf(Opening.Opened.class);
  }

  @Test
  void a_provider_that_was_asked_too_often_is_left_alone_by_all_nodes() {
    var order = order();
    world.desk.tooFast(true);
    here.open(order, clock.instant());
    world.desk.tooFast(false);

    clock.advance(Duration.ofMillis(400));
    assertThat(there.open(order, clock.instant())).isInstanceOf(Opening.NotNow.class);
    clock.advance(Duration.ofSeconds(1));
    assertThat(there.open(order, clock.instant())).isInstanceOf(Opening.Opened.class);
  }

  @Test
  void a_provider_that_is_down_is_asked_seldom_and_found_again() {
    var order = order();
    world.desk.down(true);
    for (var second = 0; second < 600; second++) {
      here.open(order, clock.instant());
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(world.desk.calls()).isBetween(20, 60);

    world.desk.down(false);
    var found = 0;
    for (var second = 0; second < 40 && found == 0; second++) {
      if (here.open(order, clock.instant()) instanceof Opening.Opened) found = second + 1;
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(found).isBetween(1, 31);
  }

  private PacedDesk desk() {
    return new PacedDesk(world.desk, world.database, PER_SECOND, new Random(20_261_124), clock);
  }

  private Order order() {
    return world.placed(buyer(++buyers), "a", line(LAMP, 1));
  }
}
