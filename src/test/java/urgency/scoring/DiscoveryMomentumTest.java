package urgency.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.scoring.Goods.product;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.Catalog;
import urgency.catalog.PriceHistory;
import urgency.catalog.Product;
import urgency.catalog.SalesHistory;
import urgency.inventory.Stock;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.scoring.Scorer.Link;
import urgency.scoring.rules.RulesScorer;
import urgency.trends.Ingest;
import urgency.trends.Sources;
import urgency.trends.TrendSettings;
import urgency.trends.TrendSource;
import urgency.trends.Trends;
import urgency.trends.business.DiscoveryAnswer;
import urgency.trends.fake.Shape;
import urgency.trends.wire.Reply;

/** The official interface tells views of all time and of each day; what a shop makes of it. */
class DiscoveryMomentumTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final LocalDate YESTERDAY = LocalDate.parse("2026-11-23");
  private static final Product SMALL = product(1, "Spiral Candle", "home", "smallfast");
  private static final Product BIG = product(2, "Ripple Vase", "home", "bigslow");

  private final Database database = TestDatabase.fresh();
  private final ScoringSettings settings =
      ScoringSettings.read(Settings.read(Map.of(), Optional.empty()), Duration.ofHours(4));
  private final Catalog catalog = new Catalog(new PriceHistory());
  private final Stock stock = new Stock();
  private final Runs runs = new Runs();
  private final Scoring scoring =
      new Scoring(
          database,
          catalog,
          new SalesHistory(),
          stock,
          new Trends(),
          new RulesScorer(settings),
          runs,
          settings);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_small_tag_that_grows_fast_is_foretold_more_than_a_big_one_that_does_not() {
    offer();
    ask(answer(12));

    scoring.run(NOON);

    var small = link(SMALL);
    var big = link(BIG);
    // By the end of their curves the big one would come first.
    assertThat(big.trend().curve().getLast().value()).isEqualTo(100);
    assertThat(TrendOutlook.breakOut(small.trend())).isLessThan(TrendOutlook.breakOut(big.trend()));
    assertThat(small.place().orElseThrow().measure()).isEqualTo(TrendPlace.Measure.VIEWS);
    assertThat(small.place().orElseThrow().percentile()).isEqualTo(1);
    assertThat(TrendOutlook.breakOut(small)).isGreaterThan(0.5);
    assertThat(TrendOutlook.breakOut(big)).isLessThan(0.05);
    assertThat(virality(SMALL)).isGreaterThan(virality(BIG));
    assertThat(database.read(tx -> runs.again(tx, NOON, RulesScorer::new)).orElseThrow().same())
        .isTrue();
  }

  @Test
  void among_few_the_end_of_the_curve_decides_as_before() {
    offer();
    ask(answer(9));

    scoring.run(NOON);

    assertThat(link(SMALL).place()).isEmpty();
    assertThat(TrendOutlook.breakOut(link(BIG))).isEqualTo(0.60);
  }

  private void offer() {
    database.change(
        tx -> {
          for (var it : List.of(SMALL, BIG)) {
            catalog.save(tx, it, NOON);
            stock.stock(tx, it.variants().getFirst().id(), 9, NOON);
          }
        });
  }

  private void ask(byte[] answer) {
    var sources = new Sources(List.of(new Stored(answer)));
    var asked = TrendSettings.read(Settings.read(Map.of(), Optional.empty()));
    new Ingest(database, sources, asked).run(NOON);
  }

  private int virality(Product product) {
    return database.read(Scoring::latest).values().stream()
        .filter(it -> it.product().equals(product.id()))
        .findFirst()
        .orElseThrow()
        .virality();
  }

  private Link link(Product product) {
    return database.read(runs::newest).orElseThrow().candidates().stream()
        .filter(it -> it.product().id().equals(product.id()))
        .findFirst()
        .orElseThrow()
        .links()
        .getFirst();
  }

  // The first row of the known shape, with other tags in it.
  private static byte[] answer(int tags) {
    try {
      var root = JSON.readTree(Shape.DISCOVERY.bytes());
      var list = (ArrayNode) root.path("data").path("list");
      var pattern = (ObjectNode) list.get(0).deepCopy();
      list.removeAll();
      list.add(row(pattern, 1, "smallfast", 400_000, 38_000, 40_000, 31_000));
      list.add(row(pattern, 2, "bigslow", 3_400_000_000L, 9_000_000, 9_500_000, 10_000_000));
      for (var i = 3; i <= tags; i++) {
        list.add(row(pattern, i, "qq" + "abcdefghijklm".charAt(i), 1_000_000, 5_000L * i));
      }
      return JSON.writeValueAsBytes(root);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  // The last daily counts repeat backwards for a week.
  private static ObjectNode row(
      ObjectNode pattern, int number, String name, long lifetime, long... last) {
    var row = pattern.deepCopy();
    row.put("hashtag_id", "16900000000000" + (10 + number)).put("hashtag_name", name);
    row.put("rank_position", number).put("views_global_lifetime", lifetime);
    var history = row.putArray("trending_history");
    var views = new ArrayList<Long>();
    for (var i = 0; i < 7; i++) views.add(last[Math.max(0, last.length - 7 + i)]);
    for (var i = 0; i < 7; i++) {
      history
          .addObject()
          .put("date", YESTERDAY.minusDays(6L - i).toString())
          .put("rank_position_daily", number)
          .put("views_daily", views.get(i));
    }
    return row;
  }

  /** A source that gives the same answer to everything. */
  private record Stored(byte[] answer) implements TrendSource {
    @Override
    public String id() {
      return "business";
    }

    @Override
    public Terms terms() {
      return Terms.OFFICIAL;
    }

    @Override
    public Optional<Duration> cadence() {
      return Optional.of(Duration.ofHours(6));
    }

    @Override
    public FetchResult fetch(FetchRequest request) {
      return DiscoveryAnswer.classify(request, Reply.stored(answer, request.at()));
    }
  }
}
