package urgency.payments.practice.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The parameters of a request. Whoever acts on it asks for those that it knows; what nobody asked
 * for is refused at the end, as Stripe refuses what it does not know.
 */
public final class Params {
  private static final int LIST_MAX = 100;
  private static final int METADATA_MAX = 50;
  private static final int METADATA_KEY_MAX = 40;
  private static final int METADATA_VALUE_MAX = 500;

  private final ObjectNode fields;
  private final String prefix;
  private final Set<String> known = new HashSet<>();
  private final List<Params> inner = new ArrayList<>();

  private Params(ObjectNode fields, String prefix) {
    this.fields = fields;
    this.prefix = prefix;
  }

  /**
   * Reads a form.
   *
   * @param form form-encoded, as it came
   * @throws Refusal when it is no form
   */
  public static Params parse(String form) {
    return new Params(Form.parse(form), "");
  }

  /** Whether it was given, be it empty. */
  public boolean has(String name) {
    return fields.has(name);
  }

  public boolean isObject(String name) {
    return fields.path(name).isObject();
  }

  /** Empty when it was not given. */
  public String text(String name, int max) {
    known.add(name);
    var value = fields.path(name);
    if (value.isContainerNode()) throw Refusal.invalid(path(name), "Invalid string: " + name);
    var text = value.asText("");
    if (text.length() > max) {
      throw Refusal.invalid(
          path(name),
          "Invalid string: must be at most %d characters, but is %d."
              .formatted(max, text.length()));
    }
    return text;
  }

  public String required(String name, int max) {
    var text = text(name, max);
    if (text.isBlank()) throw Refusal.missing(path(name));
    return text;
  }

  public Optional<Long> number(String name, long min, long max) {
    var text = text(name, 30);
    if (text.isEmpty()) return Optional.empty();
    if (!text.matches("-?[0-9]{1,18}")) {
      throw Refusal.coded("parameter_invalid_integer", path(name), "Invalid integer: " + text);
    }
    var number = Long.parseLong(text);
    if (number < min || number > max) {
      throw Refusal.coded(
          "parameter_invalid_integer",
          path(name),
          "Invalid integer: %s must be between %d and %d.".formatted(name, min, max));
    }
    return Optional.of(number);
  }

  public long requiredNumber(String name, long min, long max) {
    return number(name, min, max).orElseThrow(() -> Refusal.missing(path(name)));
  }

  public boolean flag(String name) {
    return switch (text(name, 10)) {
      case "true" -> true;
      case "false", "" -> false;
      default -> throw Refusal.invalid(path(name), "Invalid boolean: " + name);
    };
  }

  /** Empty when it was not given. */
  public String oneOf(String name, List<String> values) {
    var text = text(name, 255);
    if (text.isEmpty() || values.contains(text)) return text;
    throw Refusal.invalid(
        path(name), "Invalid %s: must be one of %s".formatted(name, String.join(", ", values)));
  }

  public List<String> texts(String name, int max) {
    known.add(name);
    var texts = new ArrayList<String>();
    var value = fields.path(name);
    if (value.isMissingNode() || (value.isTextual() && value.asText().isEmpty())) return texts;
    if (!(value instanceof ArrayNode list)) throw Refusal.invalid(path(name), "Invalid array");
    if (list.size() > max) {
      throw Refusal.invalid(path(name), "Invalid array: at most %d are taken.".formatted(max));
    }
    for (var it : list) {
      if (it.isContainerNode()) throw Refusal.invalid(path(name), "Invalid string");
      texts.add(it.asText());
    }
    return texts;
  }

  /** Without any parameters when it was not given. */
  public Params object(String name) {
    known.add(name);
    var value = fields.path(name);
    if (value.isMissingNode()) return nested(Json.empty(), path(name));
    if (!(value instanceof ObjectNode object)) {
      throw Refusal.invalid(path(name), "Invalid object");
    }
    return nested(object, path(name));
  }

  public List<Params> objects(String name) {
    known.add(name);
    var all = new ArrayList<Params>();
    var value = fields.path(name);
    if (value.isMissingNode()) return all;
    if (!(value instanceof ArrayNode list)) throw Refusal.invalid(path(name), "Invalid array");
    if (list.size() > LIST_MAX) throw Refusal.invalid(path(name), "Too many: at most 100.");
    for (var i = 0; i < list.size(); i++) {
      var place = "%s[%d]".formatted(path(name), i);
      if (!(list.get(i) instanceof ObjectNode object)) {
        throw Refusal.invalid(place, "Invalid object");
      }
      all.add(nested(object, place));
    }
    return all;
  }

  /** What the caller wants written on the object; a name with an empty value takes one away. */
  public Map<String, String> metadata() {
    known.add("metadata");
    var node = fields.path("metadata");
    if (node.isMissingNode() || (node.isTextual() && node.asText().isEmpty())) return Map.of();
    if (!node.isObject() || node.size() > METADATA_MAX) {
      throw Refusal.invalid(path("metadata"), "Invalid metadata: at most 50 texts with names.");
    }
    var metadata = new TreeMap<String, String>();
    for (var field : node.properties()) {
      var place = path("metadata") + "[" + field.getKey() + "]";
      var value = field.getValue();
      if (value.isContainerNode()) throw Refusal.invalid(place, "Invalid metadata: not a text.");
      if (field.getKey().length() > METADATA_KEY_MAX
          || value.asText().length() > METADATA_VALUE_MAX) {
        throw Refusal.invalid(
            place, "Metadata names have at most 40 characters, and values at most 500.");
      }
      metadata.put(field.getKey(), value.asText());
    }
    return metadata;
  }

  /** As it was given, for what is kept and never looked at; a missing node when it was not. */
  public JsonNode kept(String name) {
    known.add(name);
    return fields.path(name);
  }

  /** Takes what Stripe knows too and what changes nothing at a till. */
  public void allow(String... names) {
    known.addAll(List.of(names));
  }

  /**
   * Refuses what was given and not read.
   *
   * @throws Refusal when something was given that nobody asked for
   */
  public void refuseOthers() {
    var others = new ArrayList<String>();
    others(others);
    if (!others.isEmpty()) throw Refusal.unknown(others);
  }

  /** The whole name of a parameter, as an error tells it. */
  public String path(String name) {
    return prefix.isEmpty() ? name : prefix + "[" + name + "]";
  }

  private void others(List<String> others) {
    for (var field : fields.properties()) {
      if (!known.contains(field.getKey())) others.add(path(field.getKey()));
    }
    for (var it : inner) it.others(others);
  }

  private Params nested(ObjectNode object, String place) {
    var params = new Params(object, place);
    inner.add(params);
    return params;
  }
}
