package urgency.outcomes;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.catalog.ProductId;
import urgency.catalog.SalesHistory;
import urgency.orders.Orders;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;
import urgency.scoring.BreakOutHead;
import urgency.scoring.Calibration;
import urgency.scoring.Runs;
import urgency.scoring.TrendPlace.Measure;
import urgency.shelf.Decisions;
import urgency.shelf.Edition;
import urgency.shelf.Editions;
import urgency.trends.Trends;

/** What was foretold of past editions and what came; gathered once an edition is over for good. */
@Singleton
public final class Outcomes {
  private static final Logger LOG = Logger.getLogger(Outcomes.class);
  private static final Duration EVERY = Duration.ofMinutes(10);

  /** Payments that were begun in an edition may come in this long after it closed. */
  static final Duration SETTLED_AFTER = Duration.ofHours(2);

  /** A refit after this long. */
  static final Duration REFIT_EVERY = Duration.ofDays(7);

  private static final Duration LEARNT_FROM = Duration.ofDays(364);
  private static final int EDITIONS_A_RUN = 50;
  private static final int LEARNT_MAX = 100_000;

  private static final String ADD_EDITION =
      """
      insert into outcomes.edition (number, opens_at, closes_at, horizon, comparable)
      values (:number, :opensAt, :closesAt, make_interval(secs => :horizon), :comparable)
          on conflict do nothing
      """;

  private static final String ADD =
      """
      insert into outcomes.outcome (edition, product_id, units, expected_orders, chance, raw_chance,
             ratio, virality, raw_virality, orders, sold, sold_out_at, price_nats, plain_orders)
      values (:edition, :product, :units, :expected, :chance, :raw,
             :ratio, :virality, :rawVirality, :orders, :sold, :soldOutAt, :priceNats, :plain)
      """;

  private static final String COLUMNS =
      """
      select o.edition, o.product_id, e.opens_at, o.units, o.expected_orders, o.chance,
             o.raw_chance, o.ratio, o.virality, o.raw_virality, o.orders, o.sold, o.sold_out_at,
             o.broke_out, o.price_nats, o.plain_orders
        from outcomes.outcome o
        join outcomes.edition e on e.number = o.edition
      """;

  private static final String COMPARABLE =
      COLUMNS
          + """
          where e.comparable
            and e.opens_at >= :since
          order by o.edition desc, o.product_id
          limit :max
          """;

  private static final String OF_PRODUCT =
      COLUMNS
          + """
          where o.product_id = :product
          order by o.edition desc
          limit :max
          """;

  private static final String WEEK_OVER =
      """
      select number, opens_at
        from outcomes.edition
       where not week_known
         and opens_at < :before
       order by number
       limit :max
      """;

  private record Week(long edition, Instant opensAt) {}

  private final Database database;
  private final Editions editions;
  private final SalesHistory sales;
  private final Gathering gathering;

  public Outcomes(
      Database database,
      Editions editions,
      Decisions decisions,
      Runs runs,
      Orders orders,
      SalesHistory sales) {
    this.database = database;
    this.editions = editions;
    this.sales = sales;
    this.gathering = new Gathering(decisions, runs, orders, sales);
  }

  void start(@Observes StartupEvent event, Jobs jobs) {
    jobs.oneNodeLater("outcomes", EVERY, this::run);
  }

  /** Gathers what is over, finds the break-outs of weeks that are, and learns once a week. */
  public void run(Instant now) {
    for (var i = 0; i < EDITIONS_A_RUN; i++) {
      if (!database.write(tx -> gatherNext(tx, now))) break;
    }
    for (var week : database.read(tx -> weeksOver(tx, now))) {
      database.change(tx -> breakOuts(tx, week));
    }
    learn(now);
  }

  /** Outcomes of editions that were open for as long as was foretold, oldest first. */
  public static List<Outcome> comparable(Handle tx, Instant since) {
    return tx.createQuery(COMPARABLE)
        .bind("since", since.atOffset(ZoneOffset.UTC))
        .bind("max", LEARNT_MAX)
        .map((row, _) -> outcome(row))
        .list()
        .reversed();
  }

  /** The newest outcomes of a product, newest first. */
  public static List<Outcome> of(Handle tx, ProductId product, int max) {
    return tx.createQuery(OF_PRODUCT)
        .bind("product", product.value())
        .bind("max", max)
        .map((row, _) -> outcome(row))
        .list();
  }

  /** From when on outcomes are learnt from and shown. */
  public static Instant since(Instant now) {
    return now.minus(LEARNT_FROM);
  }

  private boolean gatherNext(Handle tx, Instant now) {
    var next =
        tx.createQuery("select coalesce(max(number), 0) + 1 from outcomes.edition")
            .mapTo(Long.class)
            .one();
    var edition = editions.byNumber(tx, next);
    if (edition.filter(it -> isOver(it, now)).isEmpty()) return false;
    var gathered = gathering.of(tx, edition.get());
    var added =
        tx.createUpdate(ADD_EDITION)
            .bind("number", next)
            .bind("opensAt", edition.get().opensAt().atOffset(ZoneOffset.UTC))
            .bind("closesAt", edition.get().closesAt().atOffset(ZoneOffset.UTC))
            .bind("horizon", gathered.horizon().toMillis() / 1000.0)
            .bind("comparable", gathered.comparable())
            .execute();
    if (added == 1) add(tx, gathered.outcomes());
    return true;
  }

  private static boolean isOver(Edition edition, Instant now) {
    return !edition.closesAt().plus(SETTLED_AFTER).isAfter(now);
  }

