package urgency.scoring.backtest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import urgency.statistics.Readings;
import urgency.statistics.Readings.Reading;

/** Views so far of hashtags, as they were read, at whatever intervals. */
final class Hashtags {
  private static final String TAG = "tag";
  private static final String VIEWS = CsvFile.VIEWS;

  /** The columns that make a table hashtags; any others are passed over. */
  static final List<String> COLUMNS = List.of(CsvFile.DATE, TAG, VIEWS);

  private final SortedMap<String, List<Reading>> byTag;

  private Hashtags(SortedMap<String, List<Reading>> byTag) {
    this.byTag = byTag;
  }

  static boolean reads(CsvFile file) {
    return !file.titled() || file.has(COLUMNS);
  }

  /**
   * A file without a header has the readings of the tag that it is named after. Of several readings
   * of a tag on one day the highest counts.
   */
  static Hashtags read(List<CsvFile> files) {
    var byTag = new TreeMap<String, List<Reading>>();
    for (var file : files) {
      file.refuseTwice(COLUMNS);
      file.rows(
          row ->
              byTag
                  .computeIfAbsent(tag(file, row), _ -> new ArrayList<>())
                  .add(new Reading(row.day(CsvFile.DATE), row.count(VIEWS, 0))));
    }
    byTag.replaceAll((_, readings) -> onePerDay(readings));
    return new Hashtags(byTag);
  }

  private static String tag(CsvFile file, CsvFile.Row row) {
    return file.titled() ? row.text(TAG) : file.name();
  }

  List<String> tags() {
    return List.copyOf(byTag.keySet());
  }

  /** First and last day of all; both the epoch when there is nothing. */
  LocalDate first() {
    return byTag.values().stream()
        .map(it -> it.getFirst().day())
        .min(Comparator.naturalOrder())
        .orElse(LocalDate.EPOCH);
  }

  LocalDate last() {
    return byTag.values().stream()
        .map(it -> it.getLast().day())
        .max(Comparator.naturalOrder())
        .orElse(LocalDate.EPOCH);
  }

  /**
   * Views so far at the end of each of the last {@code days + 1} days, from what had been read by
   * then: an increment is spread evenly over the days it took, a fall counts as none, and after the
   * last reading nothing is assumed. Empty when the tag was not known for as long, or had not been
   * read within {@code stale} days.
   */
  double[] until(String tag, LocalDate today, int days, int stale) {
    var known =
        byTag.getOrDefault(tag, List.of()).stream().filter(it -> !it.day().isAfter(today)).toList();
    var from = today.minusDays(days);
    if (known.isEmpty()
        || known.getFirst().day().isAfter(from)
        || known.getLast().day().isBefore(today.minusDays(stale))) {
      return new double[0];
    }
    return Readings.soFar(known, from, today);
  }

  private static List<Reading> onePerDay(List<Reading> readings) {
    var byDay = new TreeMap<LocalDate, Reading>();
    for (var it : readings) {
      byDay.merge(it.day(), it, (a, b) -> a.count() >= b.count() ? a : b);
    }
    return List.copyOf(byDay.values());
  }
}
