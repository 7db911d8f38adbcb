package urgency.trends;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A source that answers what a test has laid ready, and remembers what it was asked. */
final class ScriptedSource implements TrendSource {
  static final Duration CADENCE = Duration.ofHours(6);
  final Deque<FetchResult> answers = new ArrayDeque<>();
  final List<FetchRequest> asked = new ArrayList<>();
  boolean broken;
  private final String id;
  private final Terms terms;

  ScriptedSource(String id, Terms terms) {
    this.id = id;
    this.terms = terms;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Terms terms() {
    return terms;
  }

  @Override
  public Optional<Duration> cadence() {
    return Optional.of(CADENCE);
  }

  @Override
  public FetchResult fetch(FetchRequest request) {
    asked.add(request);
    if (broken) throw new IllegalStateException("as told by the test");
    return answers.isEmpty() ? new FetchResult.Empty() : answers.removeFirst();
  }

  /** A fresh batch of hashtags with rising curves that end on that day. */
  FetchResult.Fresh fresh(LocalDate asOf, String... names) {
    var rows = new ArrayList<TrendObservation>();
    for (var name : names) rows.add(row(name, asOf, "US"));
    var payload =
        (asOf + String.join(",", names)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new FetchResult.Fresh(rows, List.of(payload), asOf + String.join(",", names), "shape");
  }

  TrendObservation row(String name, LocalDate asOf, String region) {
    return new TrendObservation(
        id,
        TrendObservation.Kind.HASHTAG,
        "id-" + name,
        TrendObservation.fold(name),
        name,
        region,
        7,
        asOf.plusDays(1).atTime(12, 0).toInstant(java.time.ZoneOffset.UTC),
        asOf,
        OptionalInt.of(1),
        1000,
        2_000_000,
        List.of(
            new TrendObservation.Point(asOf.minusDays(3), 10),
            new TrendObservation.Point(asOf.minusDays(2), 20),
            new TrendObservation.Point(asOf.minusDays(1), 50),
            new TrendObservation.Point(asOf, 100)),
        List.of("14000000000"));
  }
}
