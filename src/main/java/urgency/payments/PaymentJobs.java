package urgency.payments;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;

/** When payments works by itself. */
@Singleton
final class PaymentJobs {
  private static final Duration INBOX_EACH = Duration.ofSeconds(1);
  private static final Duration RECONCILE_EACH = Duration.ofSeconds(60);
  private static final Duration DEPTH_EACH = Duration.ofSeconds(15);
  private static final Duration FORGET_EACH = Duration.ofMinutes(10);

  private final Jobs jobs;
  private final Database database;
  private final Inbox inbox;
  private final InboxWorker worker;
  private final Reconciler reconciler;
  private final MultiGauge depth;

  PaymentJobs(
      Jobs jobs,
      Database database,
      Inbox inbox,
      InboxWorker worker,
      Reconciler reconciler,
      MeterRegistry registry) {
    this.jobs = jobs;
    this.database = database;
    this.inbox = inbox;
    this.worker = worker;
    this.reconciler = reconciler;
    this.depth = MultiGauge.builder("webhook_inbox").register(registry);
  }

  void start(@Observes StartupEvent start) {
    jobs.everyNode("payments.inbox", INBOX_EACH, _ -> worker.nudge());
    jobs.everyNode("payments.depth", DEPTH_EACH, _ -> show(database.read(inbox::depth)));
    jobs.oneNode("payments.reconciler", RECONCILE_EACH, reconciler::run);
    jobs.oneNode(
        "payments.forget", FORGET_EACH, now -> database.change(tx -> inbox.forget(tx, now)));
  }

  private void show(Inbox.Depth now) {
    depth.register(
        List.of(
            MultiGauge.Row.of(Tags.of("state", "waiting"), now.waiting()),
            MultiGauge.Row.of(Tags.of("state", "dead"), now.dead())),
        true);
  }

  void stop(@Observes ShutdownEvent stop) {
    inbox.close();
  }
}
