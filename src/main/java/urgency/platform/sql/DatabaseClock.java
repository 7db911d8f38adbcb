package urgency.platform.sql;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import urgency.platform.jobs.Jobs;

/**
 * The time of the shop: that of its database, so that all processes agree on when a shelf opens and
 * a hold ends, whatever the clocks of their machines do.
 *
 * <p>Between two readings it goes by the machine's counter, which does not jump. A reading moves it
 * only when it contradicts, and only as far as it proves; while the database cannot be asked, it
 * goes on. In microseconds, which is what the database keeps.
 */
@Singleton
public final class DatabaseClock implements InstantSource {
  private static final Logger LOG = Logger.getLogger(DatabaseClock.class);
  private static final int BEFORE_JOBS = 1;
  private static final Duration EVERY = Duration.ofSeconds(10);
  // Further apart, and a phone or a provider would notice.
  private static final Duration APART_MAX = Duration.ofSeconds(2);

  private record Reading(Instant at, long nanos) {}

  private final Supplier<Instant> database;
  private final InstantSource machine;
  private final LongSupplier nanos;
  private volatile Reading last;

  @Inject
  DatabaseClock(Database database) {
    this(
        () ->
            database.read(
                tx -> tx.createQuery("select clock_timestamp()").mapTo(Instant.class).one()),
        InstantSource.system(),
        System::nanoTime);
  }

  DatabaseClock(Supplier<Instant> database, InstantSource machine, LongSupplier nanos) {
    this.database = database;
    this.machine = machine;
    this.nanos = nanos;
    this.last = new Reading(machine.instant(), nanos.getAsLong());
  }

  void start(@Observes @Priority(BEFORE_JOBS) StartupEvent event, Jobs jobs) {
    read();
    var apart = Duration.between(instant(), machine.instant()).abs();
    if (apart.compareTo(APART_MAX) > 0) {
      LOG.warnf(
          "this machine's clock and the database's are %d s apart; the shop goes by the database's",
          apart.toSeconds());
    }
    jobs.everyNode("platform.clock", EVERY, _ -> read());
  }

  @Override
  public Instant instant() {
    return at(nanos.getAsLong());
  }

  /** Asks the database what time it is. */
  void read() {
    var asked = nanos.getAsLong();
    var said = database.get();
    var heard = nanos.getAsLong();
    // It is as late as was said, and later by at most what the answer took.
    var latest = said.plusNanos(heard - asked);
    var now = at(heard);
    if (now.isBefore(said)) last = new Reading(said, heard);
    else if (now.isAfter(latest)) last = new Reading(latest, heard);
  }

  private Instant at(long nanosNow) {
    var it = last;
    return it.at().plusNanos(nanosNow - it.nanos()).truncatedTo(ChronoUnit.MICROS);
  }
}
