package urgency.trends;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;

/** What every batch must be, whichever source it comes from. */
final class Batch {
  private static final int ROWS_MAX = 2_000;
  private static final int CURVE_MAX = 400;
  private static final int NAME_MAX = 200;

  private record Identity(TrendObservation.Kind kind, String externalId) {}

  private Batch() {}

  /**
   * The result itself, or {@link FetchResult.Drift} in place of a batch that breaks the rules.
   *
   * @param standing newest day of the batch that it would replace
   */
  static FetchResult validated(
      FetchResult result, String source, FetchRequest request, Optional<LocalDate> standing) {
    if (!(result instanceof FetchResult.Fresh fresh)) return result;
    return complaint(fresh.rows(), source, request)
        .or(() -> backwards(fresh.rows(), standing))
        .<FetchResult>map(it -> new FetchResult.Drift(it, fresh.payloads()))
        .orElse(result);
  }

  /** The newest day that rows speak of. */
  static Optional<LocalDate> newest(List<TrendObservation> rows) {
    return rows.stream().map(TrendObservation::asOf).max(Comparator.naturalOrder());
  }

  // What was true on an earlier day does not replace what is known of a later one.
  private static Optional<String> backwards(
      List<TrendObservation> rows, Optional<LocalDate> standing) {
    return newest(rows)
        .filter(it -> standing.isPresent() && it.isBefore(standing.get()))
        .map(
            it ->
                ("time goes backwards: its data end on %s; the last good list is of %s and stays"
                        + " until one comes that is of that day or later")
                    .formatted(it, standing.orElseThrow()));
  }

  private static Optional<String> complaint(
      List<TrendObservation> rows, String source, FetchRequest request) {
    if (rows.isEmpty()) return Optional.of("a fresh batch without rows");
    if (rows.size() > ROWS_MAX) return Optional.of("more than %d rows".formatted(ROWS_MAX));
    var tomorrow = LocalDate.ofInstant(request.at(), ZoneOffset.UTC).plusDays(1);
    var seen = new HashSet<Identity>();
    for (var row : rows) {
      if (!row.source().equals(source)
          || !row.region().equals(request.region())
          || row.windowDays() != request.windowDays()) {
        return Optional.of("row %s answers another question".formatted(row.externalId()));
      }
      if (!seen.add(new Identity(row.kind(), row.externalId()))) {
        return Optional.of("row %s twice".formatted(row.externalId()));
      }
      // Somebody's clock may be a little ahead; a day far ahead would outlast all that come.
      if (row.asOf().isAfter(tomorrow)) {
        return Optional.of(
            "row %s speaks of %s, which has not come".formatted(row.externalId(), row.asOf()));
      }
      if (row.posts() < 0 || row.views() < 0) {
        return Optional.of("row %s counts below zero".formatted(row.externalId()));
      }
      if (row.key().isEmpty() || letters(row.displayName()) > NAME_MAX) {
        return Optional.of("row %s has no usable name".formatted(row.externalId()));
      }
      if (!hasCurve(row)) {
        return Optional.of("row %s has no usable curve".formatted(row.externalId()));
      }
    }
    return Optional.empty();
  }

  // As readers count them: a name of 150 such signs as 🎉 has 300 halves.
  private static int letters(String name) {
    return name.codePointCount(0, name.length());
  }

  // Of a video or a product a source may know only the sum.
  private static boolean hasCurve(TrendObservation row) {
    var sumIsEnough =
        switch (row.kind()) {
          case VIDEO, PRODUCT -> true;
          case HASHTAG, CATEGORY, KEYWORD, SOUND -> false;
        };
    return (sumIsEnough && row.curve().isEmpty()) || isCurve(row.curve());
  }

  private static boolean isCurve(List<TrendObservation.Point> curve) {
    if (curve.isEmpty() || curve.size() > CURVE_MAX) return false;
    for (var i = 0; i < curve.size(); i++) {
      var value = curve.get(i).value();
      if (!(value >= 0 && value <= 100)) return false;
      if (i > 0 && !curve.get(i - 1).day().isBefore(curve.get(i).day())) return false;
    }
    return true;
  }
}
