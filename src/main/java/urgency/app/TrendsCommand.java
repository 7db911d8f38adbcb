package urgency.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import urgency.platform.sql.Database;
import urgency.trends.Ingest;
import urgency.trends.SourceHealth;
import urgency.trends.SourceHealth.Circuit;
import urgency.trends.SourceHealths;
import urgency.trends.TrendSource;
import urgency.trends.replay.StoredAnswers;

/**
 * The tool {@code bin/trends}: asks each source now, whether its time has come or not, and tells
 * what came back; {@code --replay} reads the stored answers again. Beside a running shop or not.
 */
final class TrendsCommand {
  private static final int DONE = 0;
  private static final int TROUBLE = 1;
  private static final int MISTAKE = 2;
  private static final int NOTE_MAX = 70;
  private static final String ROW = "%-24s %-6s %-11s %6s %7s %6s %8s  %-9s %s";
  private static final JsonMapper JSON = new JsonMapper();

  private TrendsCommand() {}

  /** Does what the arguments say; answers the exit status. */
  static int run(ShopSettings settings, String[] args) {
    var words = List.of(args).subList(1, args.length);
    var json = words.contains("--json");
    var replay = words.contains("--replay");
    for (var word : words) {
      if (word.equals("--json") || word.equals("--replay")) continue;
      System.err.println("usage: bin/trends [--json] [--replay | --fake [PORT] [SHAPE|FAULT ...]]");
      return MISTAKE;
    }
    try (var progress = Progress.of("reaching the database");
        var database = Database.reach(settings.database(), progress::at)) {
      progress.at(replay ? "reading the stored answers again" : "asking the sources");
      return replay ? replay(settings, database, json) : poll(settings, database, json);
    }
  }

  private static int poll(ShopSettings settings, Database database, boolean json) {
    var clock = InstantSource.system();
    var sources = TrendWiring.sources(settings.trends(), clock, database);
    var ingest = new Ingest(database, sources, settings.trends());
    var busy = new ArrayList<String>();
    for (var source : sources.all()) {
      System.err.printf("asking %s ...%n", source.id());
      if (ingest.poll(new Told(source), clock.instant()).isEmpty()) {
        System.err.printf("%s is being asked by the shop at this moment%n", source.id());
        busy.add(source.id());
      }
    }
    var now = clock.instant();
    List<SourceHealth> all = database.read(tx -> new SourceHealths(settings.trends()).all(tx, now));
    if (json) {
      IO.println(json(all, busy));
    } else {
      IO.println(table(all, now));
    }
    return all.stream().allMatch(it -> it.circuit() == Circuit.CLOSED) ? DONE : TROUBLE;
  }

  static String table(List<SourceHealth> all, Instant now) {
    var text = new StringBuilder();
    text.append(
            ROW.formatted(
                "source", "region", "class", "rows", "age", "weight", "requests", "next", ""))
        .append('\n');
    for (var it : all) {
      text.append(
              ROW.formatted(
                      it.source(),
                      it.region(),
                      it.result(),
                      it.goodRows(),
                      it.lastGoodAge().map(TrendsCommand::span).orElse("never"),
                      "%.2f".formatted(it.weight()),
                      it.requestsLeft() + " left",
                      it.askAgainAt().isAfter(now)
                          ? "in " + span(Duration.between(now, it.askAgainAt()))
                          : "when due",
                      note(it))
                  .stripTrailing())
          .append('\n');
    }
    if (all.isEmpty()) text.append("no source was ever asked\n");
    return text.toString().stripTrailing();
  }

  private static String note(SourceHealth it) {
    var said = (it.code() + " " + it.message() + " " + it.suspect()).strip();
    if (said.isEmpty() && it.weight() < 1 && it.asOf().isPresent()) {
      said = "data of " + it.asOf().get();
    }
    if (said.isEmpty() && !it.aliases().isEmpty()) said = "former names: " + it.aliases();
    if (said.isEmpty() && !it.schemaChange().isEmpty()) said = "shape: " + it.schemaChange();
    return said.length() <= NOTE_MAX ? said : said.substring(0, NOTE_MAX - 1) + "…";
  }

