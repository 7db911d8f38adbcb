package urgency.payments.practice.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON as the till reads and writes it. */
public final class Json {
  /** The release of the API that the till speaks. */
  public static final String API_VERSION = "2026-07-29.dahlia";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Json() {}

  /** The beginning of every object of Stripe's that is told to a test account. */
  public static ObjectNode object(String kind, String id, Cause cause) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("object", kind)
        .put("created", cause.seconds())
        .put("livemode", false);
  }

  public static ObjectNode empty() {
    return JSON.createObjectNode();
  }

  /** Names and texts; one that is empty is left out. */
  public static ObjectNode map(Map<String, String> values) {
    return merged(JSON.createObjectNode(), values);
  }

  /** Puts the values in their places; one that is empty takes its name away. */
  public static ObjectNode merged(ObjectNode old, Map<String, String> values) {
    new TreeMap<>(values)
        .forEach(
            (name, value) -> {
              if (value.isEmpty()) {
                old.remove(name);
              } else {
                old.put(name, value);
              }
            });
    return old;
  }

  /** A page of a list, in Stripe's envelope. */
  public static ObjectNode list(String url, List<? extends JsonNode> all, boolean more) {
    var json = JSON.createObjectNode().put("object", "list");
    json.putArray("data").addAll(all);
    return json.put("has_more", more).put("url", url);
  }

  public static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("stored text is not JSON", impossible);
    }
  }

  /** What was stored as an object. */
  public static ObjectNode parseObject(String text) {
    return (ObjectNode) parse(text);
  }

  public static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("cannot be written as JSON", impossible);
    }
  }

  public static <T> T read(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("stored text cannot be read", impossible);
    }
  }

  public static @Nullable String emptyIsNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
