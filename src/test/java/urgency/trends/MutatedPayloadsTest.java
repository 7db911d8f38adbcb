package urgency.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.trends.TrendSource.Terms.PUBLIC_UNDOCUMENTED;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.trends.TrendSettings.Pace;
import urgency.trends.TrendSource.Budget;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.business.DiscoveryAnswer;
import urgency.trends.creativecenter.HashtagAnswer;
import urgency.trends.creativecenter.OverviewAnswer;
import urgency.trends.creativecenter.VideoAnswer;
import urgency.trends.fake.Shape;
import urgency.trends.oembed.EmbedAnswer;
import urgency.trends.tiktokshop.ProductAnswer;
import urgency.trends.vendor.VendorAnswer;
import urgency.trends.wire.Reply;

/** A hundred thousand damaged answers, always the same, each to every reader's own interface. */
class MutatedPayloadsTest {
  private static final Instant NOW = Instant.parse("2026-09-19T12:00:00Z");
  private static final long SEED = 42;
  private static final int PAYLOADS = 100_000;
  private static final int WRITTEN = 1_500;

  /** Far above what a parse takes; a loop that does not end takes longer than any bound. */
  private static final Duration EACH_MAX = Duration.ofSeconds(60);

  private static final FetchRequest REQUEST =
      new FetchRequest("US", 7, NOW, NOW.plusSeconds(60), Optional.empty(), Budget.UNLIMITED);

