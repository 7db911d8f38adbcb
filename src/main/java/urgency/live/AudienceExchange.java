package urgency.live;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import urgency.catalog.ProductId;
import urgency.shelf.Editions;

/**
 * Tells the other nodes how many people look at what here, and hears the same from them. Said when
 * it changes, and again before it would count as old; a shop without viewers says nothing.
 */
@Singleton
final class AudienceExchange {
  static final String TOPIC = "audience";
  private static final Duration VALID = Duration.ofSeconds(6);
  // Counts that stay the same are said again before others take them for old.
  private static final Duration SAY_AGAIN = Duration.ofSeconds(4);
  private static final int NODES_MAX = 1_000;
  private static final Pattern COUNT = Pattern.compile(" ([0-9a-f-]{36})=(\\d{1,7})");

  private record Heard(Map<ProductId, Integer> people, Instant at) {}

  private final String node = UUID.randomUUID().toString();
  private final LiveBus bus;
  private final Audience audience;
  private final Editions editions;
  private final Map<String, Heard> heard = new ConcurrentHashMap<>();
  private Map<ProductId, Integer> said = Map.of();
  private Instant saidAt = Instant.MIN;

  AudienceExchange(LiveBus bus, Audience audience, Editions editions, InstantSource clock) {
    this.bus = bus;
    this.audience = audience;
    this.editions = editions;
    bus.hear(TOPIC, text -> hear(text, clock.instant()));
  }

  /** Says what has changed, and adds up what the others said. */
  synchronized void exchange(Instant now) {
    var here = onShelf(audience.here(now), now);
    var old = !saidAt.plus(SAY_AGAIN).isAfter(now);
    if (!here.equals(said) || (old && !here.isEmpty())) {
      bus.say(TOPIC, text(here));
      said = here;
      saidAt = now;
    }
    var elsewhere = new HashMap<ProductId, Integer>();
    heard.values().removeIf(it -> !it.at().plus(VALID).isAfter(now));
    heard
        .values()
        .forEach(it -> it.people().forEach((p, n) -> elsewhere.merge(p, n, Integer::sum)));
    audience.elsewhere(elsewhere);
  }

  // A phone may say that it looks at anything; what is not on the shelf is of no use to others.
  private Map<ProductId, Integer> onShelf(Map<ProductId, Integer> people, Instant now) {
    var shown = new HashMap<ProductId, Integer>();
    for (var slot : editions.openAt(now).map(it -> it.slots()).orElse(java.util.List.of())) {
      var looking = people.get(slot.product());
      if (looking != null) shown.put(slot.product(), looking);
    }
    return shown;
  }

  private String text(Map<ProductId, Integer> people) {
    var text = new StringBuilder(node);
    people.forEach(
        (product, count) -> text.append(' ').append(product.value()).append('=').append(count));
    return text.toString();
  }

  private void hear(String text, Instant now) {
    var space = text.indexOf(' ');
    var from = space < 0 ? text : text.substring(0, space);
    if (from.equals(node) || (heard.size() >= NODES_MAX && !heard.containsKey(from))) return;
    var people = new HashMap<ProductId, Integer>();
    COUNT
        .matcher(text)
        .results()
        .forEach(
            it ->
                people.put(
                    new ProductId(UUID.fromString(it.group(1))), Integer.parseInt(it.group(2))));
    heard.put(from, new Heard(people, now));
  }
}
