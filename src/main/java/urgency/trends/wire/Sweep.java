package urgency.trends.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import urgency.trends.Shape;
import urgency.trends.TrendObservation;
import urgency.trends.TrendSource.FetchResult;

/**
 * Many answers made one batch, where a question must be asked for each industry, category or page.
 * What several answers name is taken once.
 */
public final class Sweep {
  private final Map<String, TrendObservation> rows = new HashMap<>();
  private final List<String> order = new ArrayList<>();
  private final List<byte[]> payloads = new ArrayList<>();
  private final TreeSet<String> paths = new TreeSet<>();
  private final Map<String, Integer> aliases = new HashMap<>();
  private int answers;
  private int empties;

  /** Takes one answer; what is not good news ends the sweep and is its result. */
  public Optional<FetchResult> add(FetchResult answer) {
    answers++;
    return switch (answer) {
      case FetchResult.Fresh fresh -> {
        take(fresh);
        yield Optional.empty();
      }
      case FetchResult.Empty _ -> {
        empties++;
        yield Optional.empty();
      }
      case FetchResult.Unchanged _,
          FetchResult.Refused _,
          FetchResult.Retired _,
          FetchResult.Challenged _,
          FetchResult.Transient _,
          FetchResult.Drift _ ->
          Optional.of(answer);
    };
  }

  /** The batch; empty when more than half of the answers were. */
  public FetchResult result(Optional<String> lastHash) {
    if (rows.isEmpty() || empties * 2 > answers) return new FetchResult.Empty();
    var batch = order.stream().map(rows::get).toList();
    var hash = Fingerprint.of(batch);
    if (lastHash.filter(hash::equals).isPresent()) return new FetchResult.Unchanged(hash);
    return new FetchResult.Fresh(batch, payloads, hash, new Shape(paths).text(), aliases);
  }

  private void take(FetchResult.Fresh fresh) {
    for (var row : fresh.rows()) {
      if (rows.putIfAbsent(row.externalId(), row) == null) order.add(row.externalId());
    }
    payloads.addAll(fresh.payloads());
    paths.addAll(Shape.parse(fresh.schema()).paths());
    fresh.aliases().forEach((name, times) -> aliases.merge(name, times, Integer::sum));
  }
}
