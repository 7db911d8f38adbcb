package urgency.trends;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something outside that knows what the world watches.
 *
 * <p>{@link #fetch} may take until the request's deadline, never throws for what the other side
 * does, and never judges by HTTP status alone: every answer is classified. Implementations keep no
 * state between calls; {@link Ingest} keeps the last good batch.
 */
public interface TrendSource {
  /** Short stable name, such as {@code creative-center}. */
  String id();

  Terms terms();

  /** How often to ask; empty for a source that pushes. */
  Optional<Duration> cadence();

  FetchResult fetch(FetchRequest request) throws InterruptedException;

  /** The regions to ask about, of those that the shop is set to; {@code ZZ} for the world. */
  default List<String> regions(List<String> set) {
    return set;
  }

  /** On what footing we may use it. */
  enum Terms {
    OFFICIAL,
    PUBLIC_UNDOCUMENTED,
    OPERATOR_SUPPLIED,
    /** What this shop's own visitors do; scoring knows it already, so it is never a trend. */
    FIRST_PARTY,
    EMBEDDED
  }

  /**
   * One question.
   *
   * @param region ISO 3166-1 alpha-2
   * @param windowDays 7, 30 or 90
   * @param at the moment of asking, told and not read from a clock
   * @param lastHash hash of the last good batch, so that an unchanged answer can be told
   * @param budget asked before each request to the outside, retries included
   */
  record FetchRequest(
      String region,
      int windowDays,
      Instant at,
      Instant deadline,
      Optional<String> lastHash,
      Budget budget) {}

  /** What may still be asked of a source today. */
  @FunctionalInterface
  interface Budget {
    /** For a source that asks nobody. */
    Budget UNLIMITED = () -> Permit.GRANTED;

    /** Counts one request, unless the day's are used up. */
    Permit take();
  }

  /** Whether a request may be sent. */
  enum Permit {
    GRANTED,
    SPENT
  }

  /** What became of one request. Only {@link Fresh} may replace the last good batch. */
  sealed interface FetchResult {
    /**
     * A batch that was understood.
     *
     * @param payloads the answers word for word, less what is personal
     * @param hash of what the rows say, so that the same said twice can be told
     * @param schema the answer's {@link Shape} as text
     * @param aliases former names under which fields were found, and how often
     */
    record Fresh(
        List<TrendObservation> rows,
        List<byte[]> payloads,
        String hash,
        String schema,
        Map<String, Integer> aliases)
        implements FetchResult {
      public Fresh {
        rows = List.copyOf(rows);
        payloads = List.copyOf(payloads);
        aliases = Map.copyOf(aliases);
      }

      public Fresh(List<TrendObservation> rows, List<byte[]> payloads, String hash, String schema) {
        this(rows, payloads, hash, schema, Map.of());
      }
    }

    record Unchanged(String hash) implements FetchResult {}

    record Empty() implements FetchResult {}

    record Refused(String code, String message) implements FetchResult {}

    record Retired(String code, String message) implements FetchResult {}

    record Challenged(String hint) implements FetchResult {}

    record Transient(String cause, Optional<Duration> retryAfter) implements FetchResult {}

    /**
     * The answer's shape is not what was agreed on.
     *
     * @param payloads what could not be understood, less what is personal; empty when it was not
     *     even JSON
     */
    record Drift(String report, List<byte[]> payloads) implements FetchResult {
      public Drift {
        payloads = List.copyOf(payloads);
      }

      public Drift(String report) {
        this(report, List.of());
      }
    }
  }
}
