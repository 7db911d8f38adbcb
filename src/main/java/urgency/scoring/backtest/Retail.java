package urgency.scoring.backtest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was sold of each product on each trading day. A trading day is a day on which anything was
 * sold, so closed days do not look like days without demand.
 */
final class Retail {
  private static final String CODE = "stock_code";

  /** The columns that make a table product sales; any others are passed over. */
  static final List<String> COLUMNS = List.of("date", CODE, "units", "orders");

  /** The columns of single lines of invoices, as shops keep them; they are summed up. */
  private static final List<String> LINES =
      List.of("InvoiceNo", "StockCode", "Quantity", "InvoiceDate");

  private static final String PRICE = "UnitPrice";

  /** What an invoice that takes another back begins with. */
  private static final String CANCELLED = "C";

  /** Products times trading days; above it the tables would not fit into the memory we promise. */
  private static final long CELLS_MAX = 30_000_000;

  private static final int GOODS_DIGITS = 5;

  private final List<String> goods;
  private final List<LocalDate> days;
  private final int[][] orders;
  private final int[][] units;

  /** What was read otherwise than it stands there. */
  private final List<String> notes;

  private record Sale(LocalDate date, int orders, int units, CsvFile file, long line) {}

  /** What is known at the end of a trading day: nothing later is in it. */
  static final class Past {
    private final int today;
    private final List<String> goods;
    private final int[][] orders;
    private final int[][] units;

    private Past(int today, List<String> goods, int[][] orders, int[][] units) {
      this.today = today;
      this.goods = List.copyOf(goods);
      this.orders = orders;
      this.units = units;
    }

    int today() {
      return today;
    }

    /** The candidates, ascending. */
    List<String> goods() {
      return goods;
    }

    /** By candidate and day; the last day is that of the decision. */
    int[][] orders() {
      return orders;
    }

    int[][] units() {
      return units;
    }

    /** Sum over the last days. */
    double[] last(int[][] counts, int days) {
      var sums = new double[counts.length];
      for (var i = 0; i < sums.length; i++) sums[i] = sum(counts[i], today + 1 - days, today + 1);
      return sums;
    }
  }

  private Retail(
      List<String> goods, List<LocalDate> days, int[][] orders, int[][] units, List<String> notes) {
    this.goods = goods;
    this.days = days;
    this.orders = orders;
    this.units = units;
    this.notes = List.copyOf(notes);
  }

  static boolean reads(CsvFile file) {
    return file.has(COLUMNS) || file.has(LINES);
  }

  /**
   * Codes that do not begin with five digits are postage, fees and samples, and are left out;
   * unless no code does, and then all are goods. What is less than none was given back, and is none
   * sold.
   */
  static Retail read(List<CsvFile> files) {
    var byCode = new TreeMap<String, List<Sale>>();
    var days = new HashMap<LocalDate, LocalDate>();
    var back = new Back();
    var invoiced = new TreeMap<String, Map<LocalDate, Invoiced>>();
    for (var file : files) {
      if (!file.has(COLUMNS)) {
        file.refuseTwice(LINES);
        file.rows(row -> invoiced(row, file, days, invoiced));
        continue;
      }
      file.refuseTwice(COLUMNS);
      file.rows(
          row -> {
            var code = row.text(CODE);
            var date = days.computeIfAbsent(row.day(CsvFile.DATE), it -> it);
            var orders = back.sold(row, "orders", file);
            var units = back.sold(row, "units", file);
            if (orders == 0) return;
            byCode
                .computeIfAbsent(code, _ -> new ArrayList<>())
                .add(new Sale(date, orders, units, file, row.line()));
          });
    }
    invoiced.forEach(
        (code, byDay) ->
            byDay.forEach(
                (date, it) ->
                    byCode.computeIfAbsent(code, _ -> new ArrayList<>()).add(it.sale(date))));
    var notes = new ArrayList<>(back.told());
    if (byCode.keySet().stream().anyMatch(Retail::isGoods)) {
      byCode.keySet().removeIf(it -> !isGoods(it));
    } else if (!byCode.isEmpty()) {
      notes.add("no stock_code begins with five digits, so all count as goods");
    }
    var dates = new TreeSet<LocalDate>();
    for (var sales : byCode.values()) for (var it : sales) dates.add(it.date());
    if (byCode.isEmpty()) {
      throw new MalformedData(
          places(files) + ", column " + CODE,
          "no row counts: there is none with orders above 0",
          "add days on which something was sold");
    }
    if ((long) byCode.size() * dates.size() > CELLS_MAX) {
      throw new MalformedData(
          places(files),
          "%d products on %d days are too many".formatted(byCode.size(), dates.size()),
          "keep at most %d products times days".formatted(CELLS_MAX));
    }
    return table(byCode, List.copyOf(dates), notes);
  }

  /** The lines of one product on one day, and where the first of them is. */
  private static final class Invoiced {
    private final Set<String> invoices = new HashSet<>();
    private final CsvFile file;
    private final long line;
    private long units;

    Invoiced(CsvFile file, long line) {
      this.file = file;
      this.line = line;
    }

    Sale sale(LocalDate date) {
      return new Sale(date, invoices.size(), Math.clamp(units, 0, Integer.MAX_VALUE), file, line);
    }
  }

