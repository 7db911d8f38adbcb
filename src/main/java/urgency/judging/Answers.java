package urgency.judging;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import urgency.judging.Verdicts.Receipt;
import urgency.judging.Verdicts.Usage;

/** What the dialects' readers share: bodies as trees, counts that can be trusted, the verdicts. */
public final class Answers {
  private static final int DEPTH_MAX = 40;
  private static final int NAME_MAX = 100;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .build();

  private Answers() {}

  /** The body as a tree; none when it is not an object of JSON. */
  public static Optional<JsonNode> tree(byte[] body) {
    try {
      return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isObject);
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The lines of a body, without the empty ones; no more than so many. */
  public static List<byte[]> lines(byte[] body, int max) {
    var lines = new ArrayList<byte[]>();
    for (var from = 0; from < body.length && lines.size() < max; ) {
      var to = from;
      while (to < body.length && body[to] != '\n') to++;
      if (to > from) lines.add(Arrays.copyOfRange(body, from, to));
      from = to + 1;
    }
    return lines;
  }

  /** An object within an object of JSON, by names, byte for byte as it stands there. */
  public static Optional<byte[]> part(byte[] json, String... names) {
    try (var parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) return Optional.empty();
      for (var name : names) if (!enters(parser, name)) return Optional.empty();
      var from = (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      if (parser.currentToken() != JsonToken.END_OBJECT) return Optional.empty();
      var to = (int) parser.currentLocation().getByteOffset();
      return Optional.of(Arrays.copyOfRange(json, from, to));
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static boolean enters(JsonParser parser, String name) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var found = parser.currentName().equals(name);
      if (parser.nextToken() == JsonToken.START_OBJECT && found) return true;
      parser.skipChildren();
    }
    return false;
  }

  /** What a reader answers when there is no tree. */
  public static Verdicts notJson(UUID call) {
    return new Verdicts.Garbled("no JSON", new Receipt(call, "", "", Optional.empty()));
  }

  public static Receipt receipt(UUID call, JsonNode body, Optional<Usage> usage) {
    return new Receipt(call, name(body.path("model")), name(body.path("id")), usage);
  }

  /** The verdicts in the text of an answer to a question. */
  public static Verdicts verdicts(String text, Question asked, Receipt receipt) {
    if (text.isBlank()) return new Verdicts.Garbled("no text", receipt);
    return asked.read(text, receipt);
  }

  /** A count of tokens; none when it is missing or absurd. */
  public static Optional<Integer> count(JsonNode node) {
    return node.isInt() && node.intValue() >= 0 ? Optional.of(node.intValue()) : Optional.empty();
  }

  private static String name(JsonNode node) {
    var text = PlainText.of(node.asText(""), NAME_MAX);
    return node.isTextual() ? text : "";
  }
}
