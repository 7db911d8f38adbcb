package urgency.shelf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static urgency.shelf.Examples.NOON;
import static urgency.shelf.Examples.SETTINGS;
import static urgency.shelf.Examples.dollars;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.Catalog;
import urgency.catalog.PriceHistory;
import urgency.catalog.Product;
import urgency.catalog.SalesHistory;
import urgency.catalog.Variant;
import urgency.inventory.Stock;
import urgency.platform.facts.Facts;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.scoring.Runs;
import urgency.scoring.Score;
import urgency.scoring.Scoring;
import urgency.scoring.ScoringSettings;
import urgency.scoring.rules.RulesScorer;
import urgency.shelf.Decisions.Replayed;
import urgency.trends.Trends;

/** From a catalogue to a shelf, with nothing left out but the pages. */
class PublisherWithShopTest {
  private final Database database = TestDatabase.fresh();
  private final PriceHistory prices = new PriceHistory();
  private final Catalog catalog = new Catalog(prices);
  private final Stock stock = new Stock();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final Runs runs = new Runs();
  private final Decisions decisions = new Decisions(runs);
  private final Candidates candidates = candidates();
  private final Publisher publisher =
      new Publisher(
          database, Facts.standalone(), now::get, SETTINGS, candidates, decisions, prices);

