package urgency.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import urgency.catalog.Catalog;
import urgency.catalog.Media;
import urgency.catalog.PriceHistory;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.Variant;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.search.Search.Fit;

/** What somebody types, against a small catalogue in many languages. */
class SearchTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final Catalog CATALOG = new Catalog(new PriceHistory());
  private static final Search SEARCH = new Search();
  private static Database database;
  private static SearchIndex index;

  @BeforeAll
  static void fill() {
    database = TestDatabase.fresh();
    index = new SearchIndex(database, CATALOG);
    save(
        product("sunset-mushroom-lamp", "Sunset Mushroom Lamp", "home", "A lamp that glows warm."),
        product("desk-lamp", "Bedside Desk Lamp", "home", "Bright light for reading at night."),
        product("halo-headphones", "Halo Wireless Headphones", "tech", "Music without a cable."),
        product("creme-brulee-torch", "Crème Brûlée Torch", "kitchen", "For sugar crusts."),
        product("weissbierglas", "Weißbierglas groß", "kitchen", "Für ein halbes Liter."),
        product("cat-fountain", "Drift Cat Fountain", "pets", "Fresh water for cats."),
        product("dog-fountain", "Drift Dog Fountain", "pets", "Fresh water for dogs."),
        product("matryoshka", "Матрёшка расписная", "toys", "Деревянная кукла."),
        product("mogu-deng", "日落蘑菇灯", "home", "温暖的灯光"));
    index.refresh();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "mushroom, sunset-mushroom-lamp",
    "MUSHROOM LAMP, sunset-mushroom-lamp",
    "lamp mushroom, sunset-mushroom-lamp",
    "mush, sunset-mushroom-lamp",
    "creme brulee, creme-brulee-torch",
    "Crème, creme-brulee-torch",
    "brûl, creme-brulee-torch",
    "weissbier, weissbierglas",
    "WEISSBIERGLAS, weissbierglas",
    "матрешка, matryoshka",
    "расп, matryoshka",
    "蘑菇, mogu-deng",
    "日落蘑菇灯, mogu-deng",
    "music, halo-headphones",
    "'  headphones!!! ', halo-headphones"
  })
  void what_is_written_rightly_is_found_in_any_case_order_and_language(String text, String first) {
    var found = find(text);

    assertThat(found.fit()).isEqualTo(Fit.ALL);
    assertThat(slug(found)).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "mushrom, mushroom, sunset-mushroom-lamp",
    "mushroon lamp, mushroom lamp, sunset-mushroom-lamp",
    "hedphones, headphones, halo-headphones",
    "haedphones, headphones, halo-headphones",
    "wireless haeadphones, wireless headphones, halo-headphones",
    "fountian cat, fountain cat, cat-fountain",
    "muehroom, mushroom, sunset-mushroom-lamp",
    "матрошка, матрешка, matryoshka"
  })
  void what_is_misspelt_is_found_as_it_was_probably_meant(String text, String meant, String first) {
    var found = find(text);

    assertThat(found.fit()).isIn(Fit.MEANT, Fit.ALL);
    if (found.fit() == Fit.MEANT) assertThat(found.meant()).isEqualTo(meant);
    assertThat(slug(found)).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({"lamb, lamp", "lmap, lamp", "lampp, lamp", "dgo, dog"})
  void short_words_are_read_one_letter_further_at_most(String text, String meant) {
    assertThat(find(text).meant()).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"qx", "zzzzzz", "xylophone orchestra", "4711", "!!!", "' or 1=1 --"})
  void what_nobody_can_tell_is_not_guessed(String text) {
    var found = find(text);

    assertThat(found.fit()).isEqualTo(Fit.NONE);
    assertThat(found.hits()).isEmpty();
    assertThat(found.meant()).isEmpty();
  }

  @Test
  void when_no_product_has_all_words_those_with_some_are_told_as_such() {
    var found = find("mushroom headphones");

    assertThat(found.fit()).isEqualTo(Fit.SOME);
    assertThat(found.hits()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lamp:* & !x",
        "'lamp' | 'x'",
        "lamp' ) | ( '",
        "\\lamp\\",
        "lamp <-> desk",
        "%",
        "_",
        "\u0000lamp",
        "lamp\n\r\t",
        "<script>lamp</script>",
        "\ud83d\ude00",
        "\ud800",
        "lamp::tsquery",
        ":A",
        "?1 :words"
      })
  void hostile_input_is_nothing_but_words(String text) {
    var found = find(text);

    assertThat(found.hits().size()).isLessThanOrEqualTo(9);
  }

  @Test
  void ten_thousand_letters_are_read_up_to_a_bound() {
    assertThat(find("x".repeat(10_000)).fit()).isEqualTo(Fit.NONE);
    assertThat(find("lamp ".repeat(2_000)).fit()).isEqualTo(Fit.ALL);
    assertThat(
            find(String.join(" ", IntStream.range(0, 3_000).mapToObj(it -> "w" + it).toList()))
                .fit())
        .isEqualTo(Fit.NONE);
  }

  @Test
  void without_words_everything_is_there_and_a_category_has_its_own() {
    assertThat(find("  ").hits()).hasSize(9);
    var pets = database.read(tx -> SEARCH.inCategory(tx, "pets"));
    assertThat(pets).hasSize(2);
    assertThat(database.read(SEARCH::categories))
        .containsEntry("home", 3)
        .containsEntry("tech", 1)
        .containsKeys("toys");
  }

  @Test
  void what_means_the_same_resembles_each_other_and_nothing_resembles_itself() {
    var cat = database.read(tx -> CATALOG.bySlug(tx, "cat-fountain")).orElseThrow();
    var similar = database.read(tx -> SEARCH.similar(tx, List.of(cat.id())));

    var nearest = Objects.requireNonNull(similar.get(cat.id())).getFirst();
    assertThat(slug(nearest)).isEqualTo("dog-fountain");
    assertThat(similar.get(cat.id())).doesNotContain(cat.id());
  }

  @Test
  void a_new_product_is_found_once_the_index_has_looked_and_not_before() {
    try (var own = TestDatabase.fresh()) {
      var its = new SearchIndex(own, CATALOG);
      own.change(tx -> CATALOG.save(tx, product("teapot", "Teapot", "kitchen", ""), NOW));
      assertThat(own.read(tx -> SEARCH.find(tx, "teapot")).hits()).isEmpty();

      its.refresh();
      var revision = own.read(SEARCH::revision);
      its.refresh();

      assertThat(own.read(tx -> SEARCH.find(tx, "teapot")).hits()).hasSize(1);
      assertThat(own.read(SEARCH::revision)).isEqualTo(revision).isPositive();
    }
  }

  private static Search.Found find(String text) {
    return database.read(tx -> SEARCH.find(tx, text));
  }

  private static String slug(Search.Found found) {
    var first = found.hits().getFirst().product();
    return slug(first);
  }

  private static String slug(ProductId id) {
    return Objects.requireNonNull(database.read(tx -> CATALOG.byId(tx, List.of(id))).get(id))
        .slug();
  }

  private static void save(Product... products) {
    database.change(tx -> CATALOG.save(tx, List.of(products), NOW));
  }

  private static Product product(String slug, String name, String category, String description) {
    var variant =
        new Variant(
            new VariantId(UUID.randomUUID()),
            "SKU-" + slug,
            name,
            Money.of(1_900, "USD"),
            Optional.empty());
    return new Product(
        new ProductId(UUID.randomUUID()),
        slug,
        name,
        description,
        category,
        "#ff7a3d",
        Set.of(),
        Media.NONE,
        List.of(variant),
        false);
  }
}
