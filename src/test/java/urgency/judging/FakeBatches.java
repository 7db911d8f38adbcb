package urgency.judging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import urgency.judging.FakeLlm.Act;

/** The batch interfaces of the fake model: OpenAI's with files, Anthropic's, and their faults. */
public final class FakeBatches {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String OPENAI = "/v1/batches";
  private static final String FILES = "/v1/files";
  private static final String ANTHROPIC = "/v1/messages/batches";
  private static final long LATE_MS = 5_000;

  /** What is wrong with batches that are made from now on. */
  public enum Fault {
    /** Is never done, until somebody says so. */
    SLOW,
    /** Is rejected as a whole; OpenAI's only. */
    FAILED,
    /** Ends before its first request was answered. */
    EXPIRED,
    /** Its first request failed. */
    ERRORED,
    /** The first answer ends in its middle. */
    CUT_ANSWER,
    /** The first answer is no object. */
    BROKEN_BODY,
    /** The first line is no JSON. */
    BROKEN_LINE,
    /** The first answer is missing. */
    MISSING,
    SHUFFLED,
    /** One more answer, under a name that nobody gave. */
    UNKNOWN_NAME,
    /** The first answer comes twice, the second time as a refusal. */
    DUPLICATE_NAME,
    /** Is made, and said to be made long after anybody waits. */
    LATE,
    /** Is not made, because nobody ever would. */
    REFUSED,
    /** Is made, and said not to be. */
    DENIED_YET_TAKEN,
    /** Names a place elsewhere for its answers; Anthropic's only. */
    ELSEWHERE,
    /** Another one of the same size is made at the same time. */
    TWIN,
    /** The first file that comes is not kept; OpenAI's only. */
    NO_UPLOAD,
    /** Answers cannot be fetched. */
    NO_DOWNLOAD;

    static Fault[] named(List<String> names) {
      return java.util.Arrays.stream(values())
          .filter(it -> names.contains(it.name()))
          .toArray(Fault[]::new);
    }
  }

  private record Made(String name, JsonNode metadata, Map<String, String> requests, Instant at) {}

  private final FakeLlm model;
  private final Map<String, String> files = new ConcurrentHashMap<>();
  private final Map<String, Made> made = Collections.synchronizedMap(new LinkedHashMap<>());
  private final AtomicInteger numbers = new AtomicInteger();
  private volatile Set<Fault> faults = EnumSet.noneOf(Fault.class);

  FakeBatches(FakeLlm model) {
    this.model = model;
  }

  /** What is wrong from now on, and nothing else. */
  public void are(Fault... now) {
    var set = EnumSet.noneOf(Fault.class);
    set.addAll(List.of(now));
    faults = set;
  }

  /** How many were made. */
  public int made() {
    return made.size();
  }

  static boolean serves(String path) {
    return path.startsWith(OPENAI) || path.startsWith(FILES) || path.startsWith(ANTHROPIC);
  }

  /** Whether a request makes a batch. */
  static boolean makes(String method, String path) {
    return method.equals("POST") && (path.equals(OPENAI) || path.equals(ANTHROPIC));
  }

  void answer(HttpExchange exchange, String path, String body) throws IOException {
    if (makes(exchange.getRequestMethod(), path)) make(exchange, path, body);
    else if (path.equals(FILES)) upload(exchange, body);
    else if (path.equals(OPENAI) || path.equals(ANTHROPIC)) list(exchange, path);
    else if (path.endsWith("/content") || path.endsWith("/results")) results(exchange, path);
    else look(exchange, path);
  }

  private void make(HttpExchange exchange, String path, String body) throws IOException {
    if (faults.contains(Fault.REFUSED)) {
      FakeLlm.send(exchange, 400, "{\"error\":{\"message\":\"It says: test-key\"}}");
      return;
    }
    var request = JSON.readTree(body);
    var requests = new LinkedHashMap<String, String>();
    if (path.equals(OPENAI)) {
      for (var line :
          files.getOrDefault(request.path("input_file_id").asText(), "").split("\n", -1)) {
        if (!line.isBlank()) put(requests, JSON.readTree(line), "body");
      }
    } else {
      for (var it : request.path("requests")) put(requests, it, "params");
    }
    var one = keep(path, request.path("metadata"), requests);
    if (faults.contains(Fault.TWIN)) keep(path, JSON.createObjectNode(), requests);
    if (faults.contains(Fault.LATE)) model.hush(LATE_MS);
    if (faults.contains(Fault.DENIED_YET_TAKEN)) FakeLlm.send(exchange, 500, "{\"error\":{}}");
    else FakeLlm.send(exchange, 200, shown(path, one).toString());
  }

