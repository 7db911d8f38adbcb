package urgency.trends.push;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;
import urgency.trends.SourceHealths;
import urgency.trends.SourceHealths.Refusal;
import urgency.trends.push.Deliveries.Answer;

/**
 * Tells the operator what was refused over HTTP, so that nobody can fill log or database with it.
 *
 * <p>What was signed is a known sender's trouble: it was written down with its delivery, and the
 * log gets a line a minute at most. What was not signed may be anybody's: it is counted in memory
 * by our own sentence for it, written down every few seconds, and gets a line in ten minutes at
 * most.
 */
@Singleton
public final class Knocks {
  private static final Logger LOG = Logger.getLogger(Knocks.class);
  private static final Duration WRITE_EVERY = Duration.ofSeconds(5);
  private static final Duration SIGNED_EVERY = Duration.ofMinutes(1);
  private static final Duration UNSIGNED_EVERY = Duration.ofMinutes(10);
  private static final int KINDS_MAX = 20;

  private record Kind(int status, String why) {}

  private record Count(long times, Instant at) {}

  private final Database database;
  private final Seldom signed = new Seldom(SIGNED_EVERY);
  private final Seldom unsigned = new Seldom(UNSIGNED_EVERY);
  private final Map<Kind, Count> counts = new LinkedHashMap<>();

  Knocks(Database database) {
    this.database = database;
  }

  void start(@Observes StartupEvent event, Jobs jobs) {
    jobs.everyNode("trends.push.refused", WRITE_EVERY, _ -> write());
  }

  /** Says in the log that a signed delivery was refused. */
  void signed(String delivery, Answer answer, Instant now) {
    signed
        .turn(now)
        .ifPresent(
            before ->
                LOG.warnf(
                    "refused the trends of %s: %d %s%s; see /admin/engine/sources",
                    delivery, answer.status(), Deliveries.why(answer), unsaid(before)));
  }

  /** Counts what came without a good signature, and says so in the log now and then. */
  void unsigned(Answer answer, Instant now) {
    count(new Kind(answer.status(), Deliveries.why(answer)), now);
    unsigned
        .turn(now)
        .ifPresent(
            before ->
                LOG.warnf(
                    "refused trends that nobody signed: %d %s%s; see /admin/engine/sources",
                    answer.status(), Deliveries.why(answer), unsaid(before)));
  }

  /** Writes the counts down; the database is asked only when there are any. */
  void write() {
    var counted = taken();
    if (counted.isEmpty()) return;
    database.change(tx -> counted.forEach(it -> SourceHealths.refuse(tx, it)));
  }

  private synchronized void count(Kind kind, Instant now) {
    if (counts.size() == KINDS_MAX && !counts.containsKey(kind)) return;
    counts.merge(kind, new Count(1, now), (before, it) -> new Count(before.times() + 1, it.at()));
  }

  private synchronized List<Refusal> taken() {
    var taken =
        counts.entrySet().stream()
            .map(
                it ->
                    new Refusal(
                        false,
                        "",
                        it.getKey().status(),
                        it.getKey().why(),
                        it.getValue().times(),
                        it.getValue().at()))
            .toList();
    counts.clear();
    return taken;
  }

  private static String unsaid(long times) {
    return times == 0 ? "" : " (and %d more since the last such line)".formatted(times);
  }
}
