package urgency.trends;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;
import urgency.trends.TrendSource.Budget;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;

/**
 * Asks every source in its time, and keeps what passes.
 *
 * <p>One node at a time asks a source, outside any transaction; then one transaction writes down
 * the answer. Only {@link FetchResult.Fresh} replaces the last good batch; anything else leaves it
 * in place and decides when to ask again.
 */
@Singleton
public final class Ingest {
  private static final Logger LOG = Logger.getLogger(Ingest.class);
  private static final int BEFORE_JOBS = 20;
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
  private static final Duration TIDY_EVERY = Duration.ofHours(6);
  private static final Duration ANSWER_MAX = Duration.ofMinutes(20);
  private static final Duration PAYLOAD_KEPT = Duration.ofDays(14);

  private static final Archive ARCHIVE = new Archive();

  private static final String LOCK =
      "select pg_try_advisory_lock(hashtext('urgency.trends'), hashtext(?))";
  private static final String UNLOCK =
      "select pg_advisory_unlock(hashtext('urgency.trends'), hashtext(?))";

  private static final String TURN =
      "select pg_advisory_xact_lock(hashtext('urgency.trends'), hashtext(?))";

  private record Question(String source, String region, int windowDays) {}

  private final Database database;
  private final Sources sources;
  private final TrendSettings settings;

  public Ingest(Database database, Sources sources, TrendSettings settings) {
    this.database = database;
    this.sources = sources;
    this.settings = settings;
  }

  // A source inside the application answers at once, so the very first shelf knows the trends.
  void start(@Observes @Priority(BEFORE_JOBS) StartupEvent event, Jobs jobs, InstantSource clock) {
    for (var source : sources.all()) {
      if (isHere(source)) run(source, clock.instant());
      jobs.everyNode("trends.ingest." + source.id(), LOOK_EVERY, now -> run(source, now));
    }
    jobs.oneNodeLater(
        "trends.tidy",
        TIDY_EVERY,
        now ->
            database.change(
                tx -> {
                  var before = now.minus(PAYLOAD_KEPT);
                  ARCHIVE.purge(tx, before);
                  Watch.forget(tx, before);
                  UnitsSold.forget(tx, before);
                }));
  }

  /** Asks each source whose time has come; the others are left alone. */
  public void run(Instant now) {
    for (var source : sources.all()) run(source, now);
  }

  /** Same for one source. */
  void run(TrendSource source, Instant now) {
    if (due(source, now, false).isEmpty()) return;
    var _ = alone(source.id(), () -> ask(source, due(source, now, false), now));
  }

  /**
   * Asks a source now, whether its time has come or not; for a person who wants to know.
   *
   * @return how it fares now, by region; empty while another node asks it
   */
  public Optional<List<SourceState>> poll(TrendSource source, Instant now) {
    return alone(source.id(), () -> ask(source, due(source, now, true), now));
  }

  /** What is left to a source today, counted for all nodes together. */
  public static Budget budget(Database database, String source, Instant now, int perDayMax) {
    var day = now.atZone(ZoneOffset.UTC).toLocalDate();
    return () -> database.write(tx -> ARCHIVE.spend(tx, source, day, perDayMax));
  }

  /**
   * Takes what somebody brought instead of being asked; validated as any other answer is.
   *
   * @return how its source fares now: Fresh, Unchanged or Drift
   */
  public SourceState deliver(
      Handle tx, String source, FetchRequest request, FetchResult.Fresh brought) {
    // Two lists at once: the second is held against the first.
    tx.execute(TURN, source);
    var question = new Question(source, request.region(), request.windowDays());
    var before = Optional.ofNullable(states(tx).get(question));
    var same = before.flatMap(SourceState::goodHash).filter(brought.hash()::equals).isPresent();
    var result =
        same
            ? new FetchResult.Unchanged(brought.hash())
            : Batch.validated(brought, source, request, before.flatMap(SourceState::goodAsOf));
    var terms = TrendSource.Terms.OPERATOR_SUPPLIED;
    var after = new Outcome(source, terms, request, Duration.ZERO, before).of(result);
    write(tx, request, result, after);
    if (result instanceof FetchResult.Drift) ARCHIVE.trim(tx);
    return after;
  }

  /** Keeps what was brought and could not be read, for readers that will be mended. */
  public void keepUnread(Handle tx, String source, FetchRequest request, byte[] body) {
    ARCHIVE.keep(tx, source, request, "Drift", body);
    ARCHIVE.trim(tx);
  }

  private record Due(String region, Duration cadence, Optional<SourceState> before) {}

