package urgency.judging.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.ThinkingConfigDisabled;
import com.anthropic.models.messages.batches.MessageBatch;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.judging.Answers;
import urgency.judging.Batch;
import urgency.judging.FakeBatches.Fault;
import urgency.judging.FakeLlm;
import urgency.judging.JudgeSettings;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.Rubric;

/** The providers' own clients hand over the same, and can read what the fake provider says. */
class BatchOracleTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final UUID PARCEL = new UUID(0, 9);

  private final FakeLlm fake = new FakeLlm(0);
  private final Batch question =
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
  void the_file_and_the_batch_are_those_that_openai_java_sends() {
    submit(JudgeSettings.Provider.OPENAI);
    var ours = List.copyOf(fake.asked());
    var lines = file(ours.get(0));

    var file =
        openai()
            .files()
            .create(
                FileCreateParams.builder()
                    .purpose(FilePurpose.BATCH)
                    .file(lines.getBytes(StandardCharsets.UTF_8))
                    .expiresAfter(FileCreateParams.ExpiresAfter.builder().seconds(259_200).build())
                    .build());
    openai()
        .batches()
        .create(
            BatchCreateParams.builder()
                .inputFileId("file-1")
                .endpoint(BatchCreateParams.Endpoint.V1_RESPONSES)
                .completionWindow(BatchCreateParams.CompletionWindow._24H)
                .metadata(
                    BatchCreateParams.Metadata.builder()
                        .putAdditionalProperty(
                            "parcel", com.openai.core.JsonValue.from(PARCEL.toString()))
                        .build())
                .outputExpiresAfter(
                    BatchCreateParams.OutputExpiresAfter.builder().seconds(259_200).build())
                .build());

    assertThat(file.id()).isEqualTo("file-3");
    var theirs = fake.asked().subList(2, 4);
    assertThat(ours).extracting(FakeLlm.Asked::path).containsExactly("/v1/files", "/v1/batches");
    assertThat(theirs).extracting(FakeLlm.Asked::path).containsExactly("/v1/files", "/v1/batches");
    assertThat(form(ours.get(0).body())).isEqualTo(form(theirs.get(0).body()));
    assertThat(tree(ours.get(1).body())).isEqualTo(tree(theirs.get(1).body()));
  }

  @Test
  void a_line_of_the_file_is_the_request_that_would_have_been_sent_alone() {
    submit(JudgeSettings.Provider.OPENAI);

    var line = tree(file(fake.asked().getFirst()));

    assertThat(line.path("custom_id").asText()).isEqualTo(question.id().toString());
    assertThat(line.path("method").asText()).isEqualTo("POST");
    assertThat(line.path("url").asText()).isEqualTo("/v1/responses");
    assertThat(line.path("body").toString()).isEqualTo(alone(JudgeSettings.Provider.OPENAI));
    assertThat(line.path("body").has("service_tier")).isFalse();
  }

  @Test
  void openai_java_can_read_the_batches_of_the_fake() throws IOException {
    var bulk = submit(JudgeSettings.Provider.OPENAI);
    fake.batches().are(Fault.EXPIRED);
    var batch = openai().batches().retrieve("batch_2");
    assertThat(batch.status()).isEqualTo(com.openai.models.batches.Batch.Status.EXPIRED);
    assertThat(openai().batches().list().items()).hasSize(1);

    try (var lines = openai().files().content(batch.errorFileId().orElseThrow())) {
      var line = tree(new String(lines.body().readAllBytes(), StandardCharsets.UTF_8));
      assertThat(line.path("error").path("code").asText()).isEqualTo("batch_expired");
    }
    fake.batches().are(Fault.SLOW);
    assertThat(openai().batches().retrieve("batch_2").status())
        .isEqualTo(com.openai.models.batches.Batch.Status.IN_PROGRESS);
    assertThat(bulk.look("batch_2")).isInstanceOf(Bulk.Seen.Working.class);
  }

  @Test
  void the_batch_is_the_one_that_anthropic_java_sends() {
    submit(JudgeSettings.Provider.ANTHROPIC);
    var ours = fake.asked().getLast();
    var schema = JsonOutputFormat.Schema.builder();
    Rubric.schema()
        .properties()
        .forEach(
            it ->
                schema.putAdditionalProperty(
                    it.getKey(), com.anthropic.core.JsonValue.fromJsonNode(it.getValue())));
    var model = model(JudgeSettings.Provider.ANTHROPIC);
    var params =
        com.anthropic.models.messages.batches.BatchCreateParams.Request.Params.builder()
            .model(model.name())
            .maxTokens(model.outputTokens())
            .system(Rubric.task())
            .addUserMessage(Rubric.question(question))
            .outputConfig(
                OutputConfig.builder()
                    .format(JsonOutputFormat.builder().schema(schema.build()).build())
                    .build())
            .thinking(ThinkingConfigDisabled.builder().build())
            .build();

    anthropic()
        .messages()
        .batches()
        .create(
            com.anthropic.models.messages.batches.BatchCreateParams.builder()
                .addRequest(
                    com.anthropic.models.messages.batches.BatchCreateParams.Request.builder()
                        .customId(question.id().toString())
                        .params(params)
                        .build())
                .build());

    var theirs = fake.asked().getLast();
    assertThat(tree(ours.body())).isEqualTo(tree(theirs.body()));
    assertThat(ours.path()).isEqualTo(theirs.path()).isEqualTo("/v1/messages/batches");
    assertThat(ours.authorization()).isEqualTo("test-key");
    assertThat(ours.version()).isEqualTo("2023-06-01");
  }

  @Test
  void anthropic_java_can_read_the_batches_of_the_fake() {
    submit(JudgeSettings.Provider.ANTHROPIC);

    var batch = anthropic().messages().batches().retrieve("msgbatch_1");

    assertThat(batch.processingStatus()).isEqualTo(MessageBatch.ProcessingStatus.ENDED);
    assertThat(batch.resultsUrl()).isPresent();
    try (var lines = anthropic().messages().batches().resultsStreaming("msgbatch_1")) {
      assertThat(lines.stream().toList())
          .singleElement()
          .satisfies(
              it -> {
                assertThat(it.customId()).isEqualTo(question.id().toString());
                assertThat(it.result().isSucceeded()).isTrue();
              });
    }
  }

  @Test
  void a_body_is_cut_out_of_its_line_byte_for_byte() {
    var line =
        "{\"a\":[{\"body\":1}],\"b\":{\"x\":\"{\",\"body\":{ \"ü\" : 1.50 , \"c\":[]}},\"d\":2}";

    assertThat(part(line)).contains("{ \"ü\" : 1.50 , \"c\":[]}");
    assertThat(part("{\"b\":{\"body\":{")).isEmpty();
    assertThat(part("{\"b\":\"text\"}")).isEmpty();
  }

  private static Optional<String> part(String line) {
    return Answers.part(line.getBytes(StandardCharsets.UTF_8), "b", "body")
        .map(it -> new String(it, StandardCharsets.UTF_8));
  }

  private Bulk submit(JudgeSettings.Provider provider) {
    var model = model(provider);
    var courier = new Courier(model, Judges.dialect(provider).headers(model), patience());
    var bulk = Judges.bulk(model, courier).orElseThrow();
    var item = new Bulk.Item(question.id(), alone(provider).getBytes(StandardCharsets.UTF_8));
    assertThat(bulk.submit(PARCEL, List.of(item))).isInstanceOf(Bulk.Sent.Taken.class);
    return bulk;
  }

  private String alone(JudgeSettings.Provider provider) {
    var bytes = Judges.dialect(provider).write(question, model(provider));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Model model(JudgeSettings.Provider provider) {
    return Judges.settings(fake, provider).models().getFirst().at(JudgeSettings.Tier.BATCH);
  }

  private JudgeSettings.Patience patience() {
    return Judges.settings(fake, JudgeSettings.Provider.OPENAI).patience();
  }

  private OpenAIClient openai() {
    return OpenAIOkHttpClient.builder()
        .apiKey("test-key")
        .baseUrl(fake.address() + "/v1")
        .maxRetries(0)
        .build();
  }

  private AnthropicClient anthropic() {
    return AnthropicOkHttpClient.builder()
        .apiKey("test-key")
        .baseUrl(fake.address())
        .maxRetries(0)
        .build();
  }

  private static String file(FakeLlm.Asked upload) {
    return form(upload.body()).getOrDefault("file", "");
  }

  /** The fields of a form and what they hold, whatever stands between them. */
  private static Map<String, String> form(String body) {
    var fields = new TreeMap<String, String>();
    var boundary = body.substring(0, body.indexOf("\r\n"));
    for (var part : body.split(java.util.regex.Pattern.quote(boundary), -1)) {
      var name = part.indexOf("name=\"");
      var end = part.indexOf("\r\n\r\n");
      if (name < 0 || end < 0) continue;
      var from = name + "name=\"".length();
      var value = part.substring(end + 4).replaceAll("\r\n$", "");
      fields.put(part.substring(from, part.indexOf('"', from)), value);
    }
    return fields;
  }

  private static JsonNode tree(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException broken) {
      throw new AssertionError(body, broken);
    }
  }
}
