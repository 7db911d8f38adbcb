package urgency.judging;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * One question to a language model and what came of it, for operators.
 *
 * @param model what was asked for
 * @param modelReturned what the provider says has answered; empty without an answer
 * @param prompt version of the rubric
 * @param items products in it, canaries included
 * @param reservedMicros what it could have cost at most, in millionths of a US dollar
 * @param settledMicros what it did cost; empty while nobody knows, and then the reservation stands
 */
public record JudgeCall(
    UUID id,
    Instant startedAt,
    String provider,
    String model,
    String modelReturned,
    String tier,
    String prompt,
    int items,
    int tokensIn,
    int tokensCached,
    int tokensOut,
    int tokensReasoning,
    Duration took,
    long reservedMicros,
    OptionalLong settledMicros,
    Outcome outcome,
    String note) {
  /** How it ended. */
  public enum Outcome {
    /** Sent, and nothing was heard yet; after a crash it stays so. */
    OPEN,
    /** Answered in the form that was asked for. */
    ANSWERED,
    /** The model declined. */
    REFUSED,
    /** The answer ended before it was whole. */
    CUT,
    /** The answer is not what was asked for. */
    GARBLED,
    /** The provider said no, with a status. */
    FAILED,
    /** The connection broke, or it took too long. */
    BROKEN,
    /** Nobody waited for it any more. */
    STOPPED
  }
}
