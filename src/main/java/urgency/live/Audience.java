package urgency.live;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import urgency.catalog.ProductId;
import urgency.claims.Claim;
import urgency.claims.Claims;
import urgency.claims.Cue;
import urgency.claims.Evidence;

/**
 * People who are really looking at a product now: those with an open connection who said within the
 * last 15 seconds that it is in front of them. A person with two tabs counts once on each node.
 *
 * <p>No seed, no smoothing, no decay: a number nobody counted is never shown, and neither is one
 * under the floor.
 */
@Singleton
final class Audience {
  static final Duration LOOKING = Duration.ofSeconds(15);

  private record Look(String visitor, ProductId product, Instant at) {}

  private final int floor;
  private final Map<String, Look> looks = new ConcurrentHashMap<>();
  private volatile Map<ProductId, Integer> elsewhere = Map.of();

  Audience(LiveSettings settings) {
    this.floor = settings.audienceFloor();
  }

  /** The person behind a connection has this product in front of them now. */
  void look(String connection, String visitor, ProductId product, Instant now) {
    looks.put(connection, new Look(visitor, product, now));
  }

  /** The person behind a connection looks at nothing, or is gone. */
  void leave(String connection) {
    looks.remove(connection);
  }

  /** What other nodes counted last. */
  void elsewhere(Map<ProductId, Integer> people) {
    elsewhere = Map.copyOf(people);
  }

  /** People on this node, by product. */
  Map<ProductId, Integer> here(Instant now) {
    var since = now.minus(LOOKING);
    var visitors = new HashMap<ProductId, Set<String>>();
    for (var look : looks.values()) {
      if (look.at().isAfter(since)) {
        visitors.computeIfAbsent(look.product(), _ -> new HashSet<>()).add(look.visitor());
      }
    }
    var people = new HashMap<ProductId, Integer>();
    visitors.forEach((product, them) -> people.put(product, them.size()));
    return people;
  }

  /** People on all nodes, for those products where that may be told. */
  Map<ProductId, Claim<Cue.Viewers>> shown(Instant now) {
    var people = here(now);
    elsewhere.forEach((product, count) -> people.merge(product, count, Integer::sum));
    var shown = new HashMap<ProductId, Claim<Cue.Viewers>>();
    people.forEach(
        (product, count) ->
            Claims.check(
                    new Cue.Viewers(count),
                    new Evidence.Count(count, floor, LOOKING, false, now),
                    now)
                .accepted()
                .ifPresent(it -> shown.put(product, it)));
    return shown;
  }
}
