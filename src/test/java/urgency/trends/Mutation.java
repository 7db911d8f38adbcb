package urgency.trends;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages bytes, trees and tables at random, but always the same for one seed. */
public final class Mutation {
  private static final JsonMapper JSON = new JsonMapper();

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

  private static final List<String> ODD_CELLS =
      List.of(
          "",
          "\"",
          "\"\"",
          "\"a,b\"",
          "\"a\nb\"",
          "\0",
          "-1",
          "0.1",
          "1e400",
          "NaN",
          "null",
          "#",
          "9".repeat(19),
          "9".repeat(300),
          "x".repeat(10_000),
          "\u202e\u2066<script>\u200b",
          "=1+1",
          "猫カフェ ☕️ قهوة",
          "😀".repeat(150),
          "2026-13-45",
          "1 2 x",
          "1  2",
          "ZZ",
          "product",
          ",,,");

  private final Random random;

  public Mutation(long seed) {
    this.random = new Random(seed);
  }

  /** JSON, whole or damaged in its bytes or in its tree. */
  public byte[] json(byte[] whole) throws IOException {
    return switch (random.nextInt(4)) {
      case 0 -> bytes(whole);
      case 1 -> whole;
      default -> tree(whole);
    };
  }

  /** A table, whole or damaged in its bytes or in its cells. */
  public byte[] csv(byte[] whole) {
    return switch (random.nextInt(4)) {
      case 0 -> bytes(whole);
      case 1 -> whole;
      default -> table(whole);
    };
  }

  public <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
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

  private byte[] table(byte[] whole) {
    var lines = new ArrayList<>(new String(whole, StandardCharsets.UTF_8).lines().toList());
    for (var i = 0; i <= random.nextInt(3); i++) {
      var place = random.nextInt(lines.size());
      var cells = new ArrayList<>(Arrays.asList(lines.get(place).split(",", -1)));
      switch (random.nextInt(6)) {
        case 0 -> lines.add(place, lines.get(place));
        case 1 -> cells.remove(random.nextInt(cells.size()));
        case 2 -> cells.add(random.nextInt(cells.size() + 1), any(ODD_CELLS));
        default -> cells.set(random.nextInt(cells.size()), any(ODD_CELLS));
      }
      lines.set(place, String.join(",", cells));
    }
    var ends = any(List.of("\n", "\n", "\r\n", "\r"));
    return (String.join(ends, lines) + ends).getBytes(StandardCharsets.UTF_8);
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
}
