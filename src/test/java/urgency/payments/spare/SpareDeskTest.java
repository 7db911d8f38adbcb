package urgency.payments.spare;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.orders.OrderWorld.LAMP;
import static urgency.orders.OrderWorld.MUG;
import static urgency.orders.OrderWorld.NOW;
import static urgency.orders.OrderWorld.buyer;
import static urgency.orders.OrderWorld.line;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.orders.FakeDesk;
import urgency.orders.Order;
import urgency.orders.OrderStatus;
import urgency.orders.OrderWorld;
import urgency.orders.PaymentDesk.Opening;
import urgency.orders.Placement;
import urgency.shelf.Editions;

/** The pages are for the lamp, which is in the first place. */
class SpareDeskTest {
  private static final int PAGES = 8;
  private static final Instant OVER = NOW.plus(Duration.ofHours(3));

  private final FakeDesk provider = new FakeDesk();
  private final Spares spares = new Spares();
  private OrderWorld world;
  private SpareDesk desk;

  @BeforeEach
  void open() {
    world = OrderWorld.on(OrderWorld.fresh().database, provider);
    var editions = new Editions();
    editions.remember(OrderWorld.edition(7));
    desk = new SpareDesk(provider, spares, editions, world.database, PAGES);
    world.stocked(LAMP, 100);
    world.stocked(MUG, 100);
    desk.fill(NOW);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void as_many_pages_are_opened_ahead_as_there_may_be_and_no_more() {
    desk.fill(NOW);

    assertThat(provider.opened()).isEqualTo(PAGES);
    assertThat(free()).isEqualTo(PAGES);
  }

  @Test
  void a_buyer_gets_a_page_that_is_ready_without_a_call() {
    var calls = provider.calls();

    var session = session(placed(1, line(LAMP, 1)));

    assertThat(session.id()).startsWith("cs_test_spare_");
    assertThat(provider.calls()).isEqualTo(calls);
    assertThat(free()).isEqualTo(PAGES - 1);
  }

  @Test
  void the_same_order_gets_the_same_page() {
    var order = placed(1, line(LAMP, 1));

    assertThat(session(order)).isEqualTo(session(order));
    assertThat(free()).isEqualTo(PAGES - 1);
  }

  @Test
  void no_two_orders_get_one_page_and_who_comes_too_late_is_served_as_ever() {
    var taps = new ArrayList<Callable<String>>();
    for (var i = 0; i < 2 * PAGES; i++) {
      var order = placed(i, line(LAMP, 1));
      taps.add(() -> session(order).id());
    }

    var sessions = OrderWorld.atOnce(taps);

    assertThat(sessions).doesNotHaveDuplicates();
    assertThat(sessions).filteredOn(it -> it.startsWith("cs_test_spare_")).hasSize(PAGES);
  }

  @Test
  void who_wants_more_than_one_unit_is_served_as_ever() {
    var two = placed(1, line(LAMP, 2));
    var both = placed(2, line(LAMP, 1), line(MUG, 1));
    var other = placed(3, line(MUG, 1));

    for (var order : new Order[] {two, both, other}) {
      assertThat(session(order).id()).isEqualTo("cs_test_" + order.id());
    }
    assertThat(free()).isEqualTo(PAGES);
  }

  @Test
  void a_page_that_is_paid_pays_the_order_it_was_given_to() {
    var node = OrderWorld.on(world.database, desk, provider);
    var order = node.opened(buyer(1), "a", line(LAMP, 1));

    node.settle(order.id(), provider.pay(order.session().orElseThrow()), "evt_1");

    assertThat(node.order(order.id()).status()).isEqualTo(OrderStatus.PAID);
    assertThat(node.audit()).isEmpty();
    node.leave();
  }

  @Test
  void what_nobody_took_is_closed_when_the_edition_is_over() {
    var taken = session(placed(1, line(LAMP, 1)));

    desk.clear(OVER.minusSeconds(1));
    assertThat(free()).isEqualTo(PAGES - 1);
    desk.clear(OVER);

    assertThat(free()).isZero();
    assertThat(provider.look(taken).orElseThrow().status()).isEqualTo("open");
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void a_page_that_could_not_be_closed_is_given_to_nobody_and_closed_later() {
    provider.down(true);
    desk.clear(OVER);
    provider.down(false);

    assertThat(free()).isZero();
    assertThat(session(placed(1, line(LAMP, 1))).id()).startsWith("cs_test_ord_");
    desk.clear(OVER.plus(Duration.ofMinutes(1)));
    assertThat(rows()).isZero();
  }

  private Order placed(int buyer, Placement.Line... lines) {
    return world.placed(buyer(buyer), "key", lines);
  }

  private Order.Session session(Order order) {
    if (desk.open(order, NOW) instanceof Opening.Opened(var session)) return session;
    throw new AssertionError("no page for " + order.id());
  }

  private int free() {
    return world.database.read(spares::free);
  }

  private int rows() {
    return world.database.read(
        tx -> tx.createQuery("select count(*) from payments.spare").mapTo(Integer.class).one());
  }
}
