package urgency.refunds;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import urgency.platform.jobs.Jobs;

/** When refunds are sent. */
@Singleton
final class RefundJobs {
  private static final Duration OFTEN = Duration.ofSeconds(2);

  private final Jobs jobs;
  private final RefundSender sender;

  RefundJobs(Jobs jobs, RefundSender sender) {
    this.jobs = jobs;
    this.sender = sender;
  }

  void start(@Observes StartupEvent event) {
    jobs.oneNode("refunds.send", OFTEN, sender::run);
  }
}
