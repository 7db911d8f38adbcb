package urgency.scoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
 * @param bands from where to where both may well be; empty in what was stored before there were any
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
    Source source,
    // Left out where it is empty, so that older ratings keep their digests.
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Bands> bands) {
  /** What the part begins with that a price adds. */
  public static final String PRICE = "price";

  public Score {
    // Scores that were stored before there were judges do not say.
    source = Objects.requireNonNullElse(source, Source.STAT);
    parts = List.copyOf(parts);
    if (virality < 0 || virality > 100) throw new IllegalArgumentException("virality " + virality);
    if (!(worth > 0)) throw new IllegalArgumentException("worth " + worth);
    if (urgency < 0 || urgency > 100) throw new IllegalArgumentException("urgency " + urgency);
  }

  /** One that rests on statistics, with numbers that are known exactly. */
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
        Source.STAT,
        Optional.empty());
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

  /** The same, as it was known before there were bands. */
  public Score withoutBands() {
    return bands.isEmpty() ? this : with(value, Optional.empty());
  }

  /** What its price added to the expected orders [nats]. */
  public double priceNats() {
    for (var part : parts) if (part.name().startsWith(PRICE)) return part.nats();
    return 0;
  }

  /** The same, if it were worth something else to the shelf. */
  public Score worth(double other) {
    return with(other, bands);
  }

  private Score with(double otherValue, Optional<Bands> otherBands) {
    return new Score(
        product,
        virality,
        urgency,
        expectedOrders,
        sellOutChance,
        worth,
        otherValue,
        parts,
        reason,
        trend,
        scorer,
        at,
        source,
        otherBands);
  }

  /** From where to where a number from 0 to 100 may well be. */
  public record Band(int low, int high) {
    public Band {
      if (low < 0 || low > high || high > 100) {
        throw new IllegalArgumentException("band from %d to %d".formatted(low, high));
      }
    }

    /** Around a number, between two shares from 0 to 1 in any order. */
    public static Band around(int number, double one, double other) {
      var low = percent(Math.min(one, other));
      var high = percent(Math.max(one, other));
      return new Band(Math.min(number, low), Math.max(number, high));
    }

    /** Whether there is anything between its ends. */
    public boolean wide() {
      return low < high;
    }

    /** How much there is between its ends. */
    public int width() {
      return high - low;
    }

    private static int percent(double share) {
      return Math.clamp(Math.round(share * 100), 0, 100);
    }
  }

  /**
   * How sure the two numbers are.
   *
   * @param virality from what would be left without the strongest trend to what there would be if
   *     every trend surely fitted
   * @param urgency at the rates of orders that demand falls below, and exceeds, one time in ten
   */
  public record Bands(Band virality, Band urgency) {}

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
