package urgency.engine;

import io.quarkus.qute.RawString;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import urgency.admin.AdminView.Frame;
import urgency.catalog.Product;
import urgency.demand.PriceEffect;
import urgency.money.Money;
import urgency.outcomes.Outcome;
import urgency.scoring.Explanation;
import urgency.scoring.Links;
import urgency.scoring.Overrides;
import urgency.scoring.PastRatings;
import urgency.scoring.Score;
import urgency.scoring.Scorer.Candidate;
import urgency.scoring.Scorer.Link;
import urgency.scoring.TrendOutlook;
import urgency.shelf.Decision;
import urgency.shelf.Decisions.Replayed;
import urgency.shelf.Decisions.Trial;
import urgency.shelf.ShelfSettings;

/**
 * Why one product has its score and its place.
 *
 * @param notice what was done a moment ago, empty when nothing was
 * @param judge what a model said of it
 * @param barred why an operator keeps it off the shelf, empty when none does
 */
record WhyView(
    Frame frame,
    String tab,
    String notice,
    String slug,
    String name,
    Numbers numbers,
    List<Bar> bars,
    String worth,
    List<Card> cards,
    List<Pinned> forbidden,
    Lasts lasts,
    Place place,
    CounterFactual counter,
    Form form,
    Tried tried,
    Replay replay,
    List<Past> past,
    JudgeCard judge,
    String barred) {

  /**
   * Both numbers with all that belongs to them.
   *
   * @param viralityBand where it could well be; empty when it could be nowhere else, so the other
   * @param own chance to break out without any trend; empty while the shop has not learnt it
   * @param higher than how many of the ratings of late; empty when none is kept
   */
  record Numbers(
      int virality,
      String viralityBand,
      int urgency,
      String urgencyBand,
      String reason,
      String badge,
      String badgeWords,
      String age,
      String scorer,
      String calibrated,
      String orders,
      String chance,
      String own,
      String higher) {}

  /**
   * One exact share.
   *
   * @param from where its bar begins, in percent of the width
   * @param width of its bar
   * @param tone more or less
   */
  record Bar(String name, String factor, String nats, double from, double width, String tone) {}

  /**
   * A trend that the product follows.
   *
   * @param strength how surely it fits, 0.00 to 1.00
   * @param place its percentile among the trends of its region, and by what
   * @param pull what it comes to: strength, break-out, novelty and freshness multiplied
   */
  record Card(
      String key,
      String name,
      String region,
      RawString curve,
      String stage,
      String growth,
      String age,
      String source,
      String strength,
      String method,
      boolean manual,
      String breakOut,
      String place,
      String novelty,
      String freshness,
      String pull) {}

  /** A link that an operator set. */
  record Pinned(String key, String strength, String by) {}

  record Lasts(RawString plot, String early, String half, String late, List<Row> rows) {
    record Row(String after, String left) {}
  }

  /**
   * @param edition 0 when no shelf was decided yet
   * @param weighed the reckoning of its score, where a score ranked the shelf and it could be sold
   */
  record Place(long edition, String rank, String words, String propensity, String weighed) {}

  /** What the sliders begin with and how far they go. */
  record Form(
      String price,
      String priceMax,
      String step,
      int units,
      int unitsMax,
      int hours,
      String sign) {}

  /**
   * A what-if, beside what is.
   *
   * @param effect what a changed price does to the orders, and what that rests on; empty where the
   *     price is the same
   */
  record Tried(
      boolean done,
      String what,
      int virality,
      int viralityNow,
      int urgency,
      int urgencyNow,
      String orders,
      String ordersNow,
      String chance,
      String chanceNow,
      String worth,
      String worthNow,
      String rank,
      String place,
      String effect,
      String warning) {
    static final Tried NOTHING =
        new Tried(false, "", 0, 0, 0, 0, "", "", "", "", "", "", "", "", "", "");
  }

  /** What a price does to the orders, and what that rests on. */
  static String effect(PriceEffect it) {
    return "A price of 1 %% less brings %s %% more orders: %s."
        .formatted(
            Say.decimals(2, it.weight()),
            it.own()
                ? "learnt from %d own outcomes at a changed price".formatted(it.cases())
                : "a prior, not yet own data");
  }

  /**
   * @param state empty when it was not asked for, else same, differs or unknown
   */
  record Replay(long edition, String state, String digest, String words) {}

  /** A past edition that had the product. */
  record Past(long edition, String foretold, String came, String chance, String soldOut) {}

  static Numbers numbers(
      Explanation it, Optional<PastRatings> past, boolean calibrated, int cases) {
    var score = it.score();
    return new Numbers(
        score.virality(),
        range(score.bands().map(Score.Bands::virality)),
        score.urgency(),
        range(score.bands().map(Score.Bands::urgency)),
        score.reason(),
        EngineViews.label(it.source()),
        it.source().words(),
        Say.span(it.age()),
        score.scorer(),
        calibrated
            ? "corrected by %d own outcomes".formatted(cases)
            : "chances are a prior, not yet own data",
        "%s, 80 %% of the time %d to %d"
            .formatted(Say.count(score.expectedOrders()), it.low(), it.high()),
        Say.percent(score.sellOutChance()),
        it.own() > 0 ? Say.percent(it.own()) : "",
        past.map(PastRatings::words).orElse(""));
  }

  // What is known exactly has no range to speak of.
  private static String range(Optional<Score.Band> band) {
    return band.filter(Score.Band::wide).isPresent() ? EngineViews.band(band) : "";
  }

  // The middle is no change; the longest bar reaches its end.
  static List<Bar> bars(List<Explanation.Bar> bars) {
    var most = 1e-9;
    for (var it : bars) most = Math.max(most, Math.abs(it.nats()));
    var shown = new ArrayList<Bar>(bars.size());
    for (var it : bars) {
      var width = 50 * Math.abs(it.nats()) / most;
      shown.add(
          new Bar(
              it.name(),
              "× " + Say.decimals(it.factor() < 0.1 ? 3 : 2, it.factor()),
              String.format(Locale.ROOT, "%+.3f", it.nats()),
              it.nats() < 0 ? 50 - width : 50,
              width,
              it.nats() < 0 ? "less" : "more"));
    }
    return shown;
  }

  static List<Card> cards(List<Link> links, Instant now) {
    return links.stream().map(it -> card(it, now)).toList();
  }

  private static Card card(Link link, Instant now) {
    var it = link.trend();
    var last = it.curve().isEmpty() ? 0 : Math.round(it.curve().getLast().value());
    return new Card(
        it.key(),
        it.displayName(),
        it.region(),
        Plots.sparkline(
            it.curve(), "#%s, now %d %% of its maximum".formatted(it.displayName(), last)),
        EngineViews.stage(it.stage()),
        EngineViews.growth(it.growthPercent()),
        Say.span(Duration.between(it.observedAt(), now)),
        it.source(),
        Say.decimals(2, link.strength()),
        method(link.method()),
        link.method().equals(Links.MANUAL),
        Say.decimals(2, TrendOutlook.breakOut(link)),
        link.place().map(TrendFigures::place).orElse("not ranked, by the end of its curve"),
        Say.decimals(2, TrendOutlook.novelty(it)),
        Say.decimals(2, it.freshness()),
        Say.decimals(3, TrendOutlook.pull(link)));
  }

  /** How a link was made, in words. */
  static String method(String method) {
    return switch (method) {
      case "tag" -> "the product has this tag";
      case "name" -> "these words are in its name";
      case "category" -> "it is the product’s category";
      case "meaning" -> "its words mean something near";
      case Links.MANUAL -> "set by an operator";
      case Links.SYNONYM -> "by a synonym that an operator added";
      default -> method;
    };
  }

  static List<Pinned> forbidden(List<Overrides.Pin> pins, Product product) {
    return pins.stream()
        .filter(it -> it.forbids() && it.product().equals(product.id()))
        .map(it -> new Pinned(it.key(), "0", it.by()))
        .toList();
  }

  static Lasts lasts(StockLasts it, Candidate candidate, Duration horizon) {
    var label =
        "Chance that units are left of %d: half gone %s"
            .formatted(candidate.unitsLeft(), when(it.half()));
    var rows = new ArrayList<Lasts.Row>();
    for (var i = 0; i < it.curve().size(); i += 6) {
      var point = it.curve().get(i);
      rows.add(new Lasts.Row(Say.span(point.after()), Say.percent(point.left())));
    }
    return new Lasts(
        Plots.lasts(it, horizon, label), when(it.early()), when(it.half()), when(it.late()), rows);
  }

  private static String when(Optional<Duration> after) {
    return after
        .map(it -> it.isZero() ? "now" : "in " + Say.span(it))
        .orElse("not within " + Say.span(StockLasts.AHEAD_MAX));
  }

  static Place place(Optional<Decision> decision, Optional<Trial> trial, Product product) {
    if (decision.isEmpty()) return new Place(0, "", "No shelf was decided yet.", "", "");
    var edition = decision.get().edition().number();
    var measure = trial.map(Trial::mode).orElse(ShelfSettings.Mode.VALUE).measure();
    var weighed =
        trial
            .flatMap(it -> it.weighed(product.id(), Map.of()))
            .map(Decision.Weighed::words)
            .orElse("");
    for (var it : decision.get().choices()) {
      if (!it.product().equals(product.id())) continue;
      return new Place(
          edition,
          "number %d by %s → place %d".formatted(it.rank(), measure, it.place()),
          switch (it.why()) {
            case VALUE -> "It stands there for its %s.".formatted(measure);
            case DIVERSITY -> "Moved up: what ranks above it is too much like the rest.";
            case EXPLORE -> "Drawn, so that the shop learns about it.";
          },
          it.why() == Decision.Why.EXPLORE ? Say.percent(it.propensity()) : "",
          weighed);
    }
    for (var it : decision.get().passedOver()) {
      if (!it.product().equals(product.id())) continue;
      var rank =
          it.rank() > 0
              ? "number %d by %s → not on it".formatted(it.rank(), measure)
              : "not considered";
      var words = "It is kept off, because %s.".formatted(it.gate().words());
      return new Place(edition, rank, words, "", weighed);
    }
    return new Place(edition, "not on it", "Many others rank above it.", "", weighed);
  }

  static Form form(Money price, int units, Duration horizon) {
    var digits = Math.max(0, price.currency().getDefaultFractionDigits());
    return new Form(
        typed(price.minor(), digits),
        typed(price.minor() * 3, digits),
        digits == 0 ? "1" : BigDecimal.ONE.movePointLeft(digits).toPlainString(),
        units,
        Math.max(50, units * 3),
        Math.toIntExact(Math.clamp(horizon.toHours(), 1, 168)),
        price.currency().getSymbol(Locale.US));
  }

  private static String typed(long minor, int digits) {
    return BigDecimal.valueOf(minor, digits).toPlainString();
  }

  static Replay replay(long edition, Optional<Replayed> replayed) {
    if (replayed.isEmpty()) return new Replay(edition, "", "", "");
    return switch (replayed.get()) {
      case Replayed.Same it ->
          new Replay(
              edition,
              "same",
              it.digest(),
              "%d products, every rating and every place came out the same to the last bit."
                  .formatted(it.products()));
      case Replayed.Differs it ->
          new Replay(
              edition,
              "differs",
              "",
              "It differs in %s: then %s, now %s.".formatted(it.what(), it.expected(), it.found()));
      case Replayed.Unknown _ ->
          new Replay(edition, "unknown", "", "Nothing is on record of this edition.");
    };
  }

  static List<Past> past(List<Outcome> outcomes) {
    return outcomes.stream()
        .map(
            it ->
                new Past(
                    it.edition(),
                    Say.count(it.expectedOrders()),
                    String.valueOf(it.orders()),
                    Say.percent(it.chance()),
                    it.soldOutAt().map(at -> "sold out").orElse("units left")))
        .toList();
  }
}
