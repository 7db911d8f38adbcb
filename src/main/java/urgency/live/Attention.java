package urgency.live;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import urgency.catalog.InterestHistory;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;

/** Writes down once a minute how many people look at what: person-minutes, by product and day. */
@Singleton
final class Attention {
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Audience audience;
  private final InterestHistory history;
  private final Database database;

  Attention(Audience audience, InterestHistory history, Database database) {
    this.audience = audience;
    this.history = history;
    this.database = database;
  }

  void start(@Observes StartupEvent event, Jobs jobs) {
    jobs.everyNode("live.attention", EVERY, this::write);
  }

  // Each node counts its own people, so that nobody is counted twice.
  void write(Instant now) {
    var people = audience.here(now);
    if (people.isEmpty()) return;
    var day = now.atZone(ZoneOffset.UTC).toLocalDate();
    database.change(tx -> history.looked(tx, day, people));
  }
}
