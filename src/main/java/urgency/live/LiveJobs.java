package urgency.live;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import urgency.orders.OrderChanged;
import urgency.platform.facts.Facts;
import urgency.platform.jobs.Jobs;

/** Starts what keeps phones up to date, and lets them go in time. */
@Singleton
final class LiveJobs {
  // One small query when anybody listens; a lone change is told 50 ms later at most.
  private static final Duration BEAT = Duration.ofMillis(50);
  private static final Duration HEARTS = Duration.ofSeconds(1);
  private static final Duration RECORD = Duration.ofSeconds(10);
  private static final Duration EXCHANGE = Duration.ofSeconds(2);

  private final Facts facts;
  private final Jobs jobs;
  private final StockPulse pulse;
  private final Broadcast broadcast;
  private final AudienceExchange exchange;
  private final Hearts hearts;
  private final LiveRecord record;
  private final LiveBus bus;

  LiveJobs(
      Facts facts,
      Jobs jobs,
      StockPulse pulse,
      Broadcast broadcast,
      AudienceExchange exchange,
      Hearts hearts,
      LiveRecord record,
      LiveBus bus) {
    this.facts = facts;
    this.jobs = jobs;
    this.pulse = pulse;
    this.broadcast = broadcast;
    this.exchange = exchange;
    this.hearts = hearts;
    this.record = record;
    this.bus = bus;
  }

  void start(@Observes StartupEvent started) {
    facts.listen(
        OrderChanged.class,
        it -> broadcast.orderMoved(new OrderNews(it.order(), it.status(), it.version())));
    jobs.everyNode(
        "live.beat",
        BEAT,
        now -> {
          if (broadcast.wanted(now)) pulse.beat(now);
          broadcast.tick(now);
        });
    jobs.everyNode("live.hearts", HEARTS, now -> hearts.beat(now, broadcast.wanted(now)));
    jobs.everyNode("live.record", RECORD, record::write);
    jobs.everyNode(
        "live.audience",
        EXCHANGE,
        now -> {
          if (broadcast.connections() > 0) exchange.exchange(now);
        });
    // The framework waits for open requests before it tells us, and streams never end by
    // themselves; so they end on the signal itself.
    Runtime.getRuntime().addShutdownHook(new Thread(broadcast::close, "live-farewell"));
  }

  void stop(@Observes ShutdownEvent stopping) {
    broadcast.close();
    bus.close();
  }
}