  private List<Due> due(TrendSource source, Instant now, boolean anyhow) {
    var cadence = source.cadence();
    if (cadence.isEmpty()) return List.of();
    var states = database.read(this::states);
    var due = new ArrayList<Due>();
    for (var region : source.regions(settings.regions())) {
      var question = new Question(source.id(), region, settings.windowDays());
      var before = Optional.ofNullable(states.get(question));
      if (anyhow || before.isEmpty() || !now.isBefore(before.get().askAgainAt())) {
        due.add(new Due(region, cadence.get(), before));
      }
    }
    return due;
  }

  private List<SourceState> ask(TrendSource source, List<Due> due, Instant now) {
    var after = new ArrayList<SourceState>();
    try {
      for (var it : due) after.add(ask(source, it, now));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return after;
  }

  private SourceState ask(TrendSource source, Due due, Instant now) throws InterruptedException {
    var request =
        new FetchRequest(
            due.region(),
            settings.windowDays(),
            now,
            now.plus(ANSWER_MAX),
            due.before().flatMap(SourceState::goodHash),
            budget(source, now));
    var standing = due.before().flatMap(SourceState::goodAsOf);
    var result = Batch.validated(fetch(source, request), source.id(), request, standing);
    var after =
        new Outcome(source.id(), source.terms(), request, due.cadence(), due.before()).of(result);
    database.change(tx -> write(tx, request, result, after));
    tell(due.before(), after);
    return after;
  }

  private Budget budget(TrendSource source, Instant now) {
    var perDayMax = settings.rhythms().of(source.id()).requestsPerDayMax();
    return budget(database, source.id(), now, perDayMax);
  }

  // One node at a time asks a source: a session lock on a connection of its own, which a node that
  // dies drops. Nothing is open on it while the other side takes its time.
  private <T> Optional<T> alone(String source, Supplier<T> work) {
    return database.read(
        handle -> {
          if (!lock(handle, LOCK, source)) {
            return Optional.empty();
          }
          try {
            return Optional.of(work.get());
          } finally {
            lock(handle, UNLOCK, source);
          }
        });
  }

  private static boolean lock(Handle handle, String sql, String source) {
    return handle.createQuery(sql).bind(0, source).mapTo(Boolean.class).one();
  }

  private static boolean isHere(TrendSource source) {
    return switch (source.terms()) {
      case EMBEDDED, FIRST_PARTY -> true;
      case OFFICIAL, PUBLIC_UNDOCUMENTED, OPERATOR_SUPPLIED -> false;
    };
  }

  private Map<Question, SourceState> states(Handle tx) {
    var states = new HashMap<Question, SourceState>();
    for (var it : ARCHIVE.states(tx)) {
      states.put(new Question(it.source(), it.region(), it.windowDays()), it);
    }
    return states;
  }

  // A source that throws is broken; it must not be asked again at once, nor keep others waiting.
  private static FetchResult fetch(TrendSource source, FetchRequest request)
      throws InterruptedException {
    try {
      return source.fetch(request);
    } catch (RuntimeException broken) {
      LOG.errorf(broken, "trend source %s is broken", source.id());
      return new FetchResult.Drift("the source itself failed: " + broken);
    }
  }

  private void write(Handle tx, FetchRequest request, FetchResult result, SourceState after) {
    List<byte[]> payloads =
        switch (result) {
          case FetchResult.Fresh fresh -> fresh.payloads();
          case FetchResult.Drift drift -> drift.payloads();
          case FetchResult.Unchanged _,
              FetchResult.Empty _,
              FetchResult.Refused _,
              FetchResult.Retired _,
              FetchResult.Challenged _,
              FetchResult.Transient _ ->
              List.of();
        };
    var now = request.at();
    for (var payload : payloads) {
      ARCHIVE.keep(tx, after.source(), request, after.result(), payload);
    }
    if (result instanceof FetchResult.Fresh fresh) {
      var fallen = Watch.fallen(tx, after, fresh.rows(), now);
      ARCHIVE.remember(tx, after, ARCHIVE.observe(tx, UnitsSold.curves(tx, fresh.rows(), now)));
      Watch.note(tx, after, fresh, fallen, now);
    } else {
      ARCHIVE.remember(tx, after, List.of());
    }
  }

  // A change of class is news; the same failure again is not.
  private static void tell(Optional<SourceState> before, SourceState after) {
    var known = before.map(SourceState::result).orElse("");
    if (after.failures() > 0 && !Objects.equals(known, after.result())) {
      LOG.warnf(
          "trend source %s in %s: %s %s %s; the last good trends stay, next question at %s",
          after.source(),
          after.region(),
          after.result(),
          after.code(),
          after.message(),
          after.askAgainAt());
    }
  }
}
