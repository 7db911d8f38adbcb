package urgency.scoring.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestTest {
  @TempDir private Path folder = Path.of(".");

  @Test
  void a_malformed_cell_is_told_with_its_file_line_column_and_remedy() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("sales.csv"),
            "date,stock_code,units,orders\n2026-01-01,10001,2,1\n2026-01-02,10001,two,1\n");

    assertThatThrownBy(() -> Retail.read(List.of(CsvFile.open(file))))
        .isInstanceOf(MalformedData.class)
        .hasMessageContaining("sales.csv, line 3, column units")
        .hasMessageContaining("'two'")
        .hasMessageContaining("Next step: write a whole number");
  }

  @Test
  void a_day_that_is_said_twice_is_refused() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("sales.csv"),
            "date,stock_code,units,orders\n2026-01-01,10001,2,1\n2026-01-01,10001,2,1\n");

    assertThatThrownBy(() -> Retail.read(List.of(CsvFile.open(file))))
        .isInstanceOf(MalformedData.class)
        .hasMessageContaining("already");
  }

  @Test
  void a_folder_without_a_known_table_is_refused_with_the_headers_wanted() throws IOException {
    Files.writeString(folder.resolve("notes.csv"), "a,b\n1,2\n");

    assertThat(run("--data", folder.toString())).startsWith("2 ").contains("IDLink,TS1,...,TS144");
  }

  @Test
  void a_slip_in_one_column_of_the_header_is_told_by_name() throws IOException {
    Files.writeString(folder.resolve("sales.csv"), "date,stockcode,units,orders\n");

    assertThat(run("--data", folder.toString()))
        .startsWith("2 ")
        .contains("sales.csv (with stock_code it would be product sales")
        .contains("date,stockcode,units,orders");
  }

  @Test
  void columns_that_nobody_asked_for_and_days_without_rows_do_no_harm() throws IOException {
    sales("date,stock_code,units,orders", "");
    var plain = run("--data", folder.toString(), "--json");
    sales("date,stock_code,units,orders,remark", ",a remark");

    assertThat(run("--data", folder.toString(), "--json")).isEqualTo(plain);
    assertThat(plain).contains("\"id\" : \"retail-shelf\"", "\"holds\"", "\"figure\"");
  }

  @Test
  void too_few_days_are_told_with_the_file_and_how_many_it_takes() throws IOException {
    Files.writeString(
        folder.resolve("sales.csv"), "date,stock_code,units,orders\n2026-01-01,10001,2,1\n");

    assertThat(run("--data", folder.toString()))
        .startsWith("2 ")
        .contains("sales.csv: the product sales: only 1 trading days")
        .contains("until there are 53 or more");
  }

  @Test
  void codes_that_are_no_goods_are_told_and_not_just_passed_over() throws IOException {
    Files.writeString(
        folder.resolve("sales.csv"), "date,stock_code,units,orders\n2026-01-01,SKU-1,2,1\n");

    assertThat(run("--data", folder.toString()))
        .startsWith("2 ")
        .contains("sales.csv, column stock_code")
        .contains("five digits");
  }

  @Test
  void a_folder_that_is_not_there_is_told() {
    assertThat(run("--data", folder.resolve("elsewhere").toString()))
        .startsWith("2 ")
        .contains("elsewhere: is no folder");
  }

  @Test
  void an_unknown_word_ends_in_the_usage() {
    assertThat(run("--quick")).startsWith("2 ").contains("unknown word --quick", "--data DIR");
  }

  @Test
  void hashtags_that_keep_their_pace_are_found() throws IOException {
    var text = new StringBuilder("date,tag,views\n");
    for (var day = 0; day < 300; day++) {
      for (var tag = 0; tag < 40; tag++) {
        // Each has its burst of a month at a time of its own.
        var since = day - tag * 7L;
        var views = 1000L + day + (since < 0 ? 0 : Math.min(since, 30) * 500);
        text.append("%s,tag%02d,%d\n".formatted(LocalDate.EPOCH.plusDays(day), tag, views));
      }
    }
    Files.writeString(folder.resolve("tags.csv"), text);

    var table = Backtest.measure(folder, _ -> {}).table("hashtags");

    assertThat(table.figure(HashtagTrial.OURS, "AUC").orElseThrow())
        .isGreaterThan(table.figure("random, seeded", "AUC").orElseThrow());
  }

  /** Forty products on seventy days of which every sixth is missing. */
  private void sales(String header, String more) throws IOException {
    var text = new StringBuilder(header).append('\n');
    for (var day = 0; day < 84; day++) {
      if (day % 6 == 0) continue;
      for (var product = 0; product < 40; product++) {
        var orders = (product * 7 + day * (product % 3)) % 5;
        var date = LocalDate.EPOCH.plusDays(day);
        text.append("%s,%05d,%d,%d%s\n".formatted(date, product, 2 * orders, orders, more));
      }
    }
    Files.writeString(folder.resolve("sales.csv"), text);
  }

  private static String run(String... words) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    var code = Backtest.run(List.of(words), LocalDate.EPOCH, stream, stream);
    return code + " " + out.toString(StandardCharsets.UTF_8);
  }
}
