package urgency.shelf;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.catalog.PriceHistory;
import urgency.catalog.PriceHistory.Offered;
import urgency.platform.facts.Facts;
import urgency.platform.sql.Database;

/**
 * Publishes the coming edition shortly before it opens, or at once when no edition is open.
 *
 * <p>Any number of nodes may try: the database has room for one edition at any moment, and whoever
 * comes second writes nothing. A rating that is late does not hold up a shelf; the last one counts.
 */
@Singleton
final class Publisher {
  private static final Logger LOG = Logger.getLogger(Publisher.class);
  private static final Duration RATING_MAX = Duration.ofSeconds(15);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
  private static final Duration COMPLAIN_AGAIN = Duration.ofMinutes(1);

  /** Where candidates come from. */
  @FunctionalInterface
  interface Gathering {
    List<Candidate> gather(Handle tx, Instant opensAt, EditionRows.Shown shown);
  }

  /** Where flash prices are written down. */
  @FunctionalInterface
  interface PriceBook {
    void append(Handle tx, List<Offered> prices);
  }

  private final Database database;
  private final Facts facts;
  private final InstantSource clock;
  private final Schedule schedule;
  private final ShelfSettings settings;
  private final Decisions decisions;
  private final Consumer<Instant> rating;
  private final Gathering gathering;
  private final PriceBook book;
  private Instant notBefore = Instant.MIN;
  private Instant complainedAt = Instant.MIN;

  @Inject
  Publisher(
      Database database,
      Facts facts,
      InstantSource clock,
      ShelfSettings settings,
      Candidates candidates,
      Decisions decisions,
      PriceHistory prices) {
    this(
        database,
        facts,
        clock,
        settings,
        decisions,
        candidates::rate,
        candidates::gather,
        prices::append);
  }

  Publisher(
      Database database,
      Facts facts,
      InstantSource clock,
      ShelfSettings settings,
      Decisions decisions,
      Consumer<Instant> rating,
      Gathering gathering,
      PriceBook book) {
    this.database = database;
    this.facts = facts;
    this.clock = clock;
    this.schedule = new Schedule(settings.refresh(), settings.lead());
    this.settings = settings;
    this.decisions = decisions;
    this.rating = rating;
    this.gathering = gathering;
    this.book = book;
  }

  /** Publishes what is due; one index probe when nothing is. The answer is what was published. */
  synchronized Optional<Edition> glance() {
    var now = clock.instant();
    if (now.isBefore(notBefore)) return Optional.empty();
    var due = schedule.due(now, database.read(Publisher::newest).map(EditionRows.Head::closesAt));
    if (due.isEmpty()) return Optional.empty();
    notBefore = now.plus(TRY_AGAIN);
    rate(now, due.get().opensAt());
    // Rating takes time, and an edition must not open before it is decided.
    var decided = clock.instant();
    return database.write(tx -> publish(tx, decided));
  }

  private Optional<Edition> publish(Handle tx, Instant now) {
    var last = newest(tx);
    var due = schedule.due(now, last.map(EditionRows.Head::closesAt));
    if (due.isEmpty()) return Optional.empty();
    var window = due.get();
    var shown = EditionRows.shown(tx, last.map(EditionRows.Head::number).orElse(0L), settings);
    var inputs =
        decisions.inputs(
            tx,
            last.map(EditionRows.Head::number).orElse(0L) + 1,
            window,
            settings,
            gathering.gather(tx, window.opensAt(), shown));
    var decision = inputs.decide();
    if (decision.isEmpty()) {
      complain(now);
      return Optional.empty();
    }
    var edition = decision.get().edition();
    if (EditionRows.add(tx, edition, now) == 0) return Optional.empty();
    decisions.add(tx, inputs, decision.get());
    book.append(tx, flashPrices(edition));
    facts.append(
        tx, now, new EditionPublished(edition.number(), edition.opensAt(), edition.closesAt()));
    return Optional.of(edition);
  }

  // Bounded by half the time to the opening, so that a slow model cannot make a shelf late.
  private void rate(Instant now, Instant opensAt) {
    var half = Duration.between(now, opensAt).dividedBy(2);
    var most = half.isPositive() && half.compareTo(RATING_MAX) < 0 ? half : RATING_MAX;
    var task = new FutureTask<>(() -> rating.accept(now), true);
    Thread.ofVirtual().name("rate-for-shelf").start(task);
    try {
      task.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      LOG.warnf("rating took more than %d ms; the shelf uses the last scores", most.toMillis());
    } catch (ExecutionException failed) {
      LOG.warn("rating failed; the shelf uses the last scores", failed.getCause());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void complain(Instant now) {
    if (complainedAt.isBefore(now.minus(COMPLAIN_AGAIN))) {
      complainedAt = now;
      LOG.warn("no shelf: there is no product with a score, units and enough margin");
    }
  }

  private static List<Offered> flashPrices(Edition edition) {
    var offered = new ArrayList<Offered>();
    for (var slot : edition.slots()) {
      for (var deal : slot.deals()) {
        if (deal.flash()) {
          offered.add(
              new Offered(
                  deal.variant(),
                  deal.price(),
                  edition.opensAt(),
                  Optional.of(edition.closesAt())));
        }
      }
    }
    return offered;
  }

  private static Optional<EditionRows.Head> newest(Handle tx) {
    return EditionRows.newest(tx, 1).stream().findFirst();
  }
}
