package urgency.storefront;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import urgency.catalog.ProductId;
import urgency.platform.http.BadInput;
import urgency.search.Search;

/**
 * What somebody looks for.
 *
 * @param text as it was typed, cut at a bound
 * @param category empty for all
 * @param from lowest regular price in whole units of the currency; 0 for any
 * @param to highest; 0 for any
 * @param page from 1
 */
record Wish(
    String text, String category, long from, long to, boolean onShelf, boolean inStock, int page) {
  static final int PER_PAGE = 24;

  private static final int TEXT_MAX = 200;
  private static final int CATEGORY_MAX = 40;
  private static final int PRICE_DIGITS_MAX = 7;
  private static final int PAGE_MAX = Search.FOUND_MAX / PER_PAGE + 1;

  static Wish of(
      String text,
      String category,
      String from,
      String to,
      String onShelf,
      String inStock,
      int page) {
    if (!category.matches("[a-z0-9-]{0," + CATEGORY_MAX + "}")) {
      throw new BadInput("category", "the name of a category, as its page has it");
    }
    if (page < 1 || page > PAGE_MAX) throw new BadInput("page", "a number from 1 to " + PAGE_MAX);
    return new Wish(
        cut(text.strip()),
        category,
        price("from", from),
        price("to", to),
        !onShelf.isEmpty(),
        !inStock.isEmpty(),
        page);
  }

  /** Whether there is anything to look for. */
  boolean isEmpty() {
    return text.isEmpty() && category.isEmpty() && from == 0 && to == 0 && !onShelf && !inStock;
  }

  /** The hits that are as wished, apart from their category; in the order of the hits. */
  List<Search.Hit> narrow(List<Search.Hit> hits, long unit, Set<ProductId> shelf) {
    return hits.stream()
        .filter(it -> from == 0 || it.priceMinor() >= from * unit)
        .filter(it -> to == 0 || it.priceMinor() <= to * unit)
        .filter(it -> !onShelf || shelf.contains(it.product()))
        .toList();
  }

  /** The address of the same wish on another page. */
  String address(int other) {
    return "/search?" + question(other);
  }

  /** What stands behind the question mark of that address. */
  String question(int other) {
    var out = new StringBuilder("q=").append(encoded(text));
    if (!category.isEmpty()) out.append("&category=").append(category);
    if (from > 0) out.append("&from=").append(from);
    if (to > 0) out.append("&to=").append(to);
    if (onShelf) out.append("&shelf=1");
    if (inStock) out.append("&stock=1");
    if (other > 1) out.append("&page=").append(other);
    return out.toString();
  }

  /** The address that looks for these words alone. */
  static String address(String words) {
    return "/search?q=" + encoded(words);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String cut(String text) {
    if (text.length() <= TEXT_MAX) return text;
    var end = Character.isHighSurrogate(text.charAt(TEXT_MAX - 1)) ? TEXT_MAX - 1 : TEXT_MAX;
    return text.substring(0, end);
  }

  private static long price(String field, String value) {
    if (value.isBlank()) return 0;
    if (!value.strip().matches("[0-9]{1," + PRICE_DIGITS_MAX + "}")) {
      throw new BadInput(field, "a whole number with at most " + PRICE_DIGITS_MAX + " digits");
    }
    return Long.parseLong(value.strip());
  }
}
