package urgency.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import urgency.orders.OrderId;
import urgency.payments.Inbox.Choice;
import urgency.payments.Inbox.Status;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboxViewTest {
  private static final Instant NOW = Samples.NOW;

  private final InboxView view = new InboxView();
  private Database database;
  private Inbox inbox;

  @BeforeAll
  void open() {
    database = TestDatabase.fresh();
    inbox = new Inbox(database);
  }

  @AfterAll
  void close() {
    inbox.close();
    database.close();
  }

  @BeforeEach
  void empty() {
    database.change(tx -> tx.execute("truncate payments.inbox"));
  }

  @Test
  void the_latencies_are_those_of_settled_events_alone() {
    for (var i = 1; i <= 100; i++) {
      arrived("evt_" + i, NOW);
      closed("evt_" + i, Status.DONE, NOW.plusMillis(i * 10L));
    }
    arrived("evt_waits", NOW);
    arrived("evt_dead", NOW);
    closed("evt_dead", Status.DEAD, NOW.plus(Duration.ofHours(3)));

    var latency = database.read(view::latency);

    assertThat(latency.settled()).isEqualTo(100);
    assertThat(latency.p50()).isBetween(Duration.ofMillis(500), Duration.ofMillis(510));
    assertThat(latency.p99()).isBetween(Duration.ofMillis(985), Duration.ofMillis(1_000));
  }

  @Test
  void a_stretch_of_time_is_counted_and_replayed_from_its_oldest() {
    for (var i = 0; i < 6; i++) {
      arrived("evt_" + i, NOW.plusSeconds(i));
      closed("evt_" + i, i % 2 == 0 ? Status.DEAD : Status.DONE, NOW.plusSeconds(60));
    }
    arrived("evt_waits", NOW.plusSeconds(2));
    var stretch = new Choice("", "", Optional.empty(), NOW.plusSeconds(1), NOW.plusSeconds(5));

    assertThat(database.<Integer>read(tx -> view.count(tx, stretch, 100))).isEqualTo(4);
    assertThat(database.<Integer>read(tx -> view.count(tx, stretch, 3))).isEqualTo(3);
    assertThat(database.<Integer>write(tx -> inbox.replay(tx, stretch, NOW.plusSeconds(90), 2)))
        .isEqualTo(2);

    assertThat(status("evt_1")).isEqualTo(Status.NEW);
    assertThat(status("evt_2")).isEqualTo(Status.NEW);
    assertThat(status("evt_3")).isEqualTo(Status.DONE);
    assertThat(status("evt_0")).isEqualTo(Status.DEAD);
  }

  @Test
  void one_event_is_shown_with_all_that_came() {
    var raw = Samples.paid("evt_1", OrderId.fresh());
    inbox.accept(
        new Inbox.News(
            Envelope.parse(raw).orElseThrow(),
            raw,
            "User-Agent: Stripe/1.0\n",
            Inbox.Source.PUSH,
            Status.NEW,
            "",
            NOW));

    var whole = database.read(tx -> view.find(tx, "evt_1")).orElseThrow();

    assertThat(whole.raw()).isEqualTo(raw);
    assertThat(whole.headers()).isEqualTo("User-Agent: Stripe/1.0\n");
    assertThat(whole.row().settledAt()).isEmpty();
    assertThat(database.<Boolean>read(tx -> view.find(tx, "evt_2").isEmpty())).isTrue();
  }

  private void arrived(String id, Instant at) {
    var raw = Samples.paid(id, OrderId.fresh());
    var envelope = Envelope.parse(raw).orElseThrow();
    inbox.accept(new Inbox.News(envelope, raw, Inbox.Source.PUSH, Status.NEW, "", at));
  }

  private void closed(String id, Status status, Instant at) {
    database.change(tx -> inbox.close(tx, id, status, "", at));
  }

  private Status status(String id) {
    return database.read(tx -> view.find(tx, id)).orElseThrow().row().status();
  }
}
