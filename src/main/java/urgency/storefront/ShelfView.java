package urgency.storefront;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.shelf.Edition;
import urgency.words.Text;

/**
 * The landing page while an edition is open.
 *
 * @param hero the Daily Drop
 * @param cards the other slots, in order
 */
public record ShelfView(
    Frame frame,
    long number,
    Text line,
    Text picks,
    long secondsLeft,
    Card hero,
    List<Card> cards) {
  /** One for each edition in turn; the outlined word is part of the sentence. */
  private static final List<Text> HERO_LINES =
      List.of(
          Text.of("hero_line_timed"),
          Text.of("hero_line_gone"),
          Text.of("hero_line_soon"),
          Text.of("hero_line_hot"));

  /** What a page needs to know of the open edition: one consistent look. */
  public record Shown(
      Edition edition,
      Map<ProductId, Product> products,
      Map<VariantId, Integer> left,
      Map<VariantId, Integer> sold) {
    List<Card> cards() {
      var cards = new ArrayList<Card>();
      for (var slot : edition.slots()) {
        var product = products.get(slot.product());
        if (product == null) continue;
        var poster = cards.isEmpty() ? Poster.hero(product) : Poster.card(product);
        cards.add(Card.of(edition, slot, product, left, sold, poster));
      }
      return cards;
    }

    /** The first few that can still be bought, for pages that have nothing else to offer. */
    List<Card> best(int max) {
      return cards().stream().filter(it -> it.state().isEmpty()).limit(max).toList();
    }
  }

  /** Empty when none of its products is known any more. */
  static Optional<ShelfView> of(Shown shown, Instant now) {
    var cards = shown.cards();
    if (cards.isEmpty()) return Optional.empty();
    var edition = shown.edition();
    var picks = Text.of("picks", cards.size(), edition.closesAt());
    return Optional.of(
        new ShelfView(
            Frame.of(
                    Text.of("title_shelf", cards.getFirst().name()),
                    Text.of("describes_shelf", picks),
                    "home",
                    0,
                    Optional.of(edition))
                .at("/"),
            edition.number(),
            HERO_LINES.get(Math.floorMod(edition.number(), HERO_LINES.size())),
            picks,
            Math.max(1, Duration.between(now, edition.closesAt()).toSeconds()),
            cards.getFirst(),
            List.copyOf(cards.subList(1, cards.size()))));
  }

  /**
   * The landing page while no edition is open.
   *
   * @param opens when the next one does, empty when nobody knows yet
   */
  record Waiting(Frame frame, String opens, String opensHour, String opensMinute) {
    static Waiting of(Optional<Instant> opens) {
      var frame =
          Frame.of(Text.of("title_waiting"), Text.of("describes_shop"), "home", 0, Optional.empty())
              .at("/");
      return new Waiting(
          frame,
          opens.map(Instant::toString).orElse(""),
          opens.map(Frame::hour).orElse(""),
          opens.map(Frame::minute).orElse(""));
    }
  }
}
