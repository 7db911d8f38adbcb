package urgency.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.admin.CatalogImport.Outcome.Imported;
import urgency.admin.CatalogImport.Outcome.Refused;
import urgency.catalog.Catalog;
import urgency.catalog.PriceHistory;
import urgency.inventory.Stock;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

/**
 * A hostile file is refused or imported; it never breaks the import, and never half of it stays.
 */
class CatalogImportFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final int FILES = 20_000;
  private static final int FILES_TO_DATABASE = 400;
  private static final List<String> NASTY =
      List.of(
          "\"",
          "\"\"",
          ",",
          ";",
          "\n",
          "\r",
          "\r\n",
          "\t",
          "\0",
          "=cmd|' /C calc'!A0",
          "+1",
          "@x",
          "-5",
          "1e309",
          "NaN",
          "9".repeat(400),
          "0.000001",
          ".5",
          "5.",
          "EUR",
          "JPY",
          "XXX",
          "#",
          "#gggggg",
          "\u202E",
          "\uFEFF",
          "\uFFFF",
          "\uD83D\uDE00",
          "é",
          "İ",
          "ß",
          "ﬃ",
          "../",
          "a".repeat(3_000),
          "%s%n",
          "'; drop table catalog.product; --",
          "<script>",
          "${x}",
          " ",
          "\u00A0",
          "\u3000");

  private final Database database = TestDatabase.fresh();
  private final Catalog catalog = new Catalog(new PriceHistory());
  private final CatalogImport importer =
      new CatalogImport(
          database, catalog, new Stock(), Currency.getInstance("USD"), Path.of("target"));
  private List<String> lines = List.of();

  @BeforeEach
  void a_good_file() throws IOException {
    try (var in = getClass().getResourceAsStream("/demo/catalogue.csv")) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      lines = text.lines().limit(12).toList();
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_mutated_file_is_read_without_a_stumble() {
    var random = new Random(42);
    for (var i = 0; i < FILES; i++) {
      var errors = new RowErrors();
      var file = new CatalogFile(Currency.getInstance("USD"), _ -> false, errors);

      var rows = file.read(mutated(random));
      new ProductGroups(errors).of(rows);

      assertThat(rows.isEmpty() && errors.isEmpty()).isFalse();
      for (var error : errors.all()) {
        assertThat(error.toString().codePoints().allMatch(Cells::isPlain)).isTrue();
        assertThat(error.remedy()).isNotBlank();
      }
    }
  }

  @Test
  void a_mutated_file_is_imported_whole_or_not_at_all() {
    var random = new Random(7);
    for (var i = 0; i < FILES_TO_DATABASE; i++) {
      var before = database.read(catalog::all);

      switch (importer.run(mutated(random), NOW.plusSeconds(i))) {
        case Imported(var created, _, _) ->
            assertThat(database.read(catalog::all)).hasSize(before.size() + created);
        case Refused(var errors) -> {
          assertThat(errors).isNotEmpty().hasSizeLessThanOrEqualTo(RowErrors.MAX);
          assertThat(database.read(catalog::all)).isEqualTo(before);
        }
      }
    }
  }

  // One to four wounds: in a cell, across cells, or in the bytes.
  private byte[] mutated(Random random) {
    var wounded = new ArrayList<>(lines);
    for (var wounds = 1 + random.nextInt(4); wounds > 0; wounds--) {
      var at = random.nextInt(wounded.size());
      var line = wounded.get(at);
      var place = random.nextInt(line.length() + 1);
      var nasty = NASTY.get(random.nextInt(NASTY.size()));
      switch (random.nextInt(6)) {
        case 0 -> wounded.set(at, line.substring(0, place) + nasty + line.substring(place));
        case 1 -> wounded.set(at, line.substring(0, place));
        case 2 -> wounded.add(at, wounded.get(random.nextInt(wounded.size())));
        case 3 -> wounded.set(at, withCell(line, random, nasty));
        case 4 -> wounded.set(at, withCell(line, random, ""));
        default -> wounded.set(at, withCell(line, random, '"' + nasty.replace("\"", "") + '"'));
      }
    }
    var bytes = String.join("\n", wounded).getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(8) == 0) bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    return bytes;
  }

  private static String withCell(String line, Random random, String value) {
    var cells = line.split(",", -1);
    cells[random.nextInt(cells.length)] = value;
    return String.join(",", cells);
  }
}
