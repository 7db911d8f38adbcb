package urgency.storefront;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.search.Search;
import urgency.words.Text;

/**
 * What was found: the open shelf first, then the rest of the catalogue without any cue.
 *
 * @param text what was typed
 * @param outcome what to say above the products
 * @param meant words that were probably meant, empty when nobody can tell
 * @param trending words by which this edition came about
 * @param best the first of the shelf, where nothing was found
 * @param more address of the next page, empty on the last one
 */
record SearchView(
    Frame frame,
    String text,
    Text outcome,
    String meant,
    String meantAddress,
    boolean asked,
    List<Facet> categories,
    Wish wish,
    List<Chip> trending,
    List<Card> cards,
    List<Card> best,
    String more) {
  private static final Pattern HASHTAG = Pattern.compile("#([\\p{L}\\p{N}_]{2,40})");
  private static final int TRENDING_MAX = 8;
  private static final int BEST_MAX = 4;

  /** A category to choose, with how many of the found products are in it. */
  record Facet(Category category, boolean chosen) {}

  /** A word to search for with one tap. */
  record Chip(String words, String address) {}

  static SearchView of(
      Wish wish, Search.Found found, Results results, Optional<ShelfView.Shown> shown) {
    var none = results.count() == 0;
    return new SearchView(
        Frame.of(
                wish.text().isEmpty()
                    ? Text.of("title_page", Text.of("search"))
                    : Text.of("title_page", Text.of("title_search", wish.text())),
                Text.of("describes_shop"),
                "search",
                0,
                shown.flatMap(it -> it.cues().countdown()))
            .asking(wish.isEmpty() ? "" : wish.question(wish.page()) + "&"),
        wish.text(),
        outcome(wish, found, results.count()),
        found.meant(),
        Wish.address(found.meant()),
        !wish.isEmpty(),
        results.facets(),
        wish,
        trending(shown),
        results.cards(),
        none ? shown.map(it -> it.best(BEST_MAX)).orElse(List.of()) : List.of(),
        results.more() ? wish.address(wish.page() + 1) : "");
  }

  private static Text outcome(Wish wish, Search.Found found, int count) {
    if (wish.isEmpty()) return Text.NOTHING;
    return switch (found.fit()) {
      case MEANT -> Text.of("no_match", wish.text());
      case NONE -> Text.of("no_match", wish.text());
      case SOME -> count == 0 ? Text.of("nothing_fits") : Text.of("found_some");
      case ALL -> count == 0 ? Text.of("nothing_fits") : Text.of("products", count);
    };
  }

  /** What a page of results is made of. */
  record Results(List<Card> cards, List<Facet> facets, int count, boolean more) {
    static final Results NOTHING = new Results(List.of(), List.of(), 0, false);
  }

  /** The cards of these products: on the shelf as they are there, else at the regular price. */
  static List<Card> cards(
      List<ProductId> ids, Map<ProductId, Product> known, Optional<ShelfView.Shown> shown) {
    var slots = new HashMap<ProductId, urgency.shelf.Slot>();
    shown.ifPresent(it -> it.edition().slots().forEach(slot -> slots.put(slot.product(), slot)));
    var cards = new ArrayList<Card>();
    for (var id : ids) {
      var product = known.get(id);
      if (product == null) continue;
      var slot = slots.get(id);
      cards.add(
          slot == null
              ? Card.offShelf(product, Poster.card(product))
              : Card.of(shown.orElseThrow(), slot, product, Poster.card(product)));
    }
    return List.copyOf(cards);
  }

  /** The hashtags by which products came to this edition, in the order of the shelf. */
  static List<Chip> trending(Optional<ShelfView.Shown> shown) {
    var tags = new LinkedHashSet<String>();
    shown.ifPresent(it -> it.edition().slots().forEach(slot -> tag(slot).ifPresent(tags::add)));
    return tags.stream()
        .limit(TRENDING_MAX)
        .map(it -> new Chip(it, Wish.address("#" + it)))
        .toList();
  }

  /** The hashtag in a slot's evidence. */
  static Optional<String> tag(urgency.shelf.Slot slot) {
    var found = HASHTAG.matcher(slot.evidence());
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /**
   * All products of one category: the open shelf first.
   *
   * @param more address of the next page, empty on the last one
   */
  record OfCategory(Frame frame, Category category, List<Card> cards, String more) {
    static OfCategory of(
        Category category,
        List<Card> cards,
        int page,
        boolean more,
        Optional<ShelfView.Shown> shown) {
      var frame =
          Frame.of(
              Text.of("title_page", category.title()),
              Text.of("describes_category", category.title(), category.products()),
              "search",
              0,
              shown.flatMap(it -> it.cues().countdown()));
      return new OfCategory(
          page == 1 ? frame.at(category.path()) : frame,
          category,
          cards,
          more ? category.path() + "?page=" + (page + 1) : "");
    }
  }
}
