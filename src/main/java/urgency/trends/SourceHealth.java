package urgency.trends;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How one source fares in one region, as an operator is shown it.
 *
 * @param region ISO 3166-1 alpha-2, or {@code ZZ} for a source that knows no country
 * @param windowDays days that a trend's curve spans
 * @param result class of the last answer: Fresh, Unchanged, Empty, Refused, Retired, Challenged,
 *     Transient or Drift
 * @param code what the other side called its refusal, empty when it did not
 * @param message what it said, or what was found wrong with it; cleaned, at most 500 characters
 * @param circuit whether it is asked as planned
 * @param askAgainAt when the next question is due; for a pushing source, the last delivery
 * @param failures answers in a row that gave nothing
 * @param lastGoodAt when the last good batch was last confirmed
 * @param lastGoodAge how long ago that was
 * @param asOf newest UTC day that the last good batch speaks of
 * @param goodRows size of the last good batch
 * @param weight 1 while its evidence is younger than 30 hours, then halving every 2.8 days, 0 after
 *     14 days or without any
 * @param requestsToday requests sent since midnight UTC, for all regions
 * @param requestsLeft what is left of the day's budget, for all regions
 * @param aliases former names under which fields were found, and how often since the beginning
 * @param schema fingerprint of the shape of its rows, empty before the first good batch
 * @param schemaSince when the shape became this one
 * @param schemaChange what came (+) and went (-) then, empty while it never changed
 * @param schemas how many shapes its rows have had since the beginning, this one included
 * @param suspect why the newest batch looks odd although it is valid, empty when it does not
 */
public record SourceHealth(
    String source,
    String region,
    int windowDays,
    TrendSource.Terms terms,
    String result,
    String code,
    String message,
    Circuit circuit,
    Instant askedAt,
    Instant askAgainAt,
    int failures,
    Optional<Instant> lastGoodAt,
    Optional<Duration> lastGoodAge,
    Optional<LocalDate> asOf,
    int goodRows,
    double weight,
    int requestsToday,
    int requestsLeft,
    SortedMap<String, Long> aliases,
    String schema,
    Optional<Instant> schemaSince,
    String schemaChange,
    int schemas,
    String suspect) {

  /** Whether a source is asked as planned. */
  public enum Circuit {
    /** It answers and is asked in its cadence. */
    CLOSED,
    /** It stumbled or made no sense; it is asked again soon. */
    WAITING,
    /** It refused, is gone, or challenged us; it is left alone for hours. */
    OPEN;

    static Circuit of(String result) {
      return switch (result) {
        case "Refused", "Retired", "Challenged" -> OPEN;
        case "Transient", "Drift", "Empty" -> WAITING;
        default -> CLOSED;
      };
    }
  }
}
