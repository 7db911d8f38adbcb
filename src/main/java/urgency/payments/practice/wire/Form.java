package urgency.payments.practice.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Stripe's form encoding, {@code line_items[0][price_data][currency]=usd}, as a tree of text. A
 * list is written with numbers or with empty brackets.
 */
final class Form {
  private static final int FIELDS_MAX = 500;
  private static final int DEPTH_MAX = 8;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Form() {}

  /**
   * @throws Refusal when this is no form
   */
  static ObjectNode parse(String body) {
    var root = NODES.objectNode();
    if (body.isBlank()) return root;
    var fields = body.split("&", FIELDS_MAX + 1);
    if (fields.length > FIELDS_MAX) throw Refusal.invalid("", "Too many parameters.");
    for (var field : fields) {
      if (field.isEmpty()) continue;
      var at = field.indexOf('=');
      var name = decoded(at < 0 ? field : field.substring(0, at));
      put(root, path(name), at < 0 ? "" : decoded(field.substring(at + 1)), name);
    }
    for (var field : root.properties()) field.setValue(listed(field.getValue()));
    return root;
  }

  private static void put(ObjectNode root, List<String> path, String value, String name) {
    var node = root;
    for (var i = 0; i < path.size() - 1; i++) {
      var key =
          path.get(i).isEmpty() ? element(node, path.subList(i + 1, path.size())) : path.get(i);
      var next = node.get(key);
      if (next == null) {
        node = node.putObject(key);
      } else if (next instanceof ObjectNode inner) {
        node = inner;
      } else {
        throw Refusal.invalid(name, "Invalid parameter: both a value and an object.");
      }
    }
    var last = path.getLast().isEmpty() ? Integer.toString(node.size()) : path.getLast();
    if (node.get(last) instanceof ObjectNode) {
      throw Refusal.invalid(name, "Invalid parameter: both a value and an object.");
    }
    node.put(last, value);
  }

  // With empty brackets an element goes on until one of its names comes a second time.
  private static String element(ObjectNode list, List<String> names) {
    var last = Integer.toString(Math.max(0, list.size() - 1));
    JsonNode there = list.path(last);
    if (!there.isObject()) return Integer.toString(list.size());
    for (var name : names) there = there.path(name);
    return there.isMissingNode() ? last : Integer.toString(list.size());
  }

  private static List<String> path(String name) {
    var path = new ArrayList<String>();
    var open = name.indexOf('[');
    path.add(open < 0 ? name : name.substring(0, open));
    while (open >= 0) {
      var close = name.indexOf(']', open);
      if (close < 0 || path.size() >= DEPTH_MAX) {
        throw Refusal.invalid(name, "Invalid parameter name.");
      }
      path.add(name.substring(open + 1, close));
      open = close + 1 < name.length() ? name.indexOf('[', close + 1) : -1;
    }
    return path;
  }

  private static JsonNode listed(JsonNode node) {
    if (!(node instanceof ObjectNode object)) return node;
    for (var field : object.properties()) field.setValue(listed(field.getValue()));
    return isList(object) ? list(object) : object;
  }

  private static boolean isList(ObjectNode object) {
    for (var i = 0; i < object.size(); i++) {
      if (!object.has(Integer.toString(i))) return false;
    }
    return !object.isEmpty();
  }

  private static ArrayNode list(ObjectNode object) {
    var list = NODES.arrayNode();
    for (var i = 0; i < object.size(); i++) list.add(object.get(Integer.toString(i)));
    return list;
  }

  private static String decoded(String text) {
    try {
      var plain = URLDecoder.decode(text, StandardCharsets.UTF_8);
      if (plain.indexOf('\0') >= 0) throw Refusal.invalid("", "Invalid string: it holds a NUL.");
      return plain;
    } catch (IllegalArgumentException malformed) {
      throw Refusal.invalid("", "The request body is not form-encoded.");
    }
  }
}
