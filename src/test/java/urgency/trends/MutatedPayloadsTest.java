package urgency.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.trends.TrendSource.Terms.PUBLIC_UNDOCUMENTED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;
import urgency.platform.sql.TestDatabase;
import urgency.trends.TrendSource.Budget;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.business.DiscoveryAnswer;
import urgency.trends.creativecenter.HashtagAnswer;
import urgency.trends.creativecenter.OverviewAnswer;
import urgency.trends.creativecenter.VideoAnswer;
import urgency.trends.fake.Shape;
import urgency.trends.oembed.EmbedAnswer;
import urgency.trends.tiktokshop.ProductAnswer;
import urgency.trends.wire.Reply;

/** A hundred thousand damaged answers, always the same, each to every reader's own interface. */
class MutatedPayloadsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant NOW = Instant.parse("2026-09-19T12:00:00Z");
  private static final long SEED = 42;
  private static final int PAYLOADS = 100_000;
  private static final int WRITTEN = 150;

  /** Far above what a parse takes; a loop that does not end takes longer than any bound. */
  private static final Duration EACH_MAX = Duration.ofSeconds(60);

  private static final List<BiFunction<FetchRequest, Reply, FetchResult>> READERS =
      List.of(
          (request, reply) -> new HashtagAnswer("live", request).classify(reply),
          (request, reply) -> VideoAnswer.classify(request, NOW, reply),
          (request, reply) -> OverviewAnswer.read(request, reply).result(),
          DiscoveryAnswer::classify,
          (request, reply) -> ProductAnswer.read(request, reply).result(),
          (_, reply) -> EmbedAnswer.read(reply).result());

  private static final List<String> ODD =
      List.of(
          "null",
          "true",
          "-1",
          "1e400",
          "9223372036854775808",
          "-9223372036854775808",
          "\"\"",
          "\"\\ud800\"",
          "[]",
          "{}",
          "[[[]]]",
          "\"NaN\"",
          "0.1",
          "1e-320",
          "\"7600000000000000000\"",
          "\"\\u0000\"",
          "\"\\u202e\\u2066<script>alert(1)</script>\\u200b\"",
          "\"猫カフェ ☕️ قهوة\"",
          '"' + "x".repeat(10_000) + '"',
          '"' + "9".repeat(300) + '"',
          "9".repeat(300));

  private final Random random = new Random(SEED);

  @Test
  void no_answer_throws_or_hangs_and_what_passes_is_valid() throws IOException {
    var classes = new java.util.TreeMap<String, Integer>();
    var slowest = Duration.ZERO;
    for (var turn = 0; turn < PAYLOADS; turn++) {
      var body = payload();
      var started = System.nanoTime();
      var result = read(body);
      var took = Duration.ofNanos(System.nanoTime() - started);
      if (took.compareTo(slowest) > 0) slowest = took;
      classes.merge(result.getClass().getSimpleName(), 1, Integer::sum);
      if (result instanceof FetchResult.Fresh fresh) fresh.rows().forEach(this::valid);
    }

    assertThat(slowest).isLessThan(EACH_MAX);
    // A test that only ever saw one class would prove little.
    assertThat(classes.keySet())
        .contains("Fresh", "Empty", "Refused", "Retired", "Challenged", "Transient", "Drift");
    assertThat(classes.get("Fresh")).isGreaterThan(1_000);
  }

  @Test
  void no_answer_loses_or_replaces_the_last_good_batch_unless_it_is_good_itself()
      throws IOException {
    try (var database = TestDatabase.fresh()) {
      var source = new ScriptedSource("live", PUBLIC_UNDOCUMENTED);
      var settings = TrendSettings.read(Settings.read(Map.of(), Optional.empty()));
      var ingest = new Ingest(database, new Sources(List.of(source)), settings);
      source.answers.add(source.fresh(LocalDate.parse("2026-09-18"), "lipoil", "cattok"));
      ingest.run(NOW);
      var good = 2;
      for (var turn = 0; turn < WRITTEN; turn++) {
        var result = read(payload());
        source.answers.add(result);
        var after = ingest.poll(source, NOW.plusSeconds(turn + 1)).orElseThrow().getFirst();
        if (after.result().equals("Fresh")) good = after.goodRows();
        SourceHealth health =
            database.read(tx -> new SourceHealths(settings).all(tx, NOW)).getFirst();
        assertThat(health.goodRows()).isEqualTo(good);
        assertThat(health.lastGoodAt()).isPresent();
      }
    }
  }

  private FetchResult read(byte[] body) {
    var request =
        new FetchRequest("US", 7, NOW, NOW.plusSeconds(60), Optional.empty(), Budget.UNLIMITED);
    return any(READERS).apply(request, new Reply(200, "application/json", "", body, NOW));
  }

  private byte[] payload() throws IOException {
    var whole = any(List.of(Shape.values())).bytes();
    return switch (random.nextInt(4)) {
      case 0 -> bytes(whole);
      case 1 -> whole;
      default -> tree(whole);
    };
  }

  private byte[] bytes(byte[] whole) {
    var body = whole.clone();
    for (var i = 0; i <= random.nextInt(4); i++) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(body, random.nextInt(body.length)) : body;
  }

  private byte[] tree(byte[] whole) throws IOException {
    var root = JSON.readTree(whole);
    for (var i = 0; i <= random.nextInt(3); i++) damage(root);
    return JSON.writeValueAsBytes(root);
  }

  private void valid(TrendObservation row) {
    assertThat(row.key()).isNotEmpty();
    assertThat(row.posts()).isNotNegative();
    assertThat(row.views()).isNotNegative();
    for (var point : row.curve()) assertThat(point.value()).isBetween(0.0, 100.0);
    assertThat(row.displayName().codePoints().filter(Character::isISOControl).toArray()).isEmpty();
    assertThat(row.displayName()).doesNotContain("\u202e", "\u2066", "\u200b");
    assertThat(row.displayName().length()).isLessThanOrEqualTo(300);
    assertThat(row.displayName().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
  }

  private void damage(JsonNode root) {
    var containers = new ArrayList<JsonNode>();
    collect(root, containers);
    switch (any(containers)) {
      case ObjectNode object when !object.isEmpty() -> {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        if (random.nextInt(3) == 0) {
          object.remove(any(names));
        } else {
          object.set(any(names), odd());
        }
      }
      case ArrayNode array when !array.isEmpty() -> {
        var place = random.nextInt(array.size());
        switch (random.nextInt(3)) {
          case 0 -> array.remove(place);
          case 1 -> array.set(place, odd());
          default -> array.add(array.get(place).deepCopy());
        }
      }
      default -> {
        // Nothing in it to damage.
      }
    }
  }

  private JsonNode odd() {
    try {
      return JSON.readTree(any(ODD));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> into) {
    if (!node.isContainerNode()) return;
    into.add(node);
    node.forEach(it -> collect(it, into));
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
