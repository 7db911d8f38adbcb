package urgency.glossary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.PlainText;
import urgency.judging.Rubric;
import urgency.judging.Verdicts;
import urgency.judging.Verdicts.Reading;
import urgency.judging.Verdicts.Receipt;

/** What judges are told of hashtags, and the form they answer in; checked here again. */
final class TagRubric {
  static final String FORM = "hashtags";

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MEANS_MAX = 80;
  private static final int DEPARTMENTS_MAX = 3;
  private static final int SURE_MAX = 3;
  private static final String TEXT = resource();
  private static final ObjectNode SCHEMA = schemaNode();

  /** Changes with every word of the task and every part of the form. */
  private static final String VERSION = "tags-" + digest(TEXT + SCHEMA).substring(0, 12);

  private TagRubric() {}

  static String version() {
    return VERSION;
  }

  static String task() {
    return TEXT;
  }

  static ObjectNode schema() {
    return SCHEMA.deepCopy();
  }

  static String text(TagBatch batch) {
    var text = new StringBuilder();
    text.append("Today is ").append(batch.today()).append(". The code word is ");
    text.append(batch.codeWord()).append(".\nDepartments: ");
    var departments = JSON.createArrayNode();
    batch.departments().forEach(departments::add);
    text.append(departments).append('\n');
    text.append(batch.codeWord()).append('\n');
    for (var it : batch.entries()) {
      text.append(JSON.createObjectNode().put("ref", it.ref()).put("tag", it.tag())).append('\n');
    }
    return text.append(batch.codeWord()).append('\n').toString();
  }

  /** The key of what a hashtag was said to mean, by whom and under which task. */
  static String key(Model model, String tag) {
    var all = JSON.createArrayNode();
    all.add(VERSION).add(model.provider().name()).add(model.name()).add(model.effort()).add(tag);
    return digest(all.toString());
  }

  /** One bad entry costs only itself. */
  static Verdicts read(String text, int most, Receipt receipt) {
    JsonNode tags;
    try {
      tags = JSON.readTree(text).path("tags");
    } catch (JsonProcessingException broken) {
      return new Verdicts.Garbled("no JSON", receipt);
    }
    if (!tags.isArray()) return new Verdicts.Garbled("no tags", receipt);
    var readings = new ArrayList<Reading>();
    var dropped = new ArrayList<String>();
    for (var it : tags) {
      if (readings.size() + dropped.size() > 2 * most) break;
      try {
        readings.add(reading(it));
      } catch (IllegalArgumentException bad) {
        dropped.add(String.valueOf(bad.getMessage()));
      }
    }
    return new Verdicts.Told(readings, dropped, receipt);
  }

  /** Only refs that were asked, once, and departments that the shop has. */
  static Verdicts.Told checked(TagBatch batch, Verdicts.Told told) {
    var readings = new ArrayList<Reading>();
    var dropped = new ArrayList<>(told.dropped());
    for (var it : told.readings()) {
      var times = told.readings().stream().filter(other -> other.ref().equals(it.ref())).count();
      if (batch.tag(it.ref()).isEmpty()) {
        dropped.add("a ref that nobody asked for");
      } else if (times > 1) {
        dropped.add("a ref more than once");
      } else {
        var known = it.departments().stream().filter(batch.departments()::contains).toList();
        readings.add(new Reading(it.ref(), it.means(), it.sells(), known, it.ends(), it.sure()));
      }
    }
    return new Verdicts.Told(readings, dropped, told.receipt());
  }

  private static Reading reading(JsonNode it) {
    var means = PlainText.of(string(it, "means"), MEANS_MAX);
    if (PlainText.commanding(means).isPresent()) throw new IllegalArgumentException("means");
    if (!it.path("sells").isBoolean()) throw new IllegalArgumentException("sells");
    if (!it.path("in").isArray()) throw new IllegalArgumentException("in");
    var departments = new ArrayList<String>();
    for (var department : it.path("in")) {
      if (departments.size() == DEPARTMENTS_MAX) throw new IllegalArgumentException("in");
      departments.add(department.asText());
    }
    var sure = it.path("sure");
    if (!sure.isInt() || sure.intValue() < 0 || sure.intValue() > SURE_MAX) {
      throw new IllegalArgumentException("sure");
    }
    return new Reading(
        string(it, "ref"),
        means,
        it.path("sells").booleanValue(),
        departments,
        ends(string(it, "ends")),
        sure.intValue());
  }

  private static Optional<LocalDate> ends(String text) {
    if (text.isBlank()) return Optional.empty();
    try {
      return Optional.of(LocalDate.parse(text.strip()));
    } catch (DateTimeParseException noDate) {
      throw new IllegalArgumentException("ends", noDate);
    }
  }

  private static String string(JsonNode it, String field) {
    var node = it.path(field);
    if (!node.isTextual()) throw new IllegalArgumentException(field);
    return node.textValue();
  }

  private static ObjectNode schemaNode() {
    var tag = JSON.createObjectNode();
    tag.putObject("ref").put("type", "string");
    tag.putObject("means").put("type", "string");
    tag.putObject("sells").put("type", "boolean");
    tag.putObject("in").put("type", "array").putObject("items").put("type", "string");
    tag.putObject("ends").put("type", "string");
    var sure = tag.putObject("sure").put("type", "integer").putArray("enum");
    IntStream.rangeClosed(0, SURE_MAX).forEach(sure::add);
    var tags = JSON.createObjectNode();
    tags.putObject("tags").put("type", "array").set("items", Rubric.object(tag));
    return Rubric.object(tags);
  }

  private static String digest(String text) {
    return Rubric.digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String resource() {
    var name = "/glossary/task.txt";
    try (var in = Objects.requireNonNull(TagRubric.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Those that a model may be asked about, cleaned; none when it speaks to the model. */
  static Optional<String> clean(String tag, int max) {
    var plain = PlainText.of(tag, max);
    return plain.isEmpty() || PlainText.commanding(plain).isPresent()
        ? Optional.empty()
        : Optional.of(plain);
  }

  /** All of them, each cleaned and once. */
  static List<String> clean(List<String> tags, int max) {
    return tags.stream().flatMap(it -> clean(it, max).stream()).distinct().toList();
  }
}
