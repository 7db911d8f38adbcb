package urgency.storefront;

import java.util.List;
import urgency.catalog.Product;

/**
 * The picture of a product, or its initial in the light of its accent.
 *
 * <p>Pages may not carry style attributes, so the style sheet knows 24 hues of light and a page
 * names one of them.
 *
 * @param alt empty where the name stands beside it
 * @param sizes how wide it will be, for the browser to choose
 * @param eager whether it is the first thing a shopper sees
 */
public record Poster(
    String large,
    String small,
    String fallback,
    String placeholder,
    List<String> clips,
    String initial,
    String alt,
    String sizes,
    boolean eager) {
  private static final String IN_A_CARD = "(width < 48rem) max(100vw, 56.25svh), 17rem";
  private static final String LARGE = "(width < 64rem) max(100vw, 56.25svh), 42rem";
  private static final String SMALL = "9rem";
  private static final String THUMB = "4.5rem";
  private static final int HUES = 24;
  private static final int VIOLET = 19;

  static Poster card(Product product) {
    return of(product, "", IN_A_CARD, false);
  }

  static Poster hero(Product product) {
    return of(product, "", LARGE, true);
  }

  static Poster page(Product product) {
    return of(product, product.name(), LARGE, true);
  }

  static Poster small(Product product) {
    return of(product, "", SMALL, false);
  }

  public static Poster thumb(Product product) {
    return of(product, "", THUMB, false);
  }

  private static Poster of(Product product, String alt, String sizes, boolean eager) {
    var media = product.media();
    return new Poster(
        media.posterAvif().orElse(""),
        media.posterSmallAvif().orElse(""),
        media.posterFallback().or(media::posterAvif).orElse(""),
        media.placeholder().filter(it -> it.startsWith("data:image/")).orElse(""),
        media.clips(),
        initial(product.name()),
        alt,
        sizes,
        eager);
  }

  private static String initial(String name) {
    return name.isBlank() ? "•" : name.strip().substring(0, name.strip().offsetByCodePoints(0, 1));
  }

  /** The OKLCH hue of {@code #rrggbb} in steps of 15 degrees; violet when it is no colour. */
  public static int hue(String accent) {
    if (!accent.matches("#[0-9a-fA-F]{6}")) return VIOLET;
    var red = linear(Integer.parseInt(accent.substring(1, 3), 16));
    var green = linear(Integer.parseInt(accent.substring(3, 5), 16));
    var blue = linear(Integer.parseInt(accent.substring(5, 7), 16));
    var l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
    var m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
    var s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
    var a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    var b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
    var degrees = Math.toDegrees(Math.atan2(b, a));
    return Math.floorMod(Math.round(degrees * HUES / 360), HUES);
  }

  private static double linear(int channel) {
    var value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
