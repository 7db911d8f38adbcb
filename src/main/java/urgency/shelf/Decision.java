package urgency.shelf;

import java.util.List;
import urgency.catalog.ProductId;

/**
 * An edition with why it looks as it does: for each place how the product came to it, and for the
 * best of the others what kept them off.
 *
 * @param passedOver in order of value
 */
public record Decision(Edition edition, List<Choice> choices, List<PassedOver> passedOver) {
  public Decision {
    choices = List.copyOf(choices);
    passedOver = List.copyOf(passedOver);
  }

  /**
   * How a product came to its place.
   *
   * @param rank by value alone, from 1
   * @param propensity the chance that the rule had of choosing it, 1 for all but the explored: what
   *     an estimate of other rules on this shelf's sales divides by
   */
  public record Choice(int place, ProductId product, Why why, int rank, double propensity) {}

  /** The rule that gave a place. */
  public enum Why {
    /** Among the most valuable. */
    VALUE,
    /** Moved up because what was worth more is too much like the rest. */
    DIVERSITY,
    /** Drawn, so that the shop learns about what it knows little of. */
    EXPLORE
  }

  /**
   * What kept a product off.
   *
   * @param rank by value alone, from 1; 0 for what may not be sold at all
   */
  public record PassedOver(ProductId product, Gate gate, int rank) {}

  /** What a product did not pass. */
  public enum Gate {
    BARRED("was taken off by an operator"),
    RISK("waits for an operator, because a model sees a risk in it"),
    NO_UNITS("has no units left"),
    BELOW_MARGIN_FLOOR("costs too much to be sold at its price"),
    CATEGORY_FULL("its category has its share of the shelf"),
    TREND_FULL("its trend has its share of the shelf"),
    OUTRANKED("others are worth more to the shelf");

    private final String words;

    Gate(String words) {
      this.words = words;
    }

    /** For people: continues "the product". */
    public String words() {
      return words;
    }
  }
}
