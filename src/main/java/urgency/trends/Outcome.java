package urgency.trends;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;

/**
 * What an answer means for its source: how it stands now, and when it is asked again.
 *
 * <p>Polite by construction: who refuses is asked once a day, who challenges is left alone for six
 * hours and then twice as long, who stumbles is asked a little later each time. Nobody is asked
 * more often than the cadence allows, except after a stumble.
 */
record Outcome(
    String source,
    TrendSource.Terms terms,
    FetchRequest request,
    Duration cadence,
    Optional<SourceState> before) {
  private static final Duration PROBE_EVERY = Duration.ofDays(1);
  private static final Duration CHALLENGED_MIN = Duration.ofHours(6);
  private static final Duration CHALLENGED_MAX = Duration.ofHours(24);
  private static final Duration STUMBLE_MIN = Duration.ofSeconds(30);
  private static final int DOUBLINGS_MAX = 10;
  private static final int EMPTIES_MAX = 3;
  private static final int MESSAGE_MAX = 500;

  SourceState of(FetchResult result) {
    return switch (result) {
      case FetchResult.Fresh fresh -> good(fresh);
      case FetchResult.Unchanged _ -> unchanged();
      case FetchResult.Empty _ -> empty();
      case FetchResult.Refused(var code, var message) -> bad("Refused", code, message, probe());
      case FetchResult.Retired(var code, var message) -> bad("Retired", code, message, probe());
      case FetchResult.Challenged(var hint) -> challenged(hint);
      case FetchResult.Transient(var cause, var retryAfter) ->
          bad("Transient", "", cause, stumble(retryAfter));
      case FetchResult.Drift drift -> bad("Drift", "", drift.report(), jittered(cadence));
    };
  }

  private SourceState good(FetchResult.Fresh fresh) {
    return state(
        "Fresh",
        "",
        "",
        jittered(cadence),
        0,
        0,
        Optional.of(request.at()),
        Optional.of(fresh.hash()),
        Optional.of(Shape.parse(fresh.schema()).fingerprint()),
        Batch.newest(fresh.rows()),
        fresh.rows().size());
  }

  private SourceState unchanged() {
    return state(
        "Unchanged",
        "",
        "",
        jittered(cadence),
        0,
        0,
        Optional.of(request.at()),
        Optional.empty(),
        Optional.empty(),
        goodAsOf(),
        0);
  }

  private SourceState empty() {
    var empties = before.map(SourceState::empties).orElse(0) + 1;
    if (empties >= EMPTIES_MAX) return challenged("%d empty answers in a row".formatted(empties));
    return state(
        "Empty",
        "",
        "",
        jittered(cadence),
        failures(),
        empties,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        goodAsOf(),
        0);
  }

  private SourceState challenged(String hint) {
    var wait = CHALLENGED_MIN;
    if (before.filter(it -> it.result().equals("Challenged")).isPresent()) {
      wait = shorter(doubled(CHALLENGED_MIN, failures() - 1), CHALLENGED_MAX);
    }
    return bad("Challenged", "", hint, wait);
  }

  private SourceState bad(String result, String code, String message, Duration wait) {
    return state(
        result,
        code,
        message,
        wait,
        failures(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        goodAsOf(),
        0);
  }

  private SourceState state(
      String result,
      String code,
      String message,
      Duration wait,
      int failures,
      int empties,
      Optional<Instant> succeededAt,
      Optional<String> goodHash,
      Optional<String> goodSchema,
      Optional<LocalDate> goodAsOf,
      int goodRows) {
    return new SourceState(
        source,
        request.region(),
        request.windowDays(),
        terms,
        result,
        clean(code),
        clean(message),
        request.at(),
        request.at().plus(wait),
        failures,
        empties,
        succeededAt,
        goodHash,
        goodSchema,
        goodAsOf,
        goodRows);
  }

  private Optional<LocalDate> goodAsOf() {
    return before.flatMap(SourceState::goodAsOf);
  }

  private int failures() {
    return before.map(SourceState::failures).orElse(0) + 1;
  }

  private Duration probe() {
    return PROBE_EVERY;
  }

  private Duration stumble(Optional<Duration> retryAfter) {
    var wait = retryAfter.orElseGet(() -> jittered(doubled(STUMBLE_MIN, failures())));
    return shorter(wait.compareTo(STUMBLE_MIN) < 0 ? STUMBLE_MIN : wait, PROBE_EVERY);
  }

  // A tenth more or less, fixed by source and time, so that a run can be repeated exactly.
  private Duration jittered(Duration span) {
    var seed = (source + '/' + request.region()).hashCode() * 31L;
    var mixed = (seed + request.at().getEpochSecond()) * 0x9E3779B97F4A7C15L;
    var fraction = (mixed >>> 11) / (double) (1L << 53);
    return Duration.ofMillis((long) (span.toMillis() * (0.9 + 0.2 * fraction)));
  }

  private static Duration doubled(Duration first, int times) {
    return first.multipliedBy(1L << Math.clamp(times, 0, DOUBLINGS_MAX));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  // What the other side wrote goes on an operator's page and into a table: short, no control codes.
  private static String clean(String text) {
    var plain = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ").strip();
    return plain.length() <= MESSAGE_MAX ? plain : plain.substring(0, MESSAGE_MAX);
  }
}
