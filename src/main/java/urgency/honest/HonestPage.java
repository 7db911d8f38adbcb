package urgency.honest;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import urgency.claims.ClaimBook;
import urgency.claims.DaySeals;
import urgency.platform.http.Pages;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;
import urgency.storefront.ShelfPage;
import urgency.words.Mode;

/**
 * The page {@code /honest}, written anew when what is claimed has changed; a view costs no query.
 */
@Singleton
final class HonestPage {
  static final String PATH = "/honest";
  private static final Duration GLANCE = Duration.ofSeconds(5);
  private static final Duration READ_SEALS = Duration.ofMinutes(1);
  private static final int DAYS = 31;

  private final ShelfPage shelf;
  private final ClaimBook book;
  private final DaySeals seals;
  private final Database database;
  private final Pages pages;
  private List<DaySeals.Seal> sealed = List.of();
  private Instant sealsReadAt = Instant.EPOCH;
  private int shown;

  HonestPage(ShelfPage shelf, ClaimBook book, DaySeals seals, Database database, Pages pages) {
    this.shelf = shelf;
    this.book = book;
    this.seals = seals;
    this.database = database;
    this.pages = pages;
  }

  void start(@Observes StartupEvent started, Jobs jobs) {
    jobs.everyNode("honest.page", GLANCE, this::glance);
  }

  synchronized void glance(Instant now) {
    if (!sealsReadAt.plus(READ_SEALS).isAfter(now)) {
      sealsReadAt = now;
      sealed = database.read(tx -> seals.newest(tx, day(now), DAYS));
    }
    var view = HonestView.of(shelf.shown(), book.standing(), address(now), sealed);
    if (view.hashCode() == shown) return;
    shown = view.hashCode();
    pages.publish(
        PATH,
        ShelfPage.HTML,
        "public, no-cache",
        (language, calm) -> Mode.render(HonestTemplates.honest(view), language, calm));
  }

  static LocalDate day(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  /** Where the lines of this moment's day are. */
  static String address(Instant now) {
    return PATH + "/claims/" + day(now) + ".jsonl";
  }
}
