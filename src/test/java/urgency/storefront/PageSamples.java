package urgency.storefront;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import urgency.catalog.Media;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.honest.HonestSamples;
import urgency.platform.language.Language;
import urgency.purchase.PurchaseSamples;
import urgency.search.Search;
import urgency.shelf.Edition;

/** Writes every page in every state to target/samples, for people to look at. */
public class PageSamples {
  private static final Path FOLDER = Path.of("target", "samples");

  @Test
  void every_page_is_written_for_people_to_look_at() throws IOException {
    var pages = new TestPages();
    var written = new LinkedHashMap<String, String>();
    all()
        .forEach(
            (name, page) -> {
              for (var language : Language.values()) {
                var suffix = language == Language.ENGLISH ? "" : "." + language.tag();
                written.put(name + suffix, pages.render(page.template(), page.view(), language));
              }
            });

    Files.createDirectories(FOLDER);
    for (var it : written.entrySet()) {
      Files.writeString(FOLDER.resolve(it.getKey() + ".html"), it.getValue());
    }
    Files.writeString(FOLDER.resolve("all.css"), styles());
  }

  /** A template and what it shows. */
  public record Page(String template, Object view) {}

  static Map<String, Page> all() {
    var all = new LinkedHashMap<String, Page>();
    var shelf = ShelfView.of(Samples.shown(), Samples.NOW).orElseThrow();
    all.put("shelf", new Page("storefront/shelf", shelf));
    all.put("first-run", new Page("storefront/waiting", ShelfView.Waiting.of(Optional.empty())));
    all.put(
        "between",
        new Page(
            "storefront/waiting",
            ShelfView.Waiting.of(
                Cues.opening(
                    new Edition(
                        813, Samples.NOW.plus(Duration.ofMinutes(3)), Samples.CLOSES, List.of()),
                    Samples.NOW))));
    products(all);
    searches(all);
    all.putAll(PurchaseSamples.all());
    all.putAll(HonestSamples.all());
    messages(all);
    return all;
  }

  private static void products(Map<String, Page> all) {
    var shown = Samples.shown();
    for (var at : new int[] {0, 1, 4, 6}) {
      var product = Samples.product(at, Samples.name(at));
      var slot = shown.edition().slots().get(at);
      all.put(
          "product-" + product.slug(),
          new Page("storefront/product", ProductView.onShelf(shown, slot, product, similar())));
    }
    all.put(
        "product-over",
        new Page(
            "storefront/product",
            ProductView.offShelf(
                Optional.of(shown), Samples.product(2, Samples.name(2)), similar())));
  }

  private static List<Product> similar() {
    return List.of(Samples.product(3, Samples.name(3)), Samples.product(8, Samples.name(8)));
  }

  private static void searches(Map<String, Page> all) {
    var shown = Optional.of(Samples.shown());
    var lamp = Samples.product(1, Samples.name(1));
    var off =
        new Product(
            new ProductId(new UUID(8, 8)),
            "desk-lamp",
            "Bedside Desk Lamp",
            "Bright.",
            "home",
            "#38d6ff",
            Set.of(),
            Media.NONE,
            lamp.variants(),
            true);
    var known = Map.of(lamp.id(), lamp, off.id(), off);
    var cards = SearchView.cards(List.of(lamp.id(), off.id()), known, shown);
    var facets =
        List.of(
            new SearchView.Facet(new Category("beauty", 1), true),
            new SearchView.Facet(new Category("garden-and-more", 1), false));
    var results = new SearchView.Results(cards, facets, 2, true);
    for (var fit : Search.Fit.values()) {
      var found = new Search.Found(fit, fit == Search.Fit.MEANT ? "lamp" : "", List.of());
      var its = fit == Search.Fit.NONE ? SearchView.Results.NOTHING : results;
      var wish = Wish.of("<lamb>", "beauty", "5", "90", "1", "", 1);
      all.put(
          "search-" + fit.name().toLowerCase(Locale.ROOT),
          new Page("storefront/search", SearchView.of(wish, found, its, shown)));
    }
    var nothing = new Search.Found(Search.Fit.ALL, "", List.of());
    all.put(
        "search",
        new Page(
            "storefront/search",
            SearchView.of(
                Wish.of("", "", "", "", "", "", 1), nothing, SearchView.Results.NOTHING, shown)));
    all.put(
        "category",
        new Page(
            "storefront/category",
            SearchView.OfCategory.of(new Category("beauty", 2), cards, 1, true, shown)));
  }

  private static void messages(Map<String, Page> all) {
    var shown = Optional.of(Samples.shown());
    all.put(
        "message-404",
        new Page(
            "storefront/message",
            MessagePage.view(404, "There is nothing at this address.", "", shown)));
    all.put(
        "message-500",
        new Page(
            "storefront/message",
            MessagePage.view(500, "That did not work.", "9f3a61c2", Optional.empty())));
  }

  private static String styles() throws IOException {
    try (var files = Files.list(Path.of("src/main/web/css"))) {
      return files
          .sorted(
              Comparator.comparing((Path it) -> !it.endsWith("layers.css"))
                  .thenComparing(Path::toString))
          .map(PageSamples::read)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException trouble) {
      throw new java.io.UncheckedIOException(trouble);
    }
  }
}
