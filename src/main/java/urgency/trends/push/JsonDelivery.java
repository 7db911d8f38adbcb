package urgency.trends.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import urgency.platform.settings.Likeness;

/** Reads a delivery in JSON: an object with what all rows share, and {@code observations}. */
final class JsonDelivery {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(10)
                          .maxNumberLength(40)
                          .maxStringLength(20_000)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final List<String> HEAD = List.of("source", "region", "window", "asOf");
  private static final String ROWS = "observations";

  private JsonDelivery() {}

  static Raw read(byte[] body, Wrong wrong) {
    var head = new HashMap<String, String>();
    var entries = new ArrayList<Entry>();
    try {
      var root = JSON.readTree(body);
      if (root == null || !root.isObject()) {
        wrong.add(0, "body", "a JSON object with source, region, asOf and observations");
        return new Raw(head, entries);
      }
      for (var it : root.properties()) {
        if (HEAD.contains(it.getKey())) {
          head.put(it.getKey(), text(0, it.getKey(), it.getValue(), wrong));
        } else if (!it.getKey().equals(ROWS)) {
          wrong.add(0, shown(it.getKey()), unknown(it.getKey(), with(HEAD, ROWS)));
        }
      }
      rows(root.path(ROWS), entries, wrong);
    } catch (JsonProcessingException malformed) {
      var place = malformed.getLocation();
      wrong.add(
          0,
          "body",
          "not JSON at line %d, column %d"
              .formatted(
                  place == null ? 0 : place.getLineNr(), place == null ? 0 : place.getColumnNr()));
    } catch (IOException malformed) {
      wrong.add(0, "body", "not UTF-8 JSON");
    }
    return new Raw(head, entries);
  }

  private static void rows(JsonNode rows, List<Entry> into, Wrong wrong) {
    if (!rows.isArray()) {
      wrong.add(0, ROWS, "an array of rows");
      return;
    }
    if (rows.size() > Raw.ROWS_MAX) {
      wrong.add(0, ROWS, "at most %d rows".formatted(Raw.ROWS_MAX));
      return;
    }
    for (var row : rows) entry(into.size() + 1, row, into, wrong);
  }

  private static void entry(int number, JsonNode row, List<Entry> into, Wrong wrong) {
    var cells = new HashMap<String, String>();
    var daily = new ArrayList<String>();
    if (!row.isObject()) wrong.add(number, ROWS, "an object");
    for (var it : row.properties()) {
      if (it.getKey().equals("daily")) {
        if (!it.getValue().isArray()) wrong.add(number, "daily", "an array of numbers");
        for (var day : it.getValue()) daily.add(text(number, "daily", day, wrong));
      } else if (Entry.FIELDS.contains(it.getKey())) {
        cells.put(it.getKey(), text(number, it.getKey(), it.getValue(), wrong));
      } else {
        wrong.add(number, shown(it.getKey()), unknown(it.getKey(), Entry.FIELDS));
      }
    }
    into.add(new Entry(number, cells, daily));
  }

  private static String text(int row, String field, JsonNode node, Wrong wrong) {
    if (node.isNull()) return "";
    if (node.isTextual() || node.isNumber()) return node.asText();
    wrong.add(row, field, "text or a number");
    return "";
  }

  static String unknown(String name, List<String> known) {
    var nearest = known.getFirst();
    for (var it : known) {
      if (Likeness.distance(it, name) < Likeness.distance(nearest, name)) nearest = it;
    }
    return "no such field; did you mean %s?".formatted(nearest);
  }

  /** A name that somebody else chose, safe to repeat. */
  static String shown(String name) {
    var plain = name.replaceAll("[^\\p{L}\\p{N}_.-]", "?");
    if (plain.isEmpty()) return "(empty)";
    return plain.length() <= 40 ? plain : plain.substring(0, 40) + "…";
  }

  private static List<String> with(List<String> names, String more) {
    var all = new ArrayList<>(names);
    all.add(more);
    return all;
  }

  /** A delivery as it was read, nothing checked yet but its form. */
  record Raw(Map<String, String> head, List<Entry> entries) {
    static final int ROWS_MAX = 2_000;
  }
}
