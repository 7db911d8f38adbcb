package urgency.scoring.backtest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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

  /** Products times trading days; above it the tables would not fit into the memory we promise. */
  private static final long CELLS_MAX = 30_000_000;

  private static final int GOODS_DIGITS = 5;

  private final List<String> goods;
  private final List<LocalDate> days;
  private final int[][] orders;
  private final int[][] units;

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

  private Retail(List<String> goods, List<LocalDate> days, int[][] orders, int[][] units) {
    this.goods = goods;
    this.days = days;
    this.orders = orders;
    this.units = units;
  }

  static boolean reads(CsvFile file) {
    return file.header().containsAll(COLUMNS);
  }

  /** Codes that do not begin with five digits are postage, fees and samples, and are left out. */
  static Retail read(List<CsvFile> files) {
    var byCode = new TreeMap<String, List<Sale>>();
    var dates = new TreeSet<LocalDate>();
    for (var file : files) {
      file.rows(
          row -> {
            var code = row.text(CODE);
            var date = row.day("date");
            var orders = Math.toIntExact(Math.min(row.count("orders", 0), Integer.MAX_VALUE));
            var units = Math.toIntExact(Math.min(row.count("units", 0), Integer.MAX_VALUE));
            if (!isGoods(code) || orders == 0) return;
            dates.add(date);
            byCode
                .computeIfAbsent(code, _ -> new ArrayList<>())
                .add(new Sale(date, orders, units, file, row.line()));
          });
    }
    if (byCode.isEmpty()) {
      throw new MalformedData(
          places(files) + ", column " + CODE,
          "no row counts: goods have a code that begins with five digits, and orders above 0",
          "name goods so");
    }
    if ((long) byCode.size() * dates.size() > CELLS_MAX) {
      throw new MalformedData(
          places(files),
          "%d products on %d days are too many".formatted(byCode.size(), dates.size()),
          "keep at most %d products times days".formatted(CELLS_MAX));
    }
    return table(byCode, List.copyOf(dates));
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

  private static Retail table(SortedMap<String, List<Sale>> byCode, List<LocalDate> days) {
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
                  "%s has a row for %s already".formatted(goods.get(i), sale.date()),
                  "remove the file or the row that says it twice");
        }
        var day = java.util.Collections.binarySearch(days, sale.date());
        orders[i][day] = sale.orders();
        units[i][day] = sale.units();
      }
    }
    return new Retail(goods, days, orders, units);
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
