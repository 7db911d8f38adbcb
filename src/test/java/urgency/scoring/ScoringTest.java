package urgency.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static urgency.scoring.Goods.NOW;
import static urgency.scoring.Goods.product;
import static urgency.scoring.Goods.sold;
import static urgency.scoring.Goods.trend;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.Catalog;
import urgency.catalog.InterestHistory;
import urgency.catalog.PriceHistory;
import urgency.catalog.Product;
import urgency.catalog.SalesHistory;
import urgency.catalog.VariantId;
import urgency.demand.Exposure;
import urgency.inventory.HoldId;
import urgency.inventory.HoldRequest;
import urgency.inventory.Stock;
import urgency.money.Money;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.scoring.Scorer.Candidate;
import urgency.scoring.rules.RulesScorer;
import urgency.trends.Ingest;
import urgency.trends.Sources;
import urgency.trends.Trend;
import urgency.trends.TrendSettings;
import urgency.trends.Trends;
import urgency.trends.recorded.RecordedSource;

class ScoringTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final Database database = TestDatabase.fresh();
  private final ScoringSettings settings =
      ScoringSettings.read(Settings.read(Map.of(), Optional.empty()), Duration.ofHours(4));
  private final RulesScorer scorer = new RulesScorer(settings);
  private final Catalog catalog = new Catalog(new PriceHistory());
  private final SalesHistory sales = new SalesHistory();
  private final Stock stock = new Stock();
  private final Scoring scoring =
      new Scoring(database, catalog, sales, stock, new Trends(), scorer, new Runs(), settings);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_score_comes_back_as_it_was_given() {
    var scores = rate(NOW, 1, 2);

    database.change(tx -> scoring.append(tx, scores));

    assertThat(database.read(Scoring::latest).values()).containsExactlyElementsOf(scores);
  }

  @Test
  void the_newest_score_of_each_product_counts() {
    var old = rate(NOW, 1, 2);
    var recent = rate(NOW.plusSeconds(60), 1);

    database.change(tx -> scoring.append(tx, recent));
    database.change(tx -> scoring.append(tx, old));

    assertThat(database.read(Scoring::latest).values())
        .containsExactly(recent.getFirst(), old.getLast());
  }

  @Test
  void the_job_and_a_shelf_may_rate_at_the_same_moment() throws Exception {
    database.change(
        tx -> {
          for (var i = 1; i <= 300; i++) {
            var it = product(i, "Thing number " + i, "beauty", "tag" + i, "word" + i);
            stock.stock(tx, catalog.save(tx, it, NOW).product().variants().getFirst().id(), 5, NOW);
          }
        });

    var ratings = new ArrayList<Future<?>>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var i = 0; i < 4; i++) {
        var at = NOW.plusSeconds(i);
        ratings.add(threads.submit(() -> scoring.run(at)));
      }
    }

    for (var rating : ratings) rating.get();
    assertThat(database.read(Scoring::latest)).hasSize(300);
  }

  @Test
  void a_shop_without_scores_has_none() {
    assertThat(database.read(Scoring::latest)).isEmpty();
  }

  @Test
  void only_products_with_stock_are_rated_with_their_sales_and_trends() {
    var oil = product(1, "Lip Oil", "beauty");
    var gone = product(2, "Cream", "beauty");
    var unknown = product(3, "Lamp", "home");
    var levels =
        Map.of(
            oil.variants().getFirst().id(), new Stock.Level(10, 2, 3),
            gone.variants().getFirst().id(), new Stock.Level(10, 2, 8));
    var rising = trend("lipoil", Trend.Stage.RISING, 10, 50, 70, 100);

    var candidates =
        Scoring.candidates(
            List.of(oil, gone, unknown),
            levels,
            Map.of(oil.id(), List.of(sold(1, 4))),
            List.of(rising),
            Map.of(),
            Overrides.Standing.NONE,
            new HashMap<>());

    assertThat(candidates)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.product()).isEqualTo(oil);
              assertThat(it.unitsLeft()).isEqualTo(5);
              assertThat(it.sales()).containsExactly(sold(1, 4));
              assertThat(it.links()).hasSize(1);
            });
  }

  @Test
  void a_run_rates_what_is_in_the_shop_by_what_the_world_watches() {
    var noon = NOW.plus(Duration.ofHours(12));
    var lamp = product(1, "Sunset Mushroom Lamp", "home", "skincare");
    var vase = product(2, "Ripple Vase", "home");
    var gone = product(3, "Orbit Mirror", "home");
    database.change(
        tx -> {
          for (var it : List.of(lamp, vase, gone)) catalog.save(tx, it, NOW);
          stock.stock(tx, lamp.variants().getFirst().id(), 12, NOW);
          stock.stock(tx, vase.variants().getFirst().id(), 12, NOW);
          sales.set(tx, lamp.id(), sold(3, 9).date(), 9, 11);
        });
    var recorded = new Sources(List.of(new RecordedSource(DAY)));
    var asked = TrendSettings.read(Settings.read(Map.of(), Optional.empty()));
    new Ingest(database, recorded, asked).run(noon);

    scoring.run(noon);

    var scores = new TreeMap<>(database.read(Scoring::latest));
    assertThat(scores.keySet()).containsExactly(lamp.id(), vase.id());
    var best = scores.firstEntry().getValue();
    assertThat(best.at()).isEqualTo(noon);
    assertThat(best.virality()).isPositive();
    assertThat(best.trend()).startsWith("#");
    assertThat(best.reason()).contains("(demo data)");
    assertThat(best.value()).isGreaterThan(scores.lastEntry().getValue().value());
  }

  @Test
  void a_product_that_sold_out_is_rated_by_the_hours_in_which_it_could_be_had() {
    var noon = NOW.plus(Duration.ofHours(12));
    var gone = product(1, "Orbit Mirror", "home");
    var there = product(2, "Ripple Vase", "home");
    var days = List.of(sold(3, 6), sold(2, 6), sold(1, 6));
    database.change(
        tx -> {
          for (var it : List.of(gone, there)) {
            catalog.save(tx, it, NOW.minus(Duration.ofDays(40)));
            for (var day : days) sales.set(tx, it.id(), day.date(), day.orders(), day.units());
          }
          stock.stock(tx, variant(there), 100, NOW.minus(Duration.ofDays(6)));
          // Stocked at midnight and sold out six hours later, on each of three days.
          for (var ago = 3; ago >= 1; ago--) {
            var midnight = NOW.minus(Duration.ofDays(ago));
            stock.stock(tx, variant(gone), 6, midnight);
            var hold = new HoldRequest(new HoldId(UUID.randomUUID()), List.of(line(gone)));
            stock.hold(tx, List.of(hold), midnight.plus(Duration.ofHours(6)));
            stock.sell(tx, hold.id(), midnight.plus(Duration.ofHours(7)));
          }
          stock.stock(tx, variant(gone), 100, noon);
        });

    scoring.run(noon.plusSeconds(1));

    var scores = new TreeMap<>(database.read(Scoring::latest));
    var rushed = Objects.requireNonNull(scores.get(gone.id())).expectedOrders();
    var steady = Objects.requireNonNull(scores.get(there.id())).expectedOrders();
    // 18 orders in three quarters of a day against 18 in three days, both drawn to the mean.
    assertThat(rushed / steady).isBetween(2.0, 6.0);
    var knew = database.read(new Runs()::newest).orElseThrow();
    assertThat(knew.candidates().getFirst().exposure().orElseThrow().days())
        .extracting(Exposure.Day::stocked)
        .startsWith(0.25, 0.25, 0.25);
  }

  @Test
  void a_rating_knows_the_lowest_price_of_thirty_days_and_who_was_looked_at() {
    var lamp = product(1, "Lamp", "home");
    database.change(
        tx -> {
          catalog.save(tx, lamp, NOW.minus(Duration.ofDays(40)));
          stock.stock(tx, variant(lamp), 5, NOW.minus(Duration.ofDays(9)));
          var flash =
              new PriceHistory.Offered(
                  variant(lamp),
                  Money.of(700, "EUR"),
                  NOW.minus(Duration.ofDays(5)),
                  Optional.of(NOW.minus(Duration.ofDays(4))));
          new PriceHistory().append(tx, List.of(flash));
          new InterestHistory().looked(tx, Goods.TODAY.minusDays(4), Map.of(lamp.id(), 31));
        });

    scoring.run(NOW);

    var knew = database.read(new Runs()::newest).orElseThrow().candidates().getFirst();
    assertThat(knew.reference()).contains(Money.of(700, "EUR"));
    assertThat(knew.priceNats()).isCloseTo(Math.log(0.7), within(1e-12));
    assertThat(knew.exposure())
        .contains(
            new Exposure(
                Optional.empty(), List.of(new Exposure.Day(Goods.TODAY.minusDays(4), 1, 31))));
  }

  private static VariantId variant(Product product) {
    return product.variants().getFirst().id();
  }

  private static HoldRequest.Line line(Product product) {
    return new HoldRequest.Line(variant(product), 6);
  }

  @Test
  void scores_are_forgotten_in_time() {
    database.change(tx -> scoring.append(tx, rate(NOW, 1)));

    scoring.run(NOW.plus(settings.keep()).plusSeconds(1));

    assertThat(database.read(Scoring::latest)).isEmpty();
  }

  private List<Score> rate(Instant now, int... numbers) {
    var candidates = new java.util.ArrayList<Candidate>();
    for (var number : numbers) {
      candidates.add(
          new Candidate(
              product(number, "P" + number, "home"), 5, List.of(sold(1, number)), List.of()));
    }
    return scorer.score(candidates, now, DAY);
  }
}