  private Made keep(String path, JsonNode metadata, Map<String, String> requests) {
    var name = (path.equals(OPENAI) ? "batch_" : "msgbatch_") + numbers.incrementAndGet();
    var one = new Made(name, metadata, requests, Instant.now());
    made.put(name, one);
    return one;
  }

  private static void put(Map<String, String> requests, JsonNode line, String field)
      throws IOException {
    if (requests.put(line.path("custom_id").asText(), line.path(field).toString()) != null) {
      throw new IOException("a name twice");
    }
  }

  private void upload(HttpExchange exchange, String form) throws IOException {
    if (faults.contains(Fault.NO_UPLOAD)) {
      FakeLlm.send(exchange, 503, "{\"error\":{}}");
      return;
    }
    var name = "file-" + numbers.incrementAndGet();
    var lines = new StringBuilder();
    for (var line : form.split("\n", -1)) {
      if (line.startsWith("{\"custom_id\"")) lines.append(line.strip()).append('\n');
    }
    files.put(name, lines.toString());
    var file = JSON.createObjectNode().put("id", name).put("object", "file");
    file.put("bytes", lines.length()).put("created_at", Instant.now().getEpochSecond());
    file.put("filename", "questions.jsonl").put("purpose", "batch").put("status", "processed");
    FakeLlm.send(exchange, 200, file.toString());
  }

  private void list(HttpExchange exchange, String path) throws IOException {
    var list = JSON.createObjectNode().put("object", "list").put("has_more", false);
    var data = list.putArray("data");
    for (var it : List.copyOf(made.values())) data.insert(0, shown(path, it));
    FakeLlm.send(exchange, 200, list.toString());
  }

  private void look(HttpExchange exchange, String path) throws IOException {
    var one = made.get(path.substring(path.lastIndexOf('/') + 1));
    if (one == null) FakeLlm.send(exchange, 404, "{\"error\":{}}");
    else FakeLlm.send(exchange, 200, shown(path, one).toString());
  }

  private ObjectNode shown(String path, Made one) {
    return path.startsWith(OPENAI) ? openai(one) : anthropic(one);
  }

  private ObjectNode openai(Made one) {
    var status =
        faults.contains(Fault.SLOW)
            ? "in_progress"
            : faults.contains(Fault.FAILED)
                ? "failed"
                : faults.contains(Fault.EXPIRED) ? "expired" : "completed";
    var batch = JSON.createObjectNode().put("id", one.name()).put("object", "batch");
    batch.put("endpoint", "/v1/responses").put("input_file_id", "file-0");
    batch.put("completion_window", "24h").put("status", status);
    batch.put("created_at", one.at().getEpochSecond()).set("metadata", one.metadata());
    if (status.equals("completed") || status.equals("expired")) {
      batch.put("output_file_id", "out-" + one.name()).put("error_file_id", "bad-" + one.name());
    }
    if (status.equals("failed")) {
      var error = batch.putObject("errors").put("object", "list").putArray("data").addObject();
      error.put("code", "token_limit_exceeded").put("message", "It says: test-key");
    }
    var counts = batch.putObject("request_counts").put("total", one.requests().size());
    counts.put("completed", 0).put("failed", 0);
    return batch;
  }

