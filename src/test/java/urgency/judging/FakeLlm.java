package urgency.judging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * A language model of our own, on loopback: speaks the wires of OpenAI (responses and chat
 * completions) and Anthropic (messages), with their batches, knows every fault, and can be made to
 * obey whatever it reads. Runnable, for trying the shop by hand.
 */
public final class FakeLlm implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long SILENCE_MAX_MS = 30_000;
  private static final int DRIP_MS = 50;

  /** What the next answer is. */
  public enum Act {
    JUDGE,
    RATE_LIMITED,
    SERVER_ERROR,
    OVERLOADED,
    SILENCE,
    RESET,
    CUT_JSON,
    CUT_ANSWER,
    WRONG_REFS,
    DUPLICATES,
    REFUSAL,
    OUT_OF_RANGE,
    EMPTY,
    DRIP,
    OTHER_MODEL
  }

  /** One request as it came. */
  public record Asked(String path, String authorization, String version, String body) {}

  private final HttpServer server;
  private final Queue<Act> acts = new ConcurrentLinkedQueue<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final FakeBatches batches = new FakeBatches(this);
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Act otherwise = Act.JUDGE;
  private volatile String model = "fake-judge-1";
  private volatile Predicate<JsonNode> obeys = _ -> false;
  private volatile Predicate<JsonNode> doubts = _ -> false;
  private volatile Predicate<String> refuses = _ -> false;
  private volatile ToIntFunction<String> tokens = it -> it.length() / 4;
  private volatile long delayMs;

  public FakeLlm(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * Serves on the port of the first argument, faults as named by the others: those of answers in
   * turn, those of batches from the start.
   */
  public static void main(String[] arguments) throws InterruptedException {
    try (var fake = new FakeLlm(arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]))) {
      var given = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
      var acts = List.of(Act.values());
      for (var name : given) acts.stream().filter(it -> it.name().equals(name)).forEach(fake::next);
      fake.batches().are(FakeBatches.Fault.named(given));
      System.err.println(
          "set URGENCY_JUDGE_PROVIDER=compatible URGENCY_JUDGE_MODEL=fake-judge-1"
              + " URGENCY_JUDGE_BASE_URL="
              + fake.address()
              + "/v1");
      new CountDownLatch(1).await();
    }
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Lays answers ready; when they are used up, {@link #otherwise} is served. */
  public void next(Act... answers) {
    acts.addAll(List.of(answers));
  }

  public void otherwise(Act answer) {
    acts.clear();
    otherwise = answer;
  }

  /** What it calls itself. */
  public void callItself(String name) {
    model = name;
  }

  /** Gives full marks to every product of which this holds, as one that does what it reads. */
  public void obey(Predicate<JsonNode> whom) {
    obeys = whom;
  }

  /** Sees a trademark in every product of which this holds. */
  public void doubt(Predicate<JsonNode> whom) {
    doubts = whom;
  }

  /** Declines every request in whose data this holds. */
  public void refuse(Predicate<String> what) {
    refuses = what;
  }

  /** How it counts tokens. */
  public void countTokens(ToIntFunction<String> how) {
    tokens = how;
  }

  /** How long it thinks before each answer. */
  public void delay(long milliseconds) {
    delayMs = milliseconds;
  }

  /** Its batch interfaces. */
  public FakeBatches batches() {
    return batches;
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      var key = headers.getFirst("Authorization");
      var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      var path = exchange.getRequestURI().getPath();
      asked.add(
          new Asked(
              path,
              String.valueOf(key == null ? headers.getFirst("x-api-key") : key),
              String.valueOf(headers.getFirst("anthropic-version")),
              body));
      if (delayMs > 0) hush(delayMs);
      // Laid ready for what asks something, not for what looks.
      var batch = FakeBatches.serves(path);
      var asks = !batch || FakeBatches.makes(exchange.getRequestMethod(), path);
      var act = asks ? acts.poll() : Act.JUDGE;
      if (batch && (act == null || act == Act.JUDGE)) {
        batches.answer(exchange, path, body);
        return;
      }
      play(exchange, path, body, act == null ? otherwise : act);
    }
  }

  private void play(HttpExchange exchange, String path, String body, Act act) throws IOException {
    switch (act) {
      case RATE_LIMITED -> {
        exchange.getResponseHeaders().set("Retry-After", "1");
        send(exchange, 429, "{\"error\":{\"message\":\"slow down\"}}");
      }
      case SERVER_ERROR -> send(exchange, 500, "{\"error\":{}}");
      case OVERLOADED -> send(exchange, 529, "{\"type\":\"error\"}");
      case SILENCE -> hush(SILENCE_MAX_MS);
      case RESET -> {
        // Closing the exchange without an answer drops the connection.
      }
      case EMPTY -> exchange.sendResponseHeaders(200, -1);
      case DRIP -> drip(exchange);
      case CUT_JSON -> {
        var whole = reply(path, body, Act.JUDGE);
        send(exchange, 200, whole.substring(0, whole.length() / 2));
      }
      case JUDGE, CUT_ANSWER, WRONG_REFS, DUPLICATES, REFUSAL, OUT_OF_RANGE, OTHER_MODEL ->
          send(exchange, 200, reply(path, body, refuses.test(body) ? Act.REFUSAL : act));
    }
  }

  /** What it says to a request, without a wire. */
  public String reply(String path, String body) throws IOException {
    return reply(path, body, Act.JUDGE);
  }

  String reply(String path, String body, Act act) throws IOException {
    var request = JSON.readTree(body);
    var data =
        switch (path.substring(path.lastIndexOf('/') + 1)) {
          case "responses" -> request.path("input").asText();
          case "completions" -> request.path("messages").path(1).path("content").asText();
          case "messages" -> request.path("messages").path(0).path("content").asText();
          default -> throw new IOException("no such wire: " + path);
        };
    var text =
        act == Act.REFUSAL
            ? ""
            : body.contains("hashtags to a shop") ? tags(data, act) : verdicts(data, act);
    if (act == Act.CUT_ANSWER) text = text.substring(0, text.length() / 2);
    var name = act == Act.OTHER_MODEL ? model + "-other" : model;
    var in = tokens.applyAsInt(body);
    var out = tokens.applyAsInt(text);
    return switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "responses" -> response(name, text, act, in, out);
      case "completions" -> completion(name, text, act, in, out);
      default -> message(name, text, act, in, out);
    };
  }

  private static String response(String model, String text, Act act, int in, int out) {
    var reply = JSON.createObjectNode().put("id", "resp_1").put("object", "response");
    reply.put("model", model).put("status", act == Act.CUT_ANSWER ? "incomplete" : "completed");
    if (act == Act.CUT_ANSWER)
      reply.putObject("incomplete_details").put("reason", "max_output_tokens");
    var message = reply.putArray("output").addObject().put("type", "message");
    var part = message.put("role", "assistant").putArray("content").addObject();
    if (act == Act.REFUSAL) part.put("type", "refusal").put("refusal", "I cannot do that.");
    else part.put("type", "output_text").put("text", text);
    reply.putObject("usage").put("input_tokens", in).put("output_tokens", out);
    return reply.toString();
  }

  private static String completion(String model, String text, Act act, int in, int out) {
    var reply = JSON.createObjectNode().put("id", "chatcmpl-1").put("object", "chat.completion");
    var choice = reply.put("model", model).putArray("choices").addObject().put("index", 0);
    choice.put("finish_reason", act == Act.CUT_ANSWER ? "length" : "stop");
    var message = choice.putObject("message").put("role", "assistant");
    if (act == Act.REFUSAL) message.putNull("content").put("refusal", "I cannot do that.");
    else message.put("content", text);
    reply.putObject("usage").put("prompt_tokens", in).put("completion_tokens", out);
    return reply.toString();
  }

  private static String message(String model, String text, Act act, int in, int out) {
    var reply = JSON.createObjectNode().put("id", "msg_1").put("type", "message");
    var content = reply.put("role", "assistant").put("model", model).putArray("content");
    if (act != Act.REFUSAL) content.addObject().put("type", "text").put("text", text);
    var stop =
        switch (act) {
          case REFUSAL -> "refusal";
          case CUT_ANSWER -> "max_tokens";
          default -> "end_turn";
        };
    reply.put("stop_reason", stop);
    reply.putObject("usage").put("input_tokens", in).put("output_tokens", out);
    return reply.toString();
  }

  private String verdicts(String data, Act act) throws IOException {
    var items = new ArrayList<ObjectNode>();
    for (var line : data.split("\n", -1)) {
      if (line.startsWith("{")) items.add(verdict(JSON.readTree(line)));
    }
    for (var it : items) {
      if (act == Act.WRONG_REFS) it.put("ref", "x" + it.path("ref").asText());
      if (act == Act.OUT_OF_RANGE) it.put("fit", 900);
    }
    if (act == Act.DUPLICATES) items.addAll(List.copyOf(items));
    var answer = JSON.createObjectNode();
    answer.putArray("items").addAll(items);
    return answer.toString();
  }

  // Knows one word that the word table does not, and takes all else that has an a for goods.
  private static String tags(String data, Act act) throws IOException {
    var items = new ArrayList<ObjectNode>();
    for (var line : data.split("\n", -1)) {
      if (!line.startsWith("{")) continue;
      var asked = JSON.readTree(line);
      var tag = asked.path("tag").asText();
      var ref = asked.path("ref").asText();
      var sells = !tag.matches("electionresults|traffic|mondaymood");
      var item = JSON.createObjectNode().put("ref", act == Act.WRONG_REFS ? "x" + ref : ref);
      item.put("means", tag.equals("stanleycup") ? "insulated tumbler" : sells ? "goods" : "");
      item.put("sells", sells).putArray("in").add("kitchen").add("nowhere");
      item.put("ends", "").put("sure", act == Act.OUT_OF_RANGE ? 900 : 2);
      items.add(item);
    }
    if (act == Act.DUPLICATES) items.addAll(List.copyOf(items));
    var answer = JSON.createObjectNode();
    answer.putArray("tags").addAll(items);
    return answer.toString();
  }

  // Reads letters, not meaning: enough to tell the canaries apart.
  private ObjectNode verdict(JsonNode product) {
    var obedient = obeys.test(product);
    var fits = false;
    var words =
        (product.path("title").asText() + " " + product.path("tags").asText())
            .toLowerCase(java.util.Locale.ROOT);
    for (var word : words.split("[^a-z]+", -1)) {
      if (word.length() < 4) continue;
      for (var trend : product.path("trends")) fits |= trend.asText().contains(word);
    }
    var verdict = JSON.createObjectNode().put("ref", product.path("ref").asText());
    verdict.put(
        "why",
        fits
            ? "t1 names this kind of product by use"
            : "no trend given touches this product's use");
    verdict.put("fit", obedient ? 4 : fits ? 3 : 0).put("want", obedient ? 3 : fits ? 2 : 0);
    verdict.put("show", obedient ? 3 : 1).put("time", obedient ? 4 : 2);
    var risks = verdict.putArray("risk");
    if (doubts.test(product)) risks.add("TRADEMARK");
    return verdict.put("odd", false).put("sure", obedient ? 3 : 2);
  }

  private void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    for (var i = 0; i < SILENCE_MAX_MS / DRIP_MS && closing.getCount() > 0; i++) {
      exchange.getResponseBody().write(' ');
      exchange.getResponseBody().flush();
      hush(DRIP_MS);
    }
  }

  void hush(long milliseconds) {
    try {
      var _ = closing.await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
