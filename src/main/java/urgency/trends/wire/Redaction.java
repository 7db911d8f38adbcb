package urgency.trends.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import urgency.trends.TrendObservation;

/** Takes people out of an answer before anything of it is kept. */
public final class Redaction {
  private Redaction() {}

  /** Removes whatever is about a person, at any depth. */
  public static void apply(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(it -> TrendObservation.isPersonal(it.getKey()));
      object.forEach(Redaction::apply);
    } else if (node instanceof ArrayNode array) {
      array.forEach(Redaction::apply);
    }
  }
}
