package urgency.judging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.Verdict.Risk;
import urgency.judging.Verdicts.Claim;

/**
 * What judges are asked, and the form they answer in: a schema that a provider's decoder enforces,
 * and that is checked here again.
 *
 * <p>On the wire the fields have names of one token each, since names are written for every product
 * and what is written costs most.
 */
public final class Rubric {
  /** What the schema is called on the wire. */
  public static final String NAME = "verdicts";

  private static final JsonMapper JSON = new JsonMapper();
  private static final int EVIDENCE_CHARS_MAX = 240;
  private static final int RISKS_MAX = 6;
  private static final Pattern CITED = Pattern.compile("\\b[tT](\\d{1,3})\\b");
  private static final String TEXT = resource("/judging/rubric.txt");
  private static final ObjectNode SCHEMA = schemaNode();

  /** Changes with every word of the rubric and every part of the schema. */
  private static final String VERSION = "products-" + sha256(TEXT + SCHEMA).substring(0, 12);

  private Rubric() {}

  public static String version() {
    return VERSION;
  }

  /** What the model is told about its task. */
  public static String task() {
    return TEXT;
  }

  /** The form of the answer, as JSON Schema; a copy. */
  public static ObjectNode schema() {
    return SCHEMA.deepCopy();
  }

  /** What the model is told to judge: data between two lines of the code word. */
  public static String question(Batch batch) {
    var text = new StringBuilder();
    text.append("Today is ").append(batch.today()).append(". The code word is ");
    text.append(batch.codeWord()).append(".\n").append(batch.codeWord()).append('\n');
    for (var it : batch.entries()) text.append(line(it)).append('\n');
    return text.append(batch.codeWord()).append('\n').toString();
  }

  /**
   * The key of what is judged, by whom and under which rubric. Neither order nor date nor code word
   * are in it: equal contents are judged once.
   */
  public static String key(Model model, Subject subject) {
    var all = JSON.createArrayNode();
    all.add(VERSION).add(model.provider().name()).add(model.name()).add(model.effort());
    all.add(content(subject));
    return sha256(all.toString());
  }

  /**
   * Reads an answer's text. What is not even JSON of the right outer form is a mistake of the whole
   * answer; one bad entry costs only itself.
   */
  static Verdicts read(String text, Verdicts.Receipt receipt) {
    JsonNode items;
    try {
      items = JSON.readTree(text).path("items");
    } catch (JsonProcessingException broken) {
      return new Verdicts.Garbled("no JSON", receipt);
    }
    if (!items.isArray()) return new Verdicts.Garbled("no items", receipt);
    var claims = new ArrayList<Claim>();
    var dropped = new ArrayList<String>();
    for (var item : items) {
      if (claims.size() + dropped.size() > 2 * (Batch.SUBJECTS_MAX + 2)) break;
      try {
        claims.add(new Claim(string(item, "ref"), verdict(item)));
      } catch (IllegalArgumentException bad) {
        dropped.add(String.valueOf(bad.getMessage()));
      }
    }
    return new Verdicts.Given(claims, dropped, receipt);
  }

  /** Only what can be used: refs that were asked, once, with evidence that cites what was given. */
  public static Verdicts.Given checked(Batch batch, Verdicts.Given given) {
    var claims = new ArrayList<Claim>();
    var dropped = new ArrayList<>(given.dropped());
    for (var claim : given.claims()) {
      var entry = batch.entry(claim.ref());
      var times = given.claims().stream().filter(it -> it.ref().equals(claim.ref())).count();
      if (entry.isEmpty()) {
        dropped.add("a ref that nobody asked for");
      } else if (times > 1) {
        dropped.add("a ref more than once");
      } else if (!citesOnly(claim.verdict().evidence(), entry.get().subject().trends().size())) {
        dropped.add("evidence that was not given");
      } else {
        claims.add(claim);
      }
    }
    return new Verdicts.Given(claims, dropped, given.receipt());
  }

