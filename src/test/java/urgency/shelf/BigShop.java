package urgency.shelf;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import urgency.catalog.Media;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.SalesHistory;
import urgency.catalog.Variant;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.platform.settings.Settings;
import urgency.scoring.Runs;
import urgency.scoring.Score;
import urgency.scoring.Scorer;
import urgency.scoring.ScoringSettings;
import urgency.scoring.rules.RulesScorer;
import urgency.shelf.Diversity.Likeness;
import urgency.trends.Trend;
import urgency.trends.TrendObservation.Point;

/** A shop of any size from a seed, to be rated and decided: the same on every machine. */
final class BigShop {
  static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration REFRESH = Duration.ofHours(4);
  private static final int DAYS = 60;
  private static final int TRENDS = 120;
  private static final int CATEGORIES = 24;
  private static final List<String> WORDS =
      List.of(
          "sunset", "lamp", "cloud", "slides", "velvet", "oil", "moka", "pot", "orbit", "mirror");

  private final ShelfSettings shelf = ShelfSettings.read(Settings.read(Map.of(), Optional.empty()));
  private final ScoringSettings scoring =
      ScoringSettings.read(Settings.read(Map.of(), Optional.empty()), REFRESH);
  private final List<Scorer.Candidate> candidates;

  BigShop(int products) {
    var random = new SplittableRandom(11);
    var trends = new ArrayList<Trend>(TRENDS);
    for (var i = 0; i < TRENDS; i++) trends.add(trend(i, random));
    this.candidates = new ArrayList<>(products);
    for (var i = 0; i < products; i++) candidates.add(candidate(i, trends, random));
  }

  /** What a rating of the shop would know. */
  Runs.Run run() {
    return new Runs.Run(NOON, REFRESH, scoring, Optional.empty(), candidates);
  }

  List<Score> rate() {
    return run().rate(RulesScorer::new);
  }

  /** Rates and decides one shelf after another, each as its time has it; all that came of it. */
  List<Object> windows(int count) {
    var all = new ArrayList<Object>(2 * count);
    for (var i = 0; i < count; i++) {
      var opens = NOON.plus(REFRESH.multipliedBy(i));
      var run = new Runs.Run(opens, REFRESH, scoring, Optional.empty(), candidates);
      var scores = run.rate(RulesScorer::new);
      all.add(scores);
      all.add(decide(scores, new Schedule.Window(opens, opens.plus(REFRESH)), 7 + i, 42 + i));
    }
    return all;
  }

  /** Decides a shelf by these scores. */
  Decision decide(List<Score> scores) {
    return decide(scores, new Schedule.Window(NOON, NOON.plus(REFRESH)), 7, 42);
  }

  private Decision decide(List<Score> scores, Schedule.Window window, long number, long seed) {
    return new Curator(shelf, Likeness.WORDS_AND_MEANING)
        .compose(considered(scores), window, number, seed)
        .orElseThrow();
  }

  /** What a shelf would be decided from by these scores. */
  List<Candidate> considered(List<Score> scores) {
    var byId = new HashMap<ProductId, Score>();
    for (var it : scores) byId.put(it.product(), it);
    var chosen = new ArrayList<Candidate>(candidates.size());
    for (var it : candidates) {
      var variant = it.product().variants().getFirst();
      var score = byId.get(it.product().id());
      if (score == null) throw new IllegalStateException("not rated: " + it.product().slug());
      chosen.add(
          new Candidate(
              it.product(),
              score,
              Map.of(variant.id(), it.unitsLeft()),
              Map.of(variant.id(), variant.price()),
              Map.of(),
              false));
    }
    return chosen;
  }

  private static Scorer.Candidate candidate(
      int number, List<Trend> trends, SplittableRandom random) {
    var links = new ArrayList<Scorer.Link>();
    for (var i = random.nextInt(4); i > 0; i--) {
      var trend = trends.get(random.nextInt(TRENDS));
      links.add(new Scorer.Link(trend, 0.5 + 0.5 * random.nextDouble(), "meaning"));
    }
    var today = LocalDate.ofInstant(NOON, ZoneOffset.UTC);
    var sales = new ArrayList<SalesHistory.Day>();
    var busy = random.nextInt(10);
    for (var age = DAYS; age > 0; age--) {
      var orders = random.nextInt(10) < busy ? 1 + random.nextInt(4) : 0;
      if (orders > 0) sales.add(new SalesHistory.Day(today.minusDays(age), orders, orders));
    }
    return new Scorer.Candidate(product(number, random), 1 + random.nextInt(80), sales, links);
  }

  private static Product product(int number, SplittableRandom random) {
    var price = 500 + random.nextInt(9_000);
    var words = WORDS.get(random.nextInt(10)) + " " + WORDS.get(random.nextInt(10));
    var variant =
        new Variant(
            new VariantId(new UUID(1, number)),
            "SKU-" + number,
            words,
            Money.of(price, "USD"),
            Optional.of(Money.of(price / 2, "USD")));
    return new Product(
        new ProductId(new UUID(0, number)),
        "thing-" + number,
        words + " " + number,
        "",
        "category-" + random.nextInt(CATEGORIES),
        "#aa66cc",
        Set.of(WORDS.get(random.nextInt(10))),
        Media.NONE,
        List.of(variant),
        false);
  }

  private static Trend trend(int number, SplittableRandom random) {
    var today = LocalDate.ofInstant(NOON, ZoneOffset.UTC);
    var curve = new ArrayList<Point>();
    for (var age = 7; age > 0; age--) {
      curve.add(new Point(today.minusDays(age), random.nextInt(101)));
    }
    var stages = Trend.Stage.values();
    return new Trend(
        "trend" + number,
        "trend" + number,
        "US",
        stages[random.nextInt(stages.length)],
        curve,
        1_000,
        1_000_000,
        12,
        "test",
        today.minusDays(1),
        NOON,
        0.5 + 0.5 * random.nextDouble(),
        false);
  }
}
