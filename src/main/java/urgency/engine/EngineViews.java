package urgency.engine;

import io.quarkus.qute.RawString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import urgency.admin.AdminView.Frame;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.glossary.Glossary;
import urgency.scoring.Explanation;
import urgency.scoring.Overrides;
import urgency.scoring.Runs;
import urgency.scoring.Score;
import urgency.scoring.Scorer.Candidate;
import urgency.scoring.TrendPlace;
import urgency.shelf.Decision;
import urgency.trends.Trend;

/** What the lists of the engine's pages show. */
final class EngineViews {
  private static final int FITS_SHOWN = 3;

  /** The products of a page, with what can be asked of the list. */
  record Products(
      Frame frame, String tab, String found, List<ProductRow> rows, String note, String more) {}

  /**
   * One product with both numbers.
   *
   * @param viralityBand such as {@code 12 to 40}
   * @param place on the newest shelf, or what kept it off
   * @param tone of the place
   */
  record ProductRow(
      String slug,
      String name,
      int virality,
      String viralityBand,
      int urgency,
      String urgencyBand,
      String orders,
      String badge,
      String badgeWords,
      String age,
      String reason,
      String place,
      String tone,
      boolean rated) {}

  record Trends(
      Frame frame,
      String tab,
      String notice,
      String state,
      List<TrendRow> rows,
      List<SuggestionRow> suggestions,
      List<SynonymRow> synonyms) {}

  /**
   * @param fits the products that follow it, strongest first
   */
  record TrendRow(
      String key,
      String name,
      String region,
      RawString curve,
      String stage,
      String growth,
      String views,
      TrendFigures figures,
      String age,
      String source,
      boolean demo,
      List<Fit> fits,
      int others) {}

  record Fit(String slug, String name, String strength) {}

  /**
   * What a model says that a hashtag means, until an operator takes it.
   *
   * @param note departments and end, as far as they were named
   * @param sure of 3
   */
  record SuggestionRow(String key, String means, String note, int sure, String model, String age) {}

  record SynonymRow(String key, String means, String by) {}

  private EngineViews() {}

  /** Those that nobody has taken yet. */
  static List<SuggestionRow> suggestions(
      List<Glossary.Suggestion> said, List<Overrides.Synonym> taken, Instant now) {
    var rows = new ArrayList<SuggestionRow>();
    for (var it : said) {
      if (taken.stream().anyMatch(other -> other.key().equals(it.tag()))) continue;
      var notes = new ArrayList<>(it.departments());
      it.ends().ifPresent(end -> notes.add("until " + end));
      rows.add(
          new SuggestionRow(
              it.tag(),
              it.means(),
              String.join(", ", notes),
              it.sure(),
              it.model(),
              Say.span(Duration.between(it.at(), now))));
    }
    return rows;
  }

  /**
   * Every product, best first; what was never rated comes last.
   *
   * @param rated the newest score of each product
   * @param run the newest rating
   * @param decision of the newest shelf
   */
  static List<ProductRow> rows(
      List<Product> products,
      Map<ProductId, Score> rated,
      Runs.Run run,
      Optional<Decision> decision,
      Instant now) {
    var known = new HashMap<ProductId, Candidate>();
    for (var it : run.candidates()) known.put(it.product().id(), it);
    var places = places(decision);
    var sorted = new ArrayList<>(products);
    sorted.sort(
        Comparator.comparing(
                (Product it) -> Optional.ofNullable(rated.get(it.id())).map(Score::value),
                Comparator.comparing((Optional<Double> it) -> it.orElse(-1.0)).reversed())
            .thenComparing(Product::id));
    var rows = new ArrayList<ProductRow>(sorted.size());
    for (var product : sorted) {
      var score = Optional.ofNullable(rated.get(product.id()));
      var place = places.getOrDefault(product.id(), Decision.Gate.OUTRANKED.words());
      rows.add(
          score
              .map(
                  it ->
                      row(product, Explanation.of(it, candidate(product, known), run, now), place))
              .orElseGet(() -> unrated(product)));
    }
    return rows;
  }

  /** What the newest rating knew; a product that it did not know has no units. */
  static Candidate candidate(Product product, Map<ProductId, Candidate> known) {
    var candidate = known.get(product.id());
    return candidate == null ? new Candidate(product, 0, List.of(), List.of()) : candidate;
  }

