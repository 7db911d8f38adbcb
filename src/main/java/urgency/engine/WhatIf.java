package urgency.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.Variant;
import urgency.money.Money;
import urgency.scoring.Calibration;
import urgency.scoring.Runs;
import urgency.scoring.Score;
import urgency.scoring.Scorer;
import urgency.scoring.Scorer.Candidate;
import urgency.shelf.Decision;
import urgency.shelf.Decisions.Trial;

/**
 * A rating with something different: another price or stock of one product, or another time until
 * the refresh. Everything is rated again by the scorer that rates the shop, and the last shelf is
 * decided again by it; nothing is kept.
 */
final class WhatIf {
  /** What is different. */
  record Change(Money price, int units, Duration horizon) {}

  /**
   * What comes of it.
   *
   * @param rank by value alone, from 1, among the products rated
   * @param place on the last shelf decided again, 0 when it would not be on it
   * @param weighed what it would rank by there, where that is a score
   */
  record Result(
      Score score,
      Candidate candidate,
      int rank,
      int of,
      int place,
      Optional<Decision.Weighed> weighed) {}

  private WhatIf() {}

  /** Empty when the rating did not know the product. */
  static Optional<Result> of(
      Scorer scorer, Runs.Run run, Optional<Trial> trial, ProductId product, Change change) {
    var candidates = new ArrayList<Candidate>(run.candidates().size());
    Candidate changed = null;
    for (var it : run.candidates()) {
      if (it.product().id().equals(product)) {
        changed = it.changed(priced(it.product(), change.price()), change.units());
        candidates.add(changed);
      } else {
        candidates.add(it);
      }
    }
    if (changed == null) return Optional.empty();
    var scores =
        scorer
            .calibrated(run.calibration().orElse(Calibration.PRIOR))
            .score(candidates, run.at(), change.horizon());
    return Optional.of(result(scores, changed, trial));
  }

  private static Result result(List<Score> scores, Candidate changed, Optional<Trial> trial) {
    var sorted =
        scores.stream()
            .sorted(
                Comparator.comparingDouble(Score::value).reversed().thenComparing(Score::product))
            .toList();
    var instead = new HashMap<ProductId, Score>();
    for (var it : scores) instead.put(it.product(), it);
    var product = changed.product().id();
    var score = instead.get(product);
    if (score == null) throw new IllegalStateException("not rated: " + changed.product().slug());
    return new Result(
        score,
        changed,
        sorted.indexOf(score) + 1,
        sorted.size(),
        place(trial, instead, changed),
        trial.filter(_ -> changed.unitsLeft() > 0).flatMap(it -> it.weighed(product, instead)));
  }

  private static int place(
      Optional<Trial> trial, Map<ProductId, Score> instead, Candidate changed) {
    if (changed.unitsLeft() == 0) return 0;
    return trial.flatMap(it -> it.decide(instead)).map(Decision::choices).stream()
        .flatMap(List::stream)
        .filter(it -> it.product().equals(changed.product().id()))
        .mapToInt(Decision.Choice::place)
        .findFirst()
        .orElse(0);
  }

  // The cheapest variant is the one whose margin counts.
  private static Product priced(Product it, Money price) {
    var cheapest = it.lowestPrice();
    var variants = new ArrayList<Variant>(it.variants().size());
    for (var variant : it.variants()) {
      var now =
          variant.price().equals(cheapest) || variant.price().compareTo(price) < 0
              ? price
              : variant.price();
      variants.add(new Variant(variant.id(), variant.sku(), variant.name(), now, variant.cost()));
    }
    return new Product(
        it.id(),
        it.slug(),
        it.name(),
        it.description(),
        it.category(),
        it.accent(),
        it.tags(),
        it.media(),
        variants,
        it.demo());
  }
}
