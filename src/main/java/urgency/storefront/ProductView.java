package urgency.storefront;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.qute.RawString;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import urgency.catalog.Product;
import urgency.catalog.Variant;
import urgency.catalog.VariantId;
import urgency.claims.Claim;
import urgency.claims.Cue;
import urgency.money.Money;
import urgency.scoring.Score;
import urgency.shelf.Deal;
import urgency.shelf.Slot;
import urgency.words.Text;

/**
 * A product's own page, on the open shelf or off it.
 *
 * @param state empty when it can be bought, {@code gone} when sold out, {@code over} when it is not
 *     on the open shelf
 * @param card what its card says; nothing urgent is in it when the state is {@code over}
 * @param quantities how many may be asked for at once
 * @param asked the lowest price at which it can be had now
 * @param alike what resembles it, nearest first
 * @param cards what else is on the shelf, where this cannot be bought
 */
public record ProductView(
    Frame frame,
    String state,
    Card card,
    String description,
    List<Choice> choices,
    List<Integer> quantities,
    Why why,
    Money asked,
    List<Alike> alike,
    List<Card> cards) {
  private static final int NEXT_BEST = 3;
  private static final JsonMapper JSON = new JsonMapper();

  /** A variant as a chip. */
  record Choice(String variant, String name, Money price, boolean soldOut, boolean chosen) {}

  /**
   * A number from 0 to 100, with where it may well lie.
   *
   * @param range in words, which say nothing where it was not kept
   */
  record Gauge(int number, int low, int width, Text range) {
    static Gauge of(int number, Optional<Score.Band> band) {
      return band.map(it -> new Gauge(number, it.low(), it.width(), said(it)))
          .orElseGet(() -> new Gauge(number, number, 0, Text.NOTHING));
    }

    private static Text said(Score.Band it) {
      return it.wide() ? Text.of("may_be", it.low(), it.high()) : Text.of("within_a_point");
    }
  }

  /**
   * Why it is on the shelf.
   *
   * @param source what the two numbers rest on
   */
  record Why(
      Gauge virality,
      Gauge urgency,
      String reason,
      Text source,
      String scorer,
      Instant scoredAt,
      String evidence,
      boolean demo) {
    static final Why NOTHING =
        new Why(
            Gauge.of(0, Optional.empty()),
            Gauge.of(0, Optional.empty()),
            "",
            Text.NOTHING,
            "",
            Instant.EPOCH,
            "",
            false);

    static Why of(Slot slot, String reason, String evidence, boolean demo) {
      var bands = slot.basis().map(Slot.Basis::bands);
      return new Why(
          Gauge.of(slot.virality(), bands.map(Score.Bands::virality)),
          Gauge.of(slot.urgency(), bands.map(Score.Bands::urgency)),
          reason,
          slot.basis().map(it -> Text.of(restsOn(it.source()))).orElse(Text.NOTHING),
          slot.scorer(),
          slot.scoredAt(),
          evidence,
          demo);
    }

    private static String restsOn(Score.Source source) {
      return switch (source) {
        case FRESH_LLM -> "rests_on_fresh_model";
        case CACHED_LLM -> "rests_on_recent_model";
        case STAT -> "rests_on_own";
        case LAST -> "rests_on_last";
        case PRIOR -> "rests_on_category";
      };
    }
  }

  static ProductView onShelf(
      ShelfView.Shown shown, Slot slot, Product product, List<Product> similar) {
    var card = Card.of(shown, slot, product, Poster.page(product));
    var cues = shown.cues().of(product.id());
    var max = slot.deals().stream().mapToInt(Deal::perOrderMax).max().orElse(1);
    return new ProductView(
        frame(product, shown.cues().countdown()),
        card.state(),
        card,
        product.description(),
        choices(shown, slot, product),
        IntStream.rangeClosed(1, Math.clamp(card.stock().left(), 1, max)).boxed().toList(),
        Why.of(
            slot,
            cues.reason().map(it -> it.cue().text()).orElse(""),
            card.evidence(),
            product.demo()),
        asked(shown, slot),
        alike(similar, Optional.of(shown)),
        card.state().isEmpty() ? List.of() : shown.best(NEXT_BEST));
  }

  static ProductView offShelf(
      Optional<ShelfView.Shown> shown, Product product, List<Product> similar) {
    return new ProductView(
        frame(product, shown.flatMap(it -> it.cues().countdown())),
        "over",
        Card.offShelf(product, Poster.page(product)),
        product.description(),
        List.of(),
        List.of(),
        Why.NOTHING,
        product.lowestPrice(),
        alike(similar, shown),
        shown.map(it -> it.best(NEXT_BEST)).orElse(List.of()));
  }

  private static List<Alike> alike(List<Product> similar, Optional<ShelfView.Shown> shown) {
    return similar.stream().map(it -> Alike.of(it, shown)).toList();
  }

  private static Frame frame(Product product, Optional<Claim<Cue.Countdown>> ends) {
    return Frame.of(
            Text.of("title_page", product.name()),
            Text.verbatim(product.description()),
            "home",
            0,
            ends)
        .at("/p/" + product.slug());
  }

  private static Money asked(ShelfView.Shown shown, Slot slot) {
    return slot.deals().stream()
        .filter(it -> shown.left().getOrDefault(it.variant(), 0) > 0)
        .map(Deal::price)
        .min(Money::compareTo)
        .orElseGet(() -> slot.headline().price());
  }

  private static List<Choice> choices(ShelfView.Shown shown, Slot slot, Product product) {
    var firstLeft =
        slot.deals().stream()
            .map(Deal::variant)
            .filter(it -> shown.left().getOrDefault(it, 0) > 0)
            .findFirst();
    return slot.deals().stream()
        .map(
            it ->
                new Choice(
                    it.variant().hex(),
                    name(product, it.variant()),
                    it.price(),
                    shown.left().getOrDefault(it.variant(), 0) <= 0,
                    firstLeft.filter(it.variant()::equals).isPresent()))
        .toList();
  }

  /** Where it is. */
  public String path() {
    return "/p/" + card.slug();
  }

  /** The product for machines, as schema.org has it; an offer only while it can be bought. */
  public RawString linkedData() {
    var data = new LinkedHashMap<String, Object>();
    data.put("@context", "https://schema.org");
    data.put("@type", "Product");
    data.put("name", card.name());
    data.put("description", description);
    data.put("sku", card.slug());
    if (state.isEmpty()) {
      var offer = new LinkedHashMap<String, Object>();
      offer.put("@type", "Offer");
      var currency = asked.currency();
      var digits = Math.max(0, currency.getDefaultFractionDigits());
      offer.put("price", BigDecimal.valueOf(asked.minor(), digits).toPlainString());
      offer.put("priceCurrency", currency.getCurrencyCode());
      offer.put("priceValidUntil", card.pricedUntil().toString());
      offer.put("availability", "https://schema.org/InStock");
      data.put("offers", offer);
    }
    try {
      // Nothing in the texts can end the element it stands in.
      return new RawString(JSON.writeValueAsString(data).replace("<", "\\u003c"));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("cannot be written: " + data, impossible);
    }
  }

  public static String name(Product product, VariantId variant) {
    return product.variants().stream()
        .filter(it -> it.id().equals(variant))
        .map(Variant::name)
        .findFirst()
        .orElse(product.name());
  }
}
