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
 * Puts on record what open phones are told by the second: of each product and minute the highest
 * count of viewers and hearts, and every purchase that was told. Written once a minute, since a
 * line for each count of each second would be more record than shop.
 */
@Singleton
final class LiveRecord {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int PURCHASES_MAX = 1_000;

  private final ClaimBook book;
  private final Map<ProductId, Claim<Cue.Viewers>> viewers = new HashMap<>();
  private final Map<ProductId, Claim<Cue.Likes>> likes = new HashMap<>();
  private final List<Statement> purchases = new ArrayList<>();
  private long edition;
  private Instant writtenAt = Instant.EPOCH;

  LiveRecord(ClaimBook book) {
    this.book = book;
  }

  /** These are told to phones now. */
  synchronized void told(Figures figures, Map<ProductId, Claim<Cue.JustBought>> bought) {
    if (figures.edition().isEmpty()) return;
    edition = figures.edition().get().number();
    figures.audience().forEach((product, it) -> viewers.merge(product, it, LiveRecord::more));
    figures.likes().forEach((product, it) -> likes.put(product, it));
    bought.forEach(
        (product, it) -> {
          if (purchases.size() < PURCHASES_MAX) purchases.add(Statement.of(edition, product, it));
        });
  }

  /** Writes what the last minute told. */
  synchronized void write(Instant now) {
    if (writtenAt.plus(MINUTE).isAfter(now)) return;
    writtenAt = now;
    var statements = new ArrayList<Statement>();
    viewers.forEach((product, it) -> statements.add(Statement.of(edition, product, it)));
    likes.forEach((product, it) -> statements.add(Statement.of(edition, product, it)));
    book.state("live", statements, now);
    book.note(purchases, now);
    viewers.clear();
    likes.clear();
    purchases.clear();
  }

  private static Claim<Cue.Viewers> more(Claim<Cue.Viewers> one, Claim<Cue.Viewers> other) {
    return other.cue().people() > one.cue().people() ? other : one;
  }
}
