package urgency.storefront;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import urgency.platform.sql.Database;
import urgency.search.Search;

/** The kinds of products there are, for every page's foot; looked up when the catalogue changes. */
@Singleton
@Named("categories")
public final class Categories {
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final int SHOWN_MAX = 12;

  private final Search search;
  private final Database database;
  private volatile List<Category> all = List.of();
  private Instant next = Instant.EPOCH;
  private long revision;

  Categories(Search search, Database database) {
    this.search = search;
    this.database = database;
  }

  /** The largest first. */
  public List<Category> all() {
    return all;
  }

  /** Whether the catalogue is another than at the last look; asks for it now and then only. */
  synchronized boolean changed(Instant now) {
    if (now.isBefore(next)) return false;
    next = now.plus(LOOK);
    var current = database.read(search::revision);
    if (current == revision) return false;
    all =
        database.read(search::categories).entrySet().stream()
            .limit(SHOWN_MAX)
            .map(it -> new Category(it.getKey(), it.getValue()))
            .toList();
    revision = current;
    return true;
  }
}
