package urgency.trends.ownshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.CartCounts;
import urgency.catalog.InterestHistory;
import urgency.catalog.InterestHistory.Held;
import urgency.catalog.ProductId;
import urgency.catalog.SalesHistory;
import urgency.catalog.VariantId;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.trends.Ingest;
import urgency.trends.SourceHealth;
import urgency.trends.SourceHealths;
import urgency.trends.Sources;
import urgency.trends.Trend;
import urgency.trends.TrendSettings;
import urgency.trends.Trends;
import urgency.trends.ownshop.Signals.Signal;

class OwnShopSourceTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-11-24");
  private static final ProductId LAMP = new ProductId(new UUID(0, 1));
  private static final ProductId VASE = new ProductId(new UUID(0, 2));
  private static final VariantId RED_LAMP = new VariantId(new UUID(0, 11));

  private final Database database = TestDatabase.fresh();
  private final InterestHistory interest = new InterestHistory();
  private final OwnShopSource source = new OwnShopSource(database);

  @BeforeEach
  void stock() {
    database.change(
        tx -> {
          product(tx, LAMP, "Mushroom Lamp", RED_LAMP);
          product(tx, VASE, "Ripple Vase", new VariantId(new UUID(0, 12)));
        });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void what_visitors_did_is_told_by_product_and_the_best_selling_first() {
    database.change(
        tx -> {
          interest.looked(tx, TODAY, Map.of(LAMP, 3, VASE, 9));
          interest.looked(tx, TODAY, Map.of(LAMP, 2));
          interest.looked(tx, TODAY.minusDays(6), Map.of(LAMP, 10));
          interest.looked(tx, TODAY.minusDays(7), Map.of(LAMP, 100));
          interest.held(tx, List.of(new Held(LAMP, TODAY, 2)));
          interest.held(tx, List.of(new Held(LAMP, TODAY, 4)));
          new SalesHistory().set(tx, LAMP, TODAY, 1, 3);
        });
    var carts = new CartCounts(database, interest);
    carts.added(RED_LAMP);
    carts.added(RED_LAMP);
    carts.write(NOW);

    List<Signal> signals = database.read(tx -> Signals.of(tx, TODAY, 7));

    assertThat(signals)
        .containsExactly(
            new Signal(LAMP, "Mushroom Lamp", 15, 2, 4, 1, 3, List.of(10, 0, 0, 0, 0, 0, 5)),
            new Signal(VASE, "Ripple Vase", 9, 0, 0, 0, 0, List.of(0, 0, 0, 0, 0, 0, 9)));
  }

  @Test
  void the_shop_is_a_healthy_source_and_never_a_trend() {
    database.change(tx -> interest.looked(tx, TODAY, Map.of(LAMP, 3)));
    var settings = TrendSettings.read(Settings.read(Map.of(), Optional.empty()));

    new Ingest(database, new Sources(List.of(source)), settings).run(NOW);

    SourceHealth health = database.read(tx -> new SourceHealths(settings).all(tx, NOW)).getFirst();
    assertThat(health.source()).isEqualTo("own-shop");
    assertThat(health.region()).isEqualTo("ZZ");
    assertThat(health.result()).isEqualTo("Fresh");
    assertThat(health.goodRows()).isEqualTo(2);
    assertThat(health.requestsToday()).isZero();
    assertThat(database.<List<Trend>>read(tx -> new Trends().current(tx, NOW))).isEmpty();
  }

  @Test
  void a_shop_without_products_is_quiet_and_not_out_of_order() {
    var settings = TrendSettings.read(Settings.read(Map.of(), Optional.empty()));
    try (var empty = TestDatabase.fresh()) {
      var sources = new Sources(List.of(new OwnShopSource(empty)));
      var ingest = new Ingest(empty, sources, settings);

      for (var hour = 0; hour < 5; hour++) ingest.run(NOW.plus(Duration.ofHours(2L * hour)));

      var later = NOW.plus(Duration.ofHours(8));
      SourceHealth health = empty.read(tx -> new SourceHealths(settings).all(tx, later)).getFirst();
      assertThat(health.result()).isEqualTo("Unchanged");
    }
  }

  @Test
  void a_product_that_is_gone_is_not_counted() {
    database.change(tx -> interest.looked(tx, TODAY, Map.of(new ProductId(new UUID(9, 9)), 3)));

    List<Signal> signals = database.read(tx -> Signals.of(tx, TODAY, 7));

    assertThat(signals).hasSize(2).allSatisfy(it -> assertThat(it.minutes()).isZero());
  }

  private static void product(
      org.jdbi.v3.core.Handle tx, ProductId product, String name, VariantId variant) {
    tx.createUpdate(
            """
            insert into catalog.product (id, slug, name, description, category, accent, tags, clips,
                   demo)
            values (:id, :slug, :name, '', 'home', '#ffffff', '{}', '{}', false)
            """)
        .bind("id", product.value())
        .bind("slug", name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'))
        .bind("name", name)
        .execute();
    tx.createUpdate(
            """
            insert into catalog.variant (id, product_id, position, sku, name, price_minor, currency)
            values (:id, :product, 0, :sku, 'One', 1900, 'USD')
            """)
        .bind("id", variant.value())
        .bind("product", product.value())
        .bind("sku", variant.value().toString())
        .execute();
  }
}
