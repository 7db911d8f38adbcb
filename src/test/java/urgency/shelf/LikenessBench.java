package urgency.shelf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import urgency.catalog.Media;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.Variant;
import urgency.catalog.VariantId;
import urgency.meaning.Meaning;
import urgency.money.Money;
import urgency.shelf.Diversity.Likeness;

/**
 * Which ways to tell likeness know twins, on the names of the retail data and on the demo
 * catalogue, and what comes of it on a shelf; for {@code bin/bench alike}. Twins of the retail data
 * are stock codes that differ in their last letters only: 85099B and 85099C are one bag in two
 * patterns.
 */
final class LikenessBench {
  private static final Path RETAIL = Path.of("src/bench/data/uci-online-retail");
  private static final Path DEMO = Path.of("src/main/resources/demo");
  private static final int EXAMPLES = 8;
  private static final int SEEDS = 20;

  /**
   * A product to compare.
   *
   * @param kind what twins have in common
   */
  private record Thing(String kind, Candidate candidate, int[] words, Meaning meaning) {
    static Thing of(String kind, Candidate it) {
      return new Thing(kind, it, it.words(), it.meaning());
    }

    double inWords(Thing other) {
      return Diversity.alike(words, other.words);
    }

    double inMeaning(Thing other) {
      return Math.max(0, meaning.inMeaning(other.meaning));
    }

    double inBoth(Thing other) {
      return (inWords(other) + inMeaning(other)) / 2;
    }

    Thing worth(double value) {
      var it = candidate;
      var other =
          new Candidate(
              it.product(),
              it.score().worth(value),
              it.unitsLeft(),
              it.references(),
              it.lastFlash(),
              false);
      return new Thing(kind, other, words, meaning);
    }

    String name() {
      return candidate.product().name();
    }
  }

  /** A way to tell. */
  private interface Way {
    double alike(Thing one, Thing other);
  }

  private record Pair(Thing one, Thing other) {}

  private static final Map<String, Way> WAYS = new LinkedHashMap<>();

  static {
    WAYS.put("words", Thing::inWords);
    WAYS.put("meaning", Thing::inMeaning);
    WAYS.put("half and half", Thing::inBoth);
  }

  private LikenessBench() {}

  public static void main(String[] args) {
    var retail = retail();
    IO.println("%,d names of the retail data".formatted(retail.size()));
    twins(retail);
    examples(retail);
    shelves(retail, "100", 24);
    var demo = demo(true);
    IO.println("%n%d products of the demo catalogue, twins by category".formatted(demo.size()));
    // The category is what is to be found, so it is left out of the text here.
    twins(demo(false));
    shelves(demo, "4", 12);
  }

  private static void twins(List<Thing> things) {
    WAYS.forEach(
        (name, way) -> {
          var twins = new ArrayList<Double>();
          var others = new ArrayList<Double>();
          pairs(things)
              .forEach(
                  it ->
                      (it.one().kind().equals(it.other().kind()) ? twins : others)
                          .add(way.alike(it.one(), it.other())));
          var sorted = others.stream().mapToDouble(it -> it).sorted().toArray();
          var auc = 0.0;
          for (var it : twins) {
            var below = place(sorted, it, false);
            auc += (below + (place(sorted, it, true) - below) / 2.0) / sorted.length;
          }
          IO.println(
              String.format(
                  Locale.ROOT,
                  "  %-14s AUC %.4f, finds %.3f of %,d twins at 1 %% of others, %.3f at 0.1 %%;"
                      + " twins %.2f, others %.2f alike",
                  name,
                  auc / twins.size(),
                  found(twins, sorted, 0.99),
                  twins.size(),
                  found(twins, sorted, 0.999),
                  mean(twins),
                  mean(others)));
        });
  }

  private static void examples(List<Thing> things) {
    var pairs =
        pairs(things).stream()
            .filter(it -> it.one().kind().equals(it.other().kind()))
            .sorted(Comparator.comparingDouble(it -> it.one().inMeaning(it.other())))
            .toList();
    say("twins that meaning misses and words know", pairs, 0.3, 1, 0, 0.6);
    say("twins that words miss and meaning knows", pairs.reversed(), 0, 0.17, 0.6, 1);
  }

  private static void say(
      String what, List<Pair> pairs, double from, double to, double meantFrom, double meantTo) {
    IO.println("  " + what + " (alike in words, in meaning)");
    pairs.stream()
        .filter(it -> within(it.one().inWords(it.other()), from, to))
        .filter(it -> within(it.one().inMeaning(it.other()), meantFrom, meantTo))
        .limit(EXAMPLES)
        .forEach(
            it ->
                IO.println(
                    String.format(
                        Locale.ROOT,
                        "    %.2f %.2f  %s | %s",
                        it.one().inWords(it.other()),
                        it.one().inMeaning(it.other()),
                        it.one().name(),
                        it.other().name())));
  }

  private static boolean within(double it, double from, double to) {
    return it >= from && it <= to;
  }

  private static void shelves(List<Thing> things, String perCategory, int slots) {
    IO.println(
        "  shelf of %d, as sold: mean likeness of its pairs in words and in meaning"
            .formatted(slots));
    each(List.of(things), perCategory, slots);
    var close = new ArrayList<List<Thing>>(SEEDS);
    for (var seed = 0; seed < SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      close.add(things.stream().map(it -> it.worth(100 + 20 * random.nextDouble())).toList());
    }
    IO.println("  the same with values within 20 %% of each other, %d seeds".formatted(SEEDS));
    each(close, perCategory, slots);
  }

