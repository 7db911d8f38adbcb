package urgency.scoring;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import urgency.catalog.ProductId;

/**
 * Virality Potential and Urgency of one product at one moment, with the reasons.
 *
 * @param virality 0 to 100
 * @param urgency 0 to 100: chance that waiting until the horizon's end is too late
 * @param expectedOrders orders expected within the horizon
 * @param sellOutChance 0 to 1: chance that the units run out within the horizon
 * @param worth orders that the expectation rests on: the shape of its gamma posterior
 * @param value what the shelf gains by showing it, in minor units of margin; ranks the shelf
 * @param parts exact additive shares of {@code ln value}; they sum to {@code ln value}
 * @param reason one sentence for people
 * @param trend the strongest linked trend in words, empty when there is none
 * @param source what the number rests on
 */
public record Score(
    ProductId product,
    int virality,
    int urgency,
    double expectedOrders,
    double sellOutChance,
    double worth,
    double value,
    List<Part> parts,
    String reason,
    String trend,
    String scorer,
    Instant at,
    Source source) {
  public Score {
    // Scores that were stored before there were judges do not say.
    source = Objects.requireNonNullElse(source, Source.STAT);
    parts = List.copyOf(parts);
    if (virality < 0 || virality > 100) throw new IllegalArgumentException("virality " + virality);
    if (!(worth > 0)) throw new IllegalArgumentException("worth " + worth);
    if (urgency < 0 || urgency > 100) throw new IllegalArgumentException("urgency " + urgency);
  }

  /** One that rests on statistics. */
  public Score(
      ProductId product,
      int virality,
      int urgency,
      double expectedOrders,
      double sellOutChance,
      double worth,
      double value,
      List<Part> parts,
      String reason,
      String trend,
      String scorer,
      Instant at) {
    this(
        product,
        virality,
        urgency,
        expectedOrders,
        sellOutChance,
        worth,
        value,
        parts,
        reason,
        trend,
        scorer,
        at,
        Source.STAT);
  }

  /**
   * What the number rests on when it is used: a score that was not renewed in time is the last one,
   * whatever it rested on then.
   *
   * @param used when it is used
   * @param good for how long a score is taken for new
   */
  public Source source(Instant used, Duration good) {
    return at.plus(good).isBefore(used) ? Source.LAST : source;
  }

  /** What a score rests on; the best that there was. */
  public enum Source {
    /** A language model was asked for this shelf, and counts. */
    FRESH_LLM("a model's reading, asked for this shelf"),
    /** A language model said so within a week, and counts. */
    CACHED_LLM("a model's reading of this week"),
    /** Its own orders, trends and stock. */
    STAT("statistics"),
    /** An earlier rating, because the newest did not come in time. */
    LAST("the last rating"),
    /** Its category, because it has no orders yet. */
    PRIOR("the average of its category");

    private final String words;

    Source(String words) {
      this.words = words;
    }

    /** For people: continues "rests on". */
    public String words() {
      return words;
    }
  }

  /** One share of the score, in nats. */
  public record Part(String name, double nats) {
    public Part {
      // The database knows no negative zero, and a replay compares to the last bit.
      nats += 0.0;
    }
  }
}
