package urgency.claims;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * The text of records that are hashed: JSON without spaces, members in their order, times as ISO
 * 8601. Reading such a text and writing it again gives the same text.
 */
final class Lines {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Lines() {}

  static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("cannot be written: " + value.getClass(), impossible);
    }
  }

  /**
   * @throws JsonProcessingException when it is no JSON, or has a member twice
   */
  static JsonNode read(String line) throws JsonProcessingException {
    return JSON.readTree(line);
  }

  static JsonNode known(String line) {
    try {
      return read(line);
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("a line of the record is no JSON: " + line, damaged);
    }
  }
}
