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
import urgency.claims.Claim;
import urgency.claims.Cue;
import urgency.claims.Statement;
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

  /**
   * What a page needs to know of the open edition: one consistent look.
   *
   * @param restocked units put in since it opened
   * @param left units that can be bought
   * @param sold units of paid orders in this edition
   */
  public record Shown(
      Edition edition,
      Map<ProductId, Product> products,
      Map<VariantId, Integer> restocked,
      Map<VariantId, Integer> left,
      Map<VariantId, Integer> sold,
      Cues cues) {
    /** That the edition ends, if that may be said at this moment. */
    public Optional<Claim<Cue.Countdown>> ends(Instant now) {
      return edition.openAt(now) ? cues.countdown() : Optional.empty();
    }

    /** All that may be claimed at this moment, as it goes on record. */
    public List<Statement> statements() {
      return cues.statements(edition);
    }

    List<Card> cards() {
      var cards = new ArrayList<Card>();
      for (var slot : edition.slots()) {
        var product = products.get(slot.product());
        if (product == null) continue;
        var poster = cards.isEmpty() ? Poster.hero(product) : Poster.card(product);
        cards.add(Card.of(this, slot, product, poster));
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
    var ends = shown.ends(now);
    var picks =
        ends.map(it -> Text.of("picks", cards.size(), it.cue().until())).orElse(Text.NOTHING);
    return Optional.of(
        new ShelfView(
            Frame.of(
                    Text.of("title_shelf", cards.getFirst().name()),
                    Text.of("describes_shelf", picks),
                    "home",
                    0,
                    ends)
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
   * @param begins that the next one opens, if that is known and may be said
   */
  record Waiting(Frame frame, Optional<Claim<Cue.Countdown>> begins) {
    static Waiting of(Optional<Claim<Cue.Countdown>> begins) {
      var frame =
          Frame.of(Text.of("title_waiting"), Text.of("describes_shop"), "home", 0, Optional.empty())
              .at("/");
      return new Waiting(frame, begins);
    }

    /** When the next edition opens, empty when nobody knows yet. */
    public String opens() {
      return begins.map(it -> it.cue().until().toString()).orElse("");
    }

    public String opensHour() {
      return begins.map(it -> Frame.hour(it.cue().until())).orElse("");
    }

    public String opensMinute() {
      return begins.map(it -> Frame.minute(it.cue().until())).orElse("");
    }
  }
}
