package urgency.judging.openai;

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
 * Chat Completions, as Ollama, vLLM, llama.cpp and many others speak it. Local models take a
 * temperature, and 0 makes them steadier; it is never what reproducibility rests on.
 */
public final class ChatCompletions implements Dialect {
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public URI address(Model model) {
    return URI.create(model.baseUrl() + "/chat/completions");
  }

  @Override
  public Map<String, String> headers(Model model) {
    if (model.key().isEmpty()) return Map.of();
    return Map.of("Authorization", "Bearer " + model.key());
  }

  @Override
  public byte[] write(Question question, Model model) {
    var body = JSON.createObjectNode();
    body.put("model", model.name());
    var messages = body.putArray("messages");
    messages.addObject().put("role", "system").put("content", question.task());
    messages.addObject().put("role", "user").put("content", question.text());
    var format = body.putObject("response_format").put("type", "json_schema");
    var schema = format.putObject("json_schema").put("name", question.form()).put("strict", true);
    schema.set("schema", question.schema());
    body.put("max_tokens", model.outputTokens());
    body.put("temperature", 0.0);
    return body.toString().getBytes(UTF_8);
  }

  @Override
  public Verdicts read(byte[] bytes, UUID call, Question asked) {
    var tree = Answers.tree(bytes);
    if (tree.isEmpty()) return Answers.notJson(call);
    var body = tree.get();
    var receipt = Answers.receipt(call, body, usage(body.path("usage")));
    var choice = body.path("choices").path(0);
    if (choice.path("message").path("refusal").isTextual()) return new Verdicts.Refused(receipt);
    return switch (choice.path("finish_reason").asText()) {
      case "content_filter" -> new Verdicts.Refused(receipt);
      case "length" -> new Verdicts.Cut(receipt);
      default ->
          Answers.verdicts(choice.path("message").path("content").asText(""), asked, receipt);
    };
  }

  private static Optional<Usage> usage(JsonNode usage) {
    var in = Answers.count(usage.path("prompt_tokens"));
    var out = Answers.count(usage.path("completion_tokens"));
    if (in.isEmpty() || out.isEmpty()) return Optional.empty();
    var cached = Answers.count(usage.path("prompt_tokens_details").path("cached_tokens"));
    return Optional.of(new Usage(in.get(), cached.orElse(0), out.get(), 0));
  }
}