  private static final VendorSettings VENDOR =
      Asking.vendorSettings(
          URI.create("http://127.0.0.1"),
          "",
          new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO));

  private static final String GOOD =
      """
      select good_hash, good_rows::text as rows, succeeded_at is not null as confirmed,
             (select count(*) from trends.observation o
               where o.id = any (s.good_rows)) = cardinality(s.good_rows) as whole
        from trends.source_state s
       where source = :source
      """;

  /** A reader of answers, under the name of the source whose rows it makes. */
  private record Reader(String source, BiFunction<FetchRequest, Reply, FetchResult> read) {}

  /** The last good batch as it is stored. */
  private record Good(String hash, String rows, boolean confirmed, boolean whole) {}

  private static final List<Reader> READERS =
      List.of(
          new Reader(
              "live", (request, reply) -> new HashtagAnswer("live", request).classify(reply)),
          new Reader(
              "creative-center-videos",
              (request, reply) -> VideoAnswer.classify(request, NOW, reply)),
          new Reader("overview", (request, reply) -> OverviewAnswer.read(request, reply).result()),
          new Reader("business", DiscoveryAnswer::classify),
          new Reader(
              "tiktok-shop", (request, reply) -> ProductAnswer.read(request, reply).result()),
          new Reader("oembed", (_, reply) -> EmbedAnswer.read(reply).result()),
          new Reader("vendor", (request, reply) -> VendorAnswer.classify(VENDOR, request, reply)));

  private final Mutation mutation = new Mutation(SEED);

  @Test
  void no_answer_throws_or_hangs_and_what_passes_is_valid() throws IOException {
    var classes = new java.util.TreeMap<String, Integer>();
    var slowest = Duration.ZERO;
    for (var turn = 0; turn < PAYLOADS; turn++) {
      var body = payload();
      var reader = mutation.any(READERS);
      var started = System.nanoTime();
      var result = read(reader, body);
      var took = Duration.ofNanos(System.nanoTime() - started);
      if (took.compareTo(slowest) > 0) slowest = took;
      classes.merge(result.getClass().getSimpleName(), 1, Integer::sum);
      if (result instanceof FetchResult.Fresh fresh) fresh.rows().forEach(this::valid);
      keepsTheLastGood(reader, result);
    }

    assertThat(slowest).isLessThan(EACH_MAX);
    // A test that only ever saw one class would prove little.
    assertThat(classes.keySet())
        .contains("Fresh", "Empty", "Refused", "Retired", "Challenged", "Transient", "Drift");
    assertThat(classes.get("Fresh")).isGreaterThan(1_000);
  }

  @Test
  void no_answer_loses_or_replaces_the_last_good_batch_unless_it_is_good_itself()
      throws IOException {
    try (var database = TestDatabase.fresh()) {
      var settings = TrendSettings.read(Settings.read(Map.of(), Optional.empty()));
      var sources = new HashMap<String, ScriptedSource>();
      for (var reader : READERS) {
        var source = new ScriptedSource(reader.source(), PUBLIC_UNDOCUMENTED);
        source.answers.add(source.fresh(LocalDate.parse("2020-01-01"), "lipoil", "cattok"));
        sources.put(reader.source(), source);
      }
      var ingest = new Ingest(database, new Sources(List.copyOf(sources.values())), settings);
      ingest.run(NOW);
      var stored = new HashMap<String, Good>();
      for (var id : sources.keySet()) stored.put(id, good(database, id));
      var replaced = 0;
      for (var turn = 0; turn < WRITTEN; turn++) {
        var reader = mutation.any(READERS);
        var source = Objects.requireNonNull(sources.get(reader.source()));
        var result = read(reader, payload());
        source.answers.add(result);
        var after = ingest.poll(source, NOW.plusSeconds(turn + 1)).orElseThrow().getFirst();
        var good = good(database, source.id());
        if (after.result().equals("Fresh")) {
          assertThat(good.hash()).isEqualTo(((FetchResult.Fresh) result).hash());
          replaced++;
        } else {
          assertThat(good).as(after.toString()).isEqualTo(stored.get(source.id()));
        }
        assertThat(good.confirmed() && good.whole()).isTrue();
        stored.put(source.id(), good);
      }
      assertThat(replaced).isBetween(WRITTEN / 100, WRITTEN / 2);
      assertThat(database.<List<SourceHealth>>read(tx -> new SourceHealths(settings).all(tx, NOW)))
          .hasSize(READERS.size());
    }
  }

  private static Good good(Database database, String source) {
    return database.read(
        tx ->
            tx.createQuery(GOOD)
                .bind("source", source)
                .map(
                    (row, _) ->
                        new Good(
                            row.getString("good_hash"),
                            row.getString("rows"),
                            row.getBoolean("confirmed"),
                            row.getBoolean("whole")))
                .one());
  }

  // What is decided of an answer, without a database: only a good one brings something to replace.
  private static void keepsTheLastGood(Reader reader, FetchResult result) {
    var judged = Batch.validated(result, reader.source(), REQUEST, Optional.empty());
    var after =
        new Outcome(
                reader.source(),
                PUBLIC_UNDOCUMENTED,
                REQUEST,
                ScriptedSource.CADENCE,
                Optional.empty())
            .of(judged);
    if (!(judged instanceof FetchResult.Fresh)) {
      assertThat(after.goodHash()).isEmpty();
      assertThat(after.goodSchema()).isEmpty();
    }
    assertThat((after.code() + after.message()).codePoints())
        .noneMatch(it -> it == 0 || Character.getType(it) == Character.SURROGATE);
    assertThat(after.askAgainAt()).isAfter(NOW);
  }

  private FetchResult read(Reader reader, byte[] body) {
    return reader.read().apply(REQUEST, new Reply(200, "application/json", "", body, NOW));
  }

  private byte[] payload() throws IOException {
    return mutation.json(mutation.any(List.of(Shape.values())).bytes());
  }

  private void valid(TrendObservation row) {
    assertThat(row.key()).isNotEmpty();
    assertThat(row.posts()).isNotNegative();
    assertThat(row.views()).isNotNegative();
    for (var point : row.curve()) assertThat(point.value()).isBetween(0.0, 100.0);
    assertThat(row.displayName().codePoints().filter(Character::isISOControl).toArray()).isEmpty();
    assertThat(row.displayName()).doesNotContain("\u202e", "\u2066", "\u200b");
    assertThat(row.displayName().length()).isLessThanOrEqualTo(300);
    assertThat(row.displayName().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
  }
}
