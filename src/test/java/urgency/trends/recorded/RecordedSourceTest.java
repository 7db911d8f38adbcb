package urgency.trends.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import urgency.trends.TrendObservation;
import urgency.trends.TrendSource.Budget;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;

class RecordedSourceTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final int CYCLE_DAYS = 28;

  private final RecordedSource source = new RecordedSource(Duration.ofHours(6));

  @Test
  void every_day_of_the_cycle_gives_a_valid_picture_unlike_the_others() {
    var hashes = new HashSet<String>();
    for (var day = 0; day < CYCLE_DAYS; day++) {
      var fresh = fresh(NOON.plus(Duration.ofDays(day)), Optional.empty());
      hashes.add(fresh.hash());
      assertThat(fresh.rows()).hasSizeBetween(30, 50);
    }

    assertThat(hashes).hasSize(CYCLE_DAYS);
  }

  @Test
  void the_same_day_gives_the_same_rows() {
    var morning = fresh(Instant.parse("2026-11-24T00:00:00Z"), Optional.empty());
    var night = fresh(Instant.parse("2026-11-24T23:59:59Z"), Optional.empty());

    assertThat(night.hash()).isEqualTo(morning.hash());
    assertThat(night.payloads().getFirst()).isEqualTo(morning.payloads().getFirst());
  }

  @Test
  void asking_twice_on_one_day_is_told_as_unchanged() {
    var hash = fresh(NOON, Optional.empty()).hash();

    var again = source.fetch(request(NOON.plusSeconds(3600), Optional.of(hash)));

    assertThat(again).isEqualTo(new FetchResult.Unchanged(hash));
  }

  @Test
  void curves_end_yesterday_and_peak_at_one_hundred() {
    for (var row : fresh(NOON, Optional.empty()).rows()) {
      var peak = row.curve().stream().mapToDouble(TrendObservation.Point::value).max();

      assertThat(row.asOf()).isEqualTo(LocalDate.parse("2026-11-23"));
      assertThat(row.curve()).hasSizeBetween(1, 7);
      assertThat(peak).hasValue(100);
    }
  }

  @Test
  void trends_come_and_go() {
    var seen = new HashMap<String, Integer>();
    for (var day = 0; day < CYCLE_DAYS; day++) {
      for (var row : fresh(NOON.plus(Duration.ofDays(day)), Optional.empty()).rows()) {
        seen.merge(row.key(), 1, Integer::sum);
      }
    }

    assertThat(seen).hasSize(62);
    assertThat(seen.values().stream().filter(it -> it < CYCLE_DAYS).count()).isEqualTo(50);
  }

  private FetchResult.Fresh fresh(Instant now, Optional<String> lastHash) {
    var result = source.fetch(request(now, lastHash));
    assertThat(result).isInstanceOf(FetchResult.Fresh.class);
    return (FetchResult.Fresh) result;
  }

  private static FetchRequest request(Instant now, Optional<String> lastHash) {
    return new FetchRequest("US", 7, now, now.plusSeconds(60), lastHash, Budget.UNLIMITED);
  }
}
