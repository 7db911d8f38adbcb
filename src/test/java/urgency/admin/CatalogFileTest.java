package urgency.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import urgency.money.Money;

class CatalogFileTest {
  private static final String HEADER =
      "sku,product,name,variant,description,category,price,currency,cost,stock,tags,accent,"
          + "poster,clip";

  private final RowErrors errors = new RowErrors();

  @Test
  void a_full_line_is_understood() {
    var rows =
        read(
            HEADER,
            "L-1,lamp,Lamp,Amber,\"Glows, dims.\",Home,42.5,USD,18,7,#RoomDecor cozy,#FF7A3D,"
                + "lamp.jpg,lamp.mp4");

    assertThat(errors.all()).isEmpty();
    assertThat(rows)
        .containsExactly(
            new CatalogRow(
                2,
                "L-1",
                "lamp",
                true,
                "Lamp",
                Optional.of("Amber"),
                Optional.of("Glows, dims."),
                Optional.of("home"),
                Money.of(4250, "USD"),
                Optional.of(Money.of(1800, "USD")),
                OptionalInt.of(7),
                Optional.of(Set.of("roomdecor", "cozy")),
                Optional.of("#ff7a3d"),
                Optional.of("lamp.jpg"),
                Optional.of("lamp.mp4")));
  }

  @Test
  void a_byte_order_mark_and_carriage_returns_do_no_harm() {
    var rows = rowsOf("\uFEFFsku,name,price,currency,stock\r\nL-1,Lamp,42,USD,7\r\n");

    assertThat(errors.all()).isEmpty();
    assertThat(rows).extracting(CatalogRow::slug).containsExactly("lamp");
  }

  @Test
  void columns_may_come_in_any_order_beside_columns_of_others() {
    var rows = rowsOf("Stock,Supplier,Currency,PRICE,name,sku\n7,ACME,USD,42,Lamp,L-1\n");

    assertThat(errors.all()).isEmpty();
    assertThat(rows).extracting(CatalogRow::price).containsExactly(Money.of(4200, "USD"));
  }

  @ParameterizedTest
  @CsvSource({
    "Ripple Ceramic Vase, ripple-ceramic-vase",
    "Swirl Tumbler 1 L, swirl-tumbler-1-l",
    "Café – Crème Brûlée!, cafe-creme-brulee",
    "Ｆｕｌｌ width, full-width"
  })
  void a_slug_is_derived_from_the_name(String name, String slug) {
    assertThat(LineReader.slugOf(name)).isEqualTo(slug);
  }

