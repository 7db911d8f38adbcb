package urgency.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.trends.TrendSource.Terms.PUBLIC_UNDOCUMENTED;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

/**
 * Two nodes on one database: a source is asked by one of them, a slow one keeps no other waiting.
 */
class TwoNodesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2026-11-23");

  private final Database database = TestDatabase.fresh();
  private final CountDownLatch asking = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final ScriptedSource quick = new ScriptedSource("quick", PUBLIC_UNDOCUMENTED);
  private final TrendSource slow = new Slow();
  private final Ingest one = node();
  private final Ingest other = node();

  @AfterEach
  void close() {
    answer.countDown();
    database.close();
  }

  @Test
  void while_one_node_asks_the_other_leaves_that_source_alone() throws InterruptedException {
    var working = Thread.ofVirtual().start(() -> one.run(slow, NOW));
    assertThat(asking.await(20, TimeUnit.SECONDS)).isTrue();

    other.run(slow, NOW);
    assertThat(other.poll(slow, NOW)).isEmpty();
    answer.countDown();
    working.join();
    other.run(slow, NOW);

    assertThat(asked).hasValue(1);
  }

  @Test
  void a_slow_source_keeps_no_other_waiting() throws InterruptedException {
    var working = Thread.ofVirtual().start(() -> one.run(slow, NOW));
    assertThat(asking.await(20, TimeUnit.SECONDS)).isTrue();
    quick.answers.add(quick.fresh(DAY, "lipoil"));

    other.run(quick, NOW);

    assertThat(quick.asked).hasSize(1);
    answer.countDown();
    working.join();
  }

  @Test
  void a_node_that_dies_while_it_asks_gives_the_source_free() throws InterruptedException {
    var working = Thread.ofVirtual().start(() -> one.run(slow, NOW));
    assertThat(asking.await(20, TimeUnit.SECONDS)).isTrue();

    database.read(
        tx ->
            tx.createQuery(
                    """
                    select pg_terminate_backend(pid)
                      from pg_locks
                     where locktype = 'advisory' and granted
                       and database = (select oid from pg_database
                                        where datname = current_database())
                    """)
                .mapTo(Boolean.class)
                .list());

    assertThat(other.poll(quick, NOW)).isPresent();
    answer.countDown();
    working.join();
    assertThat(other.poll(slow, NOW)).isPresent();
  }

  private Ingest node() {
    var settings = TrendSettings.read(Settings.read(Map.of(), Optional.empty()));
    return new Ingest(database, new Sources(List.of(quick)), settings);
  }

  private final class Slow implements TrendSource {
    private final ScriptedSource rows = new ScriptedSource("slow", PUBLIC_UNDOCUMENTED);

    @Override
    public String id() {
      return "slow";
    }

    @Override
    public Terms terms() {
      return PUBLIC_UNDOCUMENTED;
    }

    @Override
    public Optional<Duration> cadence() {
      return Optional.of(Duration.ofHours(6));
    }

    @Override
    public FetchResult fetch(FetchRequest request) throws InterruptedException {
      asked.incrementAndGet();
      asking.countDown();
      if (!answer.await(30, TimeUnit.SECONDS)) throw new IllegalStateException("nobody answered");
      return rows.fresh(DAY, "lipoil");
    }
  }
}
