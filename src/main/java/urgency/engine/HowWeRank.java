package urgency.engine;

import io.quarkus.qute.RawString;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import urgency.outcomes.Outcome;
import urgency.outcomes.Outcomes;
import urgency.outcomes.Reliability;
import urgency.platform.http.Pages;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;
import urgency.shelf.Decision.Weighed;
import urgency.shelf.ShelfSettings;
import urgency.storefront.Frame;
import urgency.words.Mode;
import urgency.words.Text;

/**
 * The public page that says how the shelf is ranked and how far its chances can be trusted.
 * Rendered when its figures change, never for a view.
 */
@Singleton
final class HowWeRank {
  static final String PATH = "/how-we-rank";

  /** From so many own outcomes on the shop's own figures are shown. */
  static final int OWN_MIN = 200;

  private static final Duration LOOK = Duration.ofMinutes(10);
  private static final String ALWAYS_ASK = "public, no-cache";

  private final Database database;
  private final Pages pages;
  private final ShelfSettings.Mode mode;
  private Optional<Figures> published = Optional.empty();

  /**
   * @param own whether the figures are of this shop
   * @param oneShelf what ranks the shelf
   * @param measured where the figures come from, with the day
   * @param bins of own outcomes, empty for shipped figures
   */
  record View(
      Frame frame,
      boolean own,
      Text oneShelf,
      Text measured,
      int outcomes,
      List<Row> sellOut,
      List<Row> breakOut,
      String found,
      String foundByMix,
      Text plotName,
      RawString plot,
      List<Bin> bins) {}

  /**
   * One way to foretell.
   *
   * @param error mean squared error, as a bar of 0 to 100
   */
  record Row(Text name, boolean ours, String brier, String ece, int error) {}

  record Bin(String foretold, String came, int cases) {}

  /** What the page shows that may change. */
  private record Figures(boolean own, LocalDate day, Reliability ours, Reliability ratio) {}

  HowWeRank(Database database, Pages pages, ShelfSettings shelf) {
    this.database = database;
    this.pages = pages;
    this.mode = shelf.mode();
  }

  void start(@Observes StartupEvent event, Jobs jobs) {
    jobs.everyNode("how-we-rank", LOOK, this::look);
  }

  synchronized void look(Instant now) {
    var outcomes = database.read(tx -> Outcomes.comparable(tx, Outcomes.since(now)));
    var figures = figures(outcomes);
    if (published.filter(figures::equals).isPresent()) return;
    published = Optional.of(figures);
    var view = view(figures);
    pages.publish(
        PATH,
        EnginePages.HTML,
        ALWAYS_ASK,
        (language, calm) -> Mode.render(PublicTemplates.howWeRank(view), language, calm));
  }

  private static Figures figures(List<Outcome> outcomes) {
    var hits = new boolean[outcomes.size()];
    for (var i = 0; i < hits.length; i++) hits[i] = outcomes.get(i).soldOut();
    var day =
        outcomes.isEmpty()
            ? ShippedFigures.MEASURED
            : LocalDate.ofInstant(outcomes.getLast().openedAt(), ZoneOffset.UTC);
    return new Figures(
        outcomes.size() >= OWN_MIN,
        outcomes.size() >= OWN_MIN ? day : ShippedFigures.MEASURED,
        Reliability.of(outcomes.stream().mapToDouble(Outcome::chance).toArray(), hits),
        Reliability.of(outcomes.stream().mapToDouble(Outcome::ratio).toArray(), hits));
  }

  private View view(Figures it) {
    var frame =
        Frame.of(
                Text.of("title_page", Text.of("how_we_rank")),
                Text.of("describes_rank"),
                "none",
                0,
                Optional.empty())
            .at(PATH);
    var shipped = shipped(ShippedFigures.BREAK_OUT);
    var found = Say.decimals(2, ShippedFigures.BREAK_OUT_FOUND);
    var mix = Say.decimals(2, ShippedFigures.BREAK_OUT_FOUND_BY_MIX);
    if (!it.own()) {
      return new View(
          frame,
          false,
          oneShelf(),
          Text.of(
              "rank_measured_shipped", ShippedFigures.CASES, ShippedFigures.MEASURED.toString()),
          it.ours().cases(),
          shipped(ShippedFigures.SELL_OUT),
          shipped,
          found,
          mix,
          Text.NOTHING,
          new RawString(""),
          List.of());
    }
    var average = it.ours().share() * (1 - it.ours().share());
    return new View(
        frame,
        true,
        oneShelf(),
        Text.of("rank_measured_own", it.ours().cases(), it.day().toString()),
        it.ours().cases(),
        List.of(
            row("rank_ours", true, it.ours().brier(), it.ours().ece()),
            row("rank_ratio", false, it.ratio().brier(), it.ratio().ece()),
            row("rank_average", false, average, 0)),
        shipped,
        found,
        mix,
        Text.of("rank_plot"),
        Plots.reliability(it.ours(), "", ""),
        it.ours().bins().stream()
            .map(bin -> new Bin(Say.percent(bin.foretold()), Say.percent(bin.share()), bin.cases()))
            .toList());
  }

  private Text oneShelf() {
    return switch (mode) {
      case VALUE -> Text.of("rank_one_shelf_how");
      case WEIGHTED ->
          Text.of(
              "rank_one_shelf_by_score",
              hundredths(Weighed.BY_VALUE),
              hundredths(Weighed.BY_VIRALITY),
              hundredths(Weighed.BY_URGENCY));
    };
  }

  private static long hundredths(double weight) {
    return Math.round(100 * weight);
  }

  private static List<Row> shipped(List<ShippedFigures.Figure> figures) {
    return figures.stream().map(it -> row(it.key(), it.ours(), it.brier(), it.ece())).toList();
  }

  private static Row row(String key, boolean ours, double brier, double ece) {
    return new Row(
        Text.of(key),
        ours,
        Say.decimals(3, brier),
        Say.decimals(3, ece),
        (int) Math.min(100, Math.round(brier * 400)));
  }
}
