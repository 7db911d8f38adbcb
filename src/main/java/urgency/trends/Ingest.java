package urgency.trends;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;

/**
 * Asks every source in its time, and keeps what passes.
 *
 * <p>One node asks, outside any transaction; then one transaction writes down the answer. Only
 * {@link FetchResult.Fresh} replaces the last good batch; anything else leaves it in place and
 * decides when to ask again.
 */
@Singleton
public final class Ingest {
  private static final Logger LOG = Logger.getLogger(Ingest.class);
  private static final int BEFORE_JOBS = 20;
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
  private static final Duration TIDY_EVERY = Duration.ofHours(6);
  private static final Duration ANSWER_MAX = Duration.ofMinutes(20);
  private static final Duration PAYLOAD_KEPT = Duration.ofDays(14);

  private record Question(String source, String region, int windowDays) {}

  private final Database database;
  private final Archive archive;
  private final Sources sources;
  private final TrendSettings settings;

  public Ingest(Database database, Sources sources, TrendSettings settings) {
    this.database = database;
    this.archive = new Archive();
    this.sources = sources;
    this.settings = settings;
  }

  // A source inside the application answers at once, so the very first shelf knows the trends.
  void start(@Observes @Priority(BEFORE_JOBS) StartupEvent event, Jobs jobs, InstantSource clock) {
    if (sources.all().stream().allMatch(it -> it.terms() == TrendSource.Terms.EMBEDDED)) {
      run(clock.instant());
    }
    jobs.oneNode("trends.ingest", LOOK_EVERY, this::run);
    jobs.oneNode(
        "trends.tidy",
        TIDY_EVERY,
        now ->
            database.change(
                tx -> {
                  archive.purge(tx, now.minus(PAYLOAD_KEPT));
                  Watch.forget(tx, now.minus(PAYLOAD_KEPT));
                }));
  }

  /** Asks each source whose time has come; the others are left alone. */
  public void run(Instant now) {
    var states = new HashMap<Question, SourceState>();
    for (var it : database.read(archive::states)) {
      states.put(new Question(it.source(), it.region(), it.windowDays()), it);
    }
    for (var source : sources.all()) {
      var cadence = source.cadence();
      if (cadence.isEmpty()) continue;
      for (var region : settings.regions()) {
        var question = new Question(source.id(), region, settings.windowDays());
        var before = Optional.ofNullable(states.get(question));
        if (before.isPresent() && now.isBefore(before.get().askAgainAt())) continue;
        if (!ask(source, question, cadence.get(), before, now)) return;
      }
    }
  }

  private boolean ask(
      TrendSource source,
      Question question,
      Duration cadence,
      Optional<SourceState> before,
      Instant now) {
    try {
      var request =
          new FetchRequest(
              question.region(),
              question.windowDays(),
              now,
              now.plus(ANSWER_MAX),
              before.flatMap(SourceState::goodHash),
              () -> database.write(tx -> spend(tx, source, now)));
      var result = Batch.validated(fetch(source, request), source.id(), request);
      var after = new Outcome(source, request, cadence, before).of(result);
      database.change(tx -> write(tx, result, after, now));
      tell(before, after);
      return true;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
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

  private TrendSource.Permit spend(Handle tx, TrendSource source, Instant now) {
    var day = now.atZone(ZoneOffset.UTC).toLocalDate();
    return archive.spend(tx, source.id(), day, settings.requestsPerDayMax());
  }

  private void write(Handle tx, FetchResult result, SourceState after, Instant now) {
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
    for (var payload : payloads) {
      archive.keep(tx, after, now, payload);
    }
    if (result instanceof FetchResult.Fresh fresh) {
      archive.remember(tx, after, archive.observe(tx, fresh.rows()));
      Watch.note(tx, after, fresh, now);
    } else {
      archive.remember(tx, after, List.of());
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
