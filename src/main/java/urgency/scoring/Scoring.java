package urgency.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.catalog.Catalog;
import urgency.catalog.PriceHistory;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.SalesHistory;
import urgency.catalog.Variant;
import urgency.catalog.VariantId;
import urgency.demand.DemandHead;
import urgency.demand.Exposure;
import urgency.demand.Margins;
import urgency.inventory.Stock;
import urgency.meaning.Meaning;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;
import urgency.scoring.Scorer.Candidate;
import urgency.trends.Trend;
import urgency.trends.Trends;

/** Pairs fresh trends with products that have stock, asks the scorer, and keeps its answers. */
@jakarta.inject.Singleton
public final class Scoring {
  private static final Logger LOG = Logger.getLogger(Scoring.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PRODUCTS_MAX = 10_000;
  private static final int BATCH_MAX = 1_000;
  private static final int FORGET_MAX = 50_000;

  /** A reduction is one from the lowest price of so long (Directive 98/6/EC, article 6a). */
  private static final Duration REFERENCE = Duration.ofDays(30);

  /** A shelf that is being decided may still rest on the rating before the newest. */
  private static final Duration UNUSED_RUN_KEPT = Duration.ofHours(1);

  private static final String APPEND =
      """
      insert into scoring.score (product_id, virality, urgency, expected_orders, sell_out_chance,
             worth, value, parts, reason, trend, scorer, at, source,
             virality_low, virality_high, urgency_low, urgency_high)
      values (:product, :virality, :urgency, :expectedOrders, :sellOutChance,
             :worth, :value, :parts::jsonb, :reason, :trend, :scorer, :at, :source,
             :viralityLow, :viralityHigh, :urgencyLow, :urgencyHigh)
      """;

  // Steps from product to product on the index instead of reading every score ever given.
  private static final String LATEST =
      """
      with recursive product as (
        (select product_id from scoring.score order by product_id limit 1)
        union all
        select (select s.product_id
                  from scoring.score s
                 where s.product_id > p.product_id
                 order by s.product_id
                 limit 1)
          from product p
         where p.product_id is not null
      )
      select newest.product_id, newest.virality, newest.urgency, newest.expected_orders,
             newest.sell_out_chance, newest.worth, newest.value, newest.parts::text as parts,
             newest.reason, newest.trend, newest.scorer, newest.at, newest.source,
             newest.virality_low, newest.virality_high, newest.urgency_low, newest.urgency_high
        from product p
       cross join lateral (select s.*
                             from scoring.score s
                            where s.product_id = p.product_id
                            order by s.at desc, s.id desc
                            limit 1) newest
       order by newest.product_id
      """;

  private static final String FORGET =
      """
      delete from scoring.score
       where id in (select id from scoring.score where at < :before order by at limit :max)
      """;

  private final Database database;
  private final Catalog catalog;
  private final SalesHistory sales;
  private final Stock stock;
  private final Trends trends;
  private final Scorer scorer;
  private final Runs runs;
  private final ScoringSettings settings;
  private final Jury jury;

  /** What the texts of the catalogue mean; the job and a shelf may rate at the same moment. */
  private final Map<String, Meaning> known = new ConcurrentHashMap<>();

  public Scoring(
      Database database,
      Catalog catalog,
      SalesHistory sales,
      Stock stock,
      Trends trends,
      Scorer scorer,
      Runs runs,
      ScoringSettings settings) {
    this(database, catalog, sales, stock, trends, scorer, runs, settings, Jury.NONE);
  }

  @Inject
  public Scoring(
      Database database,
      Catalog catalog,
      SalesHistory sales,
      Stock stock,
      Trends trends,
      Scorer scorer,
      Runs runs,
      ScoringSettings settings,
      Jury jury) {
    this.database = database;
    this.catalog = catalog;
    this.sales = sales;
    this.stock = stock;
    this.trends = trends;
    this.scorer = scorer;
    this.runs = runs;
    this.settings = settings;
    this.jury = jury;
  }

  void start(@Observes StartupEvent event, Jobs jobs) {
    // A shelf that is due has everything rated itself.
    jobs.oneNodeLater("scoring", settings.every(), this::run);
    if (jury.sits()) {
      jobs.oneNode("scoring.judges", Jury.GLANCE, this::ask);
      jobs.oneNode("scoring.parcels", Jury.LOOK, _ -> look());
    }
  }

  /** Puts to the judges what is young, when a refresh is near; far from any request or shelf. */
  public void ask(Instant now) {
    jury.refreshAhead(now).ifPresent(refresh -> askAhead(refresh, now));
    if (!jury.isDue(now)) return;
    var candidates = database.read(tx -> candidates(tx, now));
    jury.ask(candidates, scorer.score(candidates, now, settings.horizon()));
    jury.explain(database.read(tx -> trends.current(tx, now)), candidates);
  }

  private void askAhead(Instant refresh, Instant now) {
    var candidates = database.read(tx -> candidates(tx, now));
    jury.askAhead(candidates, scorer.score(candidates, now, settings.horizon()), refresh, now);
  }

  /** Goes on with what was sent to the judges ahead of a refresh. */
  public void look() {
    jury.look();
  }

  /**
   * Scores everything that can be sold and appends the scores; runs as a job and before a shelf.
   */
  public void run(Instant instant) {
    // As exact as the database keeps it, since it names the run.
    var now = instant.truncatedTo(ChronoUnit.MICROS);
    var calibration = database.read(Calibration::newest);
    var candidates = database.read(tx -> jury.heard(tx, candidates(tx, now, calibration), now));
    var run = new Runs.Run(now, settings.horizon(), settings, Optional.of(calibration), candidates);
    var scores = run.rate(_ -> scorer);
    database.change(
        tx -> {
          append(tx, scores);
          if (jury.sits()) Risks.note(tx, candidates);
          runs.add(tx, run, scorer.id(), scores);
          jury.learn(tx, run, scores);
          forget(tx, now.minus(settings.keep()));
          runs.forget(tx, now.minus(UNUSED_RUN_KEPT), now.minus(settings.keepRuns()));
        });
  }

  /** Products that wait for an operator, with the risks that a judge sees and nobody approved. */
  public Map<ProductId, String> waiting(Handle tx) {
    var waiting = new HashMap<ProductId, String>();
    if (!settings.holdsRisks() || !jury.sits()) return waiting;
    Risks.seen(tx)
        .forEach(
            (product, seen) -> {
              if (!seen.open().isEmpty()) waiting.put(product, String.join(", ", seen.open()));
            });
    return waiting;
  }

  /** The newest score of each product. */
  public static Map<ProductId, Score> latest(Handle tx) {
    var latest = new LinkedHashMap<ProductId, Score>();
    for (var score : tx.createQuery(LATEST).map((row, _) -> score(row)).list()) {
      latest.put(score.product(), score);
    }
    return latest;
  }

  void append(Handle tx, List<Score> scores) {
    for (var from = 0; from < scores.size(); from += BATCH_MAX) {
      var batch = tx.prepareBatch(APPEND);
      for (var it : scores.subList(from, Math.min(scores.size(), from + BATCH_MAX))) {
        batch
            .bind("product", it.product().value())
            .bind("virality", it.virality())
            .bind("urgency", it.urgency())
            .bind("expectedOrders", it.expectedOrders())
            .bind("sellOutChance", it.sellOutChance())
            .bind("worth", it.worth())
            .bind("value", it.value())
            .bind("parts", parts(it.parts()))
            .bind("reason", it.reason())
            .bind("trend", it.trend())
            .bind("scorer", it.scorer())
            .bind("at", it.at().atOffset(ZoneOffset.UTC))
            .bind("source", it.source().name())
            .bind("viralityLow", it.bands().map(bands -> bands.virality().low()))
            .bind("viralityHigh", it.bands().map(bands -> bands.virality().high()))
            .bind("urgencyLow", it.bands().map(bands -> bands.urgency().low()))
            .bind("urgencyHigh", it.bands().map(bands -> bands.urgency().high()))
            .add();
      }
      batch.execute();
    }
  }

  /** Products with stock, with their sales and the trends that fit them. */
  static List<Candidate> candidates(
      List<Product> products,
      Map<VariantId, Stock.Level> levels,
      Map<ProductId, List<SalesHistory.Day>> days,
      List<Trend> current,
      Map<Trend, TrendPlace> places,
      Overrides.Standing overrides,
      Map<String, Meaning> known) {
    var links = new Links(current, places, overrides, known);
    var candidates = new ArrayList<Candidate>();
    for (var product : products) {
      var left = left(product, levels);
      if (left == 0) continue;
      if (candidates.size() == PRODUCTS_MAX) {
        LOG.warnf("only the first %d products with stock are scored", PRODUCTS_MAX);
        break;
      }
      var sold = days.getOrDefault(product.id(), List.of());
      candidates.add(new Candidate(product, left, sold, links.of(product)));
    }
    return candidates;
  }

  private List<Candidate> candidates(Handle tx, Instant now) {
    return candidates(tx, now, Calibration.newest(tx));
  }

  private List<Candidate> candidates(Handle tx, Instant now, Calibration calibration) {
    var products = catalog.all(tx);
    var variants = new ArrayList<VariantId>();
    for (var product : products) {
      for (var variant : product.variants()) variants.add(variant.id());
    }
    var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    var days = sales.between(tx, today.minusDays(DemandHead.DAYS_MAX - 1), today);
    var exposures = Exposure.read(tx, products, now);
    var lowest = new PriceHistory().lowest(tx, variants, now.minus(REFERENCE), now);
    var followed = trends.followed(tx, now);
    return candidates(
            products,
            stock.levels(tx, variants),
            days,
            followed.stream().map(Trends.Followed::trend).toList(),
            TrendPlace.byTrend(followed, calibration),
            Overrides.standing(tx),
            known)
        .stream()
        .map(
            it ->
                it.known(
                    Optional.ofNullable(exposures.get(it.product().id())),
                    Optional.ofNullable(lowest.get(Margins.cheapest(it.product()).id()))))
        .toList();
  }

  private static void forget(Handle tx, Instant before) {
    tx.createUpdate(FORGET)
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .bind("max", FORGET_MAX)
        .execute();
  }

  private static int left(Product product, Map<VariantId, Stock.Level> levels) {
    var left = 0L;
    for (Variant variant : product.variants()) {
      var level = levels.get(variant.id());
      if (level != null) left += Math.max(0, level.left());
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  private static Score score(ResultSet row) throws SQLException {
    return new Score(
        new ProductId(row.getObject("product_id", UUID.class)),
        row.getInt("virality"),
        row.getInt("urgency"),
        row.getDouble("expected_orders"),
        row.getDouble("sell_out_chance"),
        row.getDouble("worth"),
        row.getDouble("value"),
        parts(row.getString("parts")),
        row.getString("reason"),
        row.getString("trend"),
        row.getString("scorer"),
        row.getTimestamp("at").toInstant(),
        Score.Source.valueOf(row.getString("source")),
        bands(row));
  }

  private static Optional<Score.Bands> bands(ResultSet row) throws SQLException {
    var first = row.getInt("virality_low");
    if (row.wasNull()) return Optional.empty();
    return Optional.of(
        new Score.Bands(
            new Score.Band(first, row.getInt("virality_high")),
            new Score.Band(row.getInt("urgency_low"), row.getInt("urgency_high"))));
  }

  private static String parts(List<Score.Part> parts) {
    try {
      return JSON.writeValueAsString(parts);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("parts cannot be written: " + parts, impossible);
    }
  }

  private static List<Score.Part> parts(String json) {
    try {
      return JSON.readValue(json, new TypeReference<List<Score.Part>>() {});
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("parts cannot be read: " + json, damaged);
    }
  }
}
