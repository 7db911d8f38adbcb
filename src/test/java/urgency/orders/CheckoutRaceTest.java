package urgency.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.orders.OrderWorld.LAMP;
import static urgency.orders.OrderWorld.MUG;
import static urgency.orders.OrderWorld.NOW;
import static urgency.orders.OrderWorld.buyer;
import static urgency.orders.OrderWorld.line;
import static urgency.orders.OrderWorld.tap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import urgency.Patience;
import urgency.inventory.Stock.Level;
import urgency.orders.Placement.Outcome;
import urgency.orders.Placement.Outcome.Placed;
import urgency.orders.Placement.Outcome.SoldOut;

class CheckoutRaceTest {
  private OrderWorld one;
  private OrderWorld two;

  @BeforeEach
  void open() {
    one = OrderWorld.fresh();
    two = OrderWorld.on(one.database, one.desk);
  }

  @AfterEach
  void close() {
    assertThat(one.audit()).isEmpty();
    two.leave();
    one.close();
  }

  @RepeatedTest(5)
  void two_hundred_shoppers_and_six_units_make_six_orders() {
    one.stocked(LAMP, 6);
    var taps = new ArrayList<Callable<Outcome>>();
    for (var i = 0; i < 200; i++) {
      var tap = tap(buyer(i), "a", line(LAMP, 1));
      taps.add(() -> one.checkout.place(tap));
    }

    var outcomes = OrderWorld.atOnce(taps);

    assertThat(outcomes).filteredOn(Placed.class::isInstance).hasSize(6);
    assertThat(outcomes).filteredOn(SoldOut.class::isInstance).hasSize(194);
    assertThat(one.level(LAMP)).isEqualTo(new Level(6, 6, 0));
  }

  @RepeatedTest(3)
  void two_nodes_on_one_database_never_promise_a_unit_twice() {
    one.stocked(LAMP, 60);
    var taps = new ArrayList<Callable<Outcome>>();
    for (var i = 0; i < 300; i++) {
      var tap = tap(buyer(i), "a", line(LAMP, 1));
      taps.add(() -> node(tap).checkout.place(tap));
    }

    assertThat(OrderWorld.atOnce(taps)).filteredOn(Placed.class::isInstance).hasSize(60);
    assertThat(one.level(LAMP)).isEqualTo(new Level(60, 60, 0));
  }

  @RepeatedTest(3)
  void carts_of_the_same_things_in_opposite_orders_do_not_wait_for_each_other() {
    one.stocked(LAMP, 100);
    one.stocked(MUG, 50);
    var taps = new ArrayList<Callable<Outcome>>();
    for (var i = 0; i < 200; i++) {
      var tap =
          i % 2 == 0
              ? tap(buyer(i), "a", line(LAMP, 1), line(MUG, 1))
              : tap(buyer(i), "a", line(MUG, 1), line(LAMP, 1));
      taps.add(() -> node(tap).checkout.place(tap));
    }

    assertThat(OrderWorld.atOnce(taps)).filteredOn(Placed.class::isInstance).hasSize(50);
    assertThat(one.level(LAMP)).isEqualTo(new Level(100, 50, 0));
    assertThat(one.database.read(CheckoutRaceTest::deadlocks)).isZero();
  }

