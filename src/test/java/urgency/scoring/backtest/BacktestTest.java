package urgency.scoring.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestTest {
  private static final Backtest.Beyond BEYOND =
      (_, _) -> {
        throw new IllegalStateException("asked for more than a folder gives");
      };

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
  void a_few_decisions_teach_with_half_of_them_and_none_goes_missing() throws IOException {
    sales("date,stock_code,units,orders", "");

    var report = Backtest.measure(folder, _ -> {});

    assertThat(report.table("retail-break-out").protocol()).contains("first 1 decisions only");
    assertThat(report.table("retail-sell-out").protocol()).contains("after the first 1");
    assertThat(report.missing())
        .hasSize(2)
        .allMatch(it -> it.contains("cases are shown and not judged"));
  }

  @Test
  void one_decision_has_no_error_and_says_what_it_cannot_measure() throws IOException {
    sales("date,stock_code,units,orders", "", 64);

    assertThat(run("--data", folder.toString(), "--json"))
        .doesNotContain("NaN")
        .contains("of one date", "not measured: ", "break-outs and sell-outs: one decision");
  }

  @Test
  void too_few_data_of_one_kind_leave_the_figures_of_another() throws IOException {
    sales("date,stock_code,units,orders", "");
    Files.writeString(folder.resolve("tags.csv"), "date,tag,views\n2026-01-01,lamp,3\n");

    var report = Backtest.measure(folder, _ -> {});

    assertThat(report.table("retail-shelf").rows()).isNotEmpty();
    assertThat(report.missing()).last().asString().contains("tags.csv", "hashtag series");
  }

  @Test
  void nothing_measured_is_no_bar_held() throws IOException {
    feedback("news.csv", 3, -1);

    assertThat(run("--data", folder.toString()))
        .startsWith("2 ")
        .contains("news after 6 h: 3 items", "until there are 12");
  }

  @Test
  void networks_with_several_files_are_told_apart() throws IOException {
    feedback("Facebook_Economy.csv", 24, -1);
    feedback("Facebook_Obama.csv", 24, -1);
    feedback("LinkedIn_Economy.csv", 24, -1);

    var report = Backtest.measure(folder, _ -> {});

    assertThat(report.tables())
        .extracting(Report.Table::id)
        .doesNotHaveDuplicates()
        .contains("Facebook_Economy-6h", "Facebook_Obama-6h", "LinkedIn-6h");
  }

  @Test
  void a_count_that_falls_counts_as_no_gain_and_is_told() throws IOException {
    feedback("news.csv", 24, 100);
    var told = new ArrayList<String>();

    var report = Backtest.measure(folder, told::add);

    assertThat(report.tables()).hasSize(5);
    assertThat(told).anyMatch(it -> it.startsWith("1 counts are below the one before"));
  }

  @Test
  void a_folder_behind_a_link_is_read() throws IOException {
    var there = Files.createDirectory(folder.resolve("there"));
    Files.writeString(there.resolve("SALES.CSV"), "date,stock_code,units,orders\n");
    var link = Files.createSymbolicLink(folder.resolve("link"), there);

    assertThat(run("--data", link.toString())).contains("SALES.CSV, column stock_code");
  }

  @Test
  void other_columns_days_without_rows_and_blank_lines_do_no_harm() throws IOException {
    sales("date,stock_code,units,orders", "");
    var plain = run("--data", folder.toString(), "--json");
    sales("date,stock_code,units,orders,remark", ",a remark");
    Files.writeString(folder.resolve("sales.csv"), "\r\n\n", StandardOpenOption.APPEND);

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
  void where_no_code_begins_with_five_digits_all_are_goods_and_that_is_told() throws IOException {
    Files.writeString(
        folder.resolve("sales.csv"),
        "date,stock_code,units,orders\n2026-01-01,SKU-1,2,1\n2026-01-01,SKU-2,2,1\n");
    var told = new ArrayList<String>();

    var retail = Retail.read(List.of(CsvFile.open(folder.resolve("sales.csv"))));
    told.addAll(retail.notes());

    assertThat(retail.goods()).isEqualTo(2);
    assertThat(told).singleElement().asString().contains("five digits", "all count as goods");
  }

  @Test
  void what_was_given_back_counts_as_none_sold_and_is_told() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("sales.csv"),
            "date,stock_code,units,orders\n2026-01-01,10001,-2,1\n2026-01-02,10001,3.0,1\n");

    var retail = Retail.read(List.of(CsvFile.open(file)));

    assertThat(retail.until(1, 7).units()[0]).containsExactly(0, 3);
    assertThat(retail.notes())
        .singleElement()
        .asString()
        .contains("1 rows have less than no units", "sales.csv, line 2");
  }

  @Test
  void a_table_is_known_by_what_is_in_it_however_it_is_called_and_written() throws IOException {
    sales("date,stock_code,units,orders", "");
    var plain = Files.readString(folder.resolve("sales.csv"));
    var expected = run("--data", folder.resolve("sales.csv").toString(), "--json");
    Files.delete(folder.resolve("sales.csv"));
    for (var sign : List.of("\t", ";")) {
      var text = "\uFEFF" + plain.replace(",", sign).replace("\n", "\r\n").replace("date", "Date");
      Files.writeString(folder.resolve("sales.csv"), text);
      assertThat(run("--data", folder.toString(), "--json")).isEqualTo(expected);
    }
    try (var packed = new GZIPOutputStream(Files.newOutputStream(folder.resolve("sales.csv")))) {
      var rows = new StringBuilder();
      for (var line : plain.lines().toList()) {
        var cells = line.split(",", -1);
        rows.append(
            "%s,\"a, %s\",%s,%s,%s\n".formatted(cells[3], "b", cells[0], cells[1], cells[2]));
      }
      packed.write(rows.toString().getBytes(StandardCharsets.UTF_8));
    }

    assertThat(run("--data", folder.toString(), "--json")).isEqualTo(expected);
  }

  @Test
  void lines_of_invoices_are_summed_up_by_product_and_day() throws IOException {
    Files.writeString(
        folder.resolve("lines.csv"),
        """
        InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice
        536365,85123A,"HOLDER, WHITE",6,2010-12-01 08:26:00,2.55
        536365,85123A,"HOLDER, WHITE",2,2010-12-01 08:26:00,2.55
        536366,85123A,"HOLDER, WHITE",1,2010-12-01 09:00:00,2.55
        C53637,85123A,"HOLDER, WHITE",-4,2010-12-01 10:00:00,2.55
        536368,85123A,"HOLDER, WHITE",5,2010-12-01 11:00:00,0.0
        536369,85123A,"HOLDER, WHITE",3,2010-12-02 11:00:00,2.55
        """);

    var retail = Retail.read(DataFolder.open(folder, _ -> {}).sales());

    assertThat(retail.until(1, 7).orders()[0]).containsExactly(2, 1);
    assertThat(retail.until(1, 7).units()[0]).containsExactly(9, 3);
  }

  @Test
  void a_column_that_is_there_twice_is_refused() throws IOException {
    Files.writeString(
        folder.resolve("sales.csv"), "date,stock_code,units,orders,Orders\n2026-01-01,1,1,1,2\n");

    assertThat(run("--data", folder.toString()))
        .startsWith("2 ")
        .contains("sales.csv, line 1, column orders: is there twice. Next step: remove one");
  }

  @Test
  void a_mistake_is_json_too_where_json_was_asked_for() throws IOException {
    Files.writeString(folder.resolve("sales.xlsx"), "PK");
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();

    var code =
        Backtest.run(
            List.of("--data", folder.toString(), "--json"),
            LocalDate.EPOCH,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            BEYOND);

    assertThat(code).isEqualTo(2);
    assertThat(new ObjectMapper().readTree(out.toByteArray()).path("error").asText())
        .contains("holds no known table among sales.xlsx")
        .isEqualTo(err.toString(StandardCharsets.UTF_8).strip());
  }

  @Test
  void what_is_no_number_is_null_in_json_and_no_bar() {
    var nan = new Report.Bar(1, "nothing came", Double.NaN, Report.Bar.Bound.AT_LEAST, 0.5);
    var row = new Report.Row("ours", true, Map.of("rho", Double.NaN));
    var table = new Report.Table("t", "T", "p", List.of(row));

    var report = Report.of(List.of(table), List.of(nan), List.of()).sound();

    assertThat(Backtest.json(report)).doesNotContain("NaN").contains("\"rho\" : null");
    assertThat(report.bars()).isEmpty();
    assertThat(report.missing()).containsExactly("nothing came: the data give no number");
  }

  @Test
  void files_of_a_tracker_without_a_header_are_hashtags_by_their_names() throws IOException {
    Files.writeString(
        folder.resolve("LipOil.txt"), "2026-01-01 03:00:00\t10\n2026-01-01 09:00:00\t12\n");
    Files.writeString(folder.resolve("notes.txt"), "\"nothing to read here\n");

    var data = DataFolder.open(folder, _ -> {});
    var hashtags = Hashtags.read(data.hashtags());

    assertThat(hashtags.tags()).containsExactly("LipOil");
    assertThat(hashtags.until("LipOil", LocalDate.of(2026, 1, 1), 0, 3)).containsExactly(12);
  }

  @Test
  void a_folder_that_is_not_there_is_told() {
    assertThat(run("--data", folder.resolve("elsewhere").toString()))
        .startsWith("2 ")
        .contains("elsewhere: is no folder and no file");
  }

  @Test
  void an_unknown_word_ends_in_the_usage() {
    assertThat(run("--fast")).startsWith("2 ").contains("unknown word --fast", "--data DIR");
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
    sales(header, more, 84);
  }

  private void sales(String header, String more, int days) throws IOException {
    var text = new StringBuilder(header).append('\n');
    for (var day = 0; day < days; day++) {
      if (day % 6 == 0) continue;
      for (var product = 0; product < 40; product++) {
        var orders = (product * 7 + day * (product % 3)) % 5;
        var date = LocalDate.EPOCH.plusDays(day);
        text.append("%s,%05d,%d,%d%s\n".formatted(date, product, 2 * orders, orders, more));
      }
    }
    Files.writeString(folder.resolve("sales.csv"), text);
  }

  /**
   * Items that gain one more in each slice than the item before.
   *
   * @param fallsAt the slice in which the first item is counted as 0; none when negative
   */
  private void feedback(String name, int items, int fallsAt) throws IOException {
    var text = new StringBuilder("IDLink");
    for (var slice = 1; slice <= Feedback.SLICES; slice++) text.append(",TS").append(slice);
    for (var item = 0; item < items; item++) {
      text.append('\n').append(item);
      for (var slice = 1; slice <= Feedback.SLICES; slice++) {
        text.append(',').append(item == 0 && slice == fallsAt ? 0 : (item + 1) * slice);
      }
    }
    Files.writeString(folder.resolve(name), text.append('\n'));
  }

  private static String run(String... words) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    var code = Backtest.run(List.of(words), LocalDate.EPOCH, stream, stream, BEYOND);
    return code + " " + out.toString(StandardCharsets.UTF_8);
  }
}
