package urgency.search;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import urgency.catalog.Catalog;
import urgency.catalog.Media;
import urgency.catalog.PriceHistory;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.Variant;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.platform.sql.Database;
import urgency.platform.sql.DatabaseSettings;

/**
 * How long a search takes in a catalogue of ten thousand products: kinds of queries in turn, one
 * client, each beside {@code select 1} on the same connection pool. Absolute figures belong to the
 * machine; the multiples of the trivial statement are the point.
 *
 * <p>Arguments: products, queries of each kind.
 */
public final class SearchBench {
  private static final int PRODUCTS = 10_000;
  private static final int QUERIES = 1_000;
  private static final int SEED = 7;
  private static final int BATCH = 500;
  private static final Path FOLDER = Path.of("target/search-bench");
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final List<String> ADJECTIVES =
      List.of(
          "sunset",
          "glow",
          "wireless",
          "ceramic",
          "velvet",
          "folding",
          "magnetic",
          "mini",
          "cosy",
          "amber",
          "crystal",
          "portable",
          "striped",
          "bamboo",
          "silent",
          "heated",
          "floating");
  private static final List<String> THINGS =
      List.of(
          "lamp",
          "headphones",
          "blender",
          "fountain",
          "candle",
          "roller",
          "kettle",
          "charger",
          "slippers",
          "mirror",
          "backpack",
          "speaker",
          "bottle",
          "puzzle",
          "blanket",
          "planter",
          "torch",
          "camera",
          "bracelet",
          "organiser");
  private static final List<String> CATEGORIES =
      List.of("home", "tech", "kitchen", "beauty", "pets", "toys", "sports", "fashion");

  private final Random chance = new Random(SEED);
  private final Search search = new Search();
  private final Database database;

  private SearchBench(Database database) {
    this.database = database;
  }

  public static void main(String... arguments) {
    var products = arguments.length > 0 ? Integer.parseInt(arguments[0]) : PRODUCTS;
    var queries = arguments.length > 1 ? Integer.parseInt(arguments[1]) : QUERIES;
    var settings = new DatabaseSettings("", "", "", 4, FOLDER, Optional.empty(), true);
    try (var database = Database.open(settings, _ -> {})) {
      new SearchBench(database).run(products, queries);
    }
  }

  private void run(int products, int queries) {
    fill(products);
    var index = new SearchIndex(database, new Catalog(new PriceHistory()));
    var began = System.nanoTime();
    index.refresh();
    var indexed = (System.nanoTime() - began) / 1e9;
    database.change(tx -> tx.execute("analyze search.entry"));
    database.change(tx -> tx.execute("analyze search.word"));
    say("%,d products, %,d queries of each kind, one client.%n", products, queries);
    say("Index with neighbours written in %.1f s.%n%n", indexed);
    say("| what | p50 ms | p99 ms | x select 1 |%n| --- | --- | --- | --- |%n");
    var kinds = kinds();
    kinds.values().forEach(it -> measure(it, Math.min(200, queries)));
    var trivial = measure(Objects.requireNonNull(kinds.get("select 1")), queries);
    kinds.forEach(
        (name, it) -> {
          var took = measure(it, queries);
          say(
              "| %s | %.2f | %.2f | %.1f |%n",
              name, at(took, 50), at(took, 99), at(took, 50) / at(trivial, 50));
        });
  }

  private Map<String, Function<Handle, Integer>> kinds() {
    var kinds = new LinkedHashMap<String, Function<Handle, Integer>>();
    kinds.put("select 1", tx -> tx.createQuery("select 1").mapTo(Integer.class).one());
    kinds.put("one model number (few hits)", tx -> size(tx, model(chance.nextInt(PRODUCTS))));
    kinds.put("two words", tx -> size(tx, any(ADJECTIVES) + " " + any(THINGS)));
    kinds.put("one common word (in 1,900 products)", tx -> size(tx, any(THINGS)));
    kinds.put("three letters of a word", tx -> size(tx, any(THINGS).substring(0, 3)));
    kinds.put("one word misspelt", tx -> size(tx, misspelt(any(THINGS))));
    kinds.put(
        "two words misspelt",
        tx -> size(tx, misspelt(any(ADJECTIVES)) + " " + misspelt(any(THINGS))));
    kinds.put("nonsense", tx -> size(tx, "qx" + Integer.toString(chance.nextInt(), 36)));
    kinds.put("a category", tx -> search.inCategory(tx, any(CATEGORIES)).size());
    return kinds;
  }

  private int size(Handle tx, String text) {
    return search.find(tx, text).hits().size();
  }

  private double[] measure(Function<Handle, Integer> query, int times) {
    var took = new double[times];
    for (var i = 0; i < times; i++) {
      var began = System.nanoTime();
      database.read(query);
      took[i] = (System.nanoTime() - began) / 1e6;
    }
    Arrays.sort(took);
    return took;
  }

  private static double at(double[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  private void fill(int products) {
    var catalog = new Catalog(new PriceHistory());
    var batch = new ArrayList<Product>();
    for (var i = 0; i < products; i++) {
      batch.add(product(i));
      if (batch.size() == BATCH || i == products - 1) {
        var all = List.copyOf(batch);
        database.change(tx -> catalog.save(tx, all, NOW));
        batch.clear();
      }
    }
  }

  private Product product(int number) {
    var name = any(ADJECTIVES) + " " + any(THINGS) + " " + model(number);
    var price = Money.of(500 + chance.nextInt(20_000), "USD");
    return new Product(
        new ProductId(new UUID(1, number)),
        "product-" + number,
        name,
        "A %s %s with a %s finish, for the %s in your %s."
            .formatted(any(ADJECTIVES), any(THINGS), any(ADJECTIVES), any(THINGS), any(CATEGORIES)),
        any(CATEGORIES),
        "#ff7a3d",
        Set.of(any(ADJECTIVES) + any(THINGS), any(THINGS)),
        Media.NONE,
        List.of(
            new Variant(
                new VariantId(new UUID(2, number)),
                "SKU-" + number,
                name,
                price,
                Optional.empty())),
        false);
  }

  private static String model(int number) {
    return "m" + Integer.toString(number + 40_000, 36);
  }

  private String any(List<String> words) {
    return words.get(chance.nextInt(words.size()));
  }

  private String misspelt(String word) {
    var at = 1 + chance.nextInt(word.length() - 2);
    return switch (chance.nextInt(3)) {
      case 0 -> word.substring(0, at) + word.substring(at + 1);
      case 1 -> word.substring(0, at) + 'x' + word.substring(at + 1);
      default ->
          word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
    };
  }

  @SuppressWarnings("AnnotateFormatMethod") // The annotation is not among our dependencies.
  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
