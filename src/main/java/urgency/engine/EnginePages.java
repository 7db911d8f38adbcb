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
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import urgency.admin.AdminGate;
import urgency.admin.AdminView.Frame;
import urgency.catalog.Catalog;
import urgency.glossary.Glossary;
import urgency.judging.JudgeLog;
import urgency.outcomes.Outcomes;
import urgency.platform.http.BadInput;
import urgency.platform.sql.Database;
import urgency.scoring.Calibration;
import urgency.scoring.Overrides;
import urgency.scoring.Runs;
import urgency.scoring.Scoring;
import urgency.scoring.TrendPlace;
import urgency.shelf.Decisions;
import urgency.trends.SourceHealths;
import urgency.trends.Trends;

/** The engine in lists: products with both numbers, trends, and how far chances came true. */
@Singleton
@Path("/admin/engine")
@RunOnVirtualThread
final class EnginePages {
  static final String HTML = "text/html; charset=utf-8";
  private static final int ROWS_MAX = 100;
  private static final int PAGES_MAX = 1_000;
  private static final int TRENDS_MAX = 200;
  private static final int SOUGHT_MAX = 60;
  private static final int CALLS_MAX = 100;
  private static final Duration CANARIES_OF = Duration.ofDays(7);

  private final Database database;
  private final Catalog catalog;
  private final Runs runs;
  private final Decisions decisions;
  private final Trends trends;
  private final SourceHealths sources;
  private final JudgeLog judges;
  private final InstantSource clock;

  EnginePages(
      Database database,
      Catalog catalog,
      Runs runs,
      Decisions decisions,
      Trends trends,
      SourceHealths sources,
      JudgeLog judges,
      InstantSource clock) {
    this.database = database;
    this.catalog = catalog;
    this.runs = runs;
    this.decisions = decisions;
    this.trends = trends;
    this.sources = sources;
    this.judges = judges;
    this.clock = clock;
  }

  @GET
  @Produces(HTML)
  @Operation(hidden = true)
  public String products(
      @QueryParam("find") @DefaultValue("") String find,
      @QueryParam("page") @DefaultValue("1") String page,
      @Context SecurityContext security) {
    if (find.length() > SOUGHT_MAX) {
      throw new BadInput("find", "at most " + SOUGHT_MAX + " characters");
    }
    if (!page.matches("[1-9][0-9]{0,2}")) throw new BadInput("page", "a number from 1");
    var from = Math.min(PAGES_MAX, Integer.parseInt(page) - 1) * ROWS_MAX;
    var sought = find.strip().toLowerCase(Locale.ROOT);
    var now = clock.instant();
    var view =
        database.read(
            tx -> {
              var run = runs.newest(tx);
              if (run.isEmpty()) {
                return new EngineViews.Products(
                    frame("Engine", security),
                    "products",
                    find,
                    List.of(),
                    "Nothing was rated yet; the first rating comes within a minute.",
                    "");
              }
              var decision =
                  decisions.numbers(tx, 1).stream().findFirst().flatMap(it -> decisions.of(tx, it));
              var products =
                  catalog.all(tx).stream()
                      .filter(it -> it.name().toLowerCase(Locale.ROOT).contains(sought))
                      .toList();
              var rows = EngineViews.rows(products, Scoring.latest(tx), run.get(), decision, now);
              var shown = rows.stream().skip(from).limit(ROWS_MAX).toList();
              var calibration = run.get().calibration().orElse(Calibration.PRIOR);
              return new EngineViews.Products(
                  frame("Engine", security),
                  "products",
                  find,
                  shown,
                  note(calibration),
                  from + shown.size() < rows.size() ? String.valueOf(from / ROWS_MAX + 2) : "");
            });
    return EngineTemplates.products(view).render();
  }

  @GET
  @Path("/trends")
  @Produces(HTML)
  @Operation(hidden = true)
  public String trends(
      @QueryParam("done") @DefaultValue("") String done, @Context SecurityContext security) {
    var now = clock.instant();
    var view =
        database.read(
            tx -> {
              var current = trends.followed(tx, now);
              var calibration = Calibration.newest(tx);
              var places = TrendPlace.byTrend(current, calibration);
              var run = runs.newest(tx);
              var synonyms = Overrides.standing(tx).synonyms();
              return new EngineViews.Trends(
                  frame("Trends", security),
                  "trends",
                  OverridePages.words(done),
                  TrendFigures.state(calibration),
                  run.map(
                          it ->
                              EngineViews.trends(
                                  current.subList(0, Math.min(TRENDS_MAX, current.size())),
                                  places,
                                  it,
                                  now))
                      .orElse(List.of()),
                  EngineViews.suggestions(
                      Glossary.suggestions(
                          tx, current.stream().map(it -> it.trend().key()).toList(), now),
                      synonyms,
                      now),
                  EngineViews.synonyms(synonyms));
            });
    return EngineTemplates.trends(view).render();
  }

  @GET
  @Path("/sources")
  @Produces(HTML)
  @Operation(hidden = true)
  public String sources(@Context SecurityContext security) {
    var now = clock.instant();
    var frame = frame("Sources", security);
    SourcesView view =
        database.read(tx -> SourcesView.of(frame, sources.all(tx, now), sources.refused(tx), now));
    return EngineTemplates.sources(view).render();
  }

  @GET
  @Path("/judges")
  @Produces(HTML)
  @Operation(hidden = true)
  public String judges(@Context SecurityContext security) {
    var now = clock.instant();
    var view =
        database.read(
            tx ->
                JudgesView.of(
                    frame("Judges", security),
                    judges.standing(tx),
                    judges.today(tx, now),
                    judges.month(tx, now),
                    judges.canaries(tx, now.minus(CANARIES_OF)),
                    judges.newest(tx, CALLS_MAX),
                    judges.notes(tx, CALLS_MAX),
                    now));
    return EngineTemplates.judges(view).render();
  }

  /** What was sent to a model and what it answered, to the byte. */
  @GET
  @Path("/judges/{call}")
  @Produces(HTML)
  @Operation(hidden = true)
  public String call(@PathParam("call") String call, @Context SecurityContext security) {
    if (!call.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) throw new NotFoundException();
    var id = UUID.fromString(call);
    var now = clock.instant();
    var view =
        database.read(
            tx ->
                JudgesView.Call.of(
                    frame("A call", security),
                    judges.call(tx, id).orElseThrow(NotFoundException::new),
                    judges.raw(tx, id).orElseThrow(NotFoundException::new),
                    now));
    return EngineTemplates.call(view).render();
  }

  @GET
  @Path("/calibration")
  @Produces(HTML)
  @Operation(hidden = true)
  public String calibration(@Context SecurityContext security) {
    var now = clock.instant();
    var view =
        database.read(
            tx ->
                CalibrationView.of(
                    frame("Calibration", security),
                    Outcomes.comparable(tx, Outcomes.since(now)),
                    Calibration.newest(tx),
                    Calibration.note(tx)));
    return EngineTemplates.calibration(view).render();
  }

  private static String note(Calibration it) {
    return it.sellOut().own() || it.breakOut().own() || it.growth().isPresent()
        ? "Chances are corrected by this shop’s own outcomes."
        : "Chances are a prior, not yet own data: they are corrected once 200 outcomes are in.";
  }

  private static Frame frame(String title, SecurityContext security) {
    return new Frame(title, "engine", AdminGate.operator(security).name());
  }
}
