package urgency.orders;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import urgency.platform.jobs.Jobs;

/** What the shop does for its orders on a schedule. */
@Singleton
final class OrderJobs {
  private static final Duration OFTEN = Duration.ofSeconds(1);
  private static final Duration SELDOM = Duration.ofMinutes(1);

  private final Jobs jobs;
  private final PaymentPages pages;
  private final Expiry expiry;
  private final SalesRollup sales;

  OrderJobs(Jobs jobs, PaymentPages pages, Expiry expiry, SalesRollup sales) {
    this.jobs = jobs;
    this.pages = pages;
    this.expiry = expiry;
    this.sales = sales;
  }

  void start(@Observes StartupEvent event) {
    jobs.oneNode("orders.open", OFTEN, pages::openWaiting);
    jobs.oneNode("orders.expiry", OFTEN, expiry::run);
    jobs.oneNodeLater("orders.sales", SELDOM, sales::run);
  }
}