  private ObjectNode anthropic(Made one) {
    var ended = !faults.contains(Fault.SLOW);
    var batch = JSON.createObjectNode().put("id", one.name()).put("type", "message_batch");
    batch.put("processing_status", ended ? "ended" : "in_progress");
    var counts = batch.putObject("request_counts").put("canceled", 0).put("errored", 0);
    counts.put("processing", ended ? 0 : one.requests().size()).put("expired", 0);
    counts.put("succeeded", ended ? one.requests().size() : 0);
    batch.put("created_at", one.at().toString()).put("expires_at", one.at().toString());
    var own = model.address() + ANTHROPIC + "/" + one.name() + "/results";
    var place = faults.contains(Fault.ELSEWHERE) ? "http://127.0.0.2:1/x" : own;
    batch.putNull("ended_at").putNull("archived_at").putNull("cancel_initiated_at");
    if (ended) batch.put("results_url", place);
    else batch.putNull("results_url");
    return batch;
  }

  private void results(HttpExchange exchange, String path) throws IOException {
    if (faults.contains(Fault.NO_DOWNLOAD)) {
      FakeLlm.send(exchange, 500, "{\"error\":{}}");
      return;
    }
    var parts = path.split("/", -1);
    var file = parts[parts.length - 2];
    var one = Objects.requireNonNull(made.get(file.replaceFirst("^(out|bad)-", "")));
    var openai = path.startsWith(FILES);
    var good = new ArrayList<String>();
    var bad = new ArrayList<String>();
    var first = true;
    for (var it : one.requests().entrySet()) {
      add(it.getKey(), it.getValue(), openai, first, good, bad);
      first = false;
    }
    if (!openai) good.addAll(bad);
    if (faults.contains(Fault.SHUFFLED)) Collections.reverse(good);
    var lines = file.startsWith("bad-") ? bad : good;
    FakeLlm.send(exchange, 200, String.join("\n", lines) + (lines.isEmpty() ? "" : "\n"));
  }

  private void add(
      String name,
      String request,
      boolean openai,
      boolean first,
      List<String> good,
      List<String> bad)
      throws IOException {
    var wire = openai ? "/v1/responses" : "/v1/messages";
    if (!first) {
      good.add(line(name, model.reply(wire, request, Act.JUDGE), openai));
      return;
    }
    if (faults.contains(Fault.MISSING)) return;
    if (faults.contains(Fault.EXPIRED)) bad.add(missed(name, openai, "expired"));
    else if (faults.contains(Fault.ERRORED)) bad.add(missed(name, openai, "errored"));
    else if (faults.contains(Fault.BROKEN_BODY)) good.add(line(name, "\"none\"", openai));
    else {
      var act = faults.contains(Fault.CUT_ANSWER) ? Act.CUT_ANSWER : Act.JUDGE;
      var whole = line(name, model.reply(wire, request, act), openai);
      good.add(faults.contains(Fault.BROKEN_LINE) ? whole.substring(0, whole.length() / 2) : whole);
      if (faults.contains(Fault.UNKNOWN_NAME)) {
        good.add(line("somebody-else", model.reply(wire, request, Act.JUDGE), openai));
      }
      if (faults.contains(Fault.DUPLICATE_NAME)) {
        good.add(line(name, model.reply(wire, request, Act.REFUSAL), openai));
      }
    }
  }

  private static String line(String name, String answer, boolean openai) {
    var before = openai ? "\"response\":{\"status_code\":200,\"body\":" : "\"result\":{";
    if (!openai) before += "\"type\":\"succeeded\",\"message\":";
    var after = openai ? "},\"error\":null,\"id\":\"batch_req_1\"}" : "}}";
    return "{\"custom_id\":\"" + name + "\"," + before + answer + after;
  }

  private static String missed(String name, boolean openai, String type) throws IOException {
    var line = JSON.createObjectNode().put("custom_id", name);
    var errored = type.equals("errored");
    if (openai) {
      line.put("id", "batch_req_1");
      if (errored) line.putObject("response").put("status_code", 500).putObject("body");
      else line.putNull("response");
      if (errored) line.putNull("error");
      else line.putObject("error").put("code", "batch_expired").put("message", "too late");
    } else {
      var result = line.putObject("result").put("type", type);
      if (errored) {
        var error = result.putObject("error").put("type", "error").putObject("error");
        error.put("type", "api_error").put("message", "It says: test-key");
      }
    }
    return line.toString();
  }
}
