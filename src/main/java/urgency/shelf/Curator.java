package urgency.shelf;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import urgency.catalog.Product;
import urgency.catalog.Variant;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.shelf.Decision.Choice;
import urgency.shelf.Decision.Gate;
import urgency.shelf.Decision.PassedOver;
import urgency.shelf.Decision.Why;
import urgency.shelf.Diversity.Likeness;

/**
 * Composes a shelf. A pure function: the same candidates in any order, with the same seed, give the
 * same edition, so that anyone can ask again why it looks as it does.
 *
 * <p>Value ranks, or a weighted score of which value's percentile is the most part; ties are broken
 * by product id. A product that was shown last has lost some of its value before either. {@link
 * Diversity} keeps the shelf from being all alike and {@link Exploration} gives a place away to
 * learn. A flash price is given to those who stand on the shelf already and never helps anyone onto
 * it.
 */
final class Curator {
  private static final int PASSED_OVER_MAX = 200;

  /** One in so many of the products that may lawfully have a flash price gets it. */
  private static final int FLASH_SHARE = 3;

  /** Judges are believed as long as they see a risk in at most one in so many candidates. */
  private static final int RISKY_SHARE = 5;

  private final ShelfSettings settings;
  private final Diversity diversity;

  Curator(ShelfSettings settings, Likeness likeness) {
    this.settings = settings;
    this.diversity = new Diversity(settings, likeness);
  }

  /** The edition of this number and why, or none when no candidate can be sold. */
  Optional<Decision> compose(
      Collection<Candidate> candidates, Schedule.Window window, long number, long seed) {
    var barred = new ArrayList<PassedOver>();
    var pick = diversity.pick(ranked(candidates, number, barred));
    if (pick.chosen().isEmpty()) return Optional.empty();
    var explored = explored(pick, seed);
    var chosen = dropFirst(with(pick.chosen(), explored));
    return Optional.of(
        new Decision(
            edition(chosen, window, number),
            choices(chosen, explored),
            passedOver(pick, explored, barred)));
  }

  private Edition edition(List<Ranked> chosen, Schedule.Window window, long number) {
    var lawful = new LinkedHashMap<Ranked, Map<VariantId, Money>>();
    for (var it : chosen) {
      var flash = flash(it);
      if (!flash.isEmpty()) lawful.put(it, flash);
    }
    var given = lawful.keySet().stream().limit(flashPrices(lawful.size())).toList();
    var slots = new ArrayList<Slot>(chosen.size());
    for (var it : chosen) {
      var flash =
          given.contains(it) ? lawful.getOrDefault(it, Map.of()) : Map.<VariantId, Money>of();
      slots.add(slot(slots.size() + 1, it, flash, window.opensAt()));
    }
    return new Edition(number, window.opensAt(), window.closesAt(), slots);
  }

  // A product cannot have another for a month, so a shelf leaves most of them to those after it.
  private int flashPrices(int lawful) {
    return Math.min(settings.flashSlots(), Math.ceilDiv(lawful, FLASH_SHARE));
  }

  /** Those that may be sold, best first, as for the edition of this number. */
  List<Ranked> ranked(Collection<Candidate> candidates, long number) {
    return ranked(candidates, number, new ArrayList<>());
  }

  private List<Ranked> ranked(
      Collection<Candidate> candidates, long number, List<PassedOver> barred) {
    var ranked = new ArrayList<Ranked>(candidates.size());
    var seen = new HashSet<>();
    var guarded = isBelieved(candidates);
    for (var it : candidates) {
      if (!seen.add(it.product().id())) {
        throw new IllegalArgumentException("candidate twice: " + it.product().id());
      }
      var variants = worthSelling(it.product());
      var left = 0L;
      for (var variant : variants) left += it.left(variant.id());
      if (it.barred().isPresent()) {
        barred.add(new PassedOver(it.product().id(), Gate.BARRED, 0));
      } else if (guarded && it.risk().isPresent()) {
        barred.add(new PassedOver(it.product().id(), Gate.RISK, 0));
      } else if (left > 0) {
        ranked.add(
            new Ranked(it, value(it), Optional.empty(), variants, left, rests(it, number), 0));
      } else {
        var gate = variants.isEmpty() ? Gate.BELOW_MARGIN_FLOOR : Gate.NO_UNITS;
        barred.add(new PassedOver(it.product().id(), gate, 0));
      }
    }
    if (settings.mode() == ShelfSettings.Mode.WEIGHTED) weigh(ranked);
    ranked.sort(Ranked.BEST_FIRST);
    for (var i = 0; i < ranked.size(); i++) ranked.set(i, ranked.get(i).at(i + 1));
    barred.sort(Comparator.comparing(PassedOver::product));
    return ranked;
  }

