package urgency.payments.spare;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import urgency.orders.PaymentDesk;
import urgency.platform.jobs.Jobs;

/** When spare pages are opened and closed; never, unless they are wanted. */
@Singleton
final class SpareJobs {
  private static final Duration OFTEN = Duration.ofSeconds(1);

  private final PaymentDesk desk;
  private final Jobs jobs;

  SpareJobs(PaymentDesk desk, Jobs jobs) {
    this.desk = desk;
    this.jobs = jobs;
  }

  void start(@Observes StartupEvent start) {
    if (!(desk instanceof SpareDesk spare)) return;
    jobs.everyNode("spares.glance", OFTEN, _ -> spare.glance());
    jobs.oneNode("spares.fill", OFTEN, spare::fill);
    jobs.oneNode("spares.clear", OFTEN, spare::clear);
  }
}