  // What was taken back, given away or written off is no order.
  private static void invoiced(
      CsvFile.Row row,
      CsvFile file,
      Map<LocalDate, LocalDate> days,
      Map<String, Map<LocalDate, Invoiced>> invoiced) {
    var invoice = row.text("InvoiceNo");
    var units = row.count("Quantity", -CsvFile.COUNT_MAX);
    var free = file.index(PRICE) >= 0 && row.amount(PRICE).signum() <= 0;
    if (units <= 0 || free || invoice.startsWith(CANCELLED)) return;
    var date = days.computeIfAbsent(row.day("InvoiceDate"), it -> it);
    var lines =
        invoiced
            .computeIfAbsent(row.text("StockCode"), _ -> new TreeMap<>())
            .computeIfAbsent(date, _ -> new Invoiced(file, row.line()));
    lines.invoices.add(invoice);
    lines.units += units;
  }

  /** How often something was given back on balance, and where first. */
  private static final class Back {
    private final Map<String, Integer> rows = new TreeMap<>();
    private final Map<String, String> first = new TreeMap<>();

    int sold(CsvFile.Row row, String column, CsvFile file) {
      var count = row.count(column, -CsvFile.COUNT_MAX);
      if (count < 0) {
        rows.merge(column, 1, Integer::sum);
        first.putIfAbsent(column, "%s, line %d".formatted(file.path(), row.line()));
      }
      return Math.clamp(count, 0, Integer.MAX_VALUE);
    }

    List<String> told() {
      return rows.keySet().stream()
          .map(
              it ->
                  "%d rows have less than no %s, which counts as none; first in %s"
                      .formatted(rows.get(it), it, first.get(it)))
          .toList();
    }
  }

  /** What was read otherwise than it stands there, in sentences. */
  List<String> notes() {
    return notes;
  }

  int tradingDays() {
    return days.size();
  }

  LocalDate day(int index) {
    return days.get(index);
  }

  int goods() {
    return goods.size();
  }

  /** The products that were ordered in the last {@code within} trading days, and their past. */
  Past until(int today, int within) {
    var candidates = candidates(today, within);
    var names = new ArrayList<String>(candidates.length);
    var pastOrders = new int[candidates.length][];
    var pastUnits = new int[candidates.length][];
    for (var i = 0; i < candidates.length; i++) {
      names.add(goods.get(candidates[i]));
      pastOrders[i] = Arrays.copyOf(orders[candidates[i]], today + 1);
      pastUnits[i] = Arrays.copyOf(units[candidates[i]], today + 1);
    }
    return new Past(today, names, pastOrders, pastUnits);
  }

  /** The orders of each candidate in {@code (today, today + horizon]}: the truth to foretell. */
  double[] next(int today, int within, int horizon) {
    var candidates = candidates(today, within);
    var next = new double[candidates.length];
    for (var i = 0; i < next.length; i++) {
      next[i] = sum(orders[candidates[i]], today + 1, today + 1 + horizon);
    }
    return next;
  }

  private int[] candidates(int today, int within) {
    var found = new int[goods.size()];
    var count = 0;
    for (var i = 0; i < found.length; i++) {
      if (sum(orders[i], today + 1 - within, today + 1) > 0) found[count++] = i;
    }
    return Arrays.copyOf(found, count);
  }

  private static Retail table(
      SortedMap<String, List<Sale>> byCode, List<LocalDate> days, List<String> notes) {
    var goods = List.copyOf(byCode.keySet());
    var orders = new int[goods.size()][days.size()];
    var units = new int[goods.size()][days.size()];
    for (var i = 0; i < orders.length; i++) {
      var sales = byCode.get(goods.get(i));
      if (sales == null) throw new IllegalStateException("no sales of " + goods.get(i));
      sales.sort(Comparator.comparing(Sale::date));
      for (var k = 0; k < sales.size(); k++) {
        var sale = sales.get(k);
        if (k > 0 && sales.get(k - 1).date().equals(sale.date())) {
          throw sale.file()
              .malformed(
                  sale.line(),
                  CODE,
                  "%s has a row for %s already, in %s, line %d"
                      .formatted(
                          goods.get(i),
                          sale.date(),
                          sales.get(k - 1).file().path(),
                          sales.get(k - 1).line()),
                  "remove the file or the row that says it twice, or sum them up");
        }
        var day = java.util.Collections.binarySearch(days, sale.date());
        orders[i][day] = sale.orders();
        units[i][day] = sale.units();
      }
    }
    return new Retail(goods, days, orders, units, notes);
  }

  private static double sum(int[] counts, int from, int until) {
    var sum = 0.0;
    for (var i = Math.max(0, from); i < Math.min(until, counts.length); i++) sum += counts[i];
    return sum;
  }

  private static boolean isGoods(String code) {
    if (code.length() < GOODS_DIGITS) return false;
    for (var i = 0; i < GOODS_DIGITS; i++) {
      if (code.charAt(i) < '0' || code.charAt(i) > '9') return false;
    }
    return true;
  }

  private static String places(List<CsvFile> files) {
    return String.join(", ", files.stream().map(it -> it.path().toString()).toList());
  }
}
