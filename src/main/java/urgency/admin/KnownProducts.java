package urgency.admin;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import urgency.catalog.Product;
import urgency.catalog.ProductId;

/** What the catalogue already knows of a file's SKUs and slugs, and whether the two agree. */
final class KnownProducts {
  private final Map<String, Product> bySku;
  private final Map<String, Product> bySlug;
  private final RowErrors errors;
  private final Set<ProductId> taken = new HashSet<>();

  KnownProducts(Map<String, Product> bySku, Map<String, Product> bySlug, RowErrors errors) {
    this.bySku = bySku;
    this.bySlug = bySlug;
    this.errors = errors;
  }

  /** The product that a group of lines changes; empty when it makes a new one. */
  Optional<Product> of(List<CatalogRow> group) {
    var first = group.getFirst();
    var known = new LinkedHashMap<ProductId, Product>();
    for (var row : group) {
      var owner = bySku.get(row.sku());
      if (owner == null) continue;
      known.put(owner.id(), owner);
      if (known.size() > 1 || (row.slugGiven() && !owner.slug().equals(row.slug()))) {
        errors.add(
            row.line(),
            "sku",
            "%s belongs to product '%s'".formatted(RowError.shown(row.sku()), owner.slug()),
            "use a new SKU, or write that product");
      }
    }
    var product = known.isEmpty() ? namesake(first) : Optional.of(known.values().iterator().next());
    product.ifPresent(it -> refuseSecondGroup(first, it));
    refuseUnclearVariants(product, group);
    return product;
  }

  private Optional<Product> namesake(CatalogRow first) {
    var namesake = Optional.ofNullable(bySlug.get(first.slug()));
    if (namesake.isPresent() && namesake.get().demo()) {
      errors.add(
          first.line(),
          "product",
          "'%s' is a product of the demo shop".formatted(first.slug()),
          "choose another slug");
      return Optional.empty();
    }
    return namesake;
  }

  private void refuseSecondGroup(CatalogRow first, Product product) {
    if (!taken.add(product.id())) {
      errors.add(
          first.line(),
          "product",
          "other lines speak of '%s' under another name".formatted(product.slug()),
          "write the same product and name on all its lines");
    }
  }

  // A new variant needs a number of units, and a name that no sibling outside the file has.
  private void refuseUnclearVariants(Optional<Product> product, List<CatalogRow> group) {
    var siblings = new HashMap<String, String>();
    for (var it : product.map(Product::variants).orElse(List.of())) {
      siblings.put(it.sku(), it.name());
    }
    var names = new HashSet<>(siblings.values());
    for (var row : group) names.remove(siblings.get(row.sku()));
    for (var row : group) {
      var isNew = !siblings.containsKey(row.sku());
      if (isNew && row.stock().isEmpty()) {
        errors.add(row.line(), "stock", "is empty", "write the number of units for a new SKU");
      }
      if ((isNew || row.variant().isPresent())
          && names.contains(row.variant().orElse(row.name()))) {
        errors.add(
            row.line(),
            "variant",
            "another variant of '%s' has this name".formatted(row.slug()),
            "name it by what tells it apart, such as its colour");
      }
    }
  }
}
