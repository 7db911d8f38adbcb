package urgency.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  private final AtomicLong counter = new AtomicLong(-5);
  private Instant machine = NOON;
  private Duration databaseAhead = Duration.ZERO;
  private Duration answer = Duration.ofMillis(2);
  private final Instant began = NOON;
  private final DatabaseClock clock =
      new DatabaseClock(this::askDatabase, () -> machine, counter::get);

  // The answer is given halfway between the question and its arrival.
  private Instant askDatabase() {
    pass(answer.dividedBy(2));
    var said = truly().plus(databaseAhead);
    pass(answer.dividedBy(2));
    return said;
  }

  private Instant truly() {
    return began.plusNanos(counter.get() + 5);
  }

  private void pass(Duration time) {
    counter.addAndGet(time.toNanos());
  }

  @Test
  void before_it_could_ask_it_is_the_machines() {
    pass(Duration.ofSeconds(3));

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3));
  }

  @Test
  void a_jump_of_the_machines_clock_is_not_noticed() {
    clock.read();
    machine = NOON.minusSeconds(600);
    pass(Duration.ofSeconds(20));
    clock.read();

    assertThat(clock.instant()).isEqualTo(truly());
  }

  @Test
  void it_is_the_databases_within_the_time_that_the_answer_was_on_its_way() {
    databaseAhead = Duration.ofSeconds(-37);
    answer = Duration.ofMillis(200);
    clock.read();

    assertThat(Duration.between(truly().plus(databaseAhead), clock.instant()).abs())
        .isLessThanOrEqualTo(Duration.ofMillis(100));
  }

  @Test
  void a_reading_that_does_not_contradict_moves_nothing() {
    clock.read();
    databaseAhead = Duration.ofNanos(900_000);
    clock.read();

    assertThat(clock.instant()).isEqualTo(truly());
  }

  @Test
  void a_slow_answer_moves_it_no_further_than_it_proves() {
    answer = Duration.ofSeconds(3);
    clock.read();
    assertThat(clock.instant()).isEqualTo(truly());

    databaseAhead = Duration.ofHours(1);
    clock.read();
    assertThat(clock.instant()).isEqualTo(truly().plus(databaseAhead).minusMillis(1_500));
  }
}
