package urgency.catalog;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The products we may sell. The only code that writes {@code catalog.product} and its variants.
 *
 * <p>A product is never removed and never loses a variant, since orders and prices speak of them;
 * what is no longer sold has no units left. Demo products step aside as soon as the shop has one of
 * its own: {@link #all} leaves them out, yet they are still found by name and id.
 */
@Singleton
public final class Catalog {
  /** What a {@link #save} came to. */
  public enum Change {
    CREATED,
    UPDATED,
    UNCHANGED
  }

  /** A product as it now stands in the catalogue, with the ids it has there. */
  public record Saved(Product product, Change change) {}

  // Held to the end of the transaction; readers do not notice.
  private static final String LOCK = "lock table catalog.product in share row exclusive mode";

  private static final String FOR_SALE =
      "where not product.demo or not exists (select from catalog.product where not demo)";

  private static final String OF_SKUS =
      "where product.id in (select product_id from catalog.variant where sku = any(:skus))";

  private static final String OF_VARIANTS =
      "where product.id in (select product_id from catalog.variant where id = any(:ids))";

  private final PriceHistory prices;

  public Catalog(PriceHistory prices) {
    this.prices = prices;
  }

  /** Every product that may be sold, ordered by slug. */
  public List<Product> all(Handle tx) {
    return Rows.products(tx, FOR_SALE, it -> it);
  }

  /** A number that grows with every change, for those who keep something made from it. */
  public long revision(Handle tx) {
    return tx.createQuery("select number from catalog.revision").mapTo(Long.class).one();
  }

  /** Whether nothing was ever saved here. */
  public boolean isEmpty(Handle tx) {
    return tx.createQuery("select not exists (select from catalog.product)")
        .mapTo(Boolean.class)
        .one();
  }

  public Optional<Product> bySlug(Handle tx, String slug) {
    return Optional.ofNullable(bySlugs(tx, List.of(slug)).get(slug));
  }

  /** The product of each slug; unknown ones are left out. */
  public Map<String, Product> bySlugs(Handle tx, Collection<String> slugs) {
    var found = new LinkedHashMap<String, Product>();
    Rows.products(
            tx,
            "where product.slug = any(:slugs)",
            it -> it.bindArray("slugs", String.class, List.copyOf(slugs)))
        .forEach(it -> found.put(it.slug(), it));
    return found;
  }

  /** The product of each SKU; unknown ones are left out. */
  public Map<String, Product> bySkus(Handle tx, Collection<String> skus) {
    var found = new HashMap<String, Product>();
    for (var product :
        Rows.products(tx, OF_SKUS, it -> it.bindArray("skus", String.class, List.copyOf(skus)))) {
      for (var variant : product.variants()) found.put(variant.sku(), product);
    }
    found.keySet().retainAll(new LinkedHashSet<>(skus));
    return found;
  }

  /** The product of each id; unknown ones are left out. */
  public Map<ProductId, Product> byId(Handle tx, Collection<ProductId> ids) {
    var found = new LinkedHashMap<ProductId, Product>();
    var values = ids.stream().map(ProductId::value).toList();
    Rows.products(tx, "where product.id = any(:ids)", it -> it.bindArray("ids", UUID.class, values))
        .forEach(it -> found.put(it.id(), it));
    return found;
  }

  /** The product of each variant; unknown variants are left out. */
  public Map<VariantId, Product> byVariant(Handle tx, Collection<VariantId> ids) {
    var found = new HashMap<VariantId, Product>();
    var values = ids.stream().map(VariantId::value).toList();
    for (var product :
        Rows.products(tx, OF_VARIANTS, it -> it.bindArray("ids", UUID.class, values))) {
      for (var variant : product.variants()) found.put(variant.id(), product);
    }
    found.keySet().retainAll(new LinkedHashSet<>(ids));
    return found;
  }

  /** From here to the end of the transaction nobody else changes the catalogue. */
  public void lock(Handle tx) {
    tx.execute(LOCK);
  }

  /**
   * Creates or updates a product and its variants, found by SKU or else by slug; appends changed
   * prices. Ids that are already in the catalogue win over those of the argument.
   */
  public Saved save(Handle tx, Product product, Instant now) {
    return save(tx, List.of(product), now).getFirst();
  }

  /**
   * Same for many, in a handful of statements.
   *
   * @return as many answers as products, in their order
   * @throws IllegalStateException when the SKUs of one product belong to two
   */
  public List<Saved> save(Handle tx, List<Product> products, Instant now) {
    lock(tx);
    var skus = products.stream().flatMap(it -> it.variants().stream()).map(Variant::sku).toList();
    var bySku = bySkus(tx, skus);
    var bySlug = bySlugs(tx, products.stream().map(Product::slug).toList());
    var saved = new ArrayList<Saved>(products.size());
    var changed = new ArrayList<Product>();
    var offered = new ArrayList<PriceHistory.Offered>();
    for (var product : products) {
      var before = before(product, bySku, bySlug);
      var after = before.map(it -> merged(it, product)).orElse(product);
      var change =
          before
              .map(it -> it.equals(after) ? Change.UNCHANGED : Change.UPDATED)
              .orElse(Change.CREATED);
      saved.add(new Saved(after, change));
      if (change != Change.UNCHANGED) {
        changed.add(after);
        offered.addAll(newPrices(before, after, now));
      }
    }
    Rows.write(tx, changed);
    prices.append(tx, offered);
    if (!changed.isEmpty()) tx.execute("update catalog.revision set number = number + 1");
    return List.copyOf(saved);
  }

  private static Optional<Product> before(
      Product product, Map<String, Product> bySku, Map<String, Product> bySlug) {
    var found = new LinkedHashMap<ProductId, Product>();
    for (var variant : product.variants()) {
      var owner = bySku.get(variant.sku());
      if (owner != null) found.put(owner.id(), owner);
    }
    if (found.size() > 1) {
      throw new IllegalStateException(
          "SKUs of %s belong to %d products".formatted(product.slug(), found.size()));
    }
    return found.values().stream()
        .findFirst()
        .or(() -> Optional.ofNullable(bySlug.get(product.slug())));
  }

  // What is there keeps its ids and its order; what is new comes after it.
  private static Product merged(Product before, Product wished) {
    var variants = new LinkedHashMap<String, Variant>();
    for (var it : before.variants()) variants.put(it.sku(), it);
    for (var it : wished.variants()) {
      var known = variants.get(it.sku());
      var id = known == null ? it.id() : known.id();
      variants.put(it.sku(), new Variant(id, it.sku(), it.name(), it.price(), it.cost()));
    }
    return new Product(
        before.id(),
        wished.slug(),
        wished.name(),
        wished.description(),
        wished.category(),
        wished.accent(),
        wished.tags(),
        wished.media(),
        List.copyOf(variants.values()),
        wished.demo());
  }

  private static List<PriceHistory.Offered> newPrices(
      Optional<Product> before, Product after, Instant now) {
    var known = new HashMap<VariantId, Variant>();
    before.ifPresent(it -> it.variants().forEach(variant -> known.put(variant.id(), variant)));
    var offered = new ArrayList<PriceHistory.Offered>();
    for (var variant : after.variants()) {
      var old = known.get(variant.id());
      if (old == null || !old.price().equals(variant.price())) {
        offered.add(new PriceHistory.Offered(variant.id(), variant.price(), now, Optional.empty()));
      }
    }
    return offered;
  }
}
