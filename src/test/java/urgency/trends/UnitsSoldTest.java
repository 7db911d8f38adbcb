package urgency.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import urgency.trends.UnitsSold.Reading;

class UnitsSoldTest {
  private static final LocalDate MONDAY = LocalDate.parse("2026-11-23");

  @Test
  void units_between_two_polls_are_spread_over_the_time_between_them() {
    var rates =
        UnitsSold.perDay(
            List.of(reading("2026-11-23T00:00:00Z", 100), reading("2026-11-25T00:00:00Z", 300)));

    assertThat(rates).containsExactly(entry(MONDAY, 100.0), entry(MONDAY.plusDays(1), 100.0));
  }

  @Test
  void a_day_that_is_half_over_counts_as_a_whole_day_at_its_pace() {
    var rates =
        UnitsSold.perDay(
            List.of(reading("2026-11-23T00:00:00Z", 100), reading("2026-11-23T12:00:00Z", 150)));

    assertThat(rates).containsExactly(entry(MONDAY, 100.0));
  }

  @Test
  void a_count_that_falls_sold_nothing() {
    var rates =
        UnitsSold.perDay(
            List.of(
                reading("2026-11-23T00:00:00Z", 1000),
                reading("2026-11-23T12:00:00Z", 400),
                reading("2026-11-24T00:00:00Z", 450)));

    assertThat(rates).containsExactly(entry(MONDAY, 50.0));
  }

  @Test
  void a_day_that_is_hardly_covered_is_left_out() {
    var rates =
        UnitsSold.perDay(
            List.of(reading("2026-11-23T20:00:00Z", 0), reading("2026-11-24T20:00:00Z", 240)));

    assertThat(rates).containsOnlyKeys(MONDAY.plusDays(1));
  }

  @Test
  void one_poll_tells_no_pace() {
    assertThat(UnitsSold.perDay(List.of(reading("2026-11-23T00:00:00Z", 5)))).isEmpty();
  }

  private static Reading reading(String at, long units) {
    return new Reading(Instant.parse(at), units);
  }
}
