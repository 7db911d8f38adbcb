package urgency.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.catalog.Catalog;
import urgency.catalog.PriceHistory;
import urgency.catalog.Product;
import urgency.engine.CounterFactual;
import urgency.platform.settings.Likeness;
import urgency.platform.sql.Database;
import urgency.scoring.Explanation;
import urgency.scoring.PastRatings;
import urgency.scoring.Runs;
import urgency.scoring.Score;
import urgency.scoring.Scorer.Candidate;
import urgency.scoring.Scorer.Link;
import urgency.scoring.Scoring;
import urgency.shelf.Decision;
import urgency.shelf.Decision.Choice;
import urgency.shelf.Decisions;
import urgency.shelf.Decisions.Trial;
import urgency.shelf.ShelfSettings.Mode;

/** The tool {@code bin/explain PRODUCT}: why a product has its score and its place. */
final class Explain {
  private static final int DONE = 0;
  private static final int UNKNOWN = 1;
  private static final int MISTAKE = 2;
  private static final int BAR_MAX = 30;
  private static final double LARGE = 1_000;

  private Explain() {}

  /** Explains the product that the second argument names; answers the exit status. */
  static int run(ShopSettings settings, String[] args) {
    if (args.length != 2) {
      System.err.println("usage: bin/explain PRODUCT, its address or what follows /p/ in it");
      return MISTAKE;
    }
    var now = InstantSource.system().instant();
    try (var progress = Progress.of("reaching the database");
        var database = Database.reach(settings.database(), progress::at)) {
      var slug = args[1].replaceFirst("^.*/p/", "");
      return database.read(tx -> told(tx, slug, now, progress));
    }
  }

  private static int told(Handle tx, String slug, Instant now, Progress progress) {
    progress.at("looking for " + slug);
    var catalog = new Catalog(new PriceHistory());
    var product = catalog.bySlug(tx, slug);
    if (product.isEmpty()) {
      var nearest =
          catalog.all(tx).stream()
              .map(Product::slug)
              .min(Comparator.comparingInt(it -> Likeness.distance(it, slug)));
      System.err.println(
          "there is no product %s%s"
              .formatted(slug, nearest.map("; did you mean %s?"::formatted).orElse("")));
      return UNKNOWN;
    }
    progress.at("reading what the newest rating knew");
    var score = Optional.ofNullable(Scoring.latest(tx).get(product.get().id()));
    var run = new Runs().newest(tx);
    if (score.isEmpty() || run.isEmpty()) {
      IO.println("%s was not rated yet: it has no units.".formatted(product.get().name()));
      return DONE;
    }
    var candidate =
        run.get().candidates().stream()
            .filter(it -> it.product().id().equals(product.get().id()))
            .findFirst()
            .orElse(new Candidate(product.get(), 0, List.of(), List.of()));
    var explained = Explanation.of(score.get(), candidate, run.get(), now);
    var past = PastRatings.below(tx, score.get().virality(), now);
    say(product.get(), explained, past);
    sayLinks(candidate.links());
    progress.at("reading the newest edition");
    sayPlace(tx, product.get());
    progress.at("deciding the newest edition otherwise");
    sayOtherwise(tx, candidate, run.get(), explained);
    return DONE;
  }

  private static void say(Product product, Explanation it, Optional<PastRatings> past) {
    var score = it.score();
    IO.println(
        """
        %s (%s)
          Virality Potential %d (%s)   Urgency %d (%s)
          Its virality is %s
          Breaks out by itself, without any trend: %s
          Rests on %s; by %s, %s old
          %s
          Orders until the refresh: %.1f expected, 80 %% of the time between %d and %d
          Worth to the shelf: %.0f minor units of margin, the product of:
        """
            .formatted(
                product.name(),
                product.slug(),
                score.virality(),
                band(score.bands().map(Score.Bands::virality)),
                score.urgency(),
                band(score.bands().map(Score.Bands::urgency)),
                past.map(PastRatings::words).orElse("the first: no rating is kept"),
                it.own() > 0 ? String.format(Locale.ROOT, "%.2f", it.own()) : "not learnt yet",
                it.source().words(),
                score.scorer(),
                age(it.age()),
                score.reason(),
                score.expectedOrders(),
                it.low(),
                it.high(),
                score.value())
            .stripTrailing());
    for (var bar : it.bars()) {
      var length = (int) Math.round(bar.percent() / 100 * BAR_MAX);
      IO.println(
          "    %-28s %s %-30s x %s"
              .formatted(
                  bar.name(),
                  bar.nats() < 0 ? "-" : "+",
                  "#".repeat(length),
                  factor(bar.factor())));
    }
  }

  private static String factor(double it) {
    return String.format(Locale.ROOT, it < LARGE ? "%.3g" : "%,.0f", it);
  }

  private static String band(Optional<Score.Band> band) {
    return band.map(
            it -> it.wide() ? "%d to %d".formatted(it.low(), it.high()) : "to less than a point")
        .orElse("range not kept");
  }

  private static void sayLinks(List<Link> links) {
    for (var it : links) {
      IO.println(
          "  Follows #%s with strength %.2f (found by %s), %s, from %s"
              .formatted(
                  it.trend().displayName(),
                  it.strength(),
                  it.method(),
                  it.trend().stage().name().toLowerCase(Locale.ROOT),
                  it.trend().source()));
    }
  }

  private static void sayOtherwise(
      Handle tx, Candidate candidate, Runs.Run run, Explanation explained) {
    var decisions = new Decisions(new Runs());
    var trial =
        decisions.numbers(tx, 1).stream().findFirst().flatMap(it -> decisions.trial(tx, it));
    if (trial.isEmpty()) return;
    var other = CounterFactual.of(trial.get(), explained.score(), candidate, run, explained);
    IO.println("  " + other.sentence());
    for (var way : other.ways()) IO.println("    " + way);
  }

  private static void sayPlace(Handle tx, Product product) {
    var decisions = new Decisions(new Runs());
    for (var edition : decisions.numbers(tx, 1)) {
      decisions
          .of(tx, edition)
          .ifPresent(it -> IO.println(place(it, decisions.trial(tx, edition), product)));
    }
  }

  private static String place(Decision decision, Optional<Trial> trial, Product product) {
    var mode = trial.map(Trial::mode).orElse(Mode.VALUE);
    var place =
        "  Edition %d: %s".formatted(decision.edition().number(), place(decision, mode, product));
    return trial
        .flatMap(it -> it.weighed(product.id(), Map.of()))
        .map(it -> place + "%n    score %s".formatted(it.words()))
        .orElse(place);
  }

  private static String place(Decision decision, Mode mode, Product product) {
    for (var choice : decision.choices()) {
      if (choice.product().equals(product.id())) {
        return "place %d, %s; by %s alone it is number %d."
            .formatted(choice.place(), why(choice, mode), mode.measure(), choice.rank());
      }
    }
    for (var it : decision.passedOver()) {
      if (it.product().equals(product.id())) {
        return "not on it: %s.".formatted(it.gate().words());
      }
    }
    return "not on it: many others rank above it.";
  }

  private static String why(Choice choice, Mode mode) {
    return switch (choice.why()) {
      case VALUE -> "for its " + mode.measure();
      case DIVERSITY -> "moved up, because what ranks above it is too much like the rest";
      case EXPLORE ->
          "drawn to learn about it (it had a chance of %.3f)".formatted(choice.propensity());
    };
  }

  private static String age(Duration age) {
    return age.toHours() > 0 ? age.toHours() + " h" : age.toMinutes() + " min";
  }
}
