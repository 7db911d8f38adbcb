package urgency.judging.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.ThinkingConfigDisabled;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFormatTextJsonSchemaConfig;
import com.openai.models.responses.ResponseTextConfig;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.judging.Batch;
import urgency.judging.FakeLlm;
import urgency.judging.JudgeSettings;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.Rubric;

/** The providers' own clients, asked to ask the same, send the same. */
class WireOracleTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final FakeLlm fake = new FakeLlm(0);
  private final Batch batch =
      Batch.of(
          new UUID(0, 1),
          new UUID(0, 2),
          List.of(Judges.lamp(1), Judges.lamp(2)),
          LocalDate.parse("2026-11-25"),
          42);

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void the_responses_request_is_the_one_that_openai_java_sends() {
    var model = model(JudgeSettings.Provider.OPENAI);
    var schema = ResponseFormatTextJsonSchemaConfig.Schema.builder();
    Rubric.schema()
        .properties()
        .forEach(
            it ->
                schema.putAdditionalProperty(
                    it.getKey(), com.openai.core.JsonValue.fromJsonNode(it.getValue())));
    var params =
        ResponseCreateParams.builder()
            .model(model.name())
            .instructions(Rubric.task())
            .input(Rubric.question(batch))
            .text(
                ResponseTextConfig.builder()
                    .format(
                        ResponseFormatTextJsonSchemaConfig.builder()
                            .name(Rubric.NAME)
                            .strict(true)
                            .schema(schema.build())
                            .build())
                    .build())
            .reasoning(Reasoning.builder().effort(ReasoningEffort.NONE).build())
            .maxOutputTokens(model.outputTokens())
            .serviceTier(ResponseCreateParams.ServiceTier.FLEX)
            .store(false)
            .build();

    openai().responses().create(params);

    assertSameAsOurs(JudgeSettings.Provider.OPENAI, "/v1/responses");
    assertThat(fake.asked().getFirst().authorization()).isEqualTo("Bearer test-key");
    assertThat(Judges.dialect(JudgeSettings.Provider.OPENAI).headers(model))
        .containsEntry("Authorization", "Bearer test-key");
  }

  @Test
  void the_chat_request_is_the_one_that_openai_java_sends() {
    var model = model(JudgeSettings.Provider.COMPATIBLE);
    var schema = ResponseFormatJsonSchema.JsonSchema.Schema.builder();
    Rubric.schema()
        .properties()
        .forEach(
            it ->
                schema.putAdditionalProperty(
                    it.getKey(), com.openai.core.JsonValue.fromJsonNode(it.getValue())));
    var params =
        ChatCompletionCreateParams.builder()
            .model(model.name())
            .addSystemMessage(Rubric.task())
            .addUserMessage(Rubric.question(batch))
            .responseFormat(
                ResponseFormatJsonSchema.builder()
                    .jsonSchema(
                        ResponseFormatJsonSchema.JsonSchema.builder()
                            .name(Rubric.NAME)
                            .strict(true)
                            .schema(schema.build())
                            .build())
                    .build())
            .putAdditionalBodyProperty(
                "max_tokens", com.openai.core.JsonValue.from(model.outputTokens()))
            .temperature(0.0)
            .build();

    openai().chat().completions().create(params);

    assertSameAsOurs(JudgeSettings.Provider.COMPATIBLE, "/v1/chat/completions");
  }

  @Test
  void the_messages_request_is_the_one_that_anthropic_java_sends() {
    var model = model(JudgeSettings.Provider.ANTHROPIC);
    var schema = JsonOutputFormat.Schema.builder();
    Rubric.schema()
        .properties()
        .forEach(
            it ->
                schema.putAdditionalProperty(
                    it.getKey(), com.anthropic.core.JsonValue.fromJsonNode(it.getValue())));
    var params =
        MessageCreateParams.builder()
            .model(model.name())
            .maxTokens(model.outputTokens())
            .system(Rubric.task())
            .addUserMessage(Rubric.question(batch))
            .outputConfig(
                OutputConfig.builder()
                    .format(JsonOutputFormat.builder().schema(schema.build()).build())
                    .build())
            .thinking(ThinkingConfigDisabled.builder().build())
            .build();

    AnthropicOkHttpClient.builder()
        .apiKey("test-key")
        .baseUrl(fake.address())
        .maxRetries(0)
        .build()
        .messages()
        .create(params);

    assertSameAsOurs(JudgeSettings.Provider.ANTHROPIC, "/v1/messages");
  }

  @Test
  void what_comes_first_in_the_rubric_comes_first_in_the_schema() {
    var item = Rubric.schema().path("properties").path("items").path("items").path("properties");
    var names = new ArrayList<String>();
    item.fieldNames().forEachRemaining(names::add);

    assertThat(names)
        .containsExactly("ref", "why", "fit", "want", "show", "time", "risk", "odd", "sure");
  }

  @Test
  void the_same_question_is_the_same_bytes() {
    for (var provider : JudgeSettings.Provider.values()) {
      var dialect = Judges.dialect(provider);
      assertThat(dialect.write(batch, model(provider)))
          .isEqualTo(dialect.write(batch.again(new UUID(9, 9)), model(provider)));
    }
  }

  private void assertSameAsOurs(JudgeSettings.Provider provider, String path) {
    var model = model(provider);
    var dialect = Judges.dialect(provider);
    var theirs = fake.asked().getLast();
    var ours = new String(dialect.write(batch, model), StandardCharsets.UTF_8);
    assertThat(tree(ours)).isEqualTo(tree(theirs.body()));
    assertThat(theirs.path()).isEqualTo(path);
    assertThat(dialect.address(model).getPath()).isEqualTo(path);
  }

  private Model model(JudgeSettings.Provider provider) {
    return Judges.settings(fake, provider).models().getFirst();
  }

  private OpenAIClient openai() {
    return OpenAIOkHttpClient.builder()
        .apiKey("test-key")
        .baseUrl(fake.address() + "/v1")
        .maxRetries(0)
        .build();
  }

  private static JsonNode tree(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException broken) {
      throw new AssertionError(body, broken);
    }
  }
}
