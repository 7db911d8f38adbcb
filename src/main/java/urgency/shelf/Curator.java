package urgency.shelf;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import urgency.catalog.Product;
import urgency.catalog.Variant;
import urgency.catalog.VariantId;
import urgency.money.Money;

/**
 * Composes a shelf. A pure function: the same candidates in any order give the same edition, so
 * that an operator can ask again why it looks as it does.
 *
 * <p>Value alone ranks, with ties broken by product id; a flash price is given to those who stand
 * on the shelf already and never helps anyone onto it.
 */
final class Curator {
  private record Ranked(Candidate candidate, double value, List<Variant> variants, long left) {}

  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparingDouble(Ranked::value)
          .reversed()
          .thenComparing(it -> it.candidate().product().id());

  private final ShelfSettings settings;

  Curator(ShelfSettings settings) {
    this.settings = settings;
  }

  /** The edition of this number, or none when no candidate can be sold. */
  Optional<Edition> compose(
      Collection<Candidate> candidates, long number, Instant opensAt, Instant closesAt) {
    var chosen = dropFirst(spread(ranked(candidates)));
    if (chosen.isEmpty()) return Optional.empty();
    var slots = new ArrayList<Slot>(chosen.size());
    var flashLeft = settings.flashSlots();
    for (var it : chosen) {
      var flash = flashLeft > 0 ? flash(it) : Map.<VariantId, Money>of();
      if (!flash.isEmpty()) flashLeft--;
      slots.add(slot(slots.size() + 1, it, flash));
    }
    return Optional.of(new Edition(number, opensAt, closesAt, slots));
  }

  private List<Ranked> ranked(Collection<Candidate> candidates) {
    var ranked = new ArrayList<Ranked>(candidates.size());
    var seen = new HashSet<>();
    for (var it : candidates) {
      if (!seen.add(it.product().id())) {
        throw new IllegalArgumentException("candidate twice: " + it.product().id());
      }
      var variants = worthSelling(it.product());
      var left = 0L;
      for (var variant : variants) left += it.left(variant.id());
      if (left > 0) ranked.add(new Ranked(it, value(it), variants, left));
    }
    ranked.sort(BEST_FIRST);
    return ranked;
  }

  private List<Variant> worthSelling(Product product) {
    var worth = new ArrayList<Variant>(product.variants().size());
    for (var it : product.variants()) {
      var floor = FlashPrice.floor(it, settings.marginFloor());
      if (floor.isEmpty() || it.price().compareTo(floor.get()) >= 0) worth.add(it);
    }
    return worth;
  }

  private double value(Candidate it) {
    var value = Double.isFinite(it.score().value()) ? it.score().value() : 0;
    return it.shownLast() ? value - Math.abs(value) * settings.rotationPenalty() / 100 : value;
  }

  // At most so many of a category; those passed over come back only where the shelf stays short.
  private List<Ranked> spread(List<Ranked> ranked) {
    var chosen = new ArrayList<Ranked>(settings.slots());
    var passedOver = new ArrayList<Ranked>();
    var ofCategory = new HashMap<String, Integer>();
    for (var it : ranked) {
      if (chosen.size() == settings.slots()) break;
      var count = ofCategory.merge(it.candidate().product().category(), 1, Integer::sum);
      (count <= settings.perCategory() ? chosen : passedOver).add(it);
    }
    var missing = Math.min(settings.slots() - chosen.size(), passedOver.size());
    chosen.addAll(passedOver.subList(0, missing));
    chosen.sort(BEST_FIRST);
    return chosen;
  }

  // The Daily Drop is the best that many can have; if nothing is, simply the best.
  private List<Ranked> dropFirst(List<Ranked> chosen) {
    for (var i = 0; i < chosen.size(); i++) {
      if (chosen.get(i).left() >= settings.dropUnits()) {
        chosen.addFirst(chosen.remove(i));
        break;
      }
    }
    return chosen;
  }

  // A flash price holds for every variant that can be bought, or the product has none.
  private Map<VariantId, Money> flash(Ranked it) {
    var candidate = it.candidate();
    var percent = FlashPrice.percent(candidate.score().sellOutChance());
    var prices = new HashMap<VariantId, Money>();
    for (var variant : it.variants()) {
      var price =
          FlashPrice.of(
              variant,
              percent,
              settings.marginFloor(),
              reference(candidate, variant),
              Optional.ofNullable(candidate.lastFlash().get(variant.id())));
      if (price.isPresent()) {
        prices.put(variant.id(), price.get());
      } else if (candidate.left(variant.id()) > 0) {
        return Map.of();
      }
    }
    return prices;
  }

  private Slot slot(int place, Ranked it, Map<VariantId, Money> flash) {
    var candidate = it.candidate();
    var score = candidate.score();
    var deals = new ArrayList<Deal>(it.variants().size());
    for (var variant : it.variants()) {
      deals.add(
          new Deal(
              variant.id(),
              title(candidate.product(), variant),
              flash.getOrDefault(variant.id(), variant.price()),
              variant.price(),
              reference(candidate, variant).orElse(variant.price()),
              candidate.left(variant.id()),
              settings.perOrder()));
    }
    return new Slot(
        place,
        candidate.product().id(),
        deals,
        score.virality(),
        score.urgency(),
        score.reason(),
        score.trend(),
        score.scorer(),
        score.at());
  }

  // After a change of currency the old prices say nothing about the new ones.
  private static Optional<Money> reference(Candidate candidate, Variant variant) {
    return Optional.ofNullable(candidate.references().get(variant.id()))
        .filter(it -> it.currency().equals(variant.price().currency()));
  }

  private static String title(Product product, Variant variant) {
    return product.variants().size() == 1 || variant.name().equals(product.name())
        ? product.name()
        : product.name() + ", " + variant.name();
  }
}