  private static void each(List<List<Thing>> shops, String perCategory, int slots) {
    shelf("no diversity", shops, perCategory, slots, "0", Likeness.WORDS);
    shelf("words", shops, perCategory, slots, "20", Likeness.WORDS);
    shelf("half and half", shops, perCategory, slots, "20", Likeness.WORDS_AND_MEANING);
  }

  private static void shelf(
      String name,
      List<List<Thing>> shops,
      String perCategory,
      int slots,
      String weight,
      Likeness by) {
    var settings =
        Examples.settings(
            Map.of(
                "URGENCY_SHELF_SLOTS",
                String.valueOf(slots),
                "URGENCY_SHELF_EXPLORE_SLOTS",
                "0",
                "URGENCY_SHELF_PER_CATEGORY",
                perCategory,
                "URGENCY_SHELF_DIVERSITY_PERCENT",
                weight));
    var curator = new Curator(settings, by);
    var words = new ArrayList<Double>();
    var meaning = new ArrayList<Double>();
    var twins = 0;
    var value = 0.0;
    for (var shop : shops) {
      var things = new HashMap<ProductId, Thing>();
      for (var it : shop) things.put(it.candidate().product().id(), it);
      var decision =
          curator
              .compose(shop.stream().map(Thing::candidate).toList(), Examples.WINDOW, 1, 0)
              .orElseThrow();
      var chosen = decision.choices().stream().map(it -> things.get(it.product())).toList();
      for (var it : pairs(chosen)) {
        words.add(it.one().inWords(it.other()));
        meaning.add(it.one().inMeaning(it.other()));
        if (it.one().kind().equals(it.other().kind())) twins++;
      }
      value += chosen.stream().mapToDouble(it -> it.candidate().score().value()).sum();
    }
    IO.println(
        String.format(
            Locale.ROOT,
            "    %-14s %.4f %.4f, %.2f pairs of a kind, value %,.0f",
            name,
            mean(words),
            mean(meaning),
            twins / (double) shops.size(),
            value / shops.size()));
  }

  private static List<Pair> pairs(List<Thing> things) {
    var pairs = new ArrayList<Pair>(things.size() * (things.size() - 1) / 2);
    for (var i = 0; i < things.size(); i++) {
      for (var k = 0; k < i; k++) pairs.add(new Pair(things.get(i), things.get(k)));
    }
    return pairs;
  }

  private static double found(List<Double> twins, double[] others, double quantile) {
    var threshold = others[(int) (others.length * quantile)];
    return twins.stream().filter(it -> it > threshold).count() / (double) twins.size();
  }

  private static double mean(List<Double> all) {
    return all.stream().mapToDouble(it -> it).average().orElse(0);
  }

  private static int place(double[] sorted, double value, boolean after) {
    var low = 0;
    var high = sorted.length;
    while (low < high) {
      var middle = (low + high) / 2;
      if (sorted[middle] < value || (after && sorted[middle] == value)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static List<Thing> retail() {
    var revenue = new HashMap<String, Double>();
    for (var it :
        List.of(
            "daily_product_sales_2010-12_2011-03.csv.gz",
            "daily_product_sales_2011-04_2011-07.csv.gz")) {
      for (var row : rows(RETAIL.resolve(it))) {
        revenue.merge(row.get(1), Double.parseDouble(row.get(3)), Double::sum);
      }
    }
    var things = new ArrayList<Thing>();
    for (var row : rows(RETAIL.resolve("products.csv.gz"))) {
      var kind = row.getFirst().replaceAll("^([0-9]{5})[A-Za-z]+$", "$1");
      var value = Math.max(0.01, revenue.getOrDefault(row.getFirst(), 0.0));
      things.add(Thing.of(kind, candidate(things.size(), row.get(1), "", Set.of(), value)));
    }
    return things;
  }

  private static List<Thing> demo(boolean category) {
    var orders = new HashMap<String, Double>();
    for (var row : rows(DEMO.resolve("sales.csv"))) {
      orders.merge(row.getFirst(), Double.parseDouble(row.get(4)), Double::sum);
    }
    var things = new LinkedHashMap<String, Thing>();
    for (var row : rows(DEMO.resolve("catalogue.csv"))) {
      var value = orders.getOrDefault(row.get(1), 0.1) * Double.parseDouble(row.get(6));
      things.putIfAbsent(
          row.get(1),
          Thing.of(
              row.get(5),
              candidate(
                  things.size(),
                  row.get(2),
                  category ? row.get(5) : "",
                  Set.of(row.get(10).split(" ")),
                  value)));
    }
    return List.copyOf(things.values());
  }

  private static Candidate candidate(
      int number, String name, String category, Set<String> tags, double value) {
    var variant = new VariantId(new UUID(1, number));
    var product =
        new Product(
            new ProductId(new UUID(0, number)),
            "thing-" + number,
            name,
            "",
            category,
            "#aa66cc",
            tags,
            Media.NONE,
            List.of(new Variant(variant, "SKU-" + number, name, Examples.dollars(1000), none())),
            false);
    return new Candidate(
        product,
        Examples.score(product.id(), value, 0.5),
        Map.of(variant, 20),
        Map.of(),
        Map.of(),
        false);
  }

  private static Optional<Money> none() {
    return Optional.empty();
  }

  private static List<List<String>> rows(Path file) {
    try (var in = Files.newInputStream(file);
        var reader =
            new BufferedReader(
                new InputStreamReader(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in,
                    StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(LikenessBench::cells).toList();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  // Commas between quotation marks divide nothing.
  private static List<String> cells(String line) {
    return Arrays.stream(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
        .map(it -> it.replace("\"", ""))
        .toList();
  }
}