  static Map<ProductId, String> places(Optional<Decision> decision) {
    var places = new HashMap<ProductId, String>();
    if (decision.isEmpty()) return places;
    for (var it : decision.get().passedOver()) places.put(it.product(), it.gate().words());
    for (var it : decision.get().choices()) places.put(it.product(), "place " + it.place());
    return places;
  }

  private static ProductRow row(Product product, Explanation it, String place) {
    var score = it.score();
    return new ProductRow(
        product.slug(),
        product.name(),
        score.virality(),
        band(score.bands().map(Score.Bands::virality)),
        score.urgency(),
        band(score.bands().map(Score.Bands::urgency)),
        "%s (%d to %d)".formatted(Say.count(score.expectedOrders()), it.low(), it.high()),
        label(it.source()),
        it.source().words(),
        Say.span(it.age()),
        score.reason(),
        place,
        place.startsWith("place ") ? "good" : "plain",
        true);
  }

  private static ProductRow unrated(Product product) {
    return new ProductRow(
        product.slug(),
        product.name(),
        0,
        "",
        0,
        "",
        "",
        "not rated",
        "it never had units",
        "",
        "Not rated: it has no units.",
        "has no units left",
        "plain",
        false);
  }

  /** What a score rests on, in two words. */
  static String label(Score.Source source) {
    return switch (source) {
      case FRESH_LLM -> "model, asked now";
      case CACHED_LLM -> "model, this week";
      case STAT -> "own orders";
      case LAST -> "last rating";
      case PRIOR -> "category prior";
    };
  }

  /** Both ends, one where they are the same, and that it is not known where there is none. */
  static String band(Optional<Score.Band> band) {
    return band.map(
            it -> it.wide() ? "%d to %d".formatted(it.low(), it.high()) : String.valueOf(it.low()))
        .orElse("not kept");
  }

  /** Trends in their order, each with the products that follow it. */
  static List<TrendRow> trends(
      List<urgency.trends.Trends.Followed> trends,
      Map<Trend, TrendPlace> places,
      Runs.Run run,
      Instant now) {
    var fits = new HashMap<String, List<Followed>>();
    for (var candidate : run.candidates()) {
      for (var link : candidate.links()) {
        fits.computeIfAbsent(link.trend().key(), _ -> new ArrayList<>())
            .add(new Followed(candidate.product(), link.strength()));
      }
    }
    var rows = new ArrayList<TrendRow>(trends.size());
    for (var it : trends) {
      var followed = fits.getOrDefault(it.trend().key(), new ArrayList<>());
      followed.sort(
          Comparator.comparingDouble(Followed::strength)
              .reversed()
              .thenComparing(fit -> fit.product().slug()));
      var figures = TrendFigures.of(it, Optional.ofNullable(places.get(it.trend())));
      rows.add(row(it.trend(), figures, followed, now));
    }
    return rows;
  }

  private record Followed(Product product, double strength) {}

  private static TrendRow row(
      Trend it, TrendFigures figures, List<Followed> followed, Instant now) {
    var label =
        "#%s over %d days, now %s of its maximum"
            .formatted(
                it.displayName(),
                it.curve().size(),
                it.curve().isEmpty() ? "nothing" : Math.round(it.curve().getLast().value()) + " %");
    return new TrendRow(
        it.key(),
        it.displayName(),
        it.region(),
        Plots.sparkline(it.curve(), label),
        stage(it.stage()),
        growth(it.growthPercent()),
        Say.large(it.views()),
        figures,
        Say.span(Duration.between(it.observedAt(), now)),
        it.source(),
        it.demo(),
        followed.stream()
            .limit(FITS_SHOWN)
            .map(fit -> new Fit(fit.product().slug(), fit.product().name(), strength(fit)))
            .toList(),
        Math.max(0, followed.size() - FITS_SHOWN));
  }

  private static String strength(Followed it) {
    return String.format(Locale.ROOT, "%.2f", it.strength());
  }

  static String stage(Trend.Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  static String growth(int percent) {
    return percent == 0 ? "0 %" : String.format(Locale.ROOT, "%+d %%", percent);
  }

  static List<SynonymRow> synonyms(List<Overrides.Synonym> synonyms) {
    return synonyms.stream().map(it -> new SynonymRow(it.key(), it.means(), it.by())).toList();
  }
}
