package urgency.admin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import urgency.catalog.Media;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.Variant;
import urgency.catalog.VariantId;

/** Lines of a file that speak of one product, joined with what the catalogue says about it. */
final class ProductGroups {
  private static final int VARIANTS_MAX = 100;
  private static final String CATEGORY_BY_DEFAULT = "other";
  private static final String ACCENT_BY_DEFAULT = "#9fb4ff";

  /** Where a merchant's own file is found on the web. */
  private static final String MEDIA = "/media/";

  private final RowErrors errors;

  ProductGroups(RowErrors errors) {
    this.errors = errors;
  }

  /** Lines by slug, in the order of the file. */
  List<List<CatalogRow>> of(List<CatalogRow> rows) {
    var groups = new LinkedHashMap<String, List<CatalogRow>>();
    for (var row : rows) groups.computeIfAbsent(row.slug(), _ -> new ArrayList<>()).add(row);
    groups.values().forEach(this::refuseContradictions);
    return List.copyOf(groups.values());
  }

  /** The product that a group asks for; what it leaves open is as it was, or plain. */
  Product product(List<CatalogRow> group, Optional<Product> before) {
    var first = group.getFirst();
    var variants = new ArrayList<Variant>();
    for (var row : group) {
      var known = before.flatMap(it -> variant(it, row.sku()));
      variants.add(
          new Variant(
              new VariantId(UUID.randomUUID()),
              row.sku(),
              row.variant().or(() -> known.map(Variant::name)).orElse(row.name()),
              row.price(),
              row.cost().or(() -> known.flatMap(Variant::cost))));
    }
    return new Product(
        new ProductId(UUID.randomUUID()),
        before.map(Product::slug).orElse(first.slug()),
        first.name(),
        said(group, CatalogRow::description).or(() -> before.map(Product::description)).orElse(""),
        said(group, CatalogRow::category)
            .or(() -> before.map(Product::category))
            .orElse(CATEGORY_BY_DEFAULT),
        said(group, CatalogRow::accent)
            .or(() -> before.map(Product::accent))
            .orElse(ACCENT_BY_DEFAULT),
        said(group, CatalogRow::tags).or(() -> before.map(Product::tags)).orElse(Set.of()),
        media(group, before.map(Product::media).orElse(Media.NONE)),
        variants,
        false);
  }

  private void refuseContradictions(List<CatalogRow> group) {
    if (group.size() > VARIANTS_MAX) {
      errors.add(
          group.get(VARIANTS_MAX).line(),
          "product",
          "has more than %d variants".formatted(VARIANTS_MAX),
          "divide it into several products");
    }
    agree(group, "name", row -> Optional.of(row.name()));
    agree(group, "description", CatalogRow::description);
    agree(group, "category", CatalogRow::category);
    agree(group, "tags", CatalogRow::tags);
    agree(group, "accent", CatalogRow::accent);
    agree(group, "poster", CatalogRow::poster);
    agree(group, "clip", CatalogRow::clip);
    var names = new HashSet<String>();
    for (var row : group) {
      if (!names.add(row.variant().orElse(row.name()))) {
        errors.add(
            row.line(),
            "variant",
            "another variant of '%s' has this name".formatted(row.slug()),
            "name it by what tells it apart, such as its colour");
      }
    }
  }

  private <T> void agree(
      List<CatalogRow> group, String column, Function<CatalogRow, Optional<T>> field) {
    var said = said(group, field);
    if (said.isEmpty()) return;
    for (var row : group) {
      var here = field.apply(row);
      if (here.isPresent() && !Objects.equals(here, said)) {
        errors.add(
            row.line(),
            column,
            "differs from another line of product '%s'".formatted(row.slug()),
            "write the same, or leave it empty after the first line of the product");
      }
    }
  }

  private static <T> Optional<T> said(
      List<CatalogRow> group, Function<CatalogRow, Optional<T>> field) {
    for (var row : group) {
      var here = field.apply(row);
      if (here.isPresent()) return here;
    }
    return Optional.empty();
  }

  private static Media media(List<CatalogRow> group, Media before) {
    var poster = said(group, CatalogRow::poster).map(it -> MEDIA + it);
    var clip = said(group, CatalogRow::clip).map(it -> MEDIA + it);
    var avif = poster.filter(it -> it.toLowerCase(java.util.Locale.ROOT).endsWith(".avif"));
    return new Media(
        poster.isPresent() ? avif : before.posterAvif(),
        poster.isPresent() ? Optional.empty() : before.posterSmallAvif(),
        poster.isPresent() ? poster.filter(it -> avif.isEmpty()) : before.posterFallback(),
        poster.isPresent() ? Optional.empty() : before.placeholder(),
        clip.map(List::of).orElse(before.clips()));
  }

  private static Optional<Variant> variant(Product product, String sku) {
    return product.variants().stream().filter(it -> it.sku().equals(sku)).findFirst();
  }
}
