package urgency.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import urgency.catalog.ProductId;
import urgency.live.bus.ProcessBus;
import urgency.shelf.Editions;

class AudienceTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final ProductId LAMP = new ProductId(new UUID(0, 1));
  private static final ProductId MUG = new ProductId(new UUID(0, 2));

  private final Audience audience = new Audience(LiveExamples.SETTINGS);

  @Test
  void three_people_are_shown() {
    looking(3, LAMP, NOW);

    assertThat(shown(audience, NOW)).containsExactly(Map.entry(LAMP, 3));
  }

  @Test
  void two_people_are_not_told_to_anybody() {
    looking(2, LAMP, NOW);

    assertThat(shown(audience, NOW)).isEmpty();
  }

  @Test
  void a_person_with_three_tabs_is_one_person() {
    audience.look("tab 1", "ann", LAMP, NOW);
    audience.look("tab 2", "ann", LAMP, NOW);
    audience.look("tab 3", "ann", LAMP, NOW);

    assertThat(audience.here(NOW)).containsExactly(Map.entry(LAMP, 1));
  }

  @Test
  void who_said_nothing_for_fifteen_seconds_no_longer_looks() {
    looking(3, LAMP, NOW);

    assertThat(shown(audience, NOW.plusMillis(14_999))).containsEntry(LAMP, 3);
    assertThat(shown(audience, NOW.plusSeconds(15))).isEmpty();
  }

  @Test
  void who_looks_at_something_else_no_longer_looks_at_this() {
    looking(3, LAMP, NOW);

    audience.look("connection 0", "visitor 0", MUG, NOW);

    assertThat(audience.here(NOW)).containsOnly(Map.entry(LAMP, 2), Map.entry(MUG, 1));
  }

  @Test
  void who_leaves_no_longer_looks_at_once() {
    looking(3, LAMP, NOW);

    audience.leave("connection 0");

    assertThat(audience.here(NOW)).containsExactly(Map.entry(LAMP, 2));
  }

  @Test
  void people_on_other_nodes_count_too() {
    looking(2, LAMP, NOW);

    audience.elsewhere(Map.of(LAMP, 1, MUG, 2));

    assertThat(shown(audience, NOW)).containsExactly(Map.entry(LAMP, 3));
  }

  @Test
  void nodes_tell_each_other_and_forget_what_is_old() {
    var nodes = new Nodes();
    looking(3, LAMP, NOW);

    nodes.here.exchange(NOW);
    nodes.passed(1);
    nodes.there.exchange(nodes.now);
    var fresh = shown(nodes.audienceThere, nodes.now);
    nodes.passed(6);
    nodes.there.exchange(nodes.now);
    var old = shown(nodes.audienceThere, nodes.now);

    assertThat(fresh).containsExactly(Map.entry(LAMP, 3));
    assertThat(old).isEmpty();
    assertThat(shown(audience, NOW)).containsExactly(Map.entry(LAMP, 3));
  }

  @Test
  void a_count_that_stays_the_same_is_said_again_in_time() {
    var nodes = new Nodes();
    looking(3, LAMP, NOW.plusSeconds(8));

    for (var i = 0; i < 5; i++) {
      nodes.here.exchange(nodes.now);
      nodes.passed(2);
    }
    nodes.there.exchange(nodes.now);

    assertThat(shown(nodes.audienceThere, nodes.now)).containsExactly(Map.entry(LAMP, 3));
  }

  @Test
  void other_nodes_are_told_only_of_what_is_on_the_shelf() {
    var nodes = new Nodes();
    looking(3, new ProductId(new UUID(5, 5)), NOW);

    nodes.here.exchange(NOW);

    assertThat(nodes.said).isEmpty();
  }

  @Test
  void programs_are_told_from_browsers() {
    assertThat(Bots.is("Mozilla/5.0 (compatible; Googlebot/2.1; +http://google.com/bot.html)"))
        .isTrue();
    assertThat(Bots.is("Mozilla/5.0 (X11) HeadlessChrome/141.0")).isTrue();
    assertThat(Bots.is("curl/8.5.0")).isTrue();
    assertThat(Bots.is("")).isTrue();
    assertThat(Bots.is("Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) Safari/605.1.15"))
        .isFalse();
    assertThat(Bots.is("Mozilla/5.0 (Linux; Android 12; CUBOT X50) Chrome/141.0 Mobile"))
        .as("a phone of the make CUBOT")
        .isFalse();
  }

  /** Two nodes on one bus, and what was said over it. */
  private final class Nodes {
    private final List<String> said = new ArrayList<>();
    private final Audience audienceThere = new Audience(LiveExamples.SETTINGS);
    private Instant now = NOW;
    private final AudienceExchange here;
    private final AudienceExchange there;

    Nodes() {
      var bus = new ProcessBus();
      var editions = new Editions();
      editions.remember(LiveExamples.edition(1, NOW, 2));
      bus.hear(AudienceExchange.TOPIC, said::add);
      here = new AudienceExchange(bus, audience, editions, () -> now);
      there = new AudienceExchange(bus, audienceThere, editions, () -> now);
    }

    void passed(int seconds) {
      now = now.plusSeconds(seconds);
    }
  }

  private static Map<ProductId, Integer> shown(Audience audience, Instant now) {
    return audience.shown(now).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().cue().people()));
  }

  private void looking(int people, ProductId product, Instant at) {
    for (var i = 0; i < people; i++) {
      audience.look("connection " + i, "visitor " + i, product, at);
    }
  }
}
