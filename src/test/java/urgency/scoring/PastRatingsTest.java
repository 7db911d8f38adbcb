package urgency.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.scoring.Goods.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.Catalog;
import urgency.catalog.PriceHistory;
import urgency.catalog.ProductId;
import urgency.catalog.SalesHistory;
import urgency.inventory.Stock;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.scoring.rules.RulesScorer;
import urgency.trends.Trends;

class PastRatingsTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final Database database = TestDatabase.fresh();
  private final ScoringSettings settings =
      ScoringSettings.read(Settings.read(Map.of(), Optional.empty()), Duration.ofHours(4));
  private final Scoring scoring =
      new Scoring(
          database,
          new Catalog(new PriceHistory()),
          new SalesHistory(),
          new Stock(),
          new Trends(),
          new RulesScorer(settings),
          new Runs(),
          settings);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void without_a_rating_there_is_nothing_to_compare_with() {
    assertThat(below(50)).isEmpty();
  }

  @Test
  void a_number_is_higher_than_those_that_were_lower_and_not_than_its_equals() {
    rated(NOW.minus(DAY.multipliedBy(3)), 10, 20, 30);
    rated(NOW.minus(DAY), 10, 40, 40);

    assertThat(below(40)).contains(new PastRatings(66, DAY.multipliedBy(3)));
    assertThat(below(10).orElseThrow().lower()).isZero();
    assertThat(below(100).orElseThrow().lower()).isEqualTo(100);
  }

  @Test
  void only_thirty_days_count() {
    rated(NOW.minus(DAY.multipliedBy(31)), 0, 0, 0, 0);
    rated(NOW.minus(DAY.multipliedBy(30)), 90);
    rated(NOW.minus(DAY), 10);

    assertThat(below(50)).contains(new PastRatings(50, DAY.multipliedBy(30)));
  }

  @Test
  void of_very_many_ratings_moments_that_are_evenly_spread_are_counted() {
    // Every hour of 20 days: the numbers of an hour are that hour's, 0 to 99 over the time.
    var hours = 20 * 24;
    for (var i = 0; i < hours; i++) rated(NOW.minus(Duration.ofHours(hours - i)), 100 * i / hours);

    for (var number : List.of(10, 50, 90)) {
      assertThat(below(number).orElseThrow().lower()).isBetween(number - 4, number + 4);
    }
  }

  @Test
  void it_is_said_over_how_long() {
    assertThat(new PastRatings(83, Duration.ofDays(14).minusMinutes(15)).words())
        .isEqualTo("higher than 83 of 100 ratings of the last 14 days");
    assertThat(new PastRatings(0, Duration.ofHours(47)).words()).endsWith("of the last 47 hours");
    assertThat(new PastRatings(0, Duration.ofMinutes(20)).words()).endsWith("last 20 minutes");
    assertThat(new PastRatings(0, Duration.ofSeconds(90)).words()).endsWith("of the last minute");
  }

  private Optional<PastRatings> below(int virality) {
    return database.read(tx -> PastRatings.below(tx, virality, NOW));
  }

  private void rated(Instant at, int... viralities) {
    var scores = new ArrayList<Score>();
    for (var i = 0; i < viralities.length; i++) {
      var product = new ProductId(new UUID(0, i));
      scores.add(
          new Score(
              product, viralities[i], 50, 4, 0.5, 4, 10, List.of(), "Why.", "", "rules v1", at));
    }
    database.change(tx -> scoring.append(tx, scores));
  }
}
