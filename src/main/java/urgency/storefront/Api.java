package urgency.storefront;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import urgency.claims.Claim;
import urgency.claims.Cue;
import urgency.money.Money;
import urgency.scoring.Score;
import urgency.shelf.Deal;
import urgency.shelf.Slot;

/** What the pages say, for programs. Amounts are minor units; instants are ISO 8601 in UTC. */
public final class Api {
  private Api() {}

  /** An amount, such as 1819 USD for $18.19. */
  public record Amount(long minor, String currency) {
    public static Amount of(Money money) {
      return new Amount(money.minor(), money.currency().getCurrencyCode());
    }
  }

  /**
   * One variant on the shelf.
   *
   * @param reference lowest price of the last 30 days; present only for a flash price
   */
  record Offer(
      String variant,
      String name,
      Amount price,
      Amount regular,
      Optional<Amount> reference,
      int percentOff,
      int stocked,
      int left,
      int sold,
      int perOrderMax) {}

  /** From where to where a number from 0 to 100 may well be. */
  record Range(int low, int high) {
    static Range of(Score.Band band) {
      return new Range(band.low(), band.high());
    }
  }

  /**
   * A product on the shelf, and why.
   *
   * @param source what both numbers rest on; like the ranges it is absent in older editions
   */
  record Item(
      int place,
      String product,
      String slug,
      String name,
      int virality,
      Optional<Range> viralityRange,
      int urgency,
      Optional<Range> urgencyRange,
      Optional<Score.Source> source,
      String reason,
      String evidence,
      String scorer,
      Instant scoredAt,
      boolean demo,
      List<Offer> offers) {}

  /** The open edition. */
  record Shelf(long number, Instant opensAt, Instant closesAt, List<Item> items) {
    static Shelf of(ShelfView.Shown shown) {
      var edition = shown.edition();
      var items =
          edition.slots().stream()
              .filter(it -> shown.products().containsKey(it.product()))
              .map(it -> item(shown, it.place()))
              .toList();
      return new Shelf(edition.number(), edition.opensAt(), edition.closesAt(), items);
    }
  }

  static Item item(ShelfView.Shown shown, int place) {
    var slot =
        shown.edition().slots().stream()
            .filter(it -> it.place() == place)
            .findFirst()
            .orElseThrow();
    var product = shown.products().get(slot.product());
    if (product == null) throw new IllegalStateException("unknown product: " + slot.product());
    return new Item(
        slot.place(),
        product.id().value().toString(),
        product.slug(),
        product.name(),
        slot.virality(),
        slot.basis().map(it -> Range.of(it.bands().virality())),
        slot.urgency(),
        slot.basis().map(it -> Range.of(it.bands().urgency())),
        slot.basis().map(Slot.Basis::source),
        shown.cues().of(slot.product()).reason().map(it -> it.cue().text()).orElse(""),
        shown.cues().of(slot.product()).trend().map(it -> it.cue().words()).orElse(""),
        slot.scorer(),
        slot.scoredAt(),
        product.demo(),
        slot.deals().stream()
            .map(
                it ->
                    offer(
                        it,
                        ProductView.name(product, it.variant()),
                        shown.left().getOrDefault(it.variant(), 0),
                        shown.sold().getOrDefault(it.variant(), 0),
                        shown.cues().of(it.variant()).was()))
            .toList());
  }

  private static Offer offer(
      Deal deal, String name, int left, int sold, Optional<Claim<Cue.WasPrice>> reduced) {
    return new Offer(
        deal.variant().value().toString(),
        name,
        Amount.of(deal.price()),
        Amount.of(deal.regular()),
        reduced.map(it -> Amount.of(it.cue().was())),
        reduced.map(it -> it.cue().percentOff()).orElse(0),
        deal.unitsStocked(),
        left,
        sold,
        deal.perOrderMax());
  }
}
