package urgency.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

/**
 * Two nodes with clocks that jump, shoppers, and a payment provider whose news comes late, twice,
 * in any order, or not at all. {@code bin/test --seed 42} plays one seed again.
 */
class SimulationTest {
  private static final int SEEDS = 200;
  private static final int STEPS = 30;
  private static final String SEED = "simulation.seed";

  private static Database database;

  @BeforeAll
  static void open() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void whatever_happens_in_whatever_order_units_and_money_come_right() {
    var one = Long.getLong(SEED);
    var seeds = one == null ? LongStream.rangeClosed(1, SEEDS) : LongStream.of(one);

    seeds.forEach(it -> new Simulation(database, it).run(STEPS));
  }

  @Test
  void the_simulation_notices_a_unit_that_is_lost() {
    var simulation = new Simulation(database, SEEDS + 1);
    simulation.run(STEPS);

    database.change(
        tx -> tx.execute("update inventory.stock set sold = sold + 1, on_hand = on_hand + 1"));

    assertThatThrownBy(simulation::check).isInstanceOf(AssertionError.class);
    database.change(
        tx -> tx.execute("update inventory.stock set sold = sold - 1, on_hand = on_hand - 1"));
  }

  @Test
  void a_seed_plays_the_same_again() {
    var first = new Simulation(database, 7);
    first.run(STEPS);
    var second = new Simulation(database, 7);
    second.run(STEPS);

    assertThat(second.told()).isEqualTo(first.told()).isNotEmpty();
  }
}
