package urgency.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.money.Money;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

class CatalogTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private final Database database = TestDatabase.fresh();
  private final Catalog catalog = new Catalog(new PriceHistory());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_saved_product_is_found_as_it_was_saved() {
    var lamp =
        new Product(
            new ProductId(UUID.randomUUID()),
            "lamp",
            "Lamp",
            "Glows. Dims.",
            "home",
            "#ff7a3d",
            Set.of("roomdecor", "cozy"),
            new Media(
                Optional.of("media/lamp-540.avif"),
                Optional.empty(),
                Optional.of("media/lamp-540.jpg"),
                Optional.of("data:image/webp;base64,AAAA"),
                List.of("media/lamp.webm", "media/lamp.mp4")),
            List.of(variant("L-2", "Amber", 4200), variant("L-1", "Pink", 3900)),
            false);

    database.change(tx -> catalog.save(tx, lamp, NOW));

    assertThat(bySlug("lamp")).contains(lamp);
    assertThat(database.read(catalog::all)).containsExactly(lamp);
    var byId = database.read(tx -> catalog.byId(tx, List.of(lamp.id())));
    assertThat(byId).containsEntry(lamp.id(), lamp);
    var pink = lamp.variants().getLast().id();
    var asked = List.of(pink, new VariantId(UUID.randomUUID()));
    var byVariant = database.read(tx -> catalog.byVariant(tx, asked));
    assertThat(byVariant).hasSize(1).containsEntry(pink, lamp);
  }

  @Test
  void saving_again_under_other_ids_changes_nothing() {
    var first = save(product("lamp", false, variant("L-1", "Amber", 4200)));

    var second = save(product("lamp", false, variant("L-1", "Amber", 4200)));

    assertThat(first.change()).isEqualTo(Catalog.Change.CREATED);
    assertThat(second).isEqualTo(new Catalog.Saved(first.product(), Catalog.Change.UNCHANGED));
    assertThat(prices()).hasSize(1);
  }

  @Test
  void only_a_changed_price_enters_the_history() {
    save(product("lamp", false, variant("L-1", "Amber", 4200), variant("L-2", "Pink", 4200)));

    var saved =
        save(product("lamp", false, variant("L-1", "Amber", 3900), variant("L-2", "Rose", 4200)));

    assertThat(saved.change()).isEqualTo(Catalog.Change.UPDATED);
    assertThat(prices()).containsExactly(4200L, 4200L, 3900L);
  }

  @Test
  void a_new_variant_joins_the_product_of_that_slug() {
    save(product("lamp", false, variant("L-1", "Amber", 4200)));

    var saved = save(product("lamp", false, variant("L-2", "Pink", 4300)));

    assertThat(saved.product().variants()).extracting(Variant::sku).containsExactly("L-1", "L-2");
    assertThat(bySlug("lamp")).contains(saved.product());
  }

  @Test
  void skus_of_two_products_cannot_be_saved_as_one() {
    save(product("lamp", false, variant("L-1", "Amber", 4200)));
    save(product("vase", false, variant("V-1", "Sand", 2900)));

    assertThatThrownBy(
            () ->
                save(product("lamp", false, variant("L-1", "Amber", 1), variant("V-1", "Sand", 1))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(prices()).hasSize(2);
  }

  @Test
  void demo_products_step_aside_for_the_shops_own() {
    save(product("demo-lamp", true, variant("D-1", "Amber", 4200)));
    assertThat(database.read(catalog::all)).hasSize(1);

    save(product("vase", false, variant("V-1", "Sand", 2900)));

    assertThat(database.read(catalog::all)).extracting(Product::slug).containsExactly("vase");
    assertThat(bySlug("demo-lamp")).isPresent();
  }

  @Test
  void products_come_in_the_order_of_their_slugs() {
    var wished = new ArrayList<Product>();
    for (var slug : List.of("c", "a", "b")) {
      wished.add(product(slug, false, variant(slug.toUpperCase(java.util.Locale.ROOT), "it", 100)));
    }

    database.change(tx -> catalog.save(tx, wished, NOW));

    assertThat(database.read(catalog::all))
        .extracting(Product::slug)
        .containsExactly("a", "b", "c");
  }

  private Catalog.Saved save(Product product) {
    return database.write(tx -> catalog.save(tx, product, NOW.plus(Duration.ofSeconds(1))));
  }

  private Optional<Product> bySlug(String slug) {
    return database.read(tx -> catalog.bySlug(tx, slug));
  }

  private List<Long> prices() {
    return database.read(
        tx ->
            tx.createQuery("select price_minor from catalog.price order by id")
                .mapTo(Long.class)
                .list());
  }

  private static Product product(String slug, boolean demo, Variant... variants) {
    return new Product(
        new ProductId(UUID.randomUUID()),
        slug,
        "A " + slug,
        "",
        "home",
        "#ff7a3d",
        Set.of(),
        Media.NONE,
        List.of(variants),
        demo);
  }

  private static Variant variant(String sku, String name, long cents) {
    return new Variant(
        new VariantId(UUID.randomUUID()), sku, name, Money.of(cents, "USD"), Optional.empty());
  }
}
