package urgency.platform.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

class FactsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T18:00:00Z");

  record Rang(int number) implements Fact {}

  private Database database;
  private Facts facts;
  private FactRelay relay;
  private final List<Integer> heard = new ArrayList<>();

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
    facts = Facts.standalone();
    relay = new FactRelay(database, facts);
    facts.listen(Rang.class, it -> heard.add(it.number()));
    relay.glance();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_committed_fact_is_heard_once() {
    ring(1);

    relay.glance();
    relay.glance();

    assertThat(heard).containsExactly(1);
  }

  @Test
  void a_fact_of_a_transaction_that_failed_is_never_heard() {
    try {
      database.change(
          tx -> {
            facts.append(tx, NOW, new Rang(1));
            throw new IllegalStateException("changed its mind");
          });
    } catch (IllegalStateException expected) {
      // The transaction is gone, and its fact with it.
    }

    relay.glance();

    assertThat(heard).isEmpty();
  }

  @Test
  void a_slow_transaction_is_not_passed_over() {
    database.change(
        slow -> {
          facts.append(slow, NOW, new Rang(1));
          ring(2);
          relay.glance();
        });

    relay.glance();

    assertThat(heard).containsExactly(1, 2);
  }

  @Test
  void a_listener_that_fails_does_not_silence_the_next() {
    facts.listen(
        Rang.class,
        it -> {
          if (it.number() == 1) throw new IllegalStateException("deaf");
        });
    ring(1);
    ring(2);

    relay.glance();

    assertThat(heard).containsExactly(1, 2);
  }

  private void ring(int number) {
    database.change(tx -> facts.append(tx, NOW, new Rang(number)));
  }
}
