package urgency.judging.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import urgency.judging.Answers;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.chain.Bulk;
import urgency.judging.chain.Courier;
import urgency.judging.chain.Courier.Answer;

/**
 * OpenAI's Batch API: requests go up as a file of lines, a batch names the file, answers come down
 * as files. All files are told to expire by themselves.
 */
public final class FileBatches implements Bulk {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long KEPT_SECONDS = Duration.ofDays(3).toSeconds();
  private static final int OK = 200;

  private final Model model;
  private final Courier courier;

  public FileBatches(Model model, Courier courier) {
    this.model = model;
    this.courier = courier;
  }

  @Override
  public Sent submit(UUID parcel, List<Item> items) {
    var type = "multipart/form-data; boundary=" + parcel;
    var up = courier.post(at("/files"), type, form(parcel, items), TOLD_MAX);
    // A file alone costs nothing: whatever became of it, it can be sent again.
    if (!(up instanceof Answer.Heard it)) return new Sent.Denied(0);
    var file = it.tree().flatMap(body -> Bulk.name(body.path("id")));
    if (file.isEmpty()) return new Sent.Denied(it.refusal());
    var order = order(parcel, file.get());
    return Bulk.sent(courier.post(at("/batches"), "application/json", order, TOLD_MAX));
  }

  @Override
  public Sought seek(UUID parcel, int items, Instant sentAt) {
    var list = Bulk.told(courier.get(at("/batches?limit=" + LISTED_MAX), TOLD_MAX));
    if (list.isEmpty()) return new Sought.Unheard();
    for (var it : list.get().path("data")) {
      if (it.path("metadata").path("parcel").asText().equals(parcel.toString())) {
        return Bulk.name(it.path("id")).<Sought>map(Sought.Found::new).orElse(new Sought.Unheard());
      }
    }
    return new Sought.Absent();
  }

  @Override
  public Seen look(String remote) {
    var batch = Bulk.told(courier.get(at("/batches/" + remote), TOLD_MAX));
    if (batch.isEmpty()) return new Seen.Unheard("nothing is said about " + remote);
    return switch (batch.get().path("status").asText()) {
      case "completed", "expired", "cancelled" -> new Seen.Ended(files(batch.get()));
      case "failed" ->
          new Seen.Failed(Bulk.word(batch.get().path("errors").path("data").path(0).path("code")));
      default -> new Seen.Working();
    };
  }

  @Override
  public Brought fetch(List<URI> results) {
    return Bulk.fetch(courier, results, FileBatches::line);
  }

  // What was answered and what was not lie in two files, and either may be missing.
  private List<URI> files(JsonNode batch) {
    var files = new ArrayList<URI>();
    for (var field : List.of("output_file_id", "error_file_id")) {
      Bulk.name(batch.path(field)).ifPresent(it -> files.add(at("/files/" + it + "/content")));
    }
    return files;
  }

  private static Optional<Line> line(byte[] bytes) {
    return Answers.tree(bytes).map(it -> line(it, bytes));
  }

  private static Line line(JsonNode it, byte[] bytes) {
    var name = it.path("custom_id").asText();
    var status = it.path("response").path("status_code").asInt(0);
    if (it.path("error").isObject() || status != OK) {
      return new Line.Unanswered(name, status, Bulk.word(it.path("error").path("code")));
    }
    // A body that is none is read like any other, and found to be none.
    return new Line.Answered(name, Answers.part(bytes, "response", "body").orElse(new byte[0]));
  }

  private byte[] order(UUID parcel, String file) {
    var order = JSON.createObjectNode().put("input_file_id", file);
    order.put("endpoint", "/v1/responses").put("completion_window", "24h");
    order.putObject("metadata").put("parcel", parcel.toString());
    var expiry = order.putObject("output_expires_after").put("anchor", "created_at");
    expiry.put("seconds", KEPT_SECONDS);
    return order.toString().getBytes(UTF_8);
  }

  private static byte[] form(UUID parcel, List<Item> items) {
    var form = new ByteArrayOutputStream();
    field(form, parcel, "purpose", "batch");
    field(form, parcel, "expires_after[anchor]", "created_at");
    field(form, parcel, "expires_after[seconds]", Long.toString(KEPT_SECONDS));
    text(form, "--%s\r\nContent-Disposition: form-data; name=\"file\"; ".formatted(parcel));
    text(form, "filename=\"%s.jsonl\"\r\n".formatted(parcel));
    text(form, "Content-Type: application/jsonl\r\n\r\n");
    for (var it : items) {
      text(form, "{\"custom_id\":\"%s\",\"method\":\"POST\",".formatted(it.call()));
      text(form, "\"url\":\"/v1/responses\",\"body\":");
      // The very bytes that are on record; JSON of ours has no line break in it.
      form.writeBytes(it.request());
      text(form, "}\n");
    }
    text(form, "\r\n--%s--\r\n".formatted(parcel));
    return form.toByteArray();
  }

  private static void field(ByteArrayOutputStream form, UUID parcel, String name, String value) {
    text(form, "--%s\r\nContent-Disposition: form-data; name=\"%s\"".formatted(parcel, name));
    text(form, "\r\n\r\n" + value + "\r\n");
  }

  private static void text(ByteArrayOutputStream form, String text) {
    form.writeBytes(text.getBytes(UTF_8));
  }

  private URI at(String path) {
    return URI.create(model.baseUrl() + path);
  }
}