  @RepeatedTest(3)
  void mixed_carts_leave_nothing_that_a_refused_shopper_could_have_had() {
    var random = new Random(42);
    for (var i = 1; i <= 20; i++) one.stocked(OrderWorld.variant(i), 10);
    var taps = new ArrayList<Callable<Outcome>>();
    var wanted = new ArrayList<Placement>();
    for (var i = 0; i < 300; i++) {
      var first = 1 + random.nextInt(20);
      var second = 1 + (first + random.nextInt(19)) % 20;
      var tap =
          tap(
              buyer(i),
              "a",
              line(OrderWorld.variant(first), 1 + random.nextInt(4)),
              line(OrderWorld.variant(second), 1 + random.nextInt(4)));
      wanted.add(tap);
      taps.add(() -> node(tap).checkout.place(tap));
    }

    var outcomes = OrderWorld.atOnce(taps);

    for (var i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof SoldOut) {
        assertThat(wanted.get(i).lines())
            .anyMatch(it -> one.level(it.variant()).left() < it.units());
      }
    }
    assertThat(one.database.read(CheckoutRaceTest::deadlocks)).isZero();
  }

  @RepeatedTest(5)
  void the_same_key_ten_times_at_once_on_two_nodes_is_one_order() {
    one.stocked(LAMP, 100);
    var taps = new ArrayList<Callable<Outcome>>();
    for (var i = 0; i < 10; i++) {
      var tap = tap(buyer(1), "a", line(LAMP, 1));
      taps.add(() -> node(tap).checkout.place(tap));
    }

    var orders = new HashSet<OrderId>();
    for (var it : OrderWorld.atOnce(taps)) orders.add(((Placed) it).order().id());

    assertThat(orders).hasSize(1);
    assertThat(one.level(LAMP)).isEqualTo(new Level(100, 1, 0));
  }

  @RepeatedTest(5)
  void the_same_key_for_different_things_at_once_on_two_nodes_is_one_order() {
    one.stocked(LAMP, 100);
    one.stocked(MUG, 100);
    var taps = new ArrayList<Callable<Outcome>>();
    for (var i = 0; i < 10; i++) {
      var tap = tap(buyer(1), "a", line(i % 2 == 0 ? LAMP : MUG, 1));
      taps.add(() -> node(tap).checkout.place(tap));
    }

    OrderWorld.atOnce(taps);

    assertThat(one.level(LAMP).held() + one.level(MUG).held()).isEqualTo(1);
  }

  @RepeatedTest(5)
  void an_impatient_buyer_with_ten_keys_at_once_has_one_open_order() {
    one.stocked(LAMP, 100);
    var taps = new ArrayList<Callable<Outcome>>();
    for (var i = 0; i < 10; i++) {
      var tap = tap(buyer(1), "key " + i, line(LAMP, 1));
      taps.add(() -> node(tap).checkout.place(tap));
    }

    OrderWorld.atOnce(taps);

    assertThat(one.level(LAMP)).isEqualTo(new Level(100, 1, 0));
  }

  @Test
  void a_thousand_losers_write_nothing() {
    one.stocked(LAMP, 1);
    one.placed(buyer(0), "a", line(LAMP, 1));
    var taps = new ArrayList<Callable<Outcome>>();
    for (var i = 1; i <= 1_000; i++) {
      var tap = tap(buyer(i), "a", line(LAMP, 1));
      taps.add(() -> one.checkout.place(tap));
    }
    var written = written();
    var before = one.checkout.load().commits();

    var outcomes = whileTheStockIsLocked(taps);

    assertThat(outcomes).containsOnly(new SoldOut(LAMP, 0));
    assertThat(written()).isEqualTo(written);
    assertThat(one.checkout.load().commits() - before).isLessThan(10);
  }

  @RepeatedTest(3)
  void paying_and_expiring_at_once_ends_in_one_of_both() {
    one.stocked(LAMP, 40);
    var orders = new ArrayList<Order>();
    for (var i = 0; i < 40; i++) orders.add(one.opened(buyer(i), "a", line(LAMP, 1)));
    var work = new ArrayList<Callable<String>>();
    for (var order : orders) {
      work.add(
          () -> {
            var state = one.desk.pay(order.session().orElseThrow());
            one.settle(order.id(), state, "push");
            two.settle(order.id(), state, "poll");
            return "paid";
          });
    }
    for (var node : List.of(one, two)) {
      work.add(
          () -> {
            node.expiry.run(NOW.plus(Duration.ofMinutes(10)));
            return "expired";
          });
    }

    OrderWorld.atOnce(work);
    one.expiry.run(NOW.plus(Duration.ofMinutes(20)));

    var paid = 0;
    for (var order : orders) {
      var charged = "paid".equals(one.desk.of(order.id()).orElseThrow().paymentStatus());
      var status = one.order(order.id()).status();
      assertThat(status).isEqualTo(charged ? OrderStatus.PAID : OrderStatus.EXPIRED);
      if (charged) paid++;
    }
    assertThat(one.level(LAMP)).isEqualTo(new Level(40, 0, paid));
  }

  private OrderWorld node(Placement tap) {
    return (tap.id().value().getLeastSignificantBits() & 1) == 0 ? one : two;
  }

  private long written() {
    return one.database.read(
        tx ->
            tx.createQuery(
                    """
                    select (select count(*) from orders.order_)
                         + (select count(*) from orders.audit)
                         + (select count(*) from inventory.ledger)
                         + (select count(*) from platform.fact)
                    """)
                .mapTo(Long.class)
                .one());
  }

  /** Every tap has come in before the first is decided, so that chance cannot spread them. */
  private List<Outcome> whileTheStockIsLocked(List<Callable<Outcome>> taps) {
    try (var crowd = Executors.newSingleThreadExecutor()) {
      var outcomes = new AtomicReference<Future<List<Outcome>>>();
      one.database.change(
          tx -> {
            tx.execute("select 1 from inventory.stock for update");
            outcomes.set(crowd.submit(() -> OrderWorld.atOnce(taps)));
            Patience.until(
                "every tap is in",
                Duration.ofSeconds(15),
                () -> one.checkout.load().pending() == taps.size());
          });
      return outcomes.get().get();
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }

  private static long deadlocks(Handle tx) {
    return tx.createQuery(
            "select deadlocks from pg_stat_database where datname = current_database()")
        .mapTo(Long.class)
        .one();
  }
}
