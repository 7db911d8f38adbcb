package urgency.trends;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * How one source fares in one region, for the operator and for the next question.
 *
 * @param result class of the last answer, such as {@code Fresh} or {@code Refused}
 * @param code what the other side called its refusal, empty when it did not
 * @param failures answers in a row that gave nothing
 * @param empties empty answers in a row
 * @param succeededAt when the last good batch was last confirmed
 * @param goodAsOf newest UTC day that the last good batch speaks of
 * @param goodRows size of the last good batch
 */
public record SourceState(
    String source,
    String region,
    int windowDays,
    TrendSource.Terms terms,
    String result,
    String code,
    String message,
    Instant askedAt,
    Instant askAgainAt,
    int failures,
    int empties,
    Optional<Instant> succeededAt,
    Optional<String> goodHash,
    Optional<String> goodSchema,
    Optional<LocalDate> goodAsOf,
    int goodRows) {}
