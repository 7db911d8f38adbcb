package urgency.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static urgency.shelf.Examples.NOON;
import static urgency.shelf.Examples.SETTINGS;
import static urgency.shelf.Examples.dollars;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.Catalog;
import urgency.catalog.PriceHistory;
import urgency.catalog.ProductId;
import urgency.catalog.SalesHistory;
import urgency.catalog.Variant;
import urgency.engine.CounterFactual;
import urgency.inventory.Stock;
import urgency.orders.Orders;
import urgency.outcomes.Outcome;
import urgency.outcomes.Outcomes;
import urgency.platform.facts.Facts;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.scoring.Calibration;
import urgency.scoring.Explanation;
import urgency.scoring.Overrides;
import urgency.scoring.Runs;
import urgency.scoring.Score;
import urgency.scoring.Scoring;
import urgency.scoring.ScoringSettings;
import urgency.scoring.rules.RulesScorer;
import urgency.shelf.Decisions.Replayed;
import urgency.statistics.Isotonic;
import urgency.trends.Trends;

/** From a shelf that was decided to what became of it, and back into the next. */
class OutcomesOfAShelfTest {
  private static final int UNITS = 4;

  private final Database database = TestDatabase.fresh();
  private final PriceHistory prices = new PriceHistory();
  private final Catalog catalog = new Catalog(prices);
  private final Stock stock = new Stock();
  private final SalesHistory sales = new SalesHistory();
  private final Runs runs = new Runs();
  private final Decisions decisions = new Decisions(runs);
  private final Editions editions = new Editions();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final Publisher publisher = publisher(SETTINGS);
  private final Outcomes outcomes =
      new Outcomes(database, editions, decisions, runs, new Orders(), sales);

