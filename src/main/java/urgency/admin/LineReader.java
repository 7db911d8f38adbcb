package urgency.admin;

import java.text.Normalizer;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads the lines of one file one by one; remembers only the SKUs it has seen. */
final class LineReader {
  private static final int SKU_MAX = 64;
  private static final int SLUG_MAX = 80;
  private static final int NAME_MAX = 120;
  private static final int VARIANT_MAX = 60;
  private static final int DESCRIPTION_MAX = 1_000;
  private static final int CATEGORY_MAX = 40;
  private static final int TAGS_MAX = 12;
  private static final int TAG_MAX = 50;
  private static final int FILE_NAME_MAX = 120;
  private static final int STOCK_MAX = 1_000_000;

  private static final Pattern SKU = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]*");
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern CATEGORY = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]+");
  private static final Pattern ACCENT = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final Pattern POSTER =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.(?i:avif|jpg|jpeg|png|webp)");
  private static final Pattern CLIP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.(?i:mp4|webm)");

  private final Currency currency;
  private final Predicate<String> mediaThere;
  private final Map<String, Integer> lineOfSku = new HashMap<>();

  LineReader(Currency currency, Predicate<String> mediaThere) {
    this.currency = currency;
    this.mediaThere = mediaThere;
  }

  /** The line as a value; empty when at least one error was written down. */
  Optional<CatalogRow> read(int line, Cells cells) {
    var errorsBefore = cells.errorCount();
    var sku = sku(line, cells);
    var name = cells.needed("name", NAME_MAX);
    var slugGiven = !cells.raw("product").isEmpty();
    var slug = slugGiven ? slug(cells) : name.flatMap(it -> derivedSlug(it, cells));
    var variant = cells.text("variant", VARIANT_MAX);
    var description = cells.text("description", DESCRIPTION_MAX);
    var category = category(cells);
    var price = price(cells);
    var cost = cells.amount("cost", currency, 0);
    var stock = cells.count("stock", STOCK_MAX);
    var tags = tags(cells);
    var accent =
        cells
            .formed("accent", 7, ACCENT, "write a colour such as #ff7a3d")
            .map(it -> it.toLowerCase(Locale.ROOT));
    var poster = media("poster", POSTER, "avif, jpg, jpeg, png or webp", cells);
    var clip = media("clip", CLIP, "mp4 or webm", cells);
    if (cells.errorCount() > errorsBefore) return Optional.empty();
    return Optional.of(
        new CatalogRow(
            line,
            sku.orElseThrow(),
            slug.orElseThrow(),
            slugGiven,
            name.orElseThrow(),
            variant,
            description,
            category,
            price.orElseThrow(),
            cost,
            stock.map(OptionalInt::of).orElse(OptionalInt.empty()),
            tags,
            accent,
            poster,
            clip));
  }

  private Optional<String> sku(int line, Cells cells) {
    var sku =
        cells.formed(
            "sku",
            cells.needed("sku", SKU_MAX),
            SKU,
            "use letters, digits, point, slash, hyphen and underscore");
    if (sku.isPresent()) {
      var earlier = lineOfSku.putIfAbsent(sku.get(), line);
      if (earlier != null) {
        return cells.wrong(
            "sku",
            "%s is on line %d already".formatted(RowError.shown(sku.get()), earlier),
            "give each variant a SKU of its own");
      }
    }
    return sku;
  }

  private static Optional<String> slug(Cells cells) {
    return cells.formed(
        "product", SLUG_MAX, SLUG, "use lower-case letters and digits joined by single hyphens");
  }

  private static Optional<String> derivedSlug(String name, Cells cells) {
    var slug = slugOf(name);
    return slug.isEmpty()
        ? cells.wrong("product", "cannot be derived from the name", "write it, such as ripple-vase")
        : Optional.of(slug);
  }

  /** A name as it stands in an address. */
  static String slugOf(String name) {
    var plain = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    var slug =
        plain.replaceAll("\\p{M}+", "").replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return slug.substring(0, Math.min(SLUG_MAX, slug.length())).replaceAll("-$", "");
  }

  private static Optional<String> category(Cells cells) {
    return cells.formed(
        "category",
        cells.text("category", CATEGORY_MAX).map(it -> it.toLowerCase(Locale.ROOT)),
        CATEGORY,
        "write one word such as beauty");
  }

  private Optional<urgency.money.Money> price(Cells cells) {
    var code = cells.raw("currency");
    if (!code.equals(currency.getCurrencyCode())) {
      cells.wrong(
          "currency",
          code.isEmpty() ? "is empty" : RowError.shown(code) + " is not the shop's currency",
          "price it in %s, or set shop.currency".formatted(currency));
    }
    if (cells.raw("price").isEmpty()) return cells.wrong("price", "is empty", "fill it in");
    return cells.amount("price", currency, 1);
  }

  private static Optional<Set<String>> tags(Cells cells) {
    var text = cells.text("tags", TAGS_MAX * (TAG_MAX + 1));
    if (text.isEmpty()) return Optional.empty();
    var tags = new LinkedHashSet<String>();
    for (var word : text.get().toLowerCase(Locale.ROOT).split(" ", -1)) {
      var tag = word.startsWith("#") ? word.substring(1) : word;
      if (tag.length() > TAG_MAX || !TAG.matcher(tag).matches()) {
        return cells.wrong(
            "tags",
            RowError.shown(word) + " is not a tag",
            "write words of letters and digits with spaces between them");
      }
      tags.add(tag);
    }
    if (tags.size() > TAGS_MAX) {
      return cells.wrong(
          "tags", "has %d words".formatted(tags.size()), "keep to at most " + TAGS_MAX);
    }
    return Optional.of(tags);
  }

  private Optional<String> media(String column, Pattern form, String kinds, Cells cells) {
    var name =
        cells.formed(
            column,
            FILE_NAME_MAX,
            form,
            "name a file of kind %s, without folders or spaces".formatted(kinds));
    if (name.isPresent() && !mediaThere.test(name.get())) {
      return cells.wrong(
          column,
          RowError.shown(name.get()) + " is not in the media folder",
          "put it there, or leave the cell empty");
    }
    return name;
  }
}
