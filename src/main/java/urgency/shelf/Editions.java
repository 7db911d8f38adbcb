package urgency.shelf;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The editions that were published. Since an edition never changes, each node keeps the current and
 * the coming one in memory; {@link #openAt} costs no query.
 */
@Singleton
public final class Editions {
  private static final int REMEMBERED_MAX = 4;
  private static final int NEWEST = 2;

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile List<Edition> remembered = List.of();

  /** Tells of each edition that is new to this node. Listeners are quick and never block. */
  public void onNew(Runnable listener) {
    listeners.add(listener);
  }

  /** Keeps a published edition in memory; the oldest gives way. */
  public void remember(Edition edition) {
    if (keep(edition)) listeners.forEach(Runnable::run);
  }

  private synchronized boolean keep(Edition edition) {
    var before = remembered;
    remembered =
        Stream.concat(
                remembered.stream().filter(it -> it.number() != edition.number()),
                Stream.of(edition))
            .sorted(Comparator.comparingLong(Edition::number).reversed())
            .limit(REMEMBERED_MAX)
            .toList();
    return before.stream().noneMatch(it -> it.number() == edition.number());
  }

  /** The edition that is open at this instant, from memory. */
  public Optional<Edition> openAt(Instant now) {
    return remembered.stream().filter(it -> it.openAt(now)).findFirst();
  }

  /** The edition that opens next after this instant, if it is published already; from memory. */
  public Optional<Edition> nextAfter(Instant now) {
    return remembered.stream()
        .filter(it -> it.opensAt().isAfter(now))
        .min(Comparator.comparing(Edition::opensAt));
  }

  public Optional<Edition> byNumber(Handle tx, long number) {
    return EditionRows.find(tx, number);
  }

  /** Remembers what was published since the last look: the current edition and the coming one. */
  void look(Handle tx) {
    var known = remembered;
    for (var head : EditionRows.newest(tx, NEWEST)) {
      if (known.stream().noneMatch(it -> it.number() == head.number())) {
        remember(EditionRows.whole(tx, head));
      }
    }
  }
}
