package urgency.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.shelf.Examples.dollars;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.Catalog;
import urgency.catalog.Media;
import urgency.catalog.PriceHistory;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.SalesHistory;
import urgency.catalog.Variant;
import urgency.inventory.Stock;
import urgency.judging.FakeLlm;
import urgency.judging.FakeLlm.Act;
import urgency.judging.JudgeSettings;
import urgency.judging.Judgements;
import urgency.judging.Lean;
import urgency.judging.Rubric;
import urgency.judging.Standing;
import urgency.judging.Standing.Mode;
import urgency.judging.chain.Judges;
import urgency.platform.facts.Facts;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.scoring.Jury;
import urgency.scoring.Risks;
import urgency.scoring.Runs;
import urgency.scoring.Score;
import urgency.scoring.Score.Source;
import urgency.scoring.Scoring;
import urgency.scoring.ScoringSettings;
import urgency.scoring.rules.RulesScorer;
import urgency.shelf.Decisions.Replayed;
import urgency.trends.Trends;

/** Shelves with a judge in play, whatever the judge does. */
class JudgedShelfTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final Duration REFRESH = Duration.ofHours(4);
  private static final int SHELVES = 100;
  private static final int PRODUCTS = 6;

  /** Stored shelves that are decided again, without a judge. */
  private static final int REPLAYED = 50;

  private final Database database = TestDatabase.fresh();
  private final FakeLlm fake = new FakeLlm(0);
  private final PriceHistory prices = new PriceHistory();
  private final Catalog catalog = new Catalog(prices);
  private final Stock stock = new Stock();
  private final Runs runs = new Runs();
  private final Decisions decisions = new Decisions(runs);
  private final AtomicReference<Instant> start = new AtomicReference<>(NOON);
  private final AtomicReference<Long> startedAt = new AtomicReference<>(System.nanoTime());

  /** Stands at an instant of the test's choice and runs on from there. */
  private final InstantSource clock =
      () -> start.get().plusNanos(System.nanoTime() - startedAt.get());

  private final Scoring scoring = scoring();
  private final Publisher publisher = publisher(scoring);

  @BeforeEach
  void a_shop_whose_judge_has_earned_a_weight() {
    for (var i = 1; i <= PRODUCTS; i++) save(i, "Mushroom Lamp " + i);
    database.change(
        tx -> {
          for (var i = 1; i <= PRODUCTS; i++) stock.stock(tx, Examples.variant(i), 20, NOON);
        });
    live();
  }

  @AfterEach
  void close() {
    fake.close();
    database.close();
  }

  @Test
  void whatever_the_judge_does_a_hundred_shelves_of_a_hundred_are_on_time_and_say_why() {
    goTo(NOON);
    publisher.glance();
    var acts = List.copyOf(EnumSet.allOf(Act.class));
    var judged = 0;
    for (var shelf = 0; shelf < SHELVES; shelf++) {
      var act = acts.get(shelf % acts.size());
      var refresh = NOON.plus(REFRESH.multipliedBy(shelf + 1L));
      live();
      // Every product is new to the judge, so that no memory helps.
      for (var i = 1; i <= PRODUCTS; i++) save(i, "Mushroom Lamp %d of %d".formatted(i, shelf));
      fake.otherwise(act);
      goTo(refresh.minus(Duration.ofMinutes(10)));
      scoring.ask(clock.instant());
      goTo(refresh.minus(Duration.ofSeconds(20)));
      var edition = publisher.glance();

      assertThat(edition).as("%s, shelf %d", act, shelf).isPresent();
      assertThat(edition.get().opensAt()).isEqualTo(refresh);
      assertThat(clock.instant()).isBefore(refresh);
      assertThat(edition.get().slots()).hasSize(PRODUCTS);
      assertThat(sources()).as("%s", act).isEqualTo(Set.of(expected(act)));
      if (expected(act) == Source.FRESH_LLM) judged++;
    }
    assertThat(judged).isEqualTo(SHELVES / acts.size() + (SHELVES % acts.size() > 0 ? 1 : 0));
    fake.close();
    for (var edition = SHELVES + 1; edition > SHELVES + 1 - REPLAYED; edition--) {
      var number = edition;
      assertThat(database.<Replayed>read(tx -> decisions.replay(tx, number, RulesScorer::new)))
          .as("edition %d", number)
          .isInstanceOf(Replayed.Same.class);
    }
  }

  @Test
  void a_judged_shelf_is_decided_again_without_a_judge_to_the_last_bit() {
    goTo(NOON);
    publisher.glance();
    goTo(NOON.plus(REFRESH).minus(Duration.ofMinutes(10)));
    scoring.ask(clock.instant());
    goTo(NOON.plus(REFRESH).minus(Duration.ofSeconds(20)));
    publisher.glance();
    fake.close();
    database.change(tx -> tx.execute("truncate judging.judgement, judging.standing, judging.call"));

    var replayed = database.<Replayed>read(tx -> decisions.replay(tx, 2, RulesScorer::new));

    assertThat(replayed).isInstanceOf(Replayed.Same.class);
    var scores = database.<List<Score>>read(tx -> decisions.scores(tx, 2));
    assertThat(scores).isNotEmpty().allMatch(it -> it.source() == Source.FRESH_LLM);
    for (var score : scores) {
      var sum = score.parts().stream().mapToDouble(Score.Part::nats).sum();
      assertThat(Math.abs(sum - Math.log(score.value()))).isLessThan(1e-9);
      assertThat(score.parts())
          .filteredOn(it -> it.name().equals("meaning, by a model"))
          .singleElement()
          .satisfies(it -> assertThat(it.nats()).isNotZero().isBetween(-0.2232, 0.2232));
    }
  }

  @Test
  void what_the_judge_sees_a_risk_in_waits_until_an_operator_approves_it() {
    fake.doubt(it -> it.path("title").asText().equals("Mushroom Lamp 3"));
    goTo(NOON);
    publisher.glance();
    goTo(NOON.plus(REFRESH).minus(Duration.ofMinutes(10)));
    scoring.ask(clock.instant());
    goTo(NOON.plus(REFRESH).minus(Duration.ofSeconds(20)));
    var waiting = publisher.glance().orElseThrow();
    var product = Examples.product(3, "home", variant(3)).id();

    assertThat(waiting.slots()).hasSize(PRODUCTS - 1).noneMatch(it -> it.product().equals(product));
    assertThat(database.read(tx -> decisions.of(tx, 2)).orElseThrow().passedOver())
        .contains(new Decision.PassedOver(product, Decision.Gate.RISK, 0));
    assertThat(database.<Replayed>read(tx -> decisions.replay(tx, 2, RulesScorer::new)))
        .isInstanceOf(Replayed.Same.class);

    var risks = new Risks();
    database.change(tx -> assertThat(risks.approve(tx, product, "Owner", NOON)).isTrue());
    goTo(NOON.plus(REFRESH.multipliedBy(2)).minus(Duration.ofSeconds(20)));

    assertThat(publisher.glance().orElseThrow().slots()).hasSize(PRODUCTS);
    assertThat(database.read(tx -> Risks.seen(tx, product)).orElseThrow().approved())
        .containsExactly("TRADEMARK, Owner");
  }

  @Test
  void a_risk_stands_until_the_judge_says_otherwise_also_when_its_word_is_too_old_to_count() {
    fake.doubt(it -> it.path("title").asText().equals("Mushroom Lamp 3"));
    goTo(NOON.plus(REFRESH).minus(Duration.ofMinutes(10)));
    scoring.ask(clock.instant());
    scoring.run(clock.instant());
    goTo(NOON.plus(Duration.ofDays(9)));
    scoring.run(clock.instant());

    assertThat(database.read(scoring::waiting).values()).containsExactly("TRADEMARK");

    fake.doubt(_ -> false);
    goTo(NOON.plus(Duration.ofDays(10)).plus(REFRESH).minus(Duration.ofMinutes(10)));
    live();
    scoring.ask(clock.instant());
    scoring.run(clock.instant());

    assertThat(database.read(scoring::waiting)).isEmpty();
  }

  @Test
  void what_was_judged_for_the_last_shelf_counts_for_this_one_as_remembered() {
    goTo(NOON);
    publisher.glance();
    goTo(NOON.plus(REFRESH).minus(Duration.ofMinutes(10)));
    scoring.ask(clock.instant());
    var asked = fake.asked().size();
    for (var shelf = 1; shelf <= 2; shelf++) {
      goTo(NOON.plus(REFRESH.multipliedBy(shelf)).minus(Duration.ofSeconds(20)));
      scoring.ask(clock.instant());
      publisher.glance();
    }

    assertThat(sources()).isEqualTo(Set.of(Source.CACHED_LLM));
    assertThat(fake.asked()).hasSize(asked);
  }

  @Test
  void a_rating_that_was_not_renewed_says_that_it_is_the_last_one() {
    goTo(NOON);
    publisher.glance();

    var score = database.<Map<ProductId, Score>>read(Scoring::latest).values().iterator().next();

    assertThat(score.source(clock.instant(), Duration.ofMinutes(30))).isEqualTo(Source.PRIOR);
    assertThat(score.source(NOON.plus(REFRESH), Duration.ofMinutes(30))).isEqualTo(Source.LAST);
  }

  @Test
  void what_was_asked_hours_ahead_is_fresh_and_nothing_is_asked_before_the_refresh() {
    var ahead = scoring("URGENCY_JUDGE_BATCH", "true", "URGENCY_JUDGE_BATCH_LEAD", "3h");
    var shop = publisher(ahead);
    goTo(NOON);
    shop.glance();
    goTo(NOON.plus(REFRESH).minus(Duration.ofMinutes(181)));
    ahead.ask(clock.instant());
    assertThat(fake.batches().made()).isZero();

    goTo(NOON.plus(REFRESH).minus(Duration.ofMinutes(179)));
    ahead.ask(clock.instant());
    ahead.look();
    goTo(NOON.plus(REFRESH).minus(Duration.ofMinutes(10)));
    ahead.ask(clock.instant());
    goTo(NOON.plus(REFRESH).minus(Duration.ofSeconds(20)));
    shop.glance();

    assertThat(fake.batches().made()).isEqualTo(1);
    assertThat(fake.asked()).noneMatch(it -> it.path().endsWith("/responses"));
    assertThat(sources()).isEqualTo(Set.of(Source.FRESH_LLM));
  }

  @Test
  void with_less_than_half_of_the_time_left_no_batch_is_sent() {
    var ahead = scoring("URGENCY_JUDGE_BATCH", "true", "URGENCY_JUDGE_BATCH_LEAD", "3h");
    goTo(NOON.plus(REFRESH).minus(Duration.ofMinutes(89)));

    ahead.ask(clock.instant());

    assertThat(fake.asked()).isEmpty();
  }

  // Only a whole, valid answer of the measured model counts.
  private static Source expected(Act act) {
    return switch (act) {
      case JUDGE -> Source.FRESH_LLM;
      case RATE_LIMITED,
          SERVER_ERROR,
          OVERLOADED,
          SILENCE,
          RESET,
          CUT_JSON,
          CUT_ANSWER,
          WRONG_REFS,
          DUPLICATES,
          REFUSAL,
          OUT_OF_RANGE,
          EMPTY,
          DRIP,
          OTHER_MODEL ->
          Source.PRIOR;
    };
  }

  private Set<Source> sources() {
    var sources = EnumSet.noneOf(Source.class);
    database
        .<Map<ProductId, Score>>read(Scoring::latest)
        .values()
        .forEach(it -> sources.add(it.source(clock.instant(), Duration.ofMinutes(30))));
    return sources;
  }

  private void goTo(Instant instant) {
    startedAt.set(System.nanoTime());
    start.set(instant);
  }

  private void live() {
    var model = "fake-judge-1";
    var live = new Standing(Mode.LIVE, 0.2, Lean.START, model, Rubric.version(), "test", NOON);
    database.change(live::put);
  }

  private void save(int number, String name) {
    var product =
        new Product(
            Examples.product(number, "home", variant(number)).id(),
            "lamp-" + number,
            name,
            "",
            "c" + number % 3,
            "#ffffff",
            Set.of("lamp"),
            Media.NONE,
            List.of(variant(number)),
            false);
    database.change(tx -> catalog.save(tx, product, NOON.minus(Duration.ofDays(10))));
  }

  private static Variant variant(int number) {
    return new Variant(
        Examples.variant(number),
        "SKU-" + number,
        "Thing",
        dollars(3000),
        Optional.of(dollars(1000)));
  }

  private Scoring scoring(String... more) {
    var scores = ScoringSettings.read(Settings.read(Map.of(), Optional.empty()), REFRESH);
    // Enough time for the work, little for those who keep silent, and a breaker cannot be met: each
    // shelf has a judge of its own, as after a restart.
    var given =
        Stream.of(
            "URGENCY_JUDGE_TIER",
            "standard",
            "URGENCY_JUDGE_TIMEOUT",
            "1s",
            "URGENCY_JUDGE_RETRIES",
            "1",
            "URGENCY_JUDGE_RUN_DEADLINE",
            "5s",
            "URGENCY_JUDGE_CAP_DAY_CENTS",
            "1000",
            "URGENCY_JUDGE_CAP_MONTH_CENTS",
            "1000");
    var all = Stream.concat(given, Stream.of(more)).toArray(String[]::new);
    var settings = Judges.settings(fake, JudgeSettings.Provider.OPENAI, all);
    var jury =
        new Jury(
            new urgency.judging.Judging(
                database,
                (batch, deadline) -> Judges.judge(database, settings, clock).judge(batch, deadline),
                settings,
                new Judgements(),
                clock,
                new java.util.Random(5)::nextLong,
                java.util.UUID::randomUUID,
                Judges.parcels(database, settings, clock)),
            new Judgements(),
            Judges.glossary(database, settings, clock),
            new SalesHistory(),
            scores);
    return new Scoring(
        database,
        catalog,
        new SalesHistory(),
        stock,
        new Trends(),
        new RulesScorer(scores),
        runs,
        scores,
        jury);
  }

  private Publisher publisher(Scoring rating) {
    return new Publisher(
        database,
        Facts.standalone(),
        clock,
        Examples.SETTINGS,
        new Candidates(catalog, stock, prices, rating, Examples.SETTINGS),
        decisions,
        prices);
  }
}
