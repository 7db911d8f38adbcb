package urgency.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private final Schedule schedule = new Schedule(Duration.ofHours(4), Duration.ofSeconds(30));

  @Test
  void the_first_edition_opens_at_once_and_closes_at_a_boundary() {
    var due = schedule.due(at("2026-11-24T13:10:00Z"), Optional.empty());

    assertThat(due).contains(window("2026-11-24T13:10:00Z", "2026-11-24T16:00:00Z"));
  }

  @Test
  void less_than_a_quarter_of_a_period_is_joined_to_the_next() {
    var due = schedule.due(at("2026-11-24T15:00:00.001Z"), Optional.empty());

    assertThat(due).contains(window("2026-11-24T15:00:00.001Z", "2026-11-24T20:00:00Z"));
  }

  @Test
  void a_quarter_is_enough() {
    var due = schedule.due(at("2026-11-24T15:00:00Z"), Optional.empty());

    assertThat(due).contains(window("2026-11-24T15:00:00Z", "2026-11-24T16:00:00Z"));
  }

  @Test
  void the_next_edition_is_due_when_only_the_lead_is_left() {
    var last = Optional.of(at("2026-11-24T16:00:00Z"));

    assertThat(schedule.due(at("2026-11-24T15:59:29.999Z"), last)).isEmpty();
    assertThat(schedule.due(at("2026-11-24T15:59:30Z"), last))
        .contains(window("2026-11-24T16:00:00Z", "2026-11-24T20:00:00Z"));
  }

  @Test
  void nothing_is_due_while_the_next_edition_is_published_already() {
    var due = schedule.due(at("2026-11-24T15:59:45Z"), Optional.of(at("2026-11-24T20:00:00Z")));

    assertThat(due).isEmpty();
  }

  @Test
  void after_downtime_an_edition_opens_at_once() {
    var due = schedule.due(at("2026-11-25T09:00:00Z"), Optional.of(at("2026-11-24T16:00:00Z")));

    assertThat(due).contains(window("2026-11-25T09:00:00Z", "2026-11-25T12:00:00Z"));
  }

  @Test
  void the_end_of_summer_time_changes_nothing() {
    var due = schedule.due(at("2026-10-25T00:00:00Z"), Optional.of(at("2026-10-25T00:00:00Z")));

    assertThat(due).contains(window("2026-10-25T00:00:00Z", "2026-10-25T04:00:00Z"));
  }

  @Test
  void another_period_is_kept_to_from_the_next_boundary_on() {
    var hourly = new Schedule(Duration.ofMinutes(90), Duration.ofSeconds(30));

    var due = hourly.due(at("2026-11-24T15:59:30Z"), Optional.of(at("2026-11-24T16:00:00Z")));

    assertThat(due).contains(window("2026-11-24T16:00:00Z", "2026-11-24T16:30:00Z"));
  }

  @Test
  void the_lead_is_at_most_half_of_the_period() {
    var settings =
        Examples.settings(
            java.util.Map.of("URGENCY_SHELF_REFRESH", "1m", "URGENCY_SHELF_LEAD", "1h"));

    assertThat(settings.lead()).isEqualTo(Duration.ofSeconds(30));
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  private static Schedule.Window window(String opensAt, String closesAt) {
    return new Schedule.Window(at(opensAt), at(closesAt));
  }
}
