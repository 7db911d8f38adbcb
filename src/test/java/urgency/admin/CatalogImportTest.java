package urgency.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import urgency.admin.CatalogImport.Outcome.Imported;
import urgency.admin.CatalogImport.Outcome.Refused;
import urgency.catalog.Catalog;
import urgency.catalog.PriceHistory;
import urgency.catalog.Product;
import urgency.catalog.Variant;
import urgency.inventory.Stock;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

class CatalogImportTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final String HEADER =
      "sku,product,name,variant,description,category,price,currency,cost,stock,tags,accent,"
          + "poster,clip\n";
  private static final String LAMPS =
      HEADER
          + "L-1,lamp,Lamp,Amber,Glows.,home,42.00,USD,18.00,7,roomdecor cozy,#ff7a3d,"
          + "lamp.avif,lamp.mp4\n"
          + "L-2,lamp,Lamp,Pink,,,44.00,USD,18.00,0,,,,\n"
          + "V-1,,Ripple Vase,,Holds water.,home,29.00,USD,,12,vase,#e8b98a,vase.jpg,\n";

  @TempDir Path media;

  private final Database database = TestDatabase.fresh();
  private final Catalog catalog = new Catalog(new PriceHistory());
  private final Stock stock = new Stock();

  @BeforeEach
  void pictures() throws IOException {
    for (var name : List.of("lamp.avif", "lamp.mp4", "vase.jpg")) {
      Files.writeString(media.resolve(name), "");
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_right_file_is_imported_with_its_prices_pictures_and_units() {
    var outcome = run(LAMPS, NOW);

    assertThat(outcome).isEqualTo(new Imported(2, 0, 0));
    var lamp = product("lamp");
    assertThat(lamp.variants()).extracting(Variant::name).containsExactly("Amber", "Pink");
    assertThat(lamp.tags()).isEqualTo(Set.of("roomdecor", "cozy"));
    assertThat(lamp.media().posterAvif()).contains("/media/lamp.avif");
    assertThat(lamp.media().posterFallback()).isEmpty();
    assertThat(lamp.media().clips()).containsExactly("/media/lamp.mp4");
    assertThat(lamp.demo()).isFalse();
    assertThat(product("ripple-vase").media().posterFallback()).contains("/media/vase.jpg");
    assertThat(left()).isEqualTo(Map.of("L-1", 7, "L-2", 0, "V-1", 12));
  }

  @Test
  void the_same_file_twice_changes_nothing() {
    run(LAMPS, NOW);
    var before = database.read(catalog::all);

    var outcome = run(LAMPS, NOW.plus(Duration.ofHours(1)));

    assertThat(outcome).isEqualTo(new Imported(0, 0, 2));
    assertThat(database.read(catalog::all)).isEqualTo(before);
    assertThat(count("catalog.price")).isEqualTo(3);
    assertThat(count("inventory.ledger")).isEqualTo(2);
  }

  @Test
  void one_bad_line_keeps_the_whole_file_out() {
    var outcome = run(LAMPS + "X-1,,Jar,,,,-1,USD,,1,,,,\n", NOW);

    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(database.read(catalog::all)).isEmpty();
    assertThat(count("inventory.stock")).isZero();
  }

  @Test
  void a_later_file_changes_what_it_names_and_leaves_the_rest() {
    run(LAMPS, NOW);

    var outcome =
        run("sku,name,price,currency,stock\nL-1,Lamp,39.00,USD,\n", NOW.plus(Duration.ofDays(1)));

    assertThat(outcome).isEqualTo(new Imported(0, 1, 0));
    var lamp = product("lamp");
    assertThat(lamp.variants()).extracting(it -> it.price().minor()).containsExactly(3900L, 4400L);
    assertThat(lamp.variants().getFirst().cost()).isPresent();
    assertThat(lamp.description()).isEqualTo("Glows.");
    assertThat(lamp.media().posterAvif()).contains("/media/lamp.avif");
    assertThat(left()).containsEntry("L-1", 7);
    assertThat(count("catalog.price")).isEqualTo(4);
  }

  @Test
  void a_new_name_keeps_the_address() {
    run(LAMPS, NOW);

    run("sku,name,price,currency,stock\nV-1,Wave Vase,29.00,USD,12\n", NOW);

    assertThat(product("ripple-vase").name()).isEqualTo("Wave Vase");
  }

  @Test
  void a_sku_stays_with_its_product() {
    run(LAMPS, NOW);

    var outcome = run(HEADER + "L-1,vase,Vase,,,,1,USD,,1,,,,\n", NOW);

    assertThat(errors(outcome))
        .containsExactly(
            "line 2, sku: 'L-1' belongs to product 'lamp'; use a new SKU, or write that product");
  }

  @Test
  void skus_of_two_products_cannot_become_one() {
    run(LAMPS, NOW);

    var outcome = run(HEADER + "L-1,,Thing,a,,,1,USD,,1,,,,\nV-1,,Thing,b,,,1,USD,,1,,,,\n", NOW);

    assertThat(errors(outcome)).singleElement().asString().startsWith("line 3, sku: 'V-1' belongs");
  }

  @Test
  void one_product_under_two_names_is_refused() {
    run(LAMPS, NOW);

    var outcome = run(HEADER + "L-1,,Lamp A,a,,,1,USD,,1,,,,\nL-2,,Lamp B,b,,,1,USD,,1,,,,\n", NOW);

    assertThat(errors(outcome)).singleElement().asString().contains("under another name");
  }

  @Test
  void lines_of_one_product_must_not_contradict_each_other() {
    var outcome =
        run(
            HEADER
                + "A,lamp,Lamp,a,Glows.,home,1,USD,,1,x,#ffffff,,\n"
                + "B,lamp,Lamp 2,b,Dims.,tech,1,USD,,1,y,#000000,,\n",
            NOW);

    assertThat(errors(outcome))
        .hasSize(5)
        .allMatch(it -> it.startsWith("line 3, ") && it.contains("differs from another line"));
  }

  @Test
  void variants_of_one_product_have_names_of_their_own() {
    var outcome = run(HEADER + "A,lamp,Lamp,,,,1,USD,,1,,,,\nB,lamp,Lamp,,,,1,USD,,1,,,,\n", NOW);

    assertThat(errors(outcome)).singleElement().asString().contains("line 3, variant:");
  }

  @Test
  void a_new_variant_must_not_take_the_name_of_one_that_is_there() {
    run(LAMPS, NOW);

    var outcome = run(HEADER + "L-3,lamp,Lamp,Pink,,,1,USD,,1,,,,\n", NOW);

    assertThat(errors(outcome)).singleElement().asString().contains("line 2, variant:");
  }

  @Test
  void two_variants_may_swap_their_names() {
    run(LAMPS, NOW);

    var outcome =
        run(
            HEADER
                + "L-1,lamp,Lamp,Pink,,,42.00,USD,,7,,,,\nL-2,lamp,Lamp,Amber,,,44.00,USD,,0,,,,\n",
            NOW);

    assertThat(outcome).isEqualTo(new Imported(0, 1, 0));
  }

  @Test
  void a_new_sku_needs_a_number_of_units() {
    var outcome = run("sku,name,price,currency,stock\nA,Lamp,1,USD,\n", NOW);

    assertThat(errors(outcome)).singleElement().asString().contains("line 2, stock: is empty");
  }

  @Test
  void a_picture_that_is_not_in_the_folder_is_an_error_of_its_line() {
    var outcome = run(HEADER + "A,,Lamp,,,,1,USD,,1,,,gone.jpg,lamp.avif\n", NOW);

    assertThat(errors(outcome))
        .extracting(it -> it.substring(0, 14))
        .containsExactly("line 2, poster", "line 2, clip: ");
  }

  @Test
  void a_file_that_is_not_there_is_refused_with_a_sentence() {
    var outcome = importer().run(media.resolve("none.csv"), NOW);

    assertThat(errors(outcome)).singleElement().asString().contains("cannot be read");
  }

  @Test
  void a_product_of_the_demo_cannot_be_added_to() {
    var demo = "sku,name,price,currency,stock\nD-1,Demo Lamp,1,USD,1\n";
    run(demo, NOW);
    database.change(tx -> tx.execute("update catalog.product set demo = true"));

    var outcome = run("sku,name,price,currency,stock\nM-1,Demo Lamp,1,USD,1\n", NOW);

    assertThat(errors(outcome)).singleElement().asString().contains("demo shop");
    assertThat(run(demo, NOW)).isEqualTo(new Imported(0, 1, 0));
  }

  @Test
  void ten_thousand_rows_are_imported_in_one_go() {
    var text = new StringBuilder(HEADER);
    for (var i = 0; i < CatalogFile.ROWS_MAX; i++) {
      text.append(
          "S-%d,p-%d,P %d,v%d,Text.,home,1.50,USD,,3,a b,,,\n".formatted(i, i / 4, i / 4, i));
    }

    assertThat(run(text.toString(), NOW)).isEqualTo(new Imported(2_500, 0, 0));
    assertThat(run(text.toString(), NOW)).isEqualTo(new Imported(0, 0, 2_500));
  }

  private CatalogImport.Outcome run(String text, Instant now) {
    return importer().run(text.getBytes(StandardCharsets.UTF_8), now);
  }

  private CatalogImport importer() {
    return new CatalogImport(database, catalog, stock, Currency.getInstance("USD"), media);
  }

  private Product product(String slug) {
    return database.read(tx -> catalog.bySlug(tx, slug)).orElseThrow();
  }

  private Map<String, Integer> left() {
    var left = new java.util.HashMap<String, Integer>();
    for (var product : database.read(catalog::all)) {
      for (var variant : product.variants()) {
        var levels = database.read(tx -> stock.levels(tx, List.of(variant.id())));
        Optional.ofNullable(levels.get(variant.id()))
            .ifPresent(it -> left.put(variant.sku(), it.left()));
      }
    }
    return left;
  }

  private long count(String table) {
    return database.read(
        tx -> tx.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  private static List<String> errors(CatalogImport.Outcome outcome) {
    return switch (outcome) {
      case Imported it -> throw new AssertionError("not refused: " + it);
      case Refused(var errors) -> errors.stream().map(RowError::toString).toList();
    };
  }
}
