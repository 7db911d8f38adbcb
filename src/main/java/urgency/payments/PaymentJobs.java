package urgency.payments;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import urgency.orders.Orders;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;

/** When payments works by itself. */
@Singleton
final class PaymentJobs {
  private static final Duration INBOX_EACH = Duration.ofSeconds(1);
  private static final Duration RECONCILE_EACH = Duration.ofSeconds(60);
  private static final Duration POLL_EACH = Duration.ofMinutes(2);
  private static final Duration AUDIT_EACH = Duration.ofHours(24);
  private static final Duration DEPTH_EACH = Duration.ofSeconds(15);
  private static final Duration FORGET_EACH = Duration.ofMinutes(10);

  private final Jobs jobs;
  private final Database database;
  private final Inbox inbox;
  private final InboxWorker worker;
  private final Reconciler reconciler;
  private final EventPoll poll;
  private final PaymentAudit audit;
  private final Orders orders;
  private final MultiGauge depth;
  private final MultiGauge people;
  private final MultiGauge differences;

  PaymentJobs(
      Jobs jobs,
      Database database,
      Inbox inbox,
      InboxWorker worker,
      Reconciler reconciler,
      EventPoll poll,
      PaymentAudit audit,
      Orders orders,
      MeterRegistry registry) {
    this.jobs = jobs;
    this.database = database;
    this.inbox = inbox;
    this.worker = worker;
    this.reconciler = reconciler;
    this.poll = poll;
    this.audit = audit;
    this.orders = orders;
    this.people = MultiGauge.builder("orders_for_people").register(registry);
    this.differences = MultiGauge.builder("payment_audit").register(registry);
    this.depth = MultiGauge.builder("webhook_inbox").register(registry);
  }

  void start(@Observes StartupEvent start) {
    jobs.everyNode("payments.inbox", INBOX_EACH, _ -> worker.nudge());
    jobs.everyNode("payments.depth", DEPTH_EACH, _ -> show(database.read(inbox::depth)));
    jobs.everyNode("payments.people", DEPTH_EACH, _ -> showPeople());
    jobs.oneNode("payments.poll", POLL_EACH, poll::run);
    jobs.oneNodeLater("payments.audit", AUDIT_EACH, now -> audit.run(now).ifPresent(this::show));
    jobs.oneNode("payments.reconciler", RECONCILE_EACH, reconciler::run);
    jobs.oneNodeLater(
        "payments.forget", FORGET_EACH, now -> database.change(tx -> inbox.forget(tx, now)));
  }

  private void show(Inbox.Depth now) {
    depth.register(
        List.of(
            MultiGauge.Row.of(Tags.of("state", "waiting"), now.waiting()),
            MultiGauge.Row.of(Tags.of("state", "dead"), now.dead())),
        true);
  }

  private void showPeople() {
    var rows = new ArrayList<MultiGauge.Row<?>>();
    database
        .read(orders::forPeople)
        .forEach(
            (status, count) ->
                rows.add(MultiGauge.Row.of(Tags.of("status", status.name()), count)));
    people.register(rows, true);
  }

  private void show(PaymentAudit.Figures now) {
    differences.register(
        List.of(
            MultiGauge.Row.of(Tags.of("kind", "paid_without_order"), now.paidWithoutOrder()),
            MultiGauge.Row.of(Tags.of("kind", "order_without_payment"), now.orderWithoutPayment()),
            MultiGauge.Row.of(Tags.of("kind", "amount_mismatch"), now.amountMismatch())),
        true);
  }

  void stop(@Observes ShutdownEvent stop) {
    inbox.close();
  }
}
