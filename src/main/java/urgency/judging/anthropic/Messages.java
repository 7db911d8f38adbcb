package urgency.judging.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import urgency.judging.Answers;
import urgency.judging.Dialect;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.Question;
import urgency.judging.Verdicts;
import urgency.judging.Verdicts.Usage;

/**
 * Anthropic's Messages API with structured output. No temperature: models of today refuse one, and
 * it never made them repeat themselves.
 */
public final class Messages implements Dialect {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String VERSION = "2023-06-01";

  @Override
  public URI address(Model model) {
    return URI.create(model.baseUrl() + "/v1/messages");
  }

  @Override
  public Map<String, String> headers(Model model) {
    return Map.of("x-api-key", model.key(), "anthropic-version", VERSION);
  }

  @Override
  public byte[] write(Question question, Model model) {
    var body = JSON.createObjectNode();
    body.put("model", model.name());
    body.put("max_tokens", model.outputTokens());
    body.put("system", question.task());
    body.putArray("messages").addObject().put("role", "user").put("content", question.text());
    var output = body.putObject("output_config");
    var format = output.putObject("format").put("type", "json_schema");
    format.set("schema", question.schema());
    switch (model.effort()) {
      case "none" -> body.putObject("thinking").put("type", "disabled");
      case "default" -> {
        // Left to the provider.
      }
      case "minimal" -> output.put("effort", "low");
      default -> output.put("effort", model.effort());
    }
    return body.toString().getBytes(UTF_8);
  }

  @Override
  public Verdicts read(byte[] bytes, UUID call, Question asked) {
    var tree = Answers.tree(bytes);
    if (tree.isEmpty()) return Answers.notJson(call);
    var body = tree.get();
    var receipt = Answers.receipt(call, body, usage(body.path("usage")));
    var text = new StringBuilder();
    for (var part : body.path("content")) {
      if (part.path("type").asText().equals("text")) text.append(part.path("text").asText());
    }
    return switch (body.path("stop_reason").asText()) {
      case "refusal" -> new Verdicts.Refused(receipt);
      case "max_tokens", "model_context_window_exceeded" -> new Verdicts.Cut(receipt);
      default -> Answers.verdicts(text.toString(), asked, receipt);
    };
  }

  // What was read from the provider's cache, or written to it, is counted apart from the rest.
  private static Optional<Usage> usage(JsonNode usage) {
    var in = Answers.count(usage.path("input_tokens"));
    var out = Answers.count(usage.path("output_tokens"));
    if (in.isEmpty() || out.isEmpty()) return Optional.empty();
    var read = Answers.count(usage.path("cache_read_input_tokens")).orElse(0);
    var written = Answers.count(usage.path("cache_creation_input_tokens")).orElse(0);
    return Optional.of(new Usage(in.get() + read + written, read, out.get(), 0));
  }
}
