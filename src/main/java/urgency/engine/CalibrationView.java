package urgency.engine;

import io.quarkus.qute.RawString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import urgency.admin.AdminView.Frame;
import urgency.outcomes.Outcome;
import urgency.outcomes.Reliability;
import urgency.scoring.Calibration;

/**
 * What was foretold of past editions beside what came.
 *
 * @param note what came of the last learning
 * @param editions the newest, oldest first
 */
record CalibrationView(
    Frame frame,
    String tab,
    int outcomes,
    String state,
    String note,
    List<Head> heads,
    RawString orders,
    RawString soldOut,
    List<EditionRow> editions) {
  private static final int EDITIONS_SHOWN = 24;

  /** One head: its plot, its bins as a table, and its figures beside the naive ones. */
  record Head(
      String title, String sentence, RawString plot, List<Bin> bins, List<Figure> figures) {}

  record Bin(int cases, String foretold, String came) {}

  /**
   * @param ours whether it is what was shown
   */
  record Figure(String name, boolean ours, String brier, String ece) {}

  record EditionRow(
      long number, String expected, int orders, String soldOutExpected, int soldOut) {}

  static CalibrationView of(
      Frame frame, List<Outcome> outcomes, Calibration calibration, String note) {
    var rows = editions(outcomes);
    return new CalibrationView(
        frame,
        "calibration",
        outcomes.size(),
        state(calibration),
        note,
        heads(outcomes),
        Plots.editions(
            rows.stream()
                .map(it -> new Plots.Pair("#" + it.number(), it.expected(), it.orders()))
                .toList(),
            "Orders foretold and orders that came, by edition"),
        Plots.editions(
            rows.stream()
                .map(it -> new Plots.Pair("#" + it.number(), it.chances(), it.soldOut()))
                .toList(),
            "Products foretold to sell out and products that did, by edition"),
        rows.stream()
            .map(
                it ->
                    new EditionRow(
                        it.number(),
                        Say.decimals(1, it.expected()),
                        it.orders(),
                        Say.decimals(1, it.chances()),
                        it.soldOut()))
            .toList()
            .reversed());
  }

  private static String state(Calibration it) {
    var growth = it.growth().map(own -> "own data, %d cases".formatted(own.cases()));
    var trends = it.trends().filter(Calibration.OfTrends::own);
    var price = it.price().map(own -> "own data, %d outcomes".formatted(own.cases()));
    var curves = it.sellOut().own() || it.breakOut().own();
    if (!curves && growth.isEmpty() && trends.isEmpty() && price.isEmpty()) {
      return "prior, not yet own data";
    }
    return "sell-out: %s, break-out: %s, own growth: %s, trends %s, price: %s"
        .formatted(
            of(it.sellOut()),
            of(it.breakOut()),
            growth.orElse("not learnt"),
            trends.map(_ -> TrendFigures.state(it)).orElse("by a prior"),
            price.orElse("prior"));
  }

  private static String of(Calibration.Curve curve) {
    return curve.own() ? "own data, %d outcomes".formatted(curve.cases()) : "prior";
  }

  private static List<Head> heads(List<Outcome> outcomes) {
    var heads = new ArrayList<Head>();
    if (!outcomes.isEmpty()) {
      heads.add(
          head(
              "Chance to sell out",
              "sold out",
              outcomes,
              Outcome::chance,
              Outcome::soldOut,
              List.of(new Way("Orders compared with stock", Outcome::ratio))));
    }
    var known = outcomes.stream().filter(it -> it.brokeOut().isPresent()).toList();
    if (!known.isEmpty()) {
      heads.add(
          head(
              "Chance to break out",
              "broke out in the week that followed",
              known,
              it -> it.virality() / 100.0,
              it -> it.brokeOut().orElse(false),
              List.of()));
    }
    return heads;
  }

  /** Another way to foretell. */
  private record Way(String name, ToDoubleFunction<Outcome> chance) {}

  private static Head head(
      String title,
      String verb,
      List<Outcome> outcomes,
      ToDoubleFunction<Outcome> chance,
      Predicate<Outcome> came,
      List<Way> others) {
    var hits = new boolean[outcomes.size()];
    for (var i = 0; i < hits.length; i++) hits[i] = came.test(outcomes.get(i));
    var ours = Reliability.of(outcomes.stream().mapToDouble(chance).toArray(), hits);
    var figures = new ArrayList<Figure>();
    figures.add(figure("As shown", true, ours));
    for (var it : others) {
      figures.add(
          figure(
              it.name(),
              false,
              Reliability.of(outcomes.stream().mapToDouble(it.chance()).toArray(), hits)));
    }
    figures.add(
        figure("Always the average, known afterwards", false, Reliability.ofBaseRate(hits)));
    var sentence =
        "%d outcomes, of which %d (%s) %s."
            .formatted(ours.cases(), ours.came(), Say.percent(ours.share()), verb);
    return new Head(
        title,
        sentence,
        Plots.reliability(
            ours, title + ": foretold against came. " + sentence, "foretold → came ↑"),
        ours.bins().stream()
            .map(it -> new Bin(it.cases(), Say.percent(it.foretold()), Say.percent(it.share())))
            .toList(),
        figures);
  }

  private static Figure figure(String name, boolean ours, Reliability it) {
    return new Figure(name, ours, Say.decimals(4, it.brier()), Say.decimals(4, it.ece()));
  }

  private record Sum(long number, double expected, int orders, double chances, int soldOut) {
    Sum with(Outcome it) {
      return new Sum(
          number,
          expected + it.expectedOrders(),
          orders + it.orders(),
          chances + it.chance(),
          soldOut + (it.soldOut() ? 1 : 0));
    }
  }

  private static List<Sum> editions(List<Outcome> outcomes) {
    var sums = new LinkedHashMap<Long, Sum>();
    for (var it : outcomes) {
      var before = sums.getOrDefault(it.edition(), new Sum(it.edition(), 0, 0, 0, 0));
      sums.put(it.edition(), before.with(it));
    }
    var all = List.copyOf(sums.values());
    return all.subList(Math.max(0, all.size() - EDITIONS_SHOWN), all.size());
  }
}