  // A judge that sees risks nearly everywhere is the risk, and its word alone empties no shelf.
  private static boolean isBelieved(Collection<Candidate> candidates) {
    var risky = candidates.stream().filter(it -> it.risk().isPresent()).count();
    return risky > 0 && risky <= Math.ceilDiv(candidates.size(), RISKY_SHARE);
  }

  // Those that exploration chose and whose place each takes: the least valuable of the pick.
  private static void weigh(List<Ranked> ranked) {
    var values = ranked.stream().mapToDouble(Ranked::value).sorted().toArray();
    ranked.replaceAll(it -> it.weighed(100.0 * atMost(values, it.value()) / values.length));
  }

  /** How many of the sorted values are not more than this. */
  private static int atMost(double[] values, double value) {
    var low = 0;
    var high = values.length;
    while (low < high) {
      var middle = (low + high) / 2;
      if (values[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean rests(Candidate it, long number) {
    return it.shownIn().filter(shown -> number - shown <= settings.rest()).isPresent();
  }

  // Those that exploration chose and whose place each takes: the last ranked of the pick.
  private Map<Ranked, Exploration.Drawn> explored(Diversity.Pick pick, long seed) {
    var explored = new LinkedHashMap<Ranked, Exploration.Drawn>();
    var giving = pick.chosen().stream().sorted(Ranked.BEST_FIRST.reversed()).toList();
    var places = Math.min(settings.exploreSlots(), giving.size() - 1);
    for (var i = 0; i < places; i++) {
      var given = giving.get(i);
      var staying = new ArrayList<>(pick.chosen());
      staying.removeAll(giving.subList(0, i + 1));
      explored.values().forEach(it -> staying.add(it.ranked()));
      var free =
          pick.kept().entrySet().stream()
              .filter(it -> it.getValue() == Gate.OUTRANKED)
              .map(Map.Entry::getKey)
              .filter(it -> !staying.contains(it) && hasRoom(it, staying))
              .toList();
      var drawn = Exploration.draw(free, seed + i);
      if (drawn.isEmpty()) break;
      explored.put(given, drawn.get());
    }
    return explored;
  }

  private boolean hasRoom(Ranked it, List<Ranked> staying) {
    var category = it.candidate().product().category();
    return staying.stream()
            .filter(had -> had.candidate().product().category().equals(category))
            .count()
        < settings.perCategory();
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

  private static List<Ranked> with(List<Ranked> chosen, Map<Ranked, Exploration.Drawn> explored) {
    var all = new ArrayList<Ranked>(chosen);
    explored.forEach(
        (given, drawn) -> {
          all.remove(given);
          all.add(drawn.ranked());
        });
    all.sort(Ranked.BEST_FIRST);
    return all;
  }

  private List<Choice> choices(List<Ranked> chosen, Map<Ranked, Exploration.Drawn> explored) {
    var drawn = new HashMap<Ranked, Double>();
    explored.values().forEach(it -> drawn.put(it.ranked(), it.propensity()));
    var choices = new ArrayList<Choice>(chosen.size());
    for (var it : chosen) {
      var propensity = drawn.get(it);
      var why =
          propensity != null
              ? Why.EXPLORE
              : it.rank() <= settings.slots() ? Why.VALUE : Why.DIVERSITY;
      choices.add(
          new Choice(
              choices.size() + 1,
              it.candidate().product().id(),
              why,
              it.rank(),
              propensity == null ? 1 : propensity));
    }
    return choices;
  }

  private static List<PassedOver> passedOver(
      Diversity.Pick pick, Map<Ranked, Exploration.Drawn> explored, List<PassedOver> barred) {
    var drawn = explored.values().stream().map(Exploration.Drawn::ranked).toList();
    var gates = new LinkedHashMap<>(pick.kept());
    explored.keySet().forEach(it -> gates.put(it, Gate.OUTRANKED));
    gates.keySet().removeAll(drawn);
    var passedOver = new ArrayList<PassedOver>();
    gates.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Ranked.BEST_FIRST))
        .map(
            it ->
                new PassedOver(
                    it.getKey().candidate().product().id(), it.getValue(), it.getKey().rank()))
        .forEach(passedOver::add);
    passedOver.addAll(barred);
    return List.copyOf(passedOver.subList(0, Math.min(PASSED_OVER_MAX, passedOver.size())));
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

  private Slot slot(int place, Ranked it, Map<VariantId, Money> flash, Instant opensAt) {
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
        score.at(),
        // A rating of before the lead was not made for this shelf.
        score.bands().map(bands -> new Slot.Basis(score.source(opensAt, settings.lead()), bands)));
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
