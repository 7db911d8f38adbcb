package urgency.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static urgency.shelf.Examples.NOON;
import static urgency.shelf.Examples.SETTINGS;
import static urgency.shelf.Examples.candidate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.PriceHistory.Offered;
import urgency.catalog.ProductId;
import urgency.platform.facts.Facts;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.scoring.Runs;

class PublisherTest {
  private final Database database = TestDatabase.fresh();
  private final Facts facts = Facts.standalone();
  private final List<Offered> written = new ArrayList<>();
  private final AtomicInteger ratings = new AtomicInteger();
  private volatile Instant now = NOON.plusSeconds(600);
  private List<Candidate> candidates = new ArrayList<>();
  private Publisher publisher = publisher();

  @BeforeEach
  void two_products() {
    candidates.add(candidate(1, 10));
    candidates.add(candidate(2, 20));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void the_first_edition_opens_at_once() {
    var edition = publisher.glance().orElseThrow();

    assertThat(edition.number()).isEqualTo(1);
    assertThat(edition.opensAt()).isEqualTo(now);
    assertThat(edition.closesAt()).isEqualTo(NOON.plus(Duration.ofHours(4)));
  }

  @Test
  void what_is_read_back_is_what_was_composed() {
    var edition = publisher.glance().orElseThrow();

    var read = database.read(tx -> new Editions().byNumber(tx, 1));

    assertThat(read).contains(edition);
  }

  @Test
  void the_next_edition_is_published_before_the_first_one_closes() {
    publisher.glance();
    now = NOON.plus(Duration.ofHours(4)).minusSeconds(30);

    var next = publisher.glance().orElseThrow();

    assertThat(next.number()).isEqualTo(2);
    assertThat(next.opensAt()).isEqualTo(NOON.plus(Duration.ofHours(4)));
    assertThat(next.closesAt()).isEqualTo(NOON.plus(Duration.ofHours(8)));
  }

  @Test
  void a_glance_in_between_neither_rates_nor_publishes() {
    publisher.glance();
    now = NOON.plusSeconds(3600);

    var nothing = publisher.glance();

    assertThat(nothing).isEmpty();
    assertThat(ratings).hasValue(1);
  }

  @Test
  void flash_prices_are_written_down_with_the_time_in_which_they_hold() {
    var edition = publisher.glance().orElseThrow();

    assertThat(written)
        .extracting(Offered::price, Offered::from, Offered::until)
        .contains(
            org.assertj.core.groups.Tuple.tuple(
                edition.slots().getFirst().headline().price(),
                edition.opensAt(),
                Optional.of(edition.closesAt())));
  }

  @Test
  void a_publication_is_a_fact() {
    publisher.glance();

    assertThat(text("select body ->> 'number' from platform.fact where kind = 'EditionPublished'"))
        .containsExactly("1");
  }

  @Test
  void a_price_that_was_shown_as_flash_is_known_while_it_cools() {
    var price = publisher.glance().orElseThrow().slots().getFirst().headline();

    var during = database.read(tx -> EditionRows.lowestFlash(tx, NOON));
    var after = database.read(tx -> EditionRows.lowestFlash(tx, NOON.plus(Duration.ofHours(4))));

    assertThat(during).containsEntry(price.variant(), price.price());
    assertThat(after).isEmpty();
  }

  @Test
  void without_candidates_there_is_no_edition_and_no_haste() {
    candidates.clear();
    publisher.glance();
    now = now.plusSeconds(4);
    publisher.glance();
    candidates.add(candidate(1, 10));
    now = now.plusSeconds(1);

    assertThat(publisher.glance()).isPresent();
    assertThat(ratings).hasValue(2);
  }

  @Test
  void a_failing_rating_does_not_hold_up_the_shelf() {
    publisher =
        new Publisher(
            database,
            facts,
            () -> now,
            SETTINGS,
            new Decisions(new Runs()),
            _ -> {
              throw new IllegalStateException("the model is away");
            },
            (_, _, _) -> candidates,
            (_, _) -> {});

    assertThat(publisher.glance()).isPresent();
  }

  @Test
  void two_publishers_at_once_publish_one_edition() throws Exception {
    var together = new CyclicBarrier(2);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var both = new ArrayList<Future<Optional<Edition>>>();
      for (var i = 0; i < 2; i++) {
        both.add(threads.submit(() -> meeting(together).glance()));
      }

      assertThat(both)
          .extracting(PublisherTest::outcome)
          .filteredOn(Optional::isPresent)
          .hasSize(1);
    }
    assertThat(text("select number::text from shelf.edition")).containsExactly("1");
    assertThat(written).hasSize(1);
  }

