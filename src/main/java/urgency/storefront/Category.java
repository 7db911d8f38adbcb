package urgency.storefront;

import java.util.Locale;
import urgency.words.Text;

/**
 * A shelf mark that never ends: all products of one kind.
 *
 * @param slug as in the catalogue and in {@code /c/{slug}}
 * @param products how many are for sale
 */
public record Category(String slug, int products) {
  /** Its name: translated where the shop knows it, else the merchant's own word. */
  public Text title() {
    return switch (slug) {
      case "beauty" -> Text.of("category_beauty");
      case "home" -> Text.of("category_home");
      case "tech" -> Text.of("category_tech");
      case "pets" -> Text.of("category_pets");
      case "kitchen" -> Text.of("category_kitchen");
      case "sports", "sport", "fitness" -> Text.of("category_sports");
      case "toys" -> Text.of("category_toys");
      case "fashion" -> Text.of("category_fashion");
      default -> Text.verbatim(spoken(slug));
    };
  }

  /** Where it is. */
  public String path() {
    return "/c/" + slug;
  }

  private static String spoken(String slug) {
    var words = slug.replace('-', ' ');
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
