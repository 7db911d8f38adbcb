package urgency.search;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import urgency.platform.jobs.Jobs;

/** Looks every other second, on one node, whether there is a new catalogue to be read. */
@Singleton
final class SearchJobs {
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final SearchIndex index;
  private final Jobs jobs;

  SearchJobs(SearchIndex index, Jobs jobs) {
    this.index = index;
    this.jobs = jobs;
  }

  void start(@Observes StartupEvent started) {
    jobs.oneNode("search.index", LOOK, _ -> index.refresh());
  }
}
