package urgency.engine;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jdbi.v3.core.Handle;
import urgency.admin.AdminGate;
import urgency.admin.AdminView.Frame;
import urgency.catalog.Catalog;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.judging.JudgeLog;
import urgency.money.Money;
import urgency.outcomes.Outcomes;
import urgency.platform.http.BadInput;
import urgency.platform.sql.Database;
import urgency.scoring.Calibration;
import urgency.scoring.Explanation;
import urgency.scoring.Overrides;
import urgency.scoring.PastRatings;
import urgency.scoring.Risks;
import urgency.scoring.Runs;
import urgency.scoring.Score;
import urgency.scoring.Scorer;
import urgency.scoring.Scorer.Candidate;
import urgency.scoring.Scoring;
import urgency.shelf.Decisions;
import urgency.shelf.ShelfSettings;

/** Why one product has its score and its place, and what would change it. */
@Singleton
@Path("/admin/engine/products/{slug}")
@RunOnVirtualThread
final class WhyPage {
  private static final int PAST_MAX = 5;
  private static final int UNITS_MAX = 1_000_000;
  private static final int HOURS_MAX = 168;
  private static final int SLUG_MAX = 100;

  private final Database database;
  private final Catalog catalog;
  private final Runs runs;
  private final Decisions decisions;
  private final JudgeLog judges;
  private final Scorer.Maker scorers;
  private final ShelfSettings shelf;
  private final InstantSource clock;

  /**
   * All that is known of the product.
   *
   * @param run the newest rating
   */
  private record Known(
      Product product,
      Score score,
      Candidate candidate,
      Runs.Run run,
      Optional<Long> edition,
      Optional<Decisions.Trial> trial) {}

  WhyPage(
      Database database,
      Catalog catalog,
      Runs runs,
      Decisions decisions,
      JudgeLog judges,
      Scorer.Maker scorers,
      ShelfSettings shelf,
      InstantSource clock) {
    this.database = database;
    this.catalog = catalog;
    this.runs = runs;
    this.decisions = decisions;
    this.judges = judges;
    this.scorers = scorers;
    this.shelf = shelf;
    this.clock = clock;
  }

  @GET
  @Produces(EnginePages.HTML)
  @Operation(hidden = true)
  public String show(
      @PathParam("slug") String slug,
      @QueryParam("price") @DefaultValue("") String price,
      @QueryParam("units") @DefaultValue("") String units,
      @QueryParam("hours") @DefaultValue("") String hours,
      @QueryParam("replay") @DefaultValue("") String replay,
      @QueryParam("done") @DefaultValue("") String done,
      @Context SecurityContext security) {
    var frame = new Frame("Why this score", "engine", AdminGate.operator(security).name());
    var now = clock.instant();
    var view =
        database.read(
            tx -> {
              var known = known(tx, slug);
              var tried =
                  price.isEmpty() && units.isEmpty() && hours.isEmpty()
                      ? WhyView.Tried.NOTHING
                      : tried(known, change(known, price, units, hours));
              return view(
                  tx, frame, known, tried, !replay.isEmpty(), OverridePages.words(done), now);
            });
    return EngineTemplates.why(view).render();
  }

  /** What the sliders fetch while they are moved: the part of the page that they change. */
  @GET
  @Path("/what-if")
  @Produces(EnginePages.HTML)
  @Operation(hidden = true)
  public String whatIf(
      @PathParam("slug") String slug,
      @QueryParam("price") @DefaultValue("") String price,
      @QueryParam("units") @DefaultValue("") String units,
      @QueryParam("hours") @DefaultValue("") String hours) {
    var tried =
        database.read(
            tx -> {
              var known = known(tx, slug);
              return tried(known, change(known, price, units, hours));
            });
    return EngineTemplates.whatIf(tried).render();
  }

  private Known known(Handle tx, String slug) {
    if (slug.length() > SLUG_MAX) throw new NotFoundException();
    var product = catalog.bySlug(tx, slug).orElseThrow(NotFoundException::new);
    var run = runs.newest(tx).orElseThrow(NotFoundException::new);
    var rated = Optional.ofNullable(Scoring.latest(tx).get(product.id()));
    var candidates = new HashMap<ProductId, Candidate>();
    for (var it : run.candidates()) candidates.put(it.product().id(), it);
    var candidate = EngineViews.candidate(product, candidates);
    var edition = decisions.numbers(tx, 1).stream().findFirst();
    return new Known(
        product,
        rated.orElseThrow(NotFoundException::new),
        candidate,
        run,
        edition,
        edition.flatMap(it -> decisions.trial(tx, it)));
  }

