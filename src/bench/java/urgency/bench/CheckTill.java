package urgency.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Lets others examine the practice till of a whole, running shop: Stripe's command line triggers its
 * ten events, each of which must arrive in the shop's inbox as a signed webhook; Stripe's library
 * for Node verifies what the till signs, and signs what the shop verifies.
 */
final class CheckTill {
  private static final List<String> TRIGGERS =
      List.of(
          "checkout.session.completed",
          "checkout.session.async_payment_succeeded",
          "checkout.session.async_payment_failed",
          "checkout.session.expired",
          "payment_intent.succeeded",
          "payment_intent.payment_failed",
          "charge.refunded",
          "charge.refund.updated",
          "charge.dispute.created",
          "charge.dispute.closed");

  private static final Duration COMMAND_MAX = Duration.ofSeconds(120);
  private static final Duration ARRIVAL_MAX = Duration.ofSeconds(40);
  private static final int OUTPUT_MAX = 4_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path tools;
  private final Path home;
  private final String till;
  private final Connection database;
  private boolean well = true;

  private record Ended(int status, String output) {}

  private CheckTill(Path tools, Path home, int port, Connection database) {
    this.tools = tools;
    this.home = home;
    this.till = "http://127.0.0.1:" + port;
    this.database = database;
  }

  public static void main(String[] args) throws Exception {
    var tools = Path.of(args[0]).toAbsolutePath();
    var port = freePort();
    var settings = Map.of("URGENCY_TILL_PORT", Integer.toString(port), "URGENCY_SHELF_REFRESH", "7d");
    try (var nodes = Nodes.start(1, settings);
        var database = nodes.connect()) {
      var home = Files.createDirectories(tools.resolve("home"));
      var check = new CheckTill(tools, home, port, database);
      System.exit(check.run("http://127.0.0.1:" + nodes.get(0).port) ? 0 : 1);
    }
  }

  private boolean run(String shop) throws Exception {
    node(Map.of(), "widen", till);
    var listener = listener();
    var green = 0;
    for (var trigger : TRIGGERS) {
      if (isGreen(trigger)) green++;
    }
    listened(listener);
    signed(shop);
    System.out.printf("%d of %d triggers of Stripe's command line%n", green, TRIGGERS.size());
    return well && green == TRIGGERS.size();
  }

  private boolean isGreen(String trigger) throws Exception {
    var before = arrived(trigger);
    var began = System.nanoTime();
    var ended =
        command(
            Map.of(),
            tools.resolve("node_modules/.bin/stripe").toString(),
            "trigger",
            trigger,
            "--api-base",
            till,
            "--api-key",
            "sk_test_examiner");
    if (ended.status() != 0) {
      System.out.printf("FAIL %-42s ended with %d%n%s%n", trigger, ended.status(), ended.output());
      return false;
    }
    var triggered = System.nanoTime();
    while (arrived(trigger) == before && since(triggered).compareTo(ARRIVAL_MAX) < 0) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    var came = arrived(trigger) > before;
    System.out.printf(
        "%s %-42s exit 0 in %.1f s, %s%n",
        came ? "ok  " : "FAIL",
        trigger,
        (triggered - began) / 1e9,
        came
            ? "signed event in the shop's inbox %.1f s later".formatted(since(triggered).toMillis() / 1e3)
            : "and no such event in the shop's inbox");
    return came;
  }

  // Only what came through the webhook: its signature was right.
  private int arrived(String type) throws SQLException {
    try (var statement =
        database.prepareStatement(
            "select count(*) from payments.inbox where type = ? and source = 'push'")) {
      statement.setString(1, type);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  private Process listener() throws IOException {
    var process = builder(Map.of(), "node", "examiner.mjs", "listen", till).start();
    var ready = process.inputReader(UTF_8).readLine();
    if (!"ready".equals(ready)) throw new IOException("stripe-node cannot listen: " + ready);
    return process;
  }

  private void listened(Process listener) throws Exception {
    // The last events have a second to arrive.
    TimeUnit.SECONDS.sleep(2);
    listener.getOutputStream().close();
    JsonNode seen = JSON.readTree(listener.inputReader(UTF_8).readLine());
    listener.waitFor(10, TimeUnit.SECONDS);
    var verified = seen.path("verified").asInt();
    var refused = seen.path("refused").asInt();
    judge(
        verified > 0 && refused == 0,
        "stripe-node constructEvent",
        "verified %d webhooks of %d types that the till signed, refused %d"
            .formatted(verified, seen.path("types").size(), refused));
  }

  private void signed(String shop) throws Exception {
    String secret;
    try (var statement = database.createStatement();
        var rows = statement.executeQuery("select value from practice.secret where name = 'webhook'")) {
      rows.next();
      secret = rows.getString(1);
    }
    var told = JSON.readTree(node(Map.of("WHSEC", secret), "sign", shop).output());
    var stored = arrived("customer.created");
    judge(
        told.path("right").asInt() == 200
            && told.path("again").asInt() == 200
            && told.path("wrong").asInt() == 400
            && told.path("old").asInt() == 400
            && stored == 1,
        "stripe-node generateTestHeaderString",
        "the shop answered %s and stored %d".formatted(told, stored));
  }

  private void judge(boolean right, String what, String told) {
    well &= right;
    System.out.printf("%s %-42s %s%n", right ? "ok  " : "FAIL", what, told);
  }

  private Ended node(Map<String, String> environment, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("node", "examiner.mjs"));
    command.addAll(List.of(arguments));
    var ended = command(environment, command.toArray(String[]::new));
    if (ended.status() != 0) throw new IOException("stripe-node failed:\n" + ended.output());
    return ended;
  }

  private Ended command(Map<String, String> environment, String... command) throws Exception {
    var process = builder(environment, command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var output = new StringBuilder();
    try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        if (output.length() < OUTPUT_MAX) output.append(line).append('\n');
      }
    }
    if (!process.waitFor(COMMAND_MAX.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return new Ended(-1, output + "did not end");
    }
    return new Ended(process.exitValue(), output.toString());
  }

  // A home of its own and no way out: the examiners speak to this machine only.
  private ProcessBuilder builder(Map<String, String> environment, String... command) {
    var builder = new ProcessBuilder(command).directory(tools.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("HOME", home.toString());
    builder.environment().put("XDG_CONFIG_HOME", home.toString());
    builder.environment().put("STRIPE_CLI_TELEMETRY_OPTOUT", "1");
    builder.environment().put("HTTPS_PROXY", "http://127.0.0.1:9");
    builder.environment().put("NO_PROXY", "127.0.0.1");
    return builder;
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
