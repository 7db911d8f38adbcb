package urgency.trends.figures;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;
import urgency.trends.SourceHealth;
import urgency.trends.SourceHealth.Circuit;
import urgency.trends.SourceHealths;

/**
 * What an operator sees of each source in each region, as figures. All nodes tell the same, since
 * all of it is read from the database.
 */
@Singleton
public final class SourceGauges {
  private static final Duration LOOK = Duration.ofSeconds(30);

  private record Figure(MultiGauge gauge, ToDoubleFunction<SourceHealth> of) {}

  private final Database database;
  private final SourceHealths healths;
  private final List<Figure> figures = new ArrayList<>();

  public SourceGauges(Database database, SourceHealths healths, MeterRegistry registry) {
    this.database = database;
    this.healths = healths;
    var all = new LinkedHashMap<String, ToDoubleFunction<SourceHealth>>();
    all.put("trend_source_weight", SourceHealth::weight);
    all.put("trend_source_rows", SourceHealth::goodRows);
    all.put("trend_source_failures", SourceHealth::failures);
    all.put("trend_source_left_alone", it -> it.circuit() == Circuit.OPEN ? 1 : 0);
    all.put("trend_source_drift", it -> it.result().equals("Drift") ? 1 : 0);
    all.put("trend_source_suspect", it -> it.suspect().isEmpty() ? 0 : 1);
    all.put("trend_source_shapes", SourceHealth::schemas);
    all.put(
        "trend_source_former_names",
        it -> it.aliases().values().stream().mapToLong(times -> times).sum());
    all.forEach(
        (name, of) -> figures.add(new Figure(MultiGauge.builder(name).register(registry), of)));
  }

  void start(@Observes StartupEvent event, Jobs jobs) {
    jobs.everyNode("trends.figures", LOOK, this::show);
  }

  /** Reads them anew. */
  public void show(Instant now) {
    List<SourceHealth> sources = database.read(tx -> healths.all(tx, now));
    for (var figure : figures) {
      figure
          .gauge()
          .register(
              sources.stream()
                  .map(it -> MultiGauge.Row.of(tags(it), figure.of().applyAsDouble(it)))
                  .toList(),
              true);
    }
  }

  private static Tags tags(SourceHealth it) {
    return Tags.of("source", it.source(), "region", it.region(), "days", "" + it.windowDays());
  }
}