  private WhyView view(
      Handle tx,
      Frame frame,
      Known known,
      WhyView.Tried tried,
      boolean replay,
      String notice,
      Instant now) {
    var run = known.run();
    var candidate = known.candidate();
    var product = known.product();
    var explained = Explanation.of(known.score(), candidate, run, now);
    var calibration = run.calibration().orElse(Calibration.PRIOR).sellOut();
    var overrides = Overrides.standing(tx);
    var barred = Optional.ofNullable(overrides.barred().get(product.id()));
    return new WhyView(
        frame,
        "products",
        notice,
        product.slug(),
        product.name(),
        WhyView.numbers(
            explained,
            PastRatings.below(tx, known.score().virality(), now),
            calibration.own(),
            calibration.cases()),
        WhyView.bars(explained.bars()),
        worth(known.score(), product),
        WhyView.cards(candidate.links(), now),
        WhyView.forbidden(overrides.pins(), product),
        lasts(known),
        WhyView.place(known.edition().flatMap(it -> decisions.of(tx, it)), known.trial(), product),
        known
            .trial()
            .map(it -> CounterFactual.of(it, known.score(), candidate, run, explained))
            .orElse(CounterFactual.NO_SHELF),
        WhyView.form(product.lowestPrice(), candidate.unitsLeft(), run.horizon()),
        tried,
        WhyView.replay(
            known.edition().orElse(0L),
            known.edition().filter(_ -> replay).map(it -> decisions.replay(tx, it, scorers::with))),
        WhyView.past(Outcomes.of(tx, product.id(), PAST_MAX)),
        judge(tx, known, now),
        barred.map(it -> "%s (%s)".formatted(it.reason(), it.by())).orElse(""));
  }

  private JudgeCard judge(Handle tx, Known known, Instant now) {
    var opinion = known.candidate().opinion();
    var gate = known.run().settings().holdsRisks();
    return JudgeCard.of(
        opinion,
        opinion.flatMap(it -> judges.of(tx, it)),
        JudgeCard.Waiting.of(Risks.seen(tx, known.product().id()), gate),
        known.score().expectedOrders(),
        now);
  }

  private static WhyView.Lasts lasts(Known known) {
    var run = known.run();
    var units = known.candidate().unitsLeft();
    var lasts = StockLasts.of(known.score(), units, run.horizon(), run.settings().dispersion());
    return WhyView.lasts(lasts, known.candidate(), run.horizon());
  }

  private WhyView.Tried tried(Known known, WhatIf.Change change) {
    var scorer = scorers.with(known.run().settings());
    var result =
        WhatIf.of(scorer, known.run(), known.trial(), known.product().id(), change)
            .orElseThrow(() -> new BadInput("units", "this product has no units and is not rated"));
    var score = result.score();
    var before = known.score();
    return new WhyView.Tried(
        true,
        "%s, %d units, %d h until the refresh"
            .formatted(
                change.price().shown(java.util.Locale.US),
                change.units(),
                change.horizon().toHours()),
        score.virality(),
        before.virality(),
        score.urgency(),
        before.urgency(),
        Say.count(score.expectedOrders()),
        Say.count(before.expectedOrders()),
        Say.percent(score.sellOutChance()),
        Say.percent(before.sellOutChance()),
        worth(score, known.product()),
        worth(before, known.product()),
        "number %d of %d by value%s"
            .formatted(
                result.rank(),
                result.of(),
                result
                    .weighed()
                    .map(it -> ", score " + Say.decimals(1, it.score()) + " of 100")
                    .orElse("")),
        result.place() == 0 ? "not on the shelf" : "place " + result.place(),
        effect(known, change),
        warning(known.product(), change));
  }

  private static String effect(Known known, WhatIf.Change change) {
    if (change.price().equals(known.candidate().product().lowestPrice())) return "";
    if (known.candidate().reference().isEmpty()) {
      return "No price of the last 30 days is known to it, so just as many buy.";
    }
    return WhyView.effect(known.run().calibration().orElse(Calibration.PRIOR).priceEffect());
  }

  private String warning(Product product, WhatIf.Change change) {
    if (change.units() == 0) return "Without units it is not considered at all.";
    var below =
        product.variants().stream()
            .filter(it -> it.price().equals(product.lowestPrice()))
            .flatMap(it -> it.cost().stream())
            .anyMatch(
                cost -> change.price().minor() * 100 < cost.minor() * (100L + shelf.marginFloor()));
    return below
        ? "At this price it would be kept off: less than %d %% above its cost."
            .formatted(shelf.marginFloor())
        : "";
  }

  private static WhatIf.Change change(Known known, String price, String units, String hours) {
    var now = known.product().lowestPrice();
    return new WhatIf.Change(
        price.isEmpty() ? now : price(price, now),
        units.isEmpty() ? known.candidate().unitsLeft() : whole("units", units, 0, UNITS_MAX),
        hours.isEmpty()
            ? known.run().horizon()
            : Duration.ofHours(whole("hours", hours, 1, HOURS_MAX)));
  }

  private static Money price(String typed, Money now) {
    var digits = Math.max(0, now.currency().getDefaultFractionDigits());
    var remedy = "a positive amount with at most %d decimals, such as 5".formatted(digits);
    if (!typed.matches("[0-9]{1,6}(\\.[0-9]{1,3})?")) throw new BadInput("price", remedy);
    var minor = new BigDecimal(typed).movePointRight(digits).stripTrailingZeros();
    if (minor.scale() > 0 || minor.signum() == 0) throw new BadInput("price", remedy);
    return new Money(minor.longValueExact(), now.currency());
  }

  private static int whole(String field, String typed, int min, int max) {
    var remedy = "a whole number from %d to %d".formatted(min, max);
    if (!typed.matches("[0-9]{1,7}")) throw new BadInput(field, remedy);
    var number = Integer.parseInt(typed);
    if (number < min || number > max) throw new BadInput(field, remedy);
    return number;
  }

  private static String worth(Score score, Product product) {
    var money = new Money(Math.round(score.value()), product.lowestPrice().currency());
    return money.shown(java.util.Locale.US);
  }
}
