package urgency.storefront;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.claims.Claim;
import urgency.claims.Claims;
import urgency.claims.Cue;
import urgency.claims.Evidence;
import urgency.claims.Statement;
import urgency.shelf.Deal;
import urgency.shelf.Edition;
import urgency.shelf.Slot;

/**
 * All that may be claimed of an open edition at one moment, and nothing else: pages draw what is
 * here.
 *
 * @param countdown that the edition ends
 */
public record Cues(
    Optional<Claim<Cue.Countdown>> countdown,
    Map<ProductId, OfProduct> products,
    Map<VariantId, OfVariant> variants) {
  public Cues {
    products = Map.copyOf(products);
    variants = Map.copyOf(variants);
  }

  /** Of an edition that nothing is known of. */
  public static final Cues NONE = new Cues(Optional.empty(), Map.of(), Map.of());

  /** What may be claimed of a product. */
  public record OfProduct(
      Optional<Claim<Cue.UnitsLeft>> left,
      Optional<Claim<Cue.UnitsSold>> sold,
      Optional<Claim<Cue.Trending>> trend,
      Optional<Claim<Cue.Rank>> rank,
      Optional<Claim<Cue.DailyDrop>> drop,
      Optional<Claim<Cue.Reason>> reason) {
    static final OfProduct NONE =
        new OfProduct(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private List<Claim<?>> all() {
      var all = new ArrayList<Claim<?>>();
      left.ifPresent(all::add);
      sold.ifPresent(all::add);
      trend.ifPresent(all::add);
      rank.ifPresent(all::add);
      drop.ifPresent(all::add);
      reason.ifPresent(all::add);
      return all;
    }
  }

  /** What may be claimed of a variant. */
  public record OfVariant(
      Optional<Claim<Cue.FlashPrice>> flash,
      Optional<Claim<Cue.WasPrice>> was,
      Optional<Claim<Cue.UnitsLeft>> left) {
    static final OfVariant NONE =
        new OfVariant(Optional.empty(), Optional.empty(), Optional.empty());

    private List<Claim<?>> all() {
      var all = new ArrayList<Claim<?>>();
      flash.ifPresent(all::add);
      was.ifPresent(all::add);
      left.ifPresent(all::add);
      return all;
    }
  }

  /**
   * @param restocked units put in since it opened, by variant
   * @param left units that can be bought, by variant
   * @param sold units of paid orders in this edition, by variant
   * @param at when these two were read
   */
  static Cues of(
      Edition edition,
      Map<VariantId, Integer> restocked,
      Map<VariantId, Integer> left,
      Map<VariantId, Integer> sold,
      Footing footing,
      Instant at,
      Instant now) {
    var products = new HashMap<ProductId, OfProduct>();
    var variants = new HashMap<VariantId, OfVariant>();
    for (var slot : edition.slots()) {
      products.put(slot.product(), product(edition, slot, restocked, left, sold, footing, at, now));
      for (var deal : slot.deals()) {
        var units = units(List.of(deal), restocked, left, sold, at);
        variants.put(deal.variant(), variant(edition, deal, units, footing, now));
      }
    }
    var ends =
        new Evidence.Event(
            Footing.name(edition), edition.opensAt(), edition.closesAt(), footing.firstShown(), at);
    return new Cues(
        Claims.check(new Cue.Countdown(edition.opensAt(), edition.closesAt()), ends, now)
            .accepted(),
        products,
        variants);
  }

  /** That an edition which is published already opens soon. */
  static Optional<Claim<Cue.Countdown>> opening(Edition next, Instant now) {
    var opens = next.opensAt();
    var event = new Evidence.Event("opening of " + Footing.name(next), now, opens, opens, now);
    return Claims.check(new Cue.Countdown(now, opens), event, now).accepted();
  }

  public OfProduct of(ProductId product) {
    return products.getOrDefault(product, OfProduct.NONE);
  }

  /** What may be claimed of a variant; nothing of one that is not in the edition. */
  public OfVariant of(VariantId variant) {
    return variants.getOrDefault(variant, OfVariant.NONE);
  }

  /** All of it, as it goes on record. */
  List<Statement> statements(Edition edition) {
    var all = new ArrayList<Statement>();
    countdown.ifPresent(it -> all.add(Statement.of(edition.number(), it)));
    for (var slot : edition.slots()) {
      for (var claim : of(slot.product()).all()) {
        all.add(Statement.of(edition.number(), slot.product(), claim));
      }
      for (var deal : slot.deals()) {
        var product = Optional.of(slot.product());
        var part = deal.variant().value().toString();
        for (var claim : of(deal.variant()).all()) {
          all.add(new Statement(edition.number(), product, part, claim));
        }
      }
    }
    return all;
  }

  private static OfProduct product(
      Edition edition,
      Slot slot,
      Map<VariantId, Integer> restocked,
      Map<VariantId, Integer> left,
      Map<VariantId, Integer> sold,
      Footing footing,
      Instant at,
      Instant now) {
    var units = units(slot.deals(), restocked, left, sold, at);
    var perOrder = slot.deals().stream().mapToInt(Deal::perOrderMax).max().orElse(0);
    var place =
        new Evidence.Place(
            edition.number(),
            slot.place(),
            edition.slots().size(),
            units.stocked(),
            units.left(),
            perOrder,
            edition.opensAt(),
            edition.closesAt(),
            at);
    var author = new Evidence.Author(slot.scorer(), slot.scorer().startsWith("rules"), at);
    return new OfProduct(
        Claims.check(new Cue.UnitsLeft(units.left()), units, now).accepted(),
        Claims.check(new Cue.UnitsSold(units.sold()), units, now).accepted(),
        Optional.ofNullable(footing.trends().get(slot.product()))
            .flatMap(it -> Claims.check(new Cue.Trending(slot.evidence()), it, now).accepted()),
        Claims.check(new Cue.Rank(slot.place()), place, now).accepted(),
        Claims.check(new Cue.DailyDrop(units.stocked(), perOrder), place, now).accepted(),
        Claims.check(new Cue.Reason(slot.reason()), author, now).accepted());
  }

  private static Evidence.Units units(
      List<Deal> deals,
      Map<VariantId, Integer> restocked,
      Map<VariantId, Integer> left,
      Map<VariantId, Integer> sold,
      Instant at) {
    var stocked = 0;
    var unitsLeft = 0;
    var unitsSold = 0;
    for (var deal : deals) {
      stocked += deal.unitsStocked() + restocked.getOrDefault(deal.variant(), 0);
      unitsLeft += left.getOrDefault(deal.variant(), 0);
      unitsSold += sold.getOrDefault(deal.variant(), 0);
    }
    return new Evidence.Units(stocked, unitsSold, unitsLeft, Optional.empty(), at);
  }

  private static OfVariant variant(
      Edition edition, Deal deal, Evidence.Units units, Footing footing, Instant now) {
    var fewLeft = Claims.check(new Cue.UnitsLeft(units.left()), units, now).accepted();
    var known = footing.known().get(deal.variant());
    if (known == null) return new OfVariant(Optional.empty(), Optional.empty(), fewLeft);
    var lowest = Optional.ofNullable(footing.lowest().get(deal.variant()));
    var prices =
        new Evidence.Prices(
            deal.price(),
            deal.regular(),
            lowest,
            known.since(),
            known.lowestFlash(),
            edition.opensAt(),
            edition.closesAt(),
            units.at());
    var flash = new Cue.FlashPrice(deal.price(), edition.closesAt());
    var was = new Cue.WasPrice(deal.price(), deal.reference(), deal.percentOff());
    return new OfVariant(
        Claims.check(flash, prices, now).accepted(),
        Claims.check(was, prices, now).accepted(),
        fewLeft);
  }
}
