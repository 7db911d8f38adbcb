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
import urgency.judging.JudgeSettings.Tier;
import urgency.judging.Question;
import urgency.judging.Verdicts;
import urgency.judging.Verdicts.Usage;

/** OpenAI's Responses API. Nothing is stored there ({@code store: false}), nothing is streamed. */
public final class Responses implements Dialect {
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public URI address(Model model) {
    return URI.create(model.baseUrl() + "/responses");
  }

  @Override
  public Map<String, String> headers(Model model) {
    return Map.of("Authorization", "Bearer " + model.key());
  }

  @Override
  public byte[] write(Question question, Model model) {
    var body = JSON.createObjectNode();
    body.put("model", model.name());
    body.put("instructions", question.task());
    body.put("input", question.text());
    var format = body.putObject("text").putObject("format");
    format.put("type", "json_schema").put("name", question.form()).put("strict", true);
    format.set("schema", question.schema());
    if (!model.effort().equals("default"))
      body.putObject("reasoning").put("effort", model.effort());
    body.put("max_output_tokens", model.outputTokens());
    if (model.tier() == Tier.FLEX) body.put("service_tier", "flex");
    body.put("store", false);
    return body.toString().getBytes(UTF_8);
  }

  @Override
  public Verdicts read(byte[] bytes, UUID call, Question asked) {
    var tree = Answers.tree(bytes);
    if (tree.isEmpty()) return Answers.notJson(call);
    var body = tree.get();
    var receipt = Answers.receipt(call, body, usage(body.path("usage")));
    var text = new StringBuilder();
    for (var item : body.path("output")) {
      for (var part : item.path("content")) {
        var type = part.path("type").asText();
        if (type.equals("refusal")) return new Verdicts.Refused(receipt);
        if (type.equals("output_text")) text.append(part.path("text").asText());
      }
    }
    if (body.path("status").asText().equals("incomplete")) {
      var why = body.path("incomplete_details").path("reason").asText();
      return why.equals("content_filter")
          ? new Verdicts.Refused(receipt)
          : new Verdicts.Cut(receipt);
    }
    return Answers.verdicts(text.toString(), asked, receipt);
  }

  private static Optional<Usage> usage(JsonNode usage) {
    var in = Answers.count(usage.path("input_tokens"));
    var out = Answers.count(usage.path("output_tokens"));
    if (in.isEmpty() || out.isEmpty()) return Optional.empty();
    var cached = Answers.count(usage.path("input_tokens_details").path("cached_tokens")).orElse(0);
    var thought = usage.path("output_tokens_details").path("reasoning_tokens");
    return Optional.of(new Usage(in.get(), cached, out.get(), Answers.count(thought).orElse(0)));
  }
}