  @BeforeEach
  void two_products() {
    database.change(
        tx -> {
          for (var i = 1; i <= 2; i++) {
            catalog.save(tx, product(i), NOON.minus(Duration.ofDays(40)));
            stock.stock(tx, Examples.variant(i), UNITS, NOON);
            var day = LocalDate.ofInstant(NOON, ZoneOffset.UTC).minusDays(3);
            sales.set(tx, new ProductId(new UUID(0, i)), day, 6, 6);
          }
        });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void what_was_foretold_stands_beside_what_was_sold_and_when_it_sold_out() {
    var edition = publisher.glance().orElseThrow();
    var score = Objects.requireNonNull(database.read(Scoring::latest).get(id(1)));
    pay(edition.number(), 1, 3, edition.opensAt().plusSeconds(60));
    pay(edition.number(), 1, 1, edition.opensAt().plusSeconds(90));

    outcomes.run(edition.closesAt().plus(Duration.ofHours(2)));

    var sold = outcome(1);
    assertThat(sold.units()).isEqualTo(UNITS);
    assertThat(sold.chance()).isEqualTo(score.sellOutChance());
    assertThat(sold.rawChance()).isEqualTo(score.sellOutChance());
    assertThat(sold.expectedOrders()).isEqualTo(score.expectedOrders());
    assertThat(sold.ratio()).isCloseTo(1 / (1 + UNITS * 28 * 6 / 6.0), within(1e-12));
    assertThat(sold.orders()).isEqualTo(2);
    assertThat(sold.sold()).isEqualTo(UNITS);
    assertThat(sold.soldOutAt()).contains(edition.opensAt().plusSeconds(90));
    assertThat(outcome(2).soldOut()).isFalse();
    assertThat(outcome(2).orders()).isZero();
  }

  @Test
  void what_a_price_added_to_the_forecast_is_known_beside_the_price_that_was_asked() {
    database.change(
        tx -> {
          var flash =
              new PriceHistory.Offered(
                  Examples.variant(1),
                  dollars(2400),
                  NOON.minus(Duration.ofDays(9)),
                  Optional.of(NOON.minus(Duration.ofDays(8))));
          prices.append(tx, List.of(flash));
        });
    var edition = publisher.glance().orElseThrow();
    var score = Objects.requireNonNull(database.read(Scoring::latest).get(id(1)));

    outcomes.run(edition.closesAt().plus(Duration.ofHours(2)));

    var rated = 0.25 * Math.log(24.0 / 30);
    var deal = edition.deal(Examples.variant(1)).orElseThrow();
    var asked = Math.log(24.0 * 100 / deal.price().minor());
    var offer = outcome(1).offer().orElseThrow();
    assertThat(score.priceNats()).isCloseTo(rated, within(1e-12));
    assertThat(offer.nats()).isCloseTo(asked, within(1e-12));
    assertThat(offer.plainOrders())
        .isCloseTo(score.expectedOrders() / Math.exp(rated), within(1e-9));
    assertThat(replay(edition.number())).isInstanceOf(Replayed.Same.class);
  }

  @Test
  void a_shop_learns_from_its_editions_how_far_a_price_moves_orders_and_rates_by_it() {
    var edition = publisher.glance().orElseThrow();
    outcomes.run(edition.closesAt().plus(Duration.ofHours(2)));
    // Two hundred editions of before, of which every second was half as dear and sold twice.
    database.change(
        tx ->
            tx.execute(
                """
                with past as (
                  insert into outcomes.edition
                  select 1000 + n, opens_at - n * interval '1 hour',
                         closes_at - n * interval '1 hour', horizon, true, true
                    from outcomes.edition, generate_series(1, 200) as n
                  returning number
                )
                insert into outcomes.outcome (edition, product_id, units, expected_orders, chance,
                       raw_chance, ratio, virality, raw_virality, orders, sold, price_nats,
                       plain_orders)
                select number, '00000000-0000-0000-0000-000000000001', 50, 3, 0.1, 0.1, 0.1, 0, 0,
                       case number % 2 when 0 then 3 else 6 end, 9,
                       case number % 2 when 0 then 0 else ln(2) end, 3
                  from past
                """));

    outcomes.run(edition.closesAt().plus(Duration.ofHours(3)));

    var learnt = database.read(Calibration::newest).price().orElseThrow();
    // One of the edition itself had a flash price.
    assertThat(learnt.cases()).isEqualTo(101);
    assertThat(learnt.slope()).isCloseTo(1, within(0.02));
    assertThat(database.read(Calibration::note)).contains("; price: 101 of 202 outcomes");
    now.set(edition.closesAt());
    var next = publisher.glance().orElseThrow();
    assertThat(database.read(runs::newest).orElseThrow().calibration().orElseThrow().price())
        .contains(learnt);
    assertThat(replay(next.number())).isInstanceOf(Replayed.Same.class);
  }

  @Test
  void an_edition_is_gathered_once_and_only_when_late_payments_are_in() {
    var edition = publisher.glance().orElseThrow();

    outcomes.run(edition.closesAt().plus(Duration.ofHours(2)).minusSeconds(1));
    assertThat(gathered()).isEmpty();
    outcomes.run(edition.closesAt().plus(Duration.ofHours(2)));
    outcomes.run(edition.closesAt().plus(Duration.ofHours(3)));

    assertThat(gathered()).hasSize(1);
  }

  @Test
  void who_broke_out_is_known_when_the_week_is_over() {
    var edition = publisher.glance().orElseThrow();
    var opened = LocalDate.ofInstant(NOON, ZoneOffset.UTC);
    database.change(tx -> sales.set(tx, id(2), opened.plusDays(2), 40, 40));

    outcomes.run(edition.opensAt().plus(Duration.ofDays(8)));
    assertThat(outcome(1).brokeOut()).isEmpty();
    outcomes.run(edition.opensAt().plus(Duration.ofDays(8)).plusSeconds(1));

    assertThat(outcome(1).brokeOut()).contains(false);
    assertThat(outcome(2).brokeOut()).contains(true);
  }

  @Test
  void a_shelf_decided_by_learnt_curves_is_decided_again_to_the_last_bit() {
    var curve =
        new Calibration.Curve(
            600, List.of(new Isotonic.Step(0, 0.5, 30, 300), new Isotonic.Step(1, 1, 9, 9)));
    var learnt = new Calibration(NOON.minusSeconds(9), curve, Calibration.Curve.PRIOR);
    database.change(tx -> learnt.add(tx, "in a test"));

    var edition = publisher.glance().orElseThrow();

    assertThat(replay(edition.number())).isInstanceOf(Replayed.Same.class);
    assertThat(database.read(runs::newest).orElseThrow().calibration()).contains(learnt);
    outcomes.run(edition.closesAt().plus(Duration.ofHours(2)));
    assertThat(outcome(1).chance()).isNotEqualTo(outcome(1).rawChance());
  }

  @Test
  void a_shop_learns_from_its_sales_how_products_grow_and_rates_by_it() {
    var today = LocalDate.ofInstant(NOON, ZoneOffset.UTC);
    database.change(
        tx -> {
          for (var i = 1; i <= 30; i++) {
            if (i > 2) catalog.save(tx, product(i), NOON.minus(Duration.ofDays(40)));
            for (var ago = 1; ago <= 200; ago++) {
              // Every tenth week of a product is empty, and the next makes up for it.
              var week = (ago / 7 + i) % 10;
              if (week == 1) continue;
              sales.set(tx, id(i), today.minusDays(ago), week == 0 ? 9 : 2, 9);
            }
          }
        });
    var before = publisher.glance().orElseThrow();

    outcomes.run(NOON.plusSeconds(60));
    now.set(before.closesAt());
    var after = publisher.glance().orElseThrow();

    var learnt = database.read(Calibration::newest);
    assertThat(database.read(Calibration::note)).contains("own growth: learnt");
    assertThat(learnt.growth()).isPresent();
    assertThat(before.slots()).extracting(Slot::virality).containsOnly(0);
    assertThat(after.slots()).extracting(Slot::virality).anyMatch(it -> it > 0);
    assertThat(replay(before.number())).isInstanceOf(Replayed.Same.class);
    assertThat(replay(after.number())).isInstanceOf(Replayed.Same.class);
    outcomes.run(after.closesAt().plus(Duration.ofHours(2)));
    assertThat(outcome(1).rawVirality()).isPositive();
  }

  @Test
  void what_an_operator_barred_is_on_no_shelf_and_the_decision_says_so() {
    var barred = new Overrides.Barred(id(1), "recalled", "Owner", NOON);
    database.change(tx -> new Overrides().bar(tx, barred));

    var edition = publisher.glance().orElseThrow();

    assertThat(edition.slots()).extracting(Slot::product).containsExactly(id(2));
    assertThat(database.read(tx -> decisions.of(tx, edition.number())).orElseThrow().passedOver())
        .contains(new Decision.PassedOver(id(1), Decision.Gate.BARRED, 0));
    assertThat(replay(edition.number())).isInstanceOf(Replayed.Same.class);
  }

  @Test
  void fifty_stored_shelves_are_decided_again_with_equal_digests() {
    for (var i = 0; i < 50; i++) {
      now.set(NOON.plus(Duration.ofHours(4L * i)));
      assertThat(publisher.glance()).isPresent();
    }

    List<Long> numbers = database.read(tx -> decisions.numbers(tx, 100));
    assertThat(numbers).hasSize(50);
    for (var number : numbers) {
      assertThat(replay(number)).isInstanceOf(Replayed.Same.class);
    }
  }

  @Test
  void a_counter_factual_is_the_edge_at_which_the_decision_turns() {
    var one = publisher(Examples.settings(Map.of("URGENCY_SHELF_SLOTS", "1")));
    var edition = one.glance().orElseThrow();
    Decisions.Trial trial =
        database
            .<Optional<Decisions.Trial>>read(tx -> decisions.trial(tx, edition.number()))
            .orElseThrow();
    var run = database.read(runs::newest).orElseThrow();

    for (var candidate : run.candidates()) {
      var product = candidate.product().id();
      var score = trial.score(product).orElseThrow();
      var explained = Explanation.of(score, candidate, run, NOON);
      var found = CounterFactual.of(trial, score, candidate, run, explained);

      var on = edition.slots().getFirst().product().equals(product);
      assertThat(found.sentence()).contains(on ? "It would leave" : "It would enter");
      assertThat(found.times()).isPositive();
      assertThat(isOn(trial, score, found.times() * 1.002)).isTrue();
      assertThat(isOn(trial, score, found.times() / 1.002)).isFalse();
    }
  }

  private static boolean isOn(Decisions.Trial trial, Score it, double times) {
    var other =
        new Score(
            it.product(),
            it.virality(),
            it.urgency(),
            it.expectedOrders(),
            it.sellOutChance(),
            it.worth(),
            it.value() * times,
            it.parts(),
            it.reason(),
            it.trend(),
            it.scorer(),
            it.at());
    return trial.decide(Map.of(it.product(), other)).orElseThrow().choices().stream()
        .anyMatch(choice -> choice.product().equals(it.product()));
  }

  private Replayed replay(long edition) {
    return database.read(tx -> decisions.replay(tx, edition, RulesScorer::new));
  }

  private List<Outcome> gathered() {
    return database.read(tx -> Outcomes.of(tx, id(1), 9));
  }

  private Outcome outcome(int product) {
    return database.read(tx -> Outcomes.of(tx, id(product), 1)).getFirst();
  }

  private void pay(long edition, int product, int units, Instant at) {
    database.change(
        tx -> {
          var order = UUID.randomUUID();
          tx.createUpdate(
                  """
                  insert into orders.order_ (id, buyer, idem_key, edition, amount_minor, currency,
                         placed_at, hold_until, attempt_at, paid_at, status, version)
                  values (:id, :id, 'key', :edition, 1, 'USD', :at, :at, :at, :at, 'PAID', 1)
                  """)
              .bind("id", order)
              .bind("edition", edition)
              .bind("at", at.atOffset(ZoneOffset.UTC))
              .execute();
          tx.createUpdate(
                  """
                  insert into orders.line
                  values (:id, 1, :product, :variant, 'Thing', :units, 1)
                  """)
              .bind("id", order)
              .bind("product", id(product).value())
              .bind("variant", Examples.variant(product).value())
              .bind("units", units)
              .execute();
        });
  }

  private Publisher publisher(ShelfSettings settings) {
    var scores =
        ScoringSettings.read(Settings.read(Map.of(), Optional.empty()), Duration.ofHours(4));
    var scoring =
        new Scoring(
            database, catalog, sales, stock, new Trends(), new RulesScorer(scores), runs, scores);
    return new Publisher(
        database,
        Facts.standalone(),
        now::get,
        settings,
        new Candidates(catalog, stock, prices, scoring, settings),
        decisions,
        prices);
  }

  private static ProductId id(int product) {
    return new ProductId(new UUID(0, product));
  }

  private static urgency.catalog.Product product(int id) {
    return Examples.product(
        id,
        "home",
        new Variant(
            Examples.variant(id), "SKU-" + id, "Thing", dollars(3000), Optional.of(dollars(1000))));
  }
}
