package urgency.shelf;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import urgency.catalog.Product;
import urgency.catalog.VariantId;
import urgency.meaning.Meaning;
import urgency.money.Money;
import urgency.scoring.Score;

/**
 * A product that would like a slot, with all that decides about it.
 *
 * @param unitsLeft units that can be sold now, by variant; a variant that is absent has none
 * @param references lowest price of the 30 days before the edition, by variant
 * @param lastFlash lowest flash price that was shown within the cooling period, by variant
 * @param shownLast whether the edition before this one had it
 * @param barred why an operator keeps it off, if one does
 * @param shownIn the newest edition that had it, as far back as matters
 * @param risk what a judge of meaning sees in it that nobody has approved, if anything
 */
record Candidate(
    Product product,
    Score score,
    Map<VariantId, Integer> unitsLeft,
    Map<VariantId, Money> references,
    Map<VariantId, Money> lastFlash,
    boolean shownLast,
    Optional<String> barred,
    Optional<Long> shownIn,
    Optional<String> risk) {
  Candidate(
      Product product,
      Score score,
      Map<VariantId, Integer> unitsLeft,
      Map<VariantId, Money> references,
      Map<VariantId, Money> lastFlash,
      boolean shownLast) {
    this(
        product,
        score,
        unitsLeft,
        references,
        lastFlash,
        shownLast,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Candidate {
    unitsLeft = Map.copyOf(unitsLeft);
    references = Map.copyOf(references);
    lastFlash = Map.copyOf(lastFlash);
    if (!score.product().equals(product.id())) {
      throw new IllegalArgumentException("score of another product: " + score.product());
    }
  }

  int left(VariantId variant) {
    return Math.max(0, unitsLeft.getOrDefault(variant, 0));
  }

  /** What it is, in words, as sorted numbers: for telling how alike two products are. */
  int[] words() {
    var texts = new ArrayList<String>(product.tags());
    texts.add(product.name());
    texts.add(product.category());
    return Diversity.words(texts);
  }

  /** What it is, in meaning. */
  Meaning meaning() {
    return Meaning.ofText(product.name() + " " + product.category(), product.tags());
  }
}