  static String sha256(String text) {
    return digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** SHA-256 in hexadecimal. */
  public static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static boolean citesOnly(String evidence, int trends) {
    var cited = CITED.matcher(evidence);
    while (cited.find()) {
      var number = Integer.parseInt(cited.group(1));
      if (number < 1 || number > trends) return false;
    }
    return true;
  }

  private static ObjectNode line(Batch.Entry entry) {
    var line = JSON.createObjectNode();
    line.put("ref", entry.ref());
    line.setAll(content(entry.subject()));
    return line;
  }

  // The smallest form that says it all, because every token is paid for.
  private static ObjectNode content(Subject subject) {
    var content = JSON.createObjectNode();
    content.put("title", subject.title()).put("category", subject.category());
    if (!subject.description().isEmpty()) content.put("about", subject.description());
    if (!subject.tags().isEmpty()) content.put("tags", String.join(" ", subject.tags()));
    var trends = content.putObject("trends");
    for (var i = 0; i < subject.trends().size(); i++) {
      trends.put("t" + (i + 1), subject.trends().get(i));
    }
    return content;
  }

  private static Verdict verdict(JsonNode item) {
    var evidence = string(item, "why");
    if (evidence.length() > EVIDENCE_CHARS_MAX) throw new IllegalArgumentException("why");
    var risks = new ArrayList<Risk>();
    for (var it : item.path("risk")) {
      if (risks.size() == RISKS_MAX) throw new IllegalArgumentException("risk");
      risks.add(Risk.valueOf(it.asText()));
    }
    if (!item.path("odd").isBoolean()) throw new IllegalArgumentException("odd");
    return new Verdict(
        evidence,
        whole(item, "fit"),
        whole(item, "want"),
        whole(item, "show"),
        whole(item, "time"),
        risks.isEmpty() ? List.of(Risk.NONE) : risks,
        item.path("odd").booleanValue(),
        whole(item, "sure"));
  }

  private static int whole(JsonNode item, String field) {
    var node = item.path(field);
    if (!node.isInt()) throw new IllegalArgumentException(field);
    return node.intValue();
  }

  private static String string(JsonNode item, String field) {
    var node = item.path(field);
    if (!node.isTextual()) throw new IllegalArgumentException(field);
    return node.textValue();
  }

  private static ObjectNode schemaNode() {
    var item = JSON.createObjectNode();
    item.putObject("ref").put("type", "string");
    item.putObject("why").put("type", "string");
    level(item, "fit", Verdict.FIT_MAX);
    level(item, "want", Verdict.AUDIENCE_MAX);
    level(item, "show", Verdict.DEMONSTRABLE_MAX);
    level(item, "time", Verdict.TIMING_MAX);
    var risk = item.putObject("risk").put("type", "array").putObject("items");
    var names = risk.put("type", "string").putArray("enum");
    for (var it : Risk.values()) if (it != Risk.NONE) names.add(it.name());
    item.putObject("odd").put("type", "boolean");
    level(item, "sure", Verdict.CONFIDENCE_MAX);
    var items = JSON.createObjectNode();
    items.putObject("items").put("type", "array").set("items", object(item));
    return object(items);
  }

  /** A schema of an object in which everything is required and nothing else is allowed. */
  public static ObjectNode object(ObjectNode properties) {
    var object = JSON.createObjectNode().put("type", "object");
    object.set("properties", properties);
    var required = object.putArray("required");
    properties.fieldNames().forEachRemaining(required::add);
    return object.put("additionalProperties", false);
  }

  private static void level(ObjectNode item, String name, int max) {
    var levels = item.putObject(name).put("type", "integer").putArray("enum");
    IntStream.rangeClosed(0, max).forEach(levels::add);
  }

  private static String resource(String name) {
    try (var in = Objects.requireNonNull(Rubric.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
