package urgency.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.Catalog;
import urgency.catalog.CatalogSettings;
import urgency.catalog.PriceHistory;
import urgency.catalog.Product;
import urgency.catalog.SalesHistory;
import urgency.catalog.Variant;
import urgency.inventory.Stock;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

class DemoShopTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final LocalDate YESTERDAY = LocalDate.of(2026, 11, 23);

  private final Database database = TestDatabase.fresh();
  private final PriceHistory prices = new PriceHistory();
  private final Catalog catalog = new Catalog(prices);
  private final SalesHistory sales = new SalesHistory();
  private final Stock stock = new Stock();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void an_empty_catalogue_gets_thirty_two_products_that_say_they_are_of_the_demo() {
    shop("USD").load(NOW);

    assertThat(products()).hasSize(32).allMatch(Product::demo);
  }

  @Test
  void every_variant_has_units_to_sell() {
    shop("USD").load(NOW);

    var variants =
        products().stream().flatMap(it -> it.variants().stream()).map(Variant::id).toList();
    assertThat(database.read(tx -> stock.levels(tx, variants)).values())
        .hasSize(variants.size())
        .allMatch(it -> it.left() >= 1 && it.left() <= 40);
  }

  @Test
  void the_demo_is_loaded_once() {
    shop("USD").load(NOW);
    var before = products();

    shop("USD").load(NOW.plus(Duration.ofDays(3)));

    assertThat(products()).isEqualTo(before);
    assertThat(count("catalog.price")).isEqualTo(61);
    assertThat(count("catalog.daily_sales")).isEqualTo(2476);
  }

  @Test
  void prices_have_stood_for_longer_than_the_thirty_days_of_a_reference() {
    shop("USD").load(NOW);

    var variant = products().getFirst().variants().getFirst();
    var then = NOW.minus(Duration.ofDays(31));
    var lowest =
        database.read(tx -> prices.lowest(tx, List.of(variant.id()), then, then.plusSeconds(1)));
    assertThat(lowest).containsEntry(variant.id(), variant.price());
  }

  @Test
  void past_sales_end_yesterday_and_cover_a_hundred_and_twenty_days() {
    shop("USD").load(NOW);

    var days =
        database
            .read(tx -> sales.between(tx, LocalDate.MIN.withYear(1), YESTERDAY.plusDays(9)))
            .values()
            .stream()
            .flatMap(List::stream)
            .map(SalesHistory.Day::date)
            .sorted()
            .toList();
    assertThat(days.getFirst()).isEqualTo(YESTERDAY.minusDays(119));
    assertThat(days.getLast()).isEqualTo(YESTERDAY);
  }

  @Test
  void a_shop_in_yen_has_a_demo_in_yen() {
    shop("JPY").load(NOW);

    var glow = database.read(tx -> catalog.bySlug(tx, "glow-drops")).orElseThrow();
    assertThat(glow.lowestPrice().minor()).isEqualTo(1819);
    assertThat(glow.lowestPrice().currency()).isEqualTo(Currency.getInstance("JPY"));
  }

  @Test
  void a_product_names_only_pictures_that_are_in_the_build() {
    shop("USD").load(NOW);

    for (var product : products()) {
      for (var path : product.media().clips()) {
        assertThat(getClass().getResource("/web/" + path)).as(path).isNotNull();
      }
      product
          .media()
          .posterAvif()
          .ifPresent(it -> assertThat(getClass().getResource("/web/" + it)).as(it).isNotNull());
    }
  }

  @Test
  void a_shop_that_wants_no_demo_stays_empty() {
    var settings = new CatalogSettings(Currency.getInstance("USD"), false);
    var shop = new DemoShop(database, catalog, sales, stock, settings, InstantSource.fixed(NOW));

    shop.start(new io.quarkus.runtime.StartupEvent());

    assertThat(products()).isEmpty();
  }

  @Test
  void the_clock_decides_which_day_was_yesterday() {
    var settings = new CatalogSettings(Currency.getInstance("USD"), true);
    var shop = new DemoShop(database, catalog, sales, stock, settings, InstantSource.fixed(NOW));

    shop.start(new io.quarkus.runtime.StartupEvent());

    assertThat(soldOn(YESTERDAY.plusDays(1))).isZero();
    assertThat(soldOn(YESTERDAY)).isPositive();
  }

  private DemoShop shop(String currency) {
    var settings = new CatalogSettings(Currency.getInstance(currency), true);
    return new DemoShop(database, catalog, sales, stock, settings, InstantSource.fixed(NOW));
  }

  private int soldOn(LocalDate day) {
    return database.read(tx -> sales.between(tx, day, day)).size();
  }

  private List<Product> products() {
    return database.read(catalog::all);
  }

  private long count(String table) {
    return database.read(
        tx -> tx.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }
}