  private static String json(List<SourceHealth> all, List<String> busy) {
    var root = JSON.createObjectNode();
    var sources = root.putArray("sources");
    for (var it : all) add(sources, it);
    var waiting = root.putArray("askedByTheShop");
    busy.forEach(waiting::add);
    return root.toPrettyString();
  }

  private static void add(ArrayNode sources, SourceHealth it) {
    var node = sources.addObject();
    node.put("source", it.source()).put("region", it.region()).put("windowDays", it.windowDays());
    node.put("terms", it.terms().name()).put("class", it.result()).put("code", it.code());
    node.put("message", it.message()).put("circuit", it.circuit().name());
    node.put("askedAt", it.askedAt().toString()).put("askAgainAt", it.askAgainAt().toString());
    node.put("failures", it.failures()).put("rows", it.goodRows());
    node.put("lastGoodAt", it.lastGoodAt().map(Instant::toString).orElse(null));
    node.put("ageSeconds", it.lastGoodAge().map(Duration::toSeconds).orElse(null));
    node.put("asOf", it.asOf().map(Object::toString).orElse(null)).put("weight", it.weight());
    node.put("requestsToday", it.requestsToday()).put("requestsLeft", it.requestsLeft());
    var aliases = node.putObject("aliases");
    it.aliases().forEach(aliases::put);
    node.put("schema", it.schema()).put("schemaChange", it.schemaChange());
    node.put("schemas", it.schemas());
    node.put("schemaSince", it.schemaSince().map(Instant::toString).orElse(null));
    node.put("suspect", it.suspect());
  }

  private static int replay(ShopSettings settings, Database database, boolean json) {
    var again = new ArrayList<StoredAnswers.Again>();
    var read = new AtomicInteger();
    database.change(
        tx ->
            StoredAnswers.readAgain(
                tx,
                settings.trends().vendor(),
                it -> {
                  again.add(it);
                  if (read.incrementAndGet() % 1_000 == 0) {
                    System.err.printf("%d answers read%n", read.get());
                  }
                }));
    if (json) {
      var root = JSON.createArrayNode();
      for (var it : again) {
        root.addObject()
            .put("digest", it.digest())
            .put("source", it.source())
            .put("region", it.region())
            .put("at", it.at().toString())
            .put("then", it.then())
            .put("now", it.now())
            .put("rows", it.rows())
            .put("report", it.report());
      }
      IO.println(root.toPrettyString());
    } else {
      say(again);
    }
    return DONE;
  }

  private static void say(List<StoredAnswers.Again> again) {
    var counts = new TreeMap<String, Integer>();
    for (var it : again) {
      counts.merge(
          "%s: then %s, now %s".formatted(it.source(), it.then(), it.now()), 1, Integer::sum);
      if (!it.then().equals(it.now()) || !it.report().isEmpty()) {
        IO.println(
            "%s %s %s %s: then %s, now %s, %d rows %s"
                .formatted(
                    it.digest(),
                    it.at(),
                    it.source(),
                    it.region(),
                    it.then(),
                    it.now(),
                    it.rows(),
                    it.report())
                .stripTrailing());
      }
    }
    counts.forEach((what, times) -> IO.println("%6d  %s".formatted(times, what)));
    if (again.isEmpty()) IO.println("no answer is stored");
  }

  private static String span(Duration span) {
    if (span.toDays() > 1) return span.toDays() + " d";
    if (span.toHours() > 0) return span.toHours() + " h";
    return span.toMinutes() > 0 ? span.toMinutes() + " min" : span.toSeconds() + " s";
  }

  /** A source that tells of each request it sends. */
  private record Told(TrendSource source) implements TrendSource {
    @Override
    public String id() {
      return source.id();
    }

    @Override
    public Terms terms() {
      return source.terms();
    }

    @Override
    public Optional<Duration> cadence() {
      return source.cadence();
    }

    @Override
    public List<String> regions(List<String> set) {
      return source.regions(set);
    }

    @Override
    public FetchResult fetch(FetchRequest request) throws InterruptedException {
      var sent = new AtomicInteger();
      return source.fetch(
          new FetchRequest(
              request.region(),
              request.windowDays(),
              request.at(),
              request.deadline(),
              request.lastHash(),
              () -> {
                System.err.printf(
                    "  %s %s: request %d%n", source.id(), request.region(), sent.incrementAndGet());
                return request.budget().take();
              }));
    }
  }
}
