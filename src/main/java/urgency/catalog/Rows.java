package urgency.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import urgency.money.Money;

/** Products as rows: {@code catalog.product} joined with {@code catalog.variant}. */
final class Rows {
  private static final String PRODUCTS =
      """
      select product.*, variant.id as variant_id, variant.sku, variant.name as variant_name,
             variant.price_minor, variant.currency, variant.cost_minor
        from catalog.product
        join catalog.variant on variant.product_id = product.id
      """;

  private static final String IN_ORDER = "\n order by product.slug, variant.position";

  private static final String WRITE_PRODUCT =
      """
      insert into catalog.product
             (id, slug, name, description, category, accent, tags, poster_avif, poster_small_avif,
              poster_fallback, placeholder, clips, demo)
      values (:id, :slug, :name, :description, :category, :accent, :tags, :posterAvif,
              :posterSmallAvif, :posterFallback, :placeholder, :clips, :demo)
          on conflict (id) do update
         set slug = excluded.slug, name = excluded.name, description = excluded.description,
             category = excluded.category, accent = excluded.accent, tags = excluded.tags,
             poster_avif = excluded.poster_avif, poster_small_avif = excluded.poster_small_avif,
             poster_fallback = excluded.poster_fallback, placeholder = excluded.placeholder,
             clips = excluded.clips, demo = excluded.demo
      """;

  private static final String WRITE_VARIANT =
      """
      insert into catalog.variant
             (id, product_id, position, sku, name, price_minor, currency, cost_minor)
      values (:id, :product, :position, :sku, :name, :price, :currency, :cost)
          on conflict (id) do update
         set name = excluded.name, price_minor = excluded.price_minor,
             currency = excluded.currency, cost_minor = excluded.cost_minor
      """;

  private record Row(Product product, Variant variant) {}

  private Rows() {}

  /** The products that a condition selects, ordered by slug. */
  static List<Product> products(Handle tx, String where, UnaryOperator<Query> bound) {
    var found = new LinkedHashMap<ProductId, List<Row>>();
    try (var query = tx.createQuery(PRODUCTS + where + IN_ORDER)) {
      bound
          .apply(query)
          .map((row, _) -> row(row))
          .forEach(it -> found.computeIfAbsent(it.product().id(), _ -> new ArrayList<>()).add(it));
    }
    return found.values().stream().map(Rows::whole).toList();
  }

  /** Inserts or overwrites products and their variants. */
  static void write(Handle tx, Collection<Product> products) {
    if (products.isEmpty()) return;
    var rows = tx.prepareBatch(WRITE_PRODUCT);
    var variants = tx.prepareBatch(WRITE_VARIANT);
    for (var it : products) {
      rows.bind("id", it.id().value())
          .bind("slug", it.slug())
          .bind("name", it.name())
          .bind("description", it.description())
          .bind("category", it.category())
          .bind("accent", it.accent())
          .bindArray("tags", String.class, it.tags().stream().sorted().toList())
          .bind("posterAvif", it.media().posterAvif())
          .bind("posterSmallAvif", it.media().posterSmallAvif())
          .bind("posterFallback", it.media().posterFallback())
          .bind("placeholder", it.media().placeholder())
          .bindArray("clips", String.class, it.media().clips())
          .bind("demo", it.demo())
          .add();
      for (var i = 0; i < it.variants().size(); i++) {
        var variant = it.variants().get(i);
        variants
            .bind("id", variant.id().value())
            .bind("product", it.id().value())
            .bind("position", i)
            .bind("sku", variant.sku())
            .bind("name", variant.name())
            .bind("price", variant.price().minor())
            .bind("currency", variant.price().currency().getCurrencyCode())
            .bind("cost", costMinor(variant))
            .add();
      }
    }
    rows.execute();
    variants.execute();
  }

  private static Optional<Long> costMinor(Variant variant) {
    variant
        .cost()
        .filter(it -> !it.currency().equals(variant.price().currency()))
        .ifPresent(
            it -> {
              throw new IllegalStateException("cost in another currency: " + variant);
            });
    return variant.cost().map(Money::minor);
  }

  private static Product whole(List<Row> rows) {
    var it = rows.getFirst().product();
    return new Product(
        it.id(),
        it.slug(),
        it.name(),
        it.description(),
        it.category(),
        it.accent(),
        it.tags(),
        it.media(),
        rows.stream().map(Row::variant).toList(),
        it.demo());
  }

  private static Row row(ResultSet row) throws SQLException {
    var variant = variant(row);
    var media =
        new Media(
            Optional.ofNullable(row.getString("poster_avif")),
            Optional.ofNullable(row.getString("poster_small_avif")),
            Optional.ofNullable(row.getString("poster_fallback")),
            Optional.ofNullable(row.getString("placeholder")),
            List.of((String[]) row.getArray("clips").getArray()));
    var product =
        new Product(
            new ProductId(row.getObject("id", UUID.class)),
            row.getString("slug"),
            row.getString("name"),
            row.getString("description"),
            row.getString("category"),
            row.getString("accent"),
            Set.of((String[]) row.getArray("tags").getArray()),
            media,
            List.of(variant),
            row.getBoolean("demo"));
    return new Row(product, variant);
  }

  private static Variant variant(ResultSet row) throws SQLException {
    var currency = row.getString("currency");
    var price = Money.of(row.getLong("price_minor"), currency);
    var costMinor = row.getLong("cost_minor");
    var cost = row.wasNull() ? Optional.<Money>empty() : Optional.of(Money.of(costMinor, currency));
    return new Variant(
        new VariantId(row.getObject("variant_id", UUID.class)),
        row.getString("sku"),
        row.getString("variant_name"),
        price,
        cost);
  }
}
