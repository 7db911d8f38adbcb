package urgency.platform.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import urgency.platform.http.Pages;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;

/** What the ground counts, offered to Prometheus: ready-made answers, connections, jobs. */
@Singleton
final class Figures {
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final MeterRegistry registry;
  private final Jobs jobs;

  Figures(MeterRegistry registry, Jobs jobs) {
    this.registry = registry;
    this.jobs = jobs;
  }

  void start(@Observes StartupEvent event, Pages pages, Database database) {
    FunctionCounter.builder("pages_served", pages, Pages::served)
        .description("Answers given from ready-made bytes")
        .register(registry);
    Gauge.builder("database_connections_in_use", database, Database::connectionsInUse)
        .register(registry);
    var runs = MultiGauge.builder("job_runs").register(registry);
    var failures = MultiGauge.builder("job_failures").register(registry);
    var took = MultiGauge.builder("job_last_seconds").register(registry);
    jobs.everyNode(
        "metrics.jobs",
        LOOK,
        _ -> {
          var reports = jobs.reports();
          show(runs, reports, Jobs.Report::runs);
          show(failures, reports, Jobs.Report::failures);
          show(took, reports, it -> it.lastTook().toMillis() / 1000.0);
        });
  }

  private static void show(
      MultiGauge gauge, Map<String, Jobs.Report> reports, ToDoubleFunction<Jobs.Report> figure) {
    gauge.register(
        reports.entrySet().stream()
            .map(it -> MultiGauge.Row.of(Tags.of("job", it.getKey()), it.getValue(), figure))
            .toList(),
        true);
  }
}
