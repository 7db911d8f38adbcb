package urgency.payments.practice;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import urgency.platform.jobs.Jobs;

/** When the practice till works by itself; never, unless it is wanted. */
@Singleton
final class TillJobs {
  private static final Duration TICK_EACH = Duration.ofSeconds(1);
  private static final Duration FORGET_EACH = Duration.ofMinutes(10);

  private final Till till;
  private final Jobs jobs;

  TillJobs(Till till, Jobs jobs) {
    this.till = till;
    this.jobs = jobs;
  }

  void start(@Observes StartupEvent start) {
    if (!till.isWanted()) return;
    jobs.everyNode("till.tick", TICK_EACH, till::tick);
    jobs.oneNodeLater("till.forget", FORGET_EACH, till::forget);
  }

  void stop(@Observes ShutdownEvent stop) {
    till.close();
  }
}
