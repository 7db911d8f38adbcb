package urgency.withdrawals;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import urgency.platform.jobs.Jobs;

/** When the shop looks for withdrawals whose money can be asked back now. */
@Singleton
final class WithdrawalJobs {
  private static final Duration EACH = Duration.ofSeconds(30);
  private static final int BATCH_MAX = 100;

  private final Jobs jobs;
  private final Withdrawals withdrawals;

  WithdrawalJobs(Jobs jobs, Withdrawals withdrawals) {
    this.jobs = jobs;
    this.withdrawals = withdrawals;
  }

  void start(@Observes StartupEvent event) {
    jobs.oneNode("withdrawals.refund", EACH, now -> withdrawals.refundOpen(now, BATCH_MAX));
  }
}
