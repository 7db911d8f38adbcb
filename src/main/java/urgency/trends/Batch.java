package urgency.trends;

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

  /** The result itself, or {@link FetchResult.Drift} in place of a batch that breaks the rules. */
  static FetchResult validated(FetchResult result, String source, FetchRequest request) {
    if (!(result instanceof FetchResult.Fresh fresh)) return result;
    return complaint(fresh.rows(), source, request)
        .<FetchResult>map(it -> new FetchResult.Drift(it, fresh.payloads()))
        .orElse(result);
  }

  private static Optional<String> complaint(
      List<TrendObservation> rows, String source, FetchRequest request) {
    if (rows.isEmpty()) return Optional.of("a fresh batch without rows");
    if (rows.size() > ROWS_MAX) return Optional.of("more than %d rows".formatted(ROWS_MAX));
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
      if (row.posts() < 0 || row.views() < 0) {
        return Optional.of("row %s counts below zero".formatted(row.externalId()));
      }
      if (row.key().isEmpty() || row.displayName().length() > NAME_MAX) {
        return Optional.of("row %s has no usable name".formatted(row.externalId()));
      }
      if (!hasCurve(row)) {
        return Optional.of("row %s has no usable curve".formatted(row.externalId()));
      }
    }
    return Optional.empty();
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
