package urgency.payments.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import urgency.payments.Samples;
import urgency.payments.practice.wire.Json;

/** Stripe's own description of its API, against which every word of the till is held. */
public final class Contract {
  private static final String SPEC = "https://stripe.test/spec3.json";

  /** What the description does not know of, and which of its objects is answered all the same. */
  private static final Map<String, String> BESIDE = Map.of("payment_pages", "checkout.session");

  /** Kinds that are not in the subset of the description that comes along. */
  private static final Set<String> UNDESCRIBED = Set.of("customer");

  private final JsonNode kinds;
  private final SchemaRegistry registry;
  private final Map<String, String> answers = new TreeMap<>();
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  // The answer to each address gets a name of its own beside the objects.
  private Contract(JsonNode spec) {
    var named = (ObjectNode) spec.path("components").path("schemas");
    for (var path : spec.path("paths").properties()) {
      for (var verb : path.getValue().properties()) {
        var content = verb.getValue().path("responses").path("200").path("content");
        var name = "answer_" + answers.size();
        named.set(name, content.path("application/json").path("schema"));
        answers.put(verb.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), name);
      }
    }
    kinds = named;
    var text = spec.toString();
    registry =
        SchemaRegistry.withDialect(Dialects.getOpenApi30(), it -> it.schemas(Map.of(SPEC, text)));
  }

  public static Contract read() {
    try {
      return new Contract(
          Json.parse(Files.readString(Samples.STRIPE.resolve("spec3.subset.json"))));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** What is wrong with an answer; empty when it is as described. */
  public List<String> problems(String method, String path, int status, String body) {
    if (status != 200) return problems("error", body);
    for (var answer : answers.entrySet()) {
      var pattern = answer.getKey().replaceAll("\\{[a-z_]+}", "[^/]+");
      if ((method + " " + path).matches(pattern)) return problems(answer.getValue(), body);
    }
    var kind = path.split("/", -1)[2];
    if (UNDESCRIBED.contains(kind.replaceAll("s$", ""))) return List.of();
    var instead = BESIDE.get(kind);
    assertThat(instead).as("nothing describes %s %s", method, path).isNotNull();
    return problems(Objects.requireNonNull(instead), body);
  }

  /** What is wrong with an event and with the object in it. */
  public List<String> problems(JsonNode event) {
    var problems = problems("event", event.toString());
    var object = event.path("data").path("object");
    var kind = object.path("object").asText();
    if (!problems.isEmpty() || UNDESCRIBED.contains(kind)) return problems;
    return problems(kind, object.toString());
  }

  /** What is wrong with an object of this kind. */
  public List<String> problems(String kind, String json) {
    assertThat(kinds.has(kind)).as(kind).isTrue();
    var place = SchemaLocation.of(SPEC + "#/components/schemas/" + kind);
    return schemas
        .computeIfAbsent(kind, _ -> registry.getSchema(place))
        .validate(json, InputFormat.JSON)
        .stream()
        .map(it -> kind + ": " + it)
        .toList();
  }
}
