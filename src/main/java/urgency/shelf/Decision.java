package urgency.shelf;

import java.util.List;
import java.util.Locale;
import urgency.catalog.ProductId;

/**
 * An edition with why it looks as it does: for each place how the product came to it, and for the
 * best of the others what kept them off.
 *
 * @param passedOver in order of rank
 */
public record Decision(Edition edition, List<Choice> choices, List<PassedOver> passedOver) {
  public Decision {
    choices = List.copyOf(choices);
    passedOver = List.copyOf(passedOver);
  }

  /**
   * How a product came to its place.
   *
   * @param rank by value, or by the weighted score, alone; from 1
   * @param propensity the chance that the rule had of choosing it, 1 for all but the explored: what
   *     an estimate of other rules on this shelf's sales divides by
   */
  public record Choice(int place, ProductId product, Why why, int rank, double propensity) {}

  /** The rule that gave a place. */
  public enum Why {
    /** Among the first by what the shelf is ranked by. */
    VALUE,
    /** Moved up because what ranked above it is too much like the rest. */
    DIVERSITY,
    /** Drawn, so that the shop learns about what it knows little of. */
    EXPLORE
  }

  /**
   * What kept a product off.
   *
   * @param rank by value, or by the weighted score, alone; from 1, and 0 for what may not be sold
   *     at all
   */
  public record PassedOver(ProductId product, Gate gate, int rank) {}

  /**
   * What a product is ranked by in {@link ShelfSettings.Mode#WEIGHTED}.
   *
   * @param percentile share, 0 to 100, of those that may be sold whose value is at most its own
   * @param virality 0 to 100, as shown
   * @param urgency 0 to 100, as shown
   */
  public record Weighed(double percentile, int virality, int urgency) {
    public static final double BY_VALUE = 0.70;
    public static final double BY_VIRALITY = 0.20;
    public static final double BY_URGENCY = 0.10;

    /** 0 to 100. */
    public double score() {
      return BY_VALUE * percentile + BY_VIRALITY * virality + BY_URGENCY * urgency;
    }

    /** For people: the reckoning. */
    public String words() {
      return String.format(
          Locale.ROOT,
          "%.1f of 100 = %.2f × %.1f (percent of those for sale that are worth no more)"
              + " + %.2f × %d (Virality Potential) + %.2f × %d (Urgency)",
          score(),
          BY_VALUE,
          percentile,
          BY_VIRALITY,
          virality,
          BY_URGENCY,
          urgency);
    }
  }

  /** What a product did not pass. */
  public enum Gate {
    BARRED("an operator took it off"),
    RISK("a model sees a risk in it, and it waits for an operator"),
    NO_UNITS("it has no units left"),
    BELOW_MARGIN_FLOOR("it costs too much to be sold at its price"),
    RESTING("it was on one of the last shelves and rests"),
    CATEGORY_FULL("its category has its share of the shelf"),
    TREND_FULL("its trend has its share of the shelf"),
    OUTRANKED("others rank above it");

    private final String words;

    Gate(String words) {
      this.words = words;
    }

    /** For people: continues "it is kept off, because". */
    public String words() {
      return words;
    }
  }
}
