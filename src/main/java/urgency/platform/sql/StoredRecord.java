package urgency.platform.sql;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Records as bytes that last: JSON with the components in their order, times as ISO 8601 and
 * numbers exact, in gzip. Equal records give equal JSON as long as they hold no unordered
 * collection, so a digest of it tells whether two are the same.
 */
public final class StoredRecord {
  /** Far more than 10,000 products with their sales come to. */
  private static final int LENGTH_MAX = 256 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .build();

  private StoredRecord() {}

  public static byte[] write(Object value) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      JSON.writeValue(gzip, value);
    } catch (IOException impossible) {
      throw new IllegalStateException("cannot be written: " + value.getClass(), impossible);
    }
    return bytes.toByteArray();
  }

  /** What {@link #write} wrote; anything else is an {@code IllegalStateException}. */
  public static <T> T read(byte[] stored, Class<T> type) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(stored))) {
      var json = gzip.readNBytes(LENGTH_MAX);
      if (gzip.read() >= 0) throw new IllegalStateException("stored record is too long");
      return JSON.readValue(json, type);
    } catch (IOException damaged) {
      throw new IllegalStateException("stored record cannot be read as " + type, damaged);
    }
  }

  /**
   * Where two records differ.
   *
   * @param where names of components and places in lists, each after a slash
   */
  public record Difference(String where, String then, String now) {}

  /** The first difference in the order of components; none between equal records. */
  public static Optional<Difference> difference(Object then, Object now) {
    return difference("", JSON.valueToTree(then), JSON.valueToTree(now));
  }

  private static Optional<Difference> difference(String where, JsonNode then, JsonNode now) {
    if (then.equals(now)) return Optional.empty();
    if (then.isObject() && now.isObject()) {
      for (var it : then.properties()) {
        var found = difference(where + "/" + it.getKey(), it.getValue(), now.path(it.getKey()));
        if (found.isPresent()) return found;
      }
    }
    if (then.isArray() && now.isArray() && then.size() == now.size()) {
      for (var i = 0; i < then.size(); i++) {
        var found = difference(where + "/" + i, then.get(i), now.get(i));
        if (found.isPresent()) return found;
      }
    }
    return Optional.of(new Difference(where, then.toString(), now.toString()));
  }

  /** SHA-256 over the JSON of values, each followed by a line feed; in hexadecimal. */
  public static String digest(Object... values) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var value : values) {
        digest.update(JSON.writeValueAsBytes(value));
        digest.update((byte) '\n');
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException | IOException impossible) {
      throw new IllegalStateException("cannot be digested", impossible);
    }
  }
}