  // One bad cell in a line that is otherwise right: column, value, part of what is said.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sku|''|is empty",
        "sku|a b|wrong form",
        "sku|=1+1|formula",
        "product|Lamp One|wrong form",
        "product|../etc|wrong form",
        "name|''|is empty",
        "name|=HYPERLINK(1)|formula",
        "name|@SUM(A1)|formula",
        "name|-Lamp|formula",
        "name|La\0mp|cannot be shown",
        "name|Lamp\u202Egnp|cannot be shown",
        "category|home decor|wrong form",
        "price|''|is empty",
        "price|-5|not an amount",
        "price|0|out of bounds",
        "price|'18,19'|not an amount",
        "price|$18.19|not an amount",
        "price|1e3|not an amount",
        "price|NaN|not an amount",
        "price|18.191|more decimals",
        "price|1000000|out of bounds",
        "price|99999999999999999999|not an amount",
        "price|999999999999.99|out of bounds",
        "price|١٨|not an amount",
        "currency|''|is empty",
        "currency|EUR|not the shop's currency",
        "currency|usd|not the shop's currency",
        "cost|-1|not an amount",
        "stock|-1|not a number of units",
        "stock|1.5|not a number of units",
        "stock|1000001|not a number of units",
        "stock|99999999999|not a number of units",
        "tags|a b c d e f g h i j k l m|has 13 words",
        "tags|<b>|not a tag",
        "accent|red|wrong form",
        "accent|#12345g|wrong form",
        "poster|../../etc/passwd|wrong form",
        "poster|lamp.svg|wrong form",
        "poster|gone.jpg|not in the media folder",
        "clip|lamp.avi|wrong form"
      })
  void a_bad_cell_is_named(String column, String value, String said) {
    read(HEADER, lineWith(column, value));

    assertThat(errors.all()).hasSize(1);
    var error = errors.all().getFirst();
    assertThat(error.line()).isEqualTo(2);
    assertThat(error.column()).isEqualTo(column);
    assertThat(error.wrong()).contains(said).doesNotContain("\0", "\u202E");
    assertThat(error.remedy()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({"name, 121", "variant, 61", "description, 1001", "sku, 65", "product, 81"})
  void a_text_that_is_too_long_is_refused(String column, int length) {
    read(HEADER, lineWith(column, "a".repeat(length)));

    assertThat(errors.all())
        .extracting(RowError::wrong)
        .containsExactly("has %d characters".formatted(length));
  }

  @Test
  void yen_have_no_decimals() {
    var file = new CatalogFile(Currency.getInstance("JPY"), _ -> true, errors);

    var rows =
        file.read(utf8("sku,name,price,currency,stock\nA,Lamp,1819,JPY,1\nB,Vase,18.19,JPY,1\n"));

    assertThat(rows).extracting(CatalogRow::price).containsExactly(Money.of(1819, "JPY"));
    assertThat(errors.all()).extracting(RowError::line).containsExactly(3);
    assertThat(errors.all().getFirst().wrong()).contains("more decimals than JPY");
  }

  @Test
  void a_sku_may_occur_once() {
    read(HEADER, lineWith("sku", "A"), lineWith("sku", "B"), lineWith("sku", "A"));

    assertThat(errors.all())
        .containsExactly(
            new RowError(
                4, "sku", "'A' is on line 2 already", "give each variant a SKU of its own"));
  }

  @Test
  void every_error_of_a_file_is_named_at_once() {
    read(HEADER, lineWith("price", "x"), lineWith("sku", "B"), "C,,,,,,-1,EUR,,x,,,,");

    assertThat(errors.all())
        .extracting(it -> it.line() + " " + it.column())
        .containsExactly("2 price", "4 name", "4 currency", "4 price", "4 stock");
  }

  @Test
  void errors_end_at_a_hundred() {
    rowsOf(HEADER + "\n" + ",,,,,,,,,,,,,\nx\n".repeat(500));

    assertThat(errors.all()).hasSize(100);
  }

  @Test
  void lines_are_counted_as_an_editor_counts_them() {
    read(HEADER, "A,,Lamp,,\"two\nlines\",,42,USD,,1,,,,", "", "B,,Vase,,,,x,USD,,1,,,,");

    assertThat(errors.all()).extracting(RowError::line).containsExactly(5);
  }

  @Test
  void a_missing_column_is_named_with_the_one_that_was_probably_meant() {
    rowsOf("sku,name,prise,currency,stok\nA,Lamp,1,USD,1\n");

    assertThat(errors.all())
        .extracting(RowError::toString)
        .containsExactly(
            "line 1, price: there is no such column; rename 'prise' to it",
            "line 1, stock: there is no such column; rename 'stok' to it");
  }

  @Test
  void a_misspelt_optional_column_is_not_lost_in_silence() {
    rowsOf("sku,name,price,currency,stock,acent\nA,Lamp,1,USD,1,#ffffff\n");

    assertThat(errors.all()).extracting(RowError::column).containsExactly("accent");
  }

  @Test
  void a_column_may_occur_once() {
    rowsOf("sku,name,price,price,currency,stock\nA,Lamp,1,2,USD,1\n");

    assertThat(errors.all()).extracting(RowError::wrong).containsExactly("is there twice");
  }

  @Test
  void semicolons_are_not_commas() {
    rowsOf("sku;name;price;currency;stock\nA;Lamp;1;USD;1\n");

    assertThat(errors.all())
        .extracting(RowError::wrong)
        .containsExactly("columns are separated by semicolons");
  }

  @Test
  void a_line_with_more_cells_than_the_header_is_refused() {
    rowsOf("sku,name,price,currency,stock\nA,Lamp, amber,1,USD,1\n");

    assertThat(errors.all())
        .extracting(RowError::wrong)
        .containsExactly("has 6 cells, the header has 5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A,\"Lamp,1,USD,1\nB,Vase,1,USD,1\n", "A,\"Lamp\"x,1,USD,1\n"})
  void broken_quotes_are_an_error_of_their_line(String lines) {
    rowsOf("sku,name,price,currency,stock\nZ,Jar,1,USD,1\n" + lines);

    assertThat(errors.all()).hasSize(1);
    assertThat(errors.all().getFirst().line()).isEqualTo(3);
    assertThat(errors.all().getFirst().wrong()).contains("quotation marks");
  }

  @Test
  void a_file_in_another_encoding_is_refused_with_the_line() {
    var latin = "sku,name,price,currency,stock\nA,Caf\u00e9,1,USD,1\n";

    file().read(latin.getBytes(StandardCharsets.ISO_8859_1));

    assertThat(errors.all()).extracting(RowError::line).containsExactly(2);
    assertThat(errors.all().getFirst().wrong()).contains("not UTF-8");
  }

  @Test
  void an_empty_file_is_refused() {
    rowsOf("");

    assertThat(errors.all()).extracting(RowError::wrong).containsExactly("the file is empty");
  }

  @Test
  void a_file_without_products_is_refused() {
    rowsOf("sku,name,price,currency,stock\n\n");

    assertThat(errors.all())
        .extracting(RowError::wrong)
        .containsExactly("there is no product in it");
  }

  @Test
  void a_file_over_five_million_bytes_is_refused() {
    file().read(new byte[CatalogFile.BYTES_MAX + 1]);

    assertThat(errors.all())
        .extracting(RowError::wrong)
        .containsExactly("the file has more than 5000000 bytes");
  }

  @Test
  void ten_thousand_rows_are_read_and_one_more_is_refused() {
    var text = new StringBuilder("sku,name,price,currency,stock\n");
    for (var i = 0; i < CatalogFile.ROWS_MAX; i++)
      text.append("S-%d,P %d,1,USD,1\n".formatted(i, i));

    assertThat(rowsOf(text.toString())).hasSize(CatalogFile.ROWS_MAX);
    assertThat(errors.all()).isEmpty();

    var more = new RowErrors();
    new CatalogFile(Currency.getInstance("USD"), _ -> true, more)
        .read(utf8(text.append("S,P,1,USD,1\n").toString()));
    assertThat(more.all()).extracting(RowError::line).containsExactly(CatalogFile.ROWS_MAX + 2);
  }

  private static String lineWith(String column, String value) {
    var columns = List.of(HEADER.split(",", -1));
    var cells =
        new java.util.ArrayList<>(
            List.of("L-1", "", "Lamp", "", "", "", "42", "USD", "", "7", "", "", "", ""));
    cells.set(columns.indexOf(column), '"' + value.replace("\"", "\"\"") + '"');
    return String.join(",", cells);
  }

  private List<CatalogRow> read(String... lines) {
    return rowsOf(String.join("\n", lines) + "\n");
  }

  private List<CatalogRow> rowsOf(String text) {
    return file().read(utf8(text));
  }

  private CatalogFile file() {
    return new CatalogFile(Currency.getInstance("USD"), it -> it.startsWith("lamp."), errors);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
