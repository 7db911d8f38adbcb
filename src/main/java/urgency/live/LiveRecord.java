package urgency.live;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import urgency.catalog.ProductId;
import urgency.claims.Claim;
import urgency.claims.ClaimBook;
import urgency.claims.Cue;
import urgency.claims.Statement;

/**
 * Puts on record what open phones are told by the second: every number of units and every purchase,
 * within ten seconds; and of each product and minute the highest count of viewers and hearts, since
 * a line for each count of each second would be more record than shop.
 */
@Singleton
final class LiveRecord {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Far more than ten seconds of frames can tell. */
  static final int WAITING_MAX = 50_000;

  private final ClaimBook book;
  private final Map<ProductId, Claim<Cue.Viewers>> viewers = new HashMap<>();
  private final Map<ProductId, Claim<Cue.Likes>> likes = new HashMap<>();
  private final List<Statement> waiting = new ArrayList<>();
  private Map<ProductId, Figures.Units> units = Map.of();
  private long edition;
  private Instant writtenAt = Instant.EPOCH;

  LiveRecord(ClaimBook book) {
    this.book = book;
  }

  /**
   * These are to be told to phones now.
   *
   * @throws IllegalStateException when too much has not been written yet; then it must not be told
   */
  synchronized void told(Figures figures) {
    if (figures.edition().isEmpty()) return;
    if (waiting.size() >= WAITING_MAX) {
      throw new IllegalStateException(waiting.size() + " claims wait to be put on record");
    }
    var number = figures.edition().get().number();
    if (number != edition) units = Map.of();
    edition = number;
    figures.audience().forEach((product, it) -> viewers.merge(product, it, LiveRecord::more));
    figures.likes().forEach((product, it) -> likes.put(product, it));
    figures.bought().forEach((product, it) -> waiting.add(Statement.of(edition, product, it)));
    figures.stock().forEach(this::unitsTold);
    units = figures.stock();
  }

  /** Writes what was told since the last time. */
  synchronized void write(Instant now) {
    book.note(waiting, now);
    waiting.clear();
    if (writtenAt.plus(MINUTE).isAfter(now)) return;
    var statements = new ArrayList<Statement>();
    viewers.forEach((product, it) -> statements.add(Statement.of(edition, product, it)));
    likes.forEach((product, it) -> statements.add(Statement.of(edition, product, it)));
    book.state("live", statements, now);
    writtenAt = now;
    viewers.clear();
    likes.clear();
  }

  private void unitsTold(ProductId product, Figures.Units now) {
    var before = units.get(product);
    if (before == null || !before.few().equals(now.few())) {
      now.few().ifPresent(it -> waiting.add(Statement.of(edition, product, it)));
    }
    if (before == null || !before.sold().equals(now.sold())) {
      now.sold().ifPresent(it -> waiting.add(Statement.of(edition, product, it)));
    }
  }

  private static Claim<Cue.Viewers> more(Claim<Cue.Viewers> one, Claim<Cue.Viewers> other) {
    return other.cue().people() > one.cue().people() ? other : one;
  }
}
