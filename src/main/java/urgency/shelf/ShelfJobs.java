package urgency.shelf;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import urgency.platform.facts.Facts;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;

/** Starts what the shelf does by itself. */
@Singleton
final class ShelfJobs {
  // Before the storefront, which renders the open edition when it starts.
  private static final int EARLY = 1_000;
  private static final Duration PUBLISH = Duration.ofSeconds(1);
  // A fact is a hint: a look now and then finds what a hint that was lost would have told.
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Database database;
  private final Facts facts;
  private final Jobs jobs;
  private final Editions editions;
  private final Publisher publisher;

  ShelfJobs(Database database, Facts facts, Jobs jobs, Editions editions, Publisher publisher) {
    this.database = database;
    this.facts = facts;
    this.jobs = jobs;
    this.editions = editions;
    this.publisher = publisher;
  }

  void start(@Observes @Priority(EARLY) StartupEvent started) {
    look();
    facts.listen(
        EditionPublished.class,
        _ -> Thread.ofVirtual().name("edition-published").start(this::look));
    jobs.everyNode("shelf.look", LOOK, _ -> look());
    jobs.oneNode("shelf.publish", PUBLISH, _ -> publisher.glance().ifPresent(editions::remember));
  }

  private void look() {
    database.read(
        tx -> {
          editions.look(tx);
          return editions;
        });
  }
}