  @BeforeEach
  void a_shop_since_ten_days() {
    database.change(
        tx -> {
          for (var i = 1; i <= 3; i++) {
            var product = product(i);
            catalog.save(tx, product, NOON.minus(Duration.ofDays(10)));
            stock.stock(tx, Examples.variant(i), i == 3 ? 0 : 20, NOON);
          }
        });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void what_has_units_is_on_the_shelf() {
    var edition = publisher.glance().orElseThrow();

    assertThat(edition.slots())
        .extracting(it -> it.headline().variant())
        .containsExactlyInAnyOrder(Examples.variant(1), Examples.variant(2));
  }

  @Test
  void a_flash_price_is_a_reduction_from_what_was_asked_lately() {
    var deal = publisher.glance().orElseThrow().slots().getFirst().headline();

    assertThat(deal.flash()).isTrue();
    assertThat(deal.reference()).isEqualTo(dollars(3000));
  }

  @Test
  void a_flash_price_is_the_reference_of_the_next_shelf_and_not_offered_again() {
    var first = publisher.glance().orElseThrow().slots().getFirst().headline();
    now.set(NOON.plus(Duration.ofHours(4)));

    var next = publisher.glance().orElseThrow().deal(first.variant()).orElseThrow();

    assertThat(next.reference()).isEqualTo(first.price());
    assertThat(next.price()).isEqualTo(next.regular());
  }

  @Test
  void a_shop_that_opened_this_second_has_no_flash_prices() {
    database.change(
        tx -> {
          catalog.save(tx, product(4), NOON);
          stock.stock(tx, Examples.variant(4), 9, NOON);
        });

    var deal = publisher.glance().orElseThrow().deal(Examples.variant(4)).orElseThrow();

    assertThat(deal.price()).isEqualTo(deal.regular());
  }

  @Test
  void every_shelf_is_decided_again_from_its_stored_bytes_to_the_last_bit() {
    publisher.glance();
    now.set(NOON.plus(Duration.ofHours(4)).plusNanos(123_456_789));
    publisher.glance();

    var first = replay(1);
    var second = replay(2);

    assertThat(first).isInstanceOf(Replayed.Same.class);
    assertThat(second).isInstanceOf(Replayed.Same.class);
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void an_edition_says_what_its_numbers_rest_on_and_how_sure_they_are() {
    var published = publisher.glance().orElseThrow();

    var stored = database.read(tx -> EditionRows.find(tx, published.number())).orElseThrow();

    assertThat(stored.slots()).isEqualTo(published.slots());
    for (var slot : stored.slots()) {
      var basis = slot.basis().orElseThrow();
      assertThat(basis.source()).isEqualTo(Score.Source.PRIOR);
      assertThat(slot.urgency())
          .isBetween(basis.bands().urgency().low(), basis.bands().urgency().high());
    }
  }

  @Test
  void a_shelf_of_before_there_were_bands_is_decided_again_to_the_last_bit() {
    candidates.rate(NOON);
    database.change(
        tx -> {
          var older =
              candidates.gather(tx, NOON, new EditionRows.Shown(Map.of(), 0, 0)).stream()
                  .map(PublisherWithShopTest::withoutBands)
                  .toList();
          var inputs = decisions.inputs(tx, 1, Examples.WINDOW, SETTINGS, older);
          var decision = inputs.decide().orElseThrow();
          assertThat(EditionRows.add(tx, decision.edition(), NOON)).isEqualTo(1);
          decisions.add(tx, inputs, decision);
        });

    var stored = database.read(tx -> EditionRows.find(tx, 1)).orElseThrow();
    assertThat(stored.slots()).allMatch(it -> it.basis().isEmpty());
    assertThat(replay(1)).isInstanceOf(Replayed.Same.class);
    for (var column : List.of("inputs", "choices")) {
      var bytes =
          database.read(
              tx ->
                  tx.createQuery("select %s from shelf.decision".formatted(column))
                      .mapTo(byte[].class)
                      .one());
      assertThat(new String(StoredRecordBytes.plain(bytes), UTF_8))
          .doesNotContain("bands", "basis");
    }
  }

  @Test
  void a_rating_whose_record_was_altered_is_found_out() {
    publisher.glance();
    database.change(
        tx -> {
          var inputs = tx.createQuery("select inputs from scoring.run").mapTo(byte[].class).one();
          var json = new String(StoredRecordBytes.plain(inputs), UTF_8);
          tx.createUpdate("update scoring.run set inputs = :inputs")
              .bind(
                  "inputs",
                  StoredRecordBytes.gzip(json.replace("\"unitsLeft\":20", "\"unitsLeft\":2")))
              .execute();
        });

    assertThat(replay(1))
        .isInstanceOfSatisfying(
            Replayed.Differs.class,
            it -> assertThat(it.what()).startsWith("score of thing-1 at /"));
  }

  @Test
  void an_edition_that_never_was_cannot_be_decided_again() {
    assertThat(replay(7)).isEqualTo(new Replayed.Unknown(7));
  }

  @Test
  void each_decision_covers_the_one_before() {
    publisher.glance();
    now.set(NOON.plus(Duration.ofHours(4)));
    publisher.glance();

    var rows =
        database.read(
            tx ->
                tx.createQuery(
                        """
                        select previous_digest || ' ' || digest
                          from shelf.decision
                         order by edition
                        """)
                    .mapTo(String.class)
                    .list());

    assertThat(rows.get(0)).startsWith(" ");
    assertThat(rows.get(1)).startsWith(rows.get(0).strip() + " ");
  }

  private Replayed replay(long edition) {
    return database.read(tx -> decisions.replay(tx, edition, RulesScorer::new));
  }

  private static Candidate withoutBands(Candidate it) {
    return new Candidate(
        it.product(),
        it.score().withoutBands(),
        it.unitsLeft(),
        it.references(),
        it.lastFlash(),
        it.shownLast());
  }

  private Candidates candidates() {
    var scores =
        ScoringSettings.read(Settings.read(Map.of(), Optional.empty()), Duration.ofHours(4));
    var scoring =
        new Scoring(
            database,
            catalog,
            new SalesHistory(),
            stock,
            new Trends(),
            new RulesScorer(scores),
            runs,
            scores);
    return new Candidates(catalog, stock, prices, scoring, SETTINGS);
  }

  /** The stored form, opened up. */
  private static final class StoredRecordBytes {
    static byte[] plain(byte[] stored) {
      try (var in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
        return in.readAllBytes();
      } catch (IOException damaged) {
        throw new UncheckedIOException(damaged);
      }
    }

    static byte[] gzip(String json) {
      var bytes = new ByteArrayOutputStream();
      try (var out = new GZIPOutputStream(bytes)) {
        out.write(json.getBytes(UTF_8));
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      return bytes.toByteArray();
    }
  }

  private static Product product(int id) {
    return Examples.product(
        id,
        "home",
        new Variant(
            Examples.variant(id), "SKU-" + id, "Thing", dollars(3000), Optional.of(dollars(1000))));
  }
}
