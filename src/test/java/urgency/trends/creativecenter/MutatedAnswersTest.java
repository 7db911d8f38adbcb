package urgency.trends.creativecenter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import urgency.trends.TrendObservation;
import urgency.trends.TrendSource.FetchResult;

/** Answers damaged in thousands of ways, always the same thousands. */
class MutatedAnswersTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long SEED = 42;
  private static final int TURNS = 3_000;
  private static final List<String> ODD =
      List.of(
          "null",
          "true",
          "-1",
          "1e400",
          "9223372036854775808",
          "\"\"",
          "\"\\ud800\"",
          "[]",
          "{}",
          "[[[]]]",
          "\"NaN\"",
          "0.1",
          "\"7600000000000000000\"",
          "\"\\u0000\"");

  private final Random random = new Random(SEED);

  @Test
  void damaged_bytes_never_throw_and_what_passes_is_valid() {
    for (var turn = 0; turn < TURNS; turn++) {
      var body = HashtagAnswerTest.fixtureBytes(any(HashtagAnswerTest.fixtures())).clone();
      for (var i = 0; i <= random.nextInt(4); i++) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(4) == 0) body = java.util.Arrays.copyOf(body, random.nextInt(body.length));

      check(body);
    }
  }

  @Test
  void damaged_trees_never_throw_and_what_passes_is_valid() throws IOException {
    for (var turn = 0; turn < TURNS; turn++) {
      var root = JSON.readTree(HashtagAnswerTest.fixtureBytes(any(HashtagAnswerTest.fixtures())));
      for (var i = 0; i <= random.nextInt(3); i++) damage(root);

      check(JSON.writeValueAsBytes(root));
    }
  }

  private void check(byte[] body) {
    var result = HashtagAnswerTest.answer().classify(200, "application/json", "", body);
    if (result instanceof FetchResult.Fresh fresh) fresh.rows().forEach(MutatedAnswersTest::valid);
  }

  private static void valid(TrendObservation row) {
    assertThat(row.key()).isNotEmpty();
    assertThat(row.posts()).isNotNegative();
    assertThat(row.views()).isNotNegative();
    assertThat(row.curve())
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.value()).isBetween(0.0, 100.0));
    assertThat(row.displayName()).doesNotContain("\u0000");
  }

  private void damage(JsonNode root) throws IOException {
    var containers = new ArrayList<JsonNode>();
    collect(root, containers);
    var odd = JSON.readTree(any(ODD));
    switch (any(containers)) {
      case ObjectNode object when !object.isEmpty() -> {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        if (random.nextInt(3) == 0) {
          object.remove(any(names));
        } else {
          object.set(any(names), odd);
        }
      }
      case ArrayNode array when !array.isEmpty() -> {
        var place = random.nextInt(array.size());
        switch (random.nextInt(3)) {
          case 0 -> array.remove(place);
          case 1 -> array.set(place, odd);
          default -> array.add(array.get(place).deepCopy());
        }
      }
      default -> {
        // Nothing in it to damage.
      }
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