  @Test
  void editions_never_overlap() {
    publisher.glance();

    var overlapping = new Edition(2, now.plusSeconds(60), now.plusSeconds(90_000), List.of());

    int added = database.write(tx -> EditionRows.add(tx, overlapping, now));

    assertThat(added).isZero();
  }

  @Test
  void what_is_published_never_changes() {
    publisher.glance();

    for (var sql :
        List.of(
            "update shelf.edition set closes_at = closes_at + interval '1 hour'",
            "update shelf.slot set virality = 99",
            "update shelf.deal set price_minor = 1",
            "delete from shelf.edition",
            "delete from shelf.slot",
            "delete from shelf.deal",
            "truncate shelf.edition, shelf.slot, shelf.deal, shelf.decision")) {
      assertThatThrownBy(() -> database.write(tx -> tx.execute(sql)))
          .as(sql)
          .hasMessageContaining("never changes");
    }
  }

  @Test
  void nothing_is_added_to_an_edition_later() {
    publisher.glance();

    assertThatThrownBy(
            () ->
                database.write(
                    tx ->
                        tx.execute(
                            "insert into shelf.slot select edition, 9, gen_random_uuid(), 1, 1, '',"
                                + " '', '', scored_at from shelf.slot limit 1")))
        .hasMessageContaining("nothing is added");
  }

  @Test
  void a_node_that_starts_finds_the_current_and_the_coming_edition() {
    publisher.glance();
    now = NOON.plus(Duration.ofHours(4)).minusSeconds(10);
    publisher.glance();
    var editions = new Editions();

    database.change(editions::look);

    assertThat(editions.openAt(now).orElseThrow().number()).isEqualTo(1);
    assertThat(editions.nextAfter(now).orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void who_waits_for_an_edition_is_told_of_it_once() {
    var told = new AtomicInteger();
    var editions = new Editions();
    editions.onNew(told::incrementAndGet);

    var published = publisher.glance().orElseThrow();
    editions.remember(published);
    editions.remember(published);
    database.change(editions::look);

    assertThat(told).hasValue(1);
  }

  @Test
  void the_products_of_the_last_edition_are_told_to_the_next() {
    var told = new ArrayList<Integer>();
    publisher =
        new Publisher(
            database,
            facts,
            () -> now,
            SETTINGS,
            new Decisions(new Runs()),
            _ -> {},
            (_, _, shown) -> {
              told.add((int) candidates.stream().filter(it -> shown.last(id(it))).count());
              assertThat(candidates).allMatch(it -> shown.in(id(it)).isEmpty());
              return candidates;
            },
            (_, _) -> {});
    publisher.glance();
    now = NOON.plus(Duration.ofHours(4));
    publisher.glance();

    assertThat(told).containsExactly(0, 2);
  }

  @Test
  void a_product_that_rests_is_told_of_as_far_back_as_it_rests() {
    var settings = Examples.settings(Map.of("URGENCY_SHELF_REST_SHELVES", "2"));
    var two = List.copyOf(candidates);
    var told = new ArrayList<List<Optional<Long>>>();
    publisher =
        new Publisher(
            database,
            facts,
            () -> now,
            settings,
            new Decisions(new Runs()),
            _ -> {},
            (_, _, shown) -> {
              told.add(two.stream().map(it -> shown.in(id(it))).toList());
              assertThat(two).allMatch(it -> shown.last(id(it)) == (told.size() == 2));
              return told.size() == 1 ? two : List.of(candidate(3, 10));
            },
            (_, _) -> {});
    for (var i = 0; i < 4; i++) {
      publisher.glance();
      now = NOON.plus(Duration.ofHours(4L * (i + 1)));
    }

    assertThat(told)
        .containsExactly(
            List.of(Optional.empty(), Optional.empty()),
            List.of(Optional.of(1L), Optional.of(1L)),
            List.of(Optional.of(1L), Optional.of(1L)),
            List.of(Optional.empty(), Optional.empty()));
  }

  private static ProductId id(Candidate it) {
    return it.product().id();
  }

  private Publisher publisher() {
    return new Publisher(
        database,
        facts,
        () -> now,
        SETTINGS,
        new Decisions(new Runs()),
        _ -> ratings.incrementAndGet(),
        (_, _, _) -> candidates,
        (_, prices) -> written.addAll(prices));
  }

  private Publisher meeting(CyclicBarrier together) {
    return new Publisher(
        database,
        facts,
        () -> now,
        SETTINGS,
        new Decisions(new Runs()),
        _ -> {},
        (_, _, _) -> {
          await(together);
          return candidates;
        },
        (_, prices) -> written.addAll(prices));
  }

  private static void await(CyclicBarrier together) {
    try {
      together.await();
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static Optional<Edition> outcome(Future<Optional<Edition>> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private List<String> text(String sql) {
    return database.read(tx -> tx.createQuery(sql).mapTo(String.class).list());
  }
}
