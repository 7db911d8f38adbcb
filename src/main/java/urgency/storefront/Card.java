package urgency.storefront;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import urgency.catalog.Product;
import urgency.claims.Claim;
import urgency.claims.Cue;
import urgency.shelf.Slot;
import urgency.words.Text;
import urgency.words.TrendWords;

/**
 * A product on the open shelf, as a card shows it.
 *
 * @param hue light around the product, in steps of 15 degrees
 * @param state {@code gone} when nothing is left, else empty
 * @param ranked that it is among the first, if that may be said
 * @param trend that the world talks of it, if that may be said
 * @param flashed that its price is lower for a while, if that may be said
 * @param drop that it is the Daily Drop, if that may be said
 * @param pricedUntil when its price ends, for programs
 */
record Card(
    int place,
    int of,
    String product,
    String slug,
    String name,
    Category category,
    int hue,
    String state,
    Optional<Claim<Cue.Rank>> ranked,
    Optional<Claim<Cue.Trending>> trend,
    Poster poster,
    Price price,
    Optional<Claim<Cue.FlashPrice>> flashed,
    Optional<Claim<Cue.DailyDrop>> drop,
    Instant pricedUntil,
    Availability stock) {

  static Card of(ShelfView.Shown shown, Slot slot, Product product, Poster poster) {
    var deals = slot.deals();
    var left = shown.left();
    var leftNow = deals.stream().mapToInt(it -> left.getOrDefault(it.variant(), 0)).sum();
    var stocked =
        deals.stream()
            .mapToInt(it -> it.unitsStocked() + shown.restocked().getOrDefault(it.variant(), 0))
            .sum();
    var deal =
        deals.stream()
            .filter(it -> left.getOrDefault(it.variant(), 0) > 0)
            .min(Comparator.comparing(it -> it.price()))
            .orElseGet(slot::headline);
    var several = deals.stream().map(it -> it.price()).distinct().count() > 1;
    var id = product.id().value().toString();
    var cues = shown.cues().of(product.id());
    var offer = shown.cues().of(deal.variant());
    return new Card(
        slot.place(),
        shown.edition().slots().size(),
        id,
        product.slug(),
        product.name(),
        new Category(product.category(), 0),
        Poster.hue(product.accent()),
        leftNow <= 0 ? "gone" : "",
        cues.rank(),
        cues.trend(),
        poster,
        new Price(deal.price(), offer.was(), several),
        leftNow > 0 ? offer.flash() : Optional.empty(),
        cues.drop(),
        shown.edition().closesAt(),
        new Availability(id, stocked, leftNow, cues.sold(), cues.left()));
  }

  /** A product that no open edition has: its regular price, and nothing urgent. */
  static Card offShelf(Product product, Poster poster) {
    var id = product.id().value().toString();
    return new Card(
        0,
        0,
        id,
        product.slug(),
        product.name(),
        new Category(product.category(), 0),
        Poster.hue(product.accent()),
        "over",
        Optional.empty(),
        Optional.empty(),
        poster,
        Price.plain(product.lowestPrice()),
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        new Availability(id, 0, 0, Optional.empty(), Optional.empty()));
  }

  /** Its place, 0 where that is not said. */
  public int rank() {
    return ranked.map(it -> it.cue().place()).orElse(0);
  }

  /** What the world says of it, empty where that is not said. */
  public String evidence() {
    return trend.map(it -> it.cue().words()).orElse("");
  }

  /** The same in the language of the page. */
  public Text trendText() {
    return trend.map(it -> TrendWords.of(it.cue().words())).orElse(Text.NOTHING);
  }

  public boolean flash() {
    return flashed.isPresent();
  }

  /** When the flash price ends. */
  public Instant closes() {
    return flashed.map(it -> it.cue().until()).orElse(Instant.EPOCH);
  }

  /** How many units the Daily Drop has, and how many one order may have; nothing for others. */
  public Text dropText() {
    return drop.map(it -> Text.of("drop_units", it.cue().units(), it.cue().perOrder()))
        .orElse(Text.NOTHING);
  }
}
