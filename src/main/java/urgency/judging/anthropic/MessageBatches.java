package urgency.judging.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import urgency.judging.Answers;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.chain.Bulk;
import urgency.judging.chain.Courier;

/** Anthropic's Message Batches: requests go in one body, answers come down as lines. */
public final class MessageBatches implements Bulk {
  private static final String PATH = "/v1/messages/batches";
  private static final Duration EARLY_MAX = Duration.ofMinutes(2);
  private static final Duration LATE_MAX = Duration.ofMinutes(10);

  private final Model model;
  private final Courier courier;

  public MessageBatches(Model model, Courier courier) {
    this.model = model;
    this.courier = courier;
  }

  @Override
  public Sent submit(UUID parcel, List<Item> items) {
    var body = new ByteArrayOutputStream();
    text(body, "{\"requests\":[");
    for (var i = 0; i < items.size(); i++) {
      text(body, i == 0 ? "" : ",");
      text(body, "{\"custom_id\":\"%s\",\"params\":".formatted(items.get(i).call()));
      // The very bytes that are on record.
      body.writeBytes(items.get(i).request());
      text(body, "}");
    }
    text(body, "]}");
    return Bulk.sent(courier.post(at(PATH), "application/json", body.toByteArray(), TOLD_MAX));
  }

  // Batches carry no name of ours, so it is told by when it was made and how many requests it has.
  // Two that look alike are none. If it is a stranger's, its answers have names that nobody knows.
  @Override
  public Sought seek(UUID parcel, int items, Instant sentAt) {
    var list = Bulk.told(courier.get(at(PATH + "?limit=" + LISTED_MAX), TOLD_MAX));
    if (list.isEmpty()) return new Sought.Unheard();
    var alike = new ArrayList<String>();
    for (var it : list.get().path("data")) {
      if (requests(it) == items && isNear(it.path("created_at").asText(), sentAt)) {
        Bulk.name(it.path("id")).ifPresent(alike::add);
      }
    }
    return switch (alike.size()) {
      case 0 -> new Sought.Absent();
      case 1 -> new Sought.Found(alike.getFirst());
      default -> new Sought.Unheard();
    };
  }

  @Override
  public Seen look(String remote) {
    var batch = Bulk.told(courier.get(at(PATH + "/" + remote), TOLD_MAX));
    if (batch.isEmpty()) return new Seen.Unheard("nothing is said about " + remote);
    if (!batch.get().path("processing_status").asText().equals("ended")) return new Seen.Working();
    return new Seen.Ended(List.of(results(batch.get(), remote)));
  }

  @Override
  public Brought fetch(List<URI> results) {
    return Bulk.fetch(courier, results, MessageBatches::line);
  }

  private static Optional<Line> line(byte[] bytes) {
    return Answers.tree(bytes).map(it -> line(it, bytes));
  }

  private static Line line(JsonNode it, byte[] bytes) {
    var name = it.path("custom_id").asText();
    var result = it.path("result");
    var type = result.path("type").asText();
    if (type.equals("succeeded")) {
      // A body that is none is read like any other, and found to be none.
      return new Line.Answered(name, Answers.part(bytes, "result", "message").orElse(new byte[0]));
    }
    var error = result.path("error").path("error").path("type");
    return new Line.Unanswered(
        name, 0, type.equals("errored") ? Bulk.word(error) : Bulk.word(result.path("type")));
  }

  // The key goes to no other place than the one that the settings name.
  private URI results(JsonNode batch, String remote) {
    var own = at(PATH + "/" + remote + "/results");
    try {
      var named = new URI(batch.path("results_url").asText());
      var same =
          Objects.equals(named.getScheme(), own.getScheme())
              && Objects.equals(named.getRawAuthority(), own.getRawAuthority());
      return same ? named : own;
    } catch (java.net.URISyntaxException malformed) {
      return own;
    }
  }

  private static int requests(JsonNode batch) {
    var sum = 0;
    for (var it : batch.path("request_counts")) sum += it.asInt(0);
    return sum;
  }

  private static boolean isNear(String createdAt, Instant sentAt) {
    try {
      var created = OffsetDateTime.parse(createdAt).toInstant();
      return !created.isBefore(sentAt.minus(EARLY_MAX)) && !created.isAfter(sentAt.plus(LATE_MAX));
    } catch (DateTimeParseException malformed) {
      return false;
    }
  }

  private static void text(ByteArrayOutputStream body, String text) {
    body.writeBytes(text.getBytes(UTF_8));
  }

  private URI at(String path) {
    return URI.create(model.baseUrl() + path);
  }
}