  static void add(Handle tx, List<Outcome> outcomes) {
    if (outcomes.isEmpty()) return;
    var batch = tx.prepareBatch(ADD);
    for (var it : outcomes) {
      batch
          .bind("edition", it.edition())
          .bind("product", it.product().value())
          .bind("units", it.units())
          .bind("expected", it.expectedOrders())
          .bind("chance", it.chance())
          .bind("raw", it.rawChance())
          .bind("ratio", it.ratio())
          .bind("virality", it.virality())
          .bind("rawVirality", it.rawVirality())
          .bind("orders", it.orders())
          .bind("sold", it.sold())
          .bind("soldOutAt", it.soldOutAt().map(at -> at.atOffset(ZoneOffset.UTC)))
          .bind("priceNats", it.offer().map(Outcome.Offer::nats))
          .bind("plain", it.offer().map(Outcome.Offer::plainOrders))
          .add();
    }
    batch.execute();
  }

  private static List<Week> weeksOver(Handle tx, Instant now) {
    // The day after the last of the seven, so that all of its orders are counted.
    var before = now.minus(Duration.ofDays(BreakOutHead.HORIZON_DAYS + 1L));
    return tx.createQuery(WEEK_OVER)
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .bind("max", EDITIONS_A_RUN)
        .map(
            (row, _) ->
                new Week(
                    row.getLong("number"),
                    row.getObject("opens_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  private void breakOuts(Handle tx, Week week) {
    Set<ProductId> brokeOut = gathering.brokeOut(tx, week.edition(), week.opensAt());
    tx.createUpdate(
            """
            update outcomes.outcome
               set broke_out = product_id = any(:brokeOut)
             where edition = :edition
            """)
        .bind("edition", week.edition())
        .bindArray("brokeOut", UUID.class, brokeOut.stream().map(ProductId::value).toList())
        .execute();
    tx.createUpdate("update outcomes.edition set week_known = true where number = :edition")
        .bind("edition", week.edition())
        .execute();
  }

  private void learn(Instant now) {
    var last = database.read(Calibration::learntAt);
    if (last.isPresent() && last.get().plus(REFIT_EVERY).isAfter(now)) return;
    var outcomes = database.read(tx -> comparable(tx, since(now)));
    var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    var weeks = weeksOfSales(today);
    var trends = weeksOfTrends(today);
    if (outcomes.size() < Refit.CASES_MIN
        && weeks.size() < GrowthLearning.WEEKS_MIN
        && trends.size() < TrendLearning.WEEKS_MIN) {
      return;
    }
    var result = Refit.of(outcomes, now);
    var growth = GrowthLearning.of(weeks);
    var places = TrendLearning.of(trends);
    var price = PriceLearning.of(outcomes);
    var learnt =
        result.calibration().with(growth.learnt()).with(places.curves()).priced(price.learnt());
    var note = String.join("; ", result.note(), growth.note(), places.note(), price.note());
    database.change(tx -> learnt.add(tx, note));
    LOG.infof("calibration: %s", note);
  }

  // Oldest first, back to the first that has any past; one at a time, for all of a year of a large
  // shop would not fit.
  private List<GrowthWeek> weeksOfSales(LocalDate today) {
    var first = database.read(sales::first);
    var enough = today.minusWeeks(GrowthLearning.WEEKS_MIN);
    if (first.filter(it -> it.isBefore(enough)).isEmpty()) return List.of();
    var weeks = new ArrayList<GrowthWeek>();
    for (var ago = GrowthLearning.WEEKS; ago >= 1; ago--) {
      var begins = today.minusDays((long) ago * BreakOutHead.HORIZON_DAYS);
      if (!first.get().isBefore(begins)) continue;
      var days = database.read(tx -> GrowthWeek.days(tx, sales, begins));
      weeks.add(GrowthWeek.of(days, begins, GrowthLearning.ROWS_A_WEEK));
    }
    return weeks;
  }

  // Oldest first; the last is over for as long as sources lag behind.
  private List<Map<Measure, List<TrendWeek.Case>>> weeksOfTrends(LocalDate today) {
    var last = today.minusDays(BreakOutHead.HORIZON_DAYS + TrendWeek.STALE_DAYS);
    var first = database.read(Trends::first);
    if (first.filter(it -> !it.isAfter(last.minusWeeks(TrendLearning.WEEKS_MIN - 1L))).isEmpty()) {
      return List.of();
    }
    var weeks = new ArrayList<Map<Measure, List<TrendWeek.Case>>>();
    for (var ago = TrendLearning.WEEKS - 1; ago >= 0; ago--) {
      var day = last.minusWeeks(ago);
      if (first.get().isAfter(day)) continue;
      weeks.add(TrendWeek.of(database.read(tx -> TrendWeek.rows(tx, day)), day));
    }
    return weeks;
  }

  private static Outcome outcome(ResultSet row) throws SQLException {
    return new Outcome(
        row.getLong("edition"),
        new ProductId(row.getObject("product_id", UUID.class)),
        row.getObject("opens_at", OffsetDateTime.class).toInstant(),
        row.getInt("units"),
        row.getDouble("expected_orders"),
        row.getDouble("chance"),
        row.getDouble("raw_chance"),
        row.getDouble("ratio"),
        row.getInt("virality"),
        row.getDouble("raw_virality"),
        row.getInt("orders"),
        row.getInt("sold"),
        Optional.ofNullable(row.getObject("sold_out_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getObject("broke_out", Boolean.class)),
        offer(row));
  }

  private static Optional<Outcome.Offer> offer(ResultSet row) throws SQLException {
    var plain = row.getDouble("plain_orders");
    if (row.wasNull()) return Optional.empty();
    return Optional.of(new Outcome.Offer(row.getDouble("price_nats"), plain));
  }
}
